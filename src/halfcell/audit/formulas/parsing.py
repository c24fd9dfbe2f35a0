"""Reads a printed formula such as ``RT/(nFR_ct)``: names without signs between them are multiplied.

Where a format loses what is raised (``R2T2/(2A2)``), a digit right behind a name is its power. What can be read in two
ways (whether ``a/bc`` divides by b or by both, whether ``)−1`` is a power) gives both readings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from halfcell.audit.formulas.trees import Factors, Name, Number, Terms, Tree

LONGEST = 160  # characters of one formula
HIGHEST = 6  # no power is larger
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "‒": "-", "⁻": "-", "·": "*", "∙": "*", "⋅": "*", "×": "*"}
    | {"[": "(", "]": ")", "{": "(", "}": ")", "\u2061": "", "\u2062": " "}
    | {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "μ": "µ", "Ω": "Ω"}
)
_RAISED = re.compile(r"[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*\*\s*10(?:\s*\^\s*\(?\s*([+-]?\s?\d+)\s*\)?|\s?(-\s?\d{1,2})|(\d{1,2})(?!\d)))?"
)
_POWER = re.compile(r"\s*\^\s*(?:\(\s*([+-]?\d)\s*\)|([+-]?\d))(?![.\d])")
_RUN = re.compile(r"[^\s()+\-*/=,;:^]+")
_WORDS = frozenset(
    ["and", "with", "where", "at", "in", "is", "as", "for", "of", "by", "to", "from", "the", "using", "or", "a", "was"]
)
_FUNCTION = re.compile(r"\s*[^\s(=,;]*[A-Za-z√]\(|\s*√")
_ENDS = re.compile(r"\s*(?:$|[,;:.=)]|\s)")


class Ways(NamedTuple):
    """How to read what may be read in two ways."""

    slash_takes_all: bool
    sign_is_power: bool


WAYS = (Ways(True, False), Ways(False, False), Ways(True, True), Ways(False, True))


class _Stop(Exception):
    """The text is not a formula of these names."""


def plain(text: str) -> str:
    """One spelling of signs; raised digits behind ``^``."""
    return _RAISED.sub(lambda match: f"^{match[0].translate(_DIGITS)}", text).translate(_SIGNS)


def read_formula(text: str, known: Collection[str]) -> tuple[Tree, ...]:
    """The readings of the formula with which a text begins; empty if it is not a formula of these names.

    Parameters
    ----------
    text
        What stands behind the sign of equality.
    known
        The names that may occur.
    """
    found: list[Tree] = []
    for ways in WAYS:
        try:
            tree = _Reader(plain(text[:LONGEST]), sorted(known, key=len, reverse=True), ways).whole()
        except _Stop:
            continue
        if tree not in found:
            found.append(tree)
    return tuple(found)


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, text: str, known: Sequence[str], ways: Ways) -> None:
        self._text = text
        self._known = known
        self._ways = ways
        self._place = 0

    def whole(self) -> Tree:
        """The formula; it must end at a comma, a full stop, or a word."""
        tree = self._terms()
        ended = self._text[self._place - 1 : self._place] == " " or _ENDS.match(self._text, self._place)
        if not ended or _FUNCTION.match(self._text, self._place):
            raise _Stop
        return tree

    def _next(self) -> str:
        while self._text[self._place : self._place + 1] == " ":
            self._place += 1
        return self._text[self._place : self._place + 1]

    def _terms(self) -> Tree:
        sign = 1
        if self._next() == "-":
            self._place += 1
            sign = -1
        found = [(self._factors(), sign)]
        while (sign_text := self._next()) in {"+", "-"} and sign_text:
            self._place += 1
            found.append((self._factors(), 1 if sign_text == "+" else -1))
        return found[0][0] if len(found) == 1 and found[0][1] > 0 else Terms(tuple(found))

    def _factors(self) -> Tree:
        found = list(self._factor(1))
        below = False
        while True:
            sign = self._next()
            if sign in {"*", "/"} and sign:
                self._place += 1
                below = sign == "/" or (below and self._ways.slash_takes_all and sign != "*")
                found += self._factor(-1 if below else 1)
                below = below and self._ways.slash_takes_all
            elif sign == "(" or self._begins_factor():
                found += self._factor(-1 if below else 1)
            else:
                break
        return found[0][0] if len(found) == 1 and found[0][1] == 1 else Factors(tuple(found))

    def _begins_factor(self) -> bool:
        """Whether a number or a run of names follows; a word of the sentence does not belong to the formula."""
        if self._next().isdigit():
            return True
        run = _RUN.match(self._text, self._place)
        word = run[0].rstrip(".") if run else ""
        return bool(word) and word not in _WORDS and self._decomposed(word) is not None

    def _factor(self, sign: int) -> list[tuple[Tree, int]]:
        start = self._next()
        if start == "(":
            self._place += 1
            inner = self._terms()
            if self._next() != ")":
                raise _Stop
            self._place += 1
            return [(inner, sign * self._power(behind_bracket=True))]
        match = _NUMBER.match(self._text, self._place)
        if match:
            self._place = match.end()
            exponent = next((group for group in match.groups()[1:] if group), "0").replace(" ", "")
            value = Fraction(match[1]) * Fraction(10) ** max(min(int(exponent), 60), -60)
            return [(Number(value, match[0].strip()), sign * self._power())]
        return self._names(sign)

    def _names(self, sign: int) -> list[tuple[Tree, int]]:
        run = _RUN.match(self._text, self._place)
        parts = self._decomposed(run[0].rstrip(".")) if run else None
        if not run or not parts:
            raise _Stop
        self._place += len(run[0].rstrip("."))
        found: list[tuple[Tree, int]] = [(Name(name), sign * power) for name, power in parts]
        last, power = found[-1]
        found[-1] = (last, power * self._power())
        if sign < 0 and not self._ways.slash_takes_all:
            found = [found[0], *((tree, -power) for tree, power in found[1:])]
        return found

    def _power(self, behind_bracket: bool = False) -> int:
        """The power behind a factor, raised or, where a format lost that, a digit."""
        match = _POWER.match(self._text, self._place)
        if match is None and behind_bracket:
            pattern = r"(-?)(\d)(?!\d|\.\d)" if self._ways.sign_is_power else r"()(\d)(?!\d|\.\d)"
            lost = re.compile(pattern).match(self._text, self._place)
            if lost:
                self._place = lost.end()
                return _checked(int(lost[1] + lost[2]))
            return 1
        if match is None:
            return 1
        self._place = match.end()
        return _checked(int(match[1] or match[2]))

    def _decomposed(self, run: str) -> list[tuple[str, int]] | None:
        """A run of signs as known names, each with its power; None if it is not made of them."""
        if not run:
            return []
        for name in self._known:
            if not run.startswith(name):
                continue
            rest = run[len(name) :]
            digit = int(rest[0]) if rest[:1].isdigit() and rest[0] not in "01" else 1
            behind = self._decomposed(rest[1:] if digit > 1 else rest)
            if behind is not None:
                return [(name, digit), *behind]
        return None


def _checked(power: int) -> int:
    if not 0 < abs(power) <= HIGHEST:
        raise _Stop
    return power
