"""Circuit strings: ``R0-p(R1,CPE1)-W1``, ``R(RQ)(RQ)W`` or ``Rs-(Rint||CPEint)-W`` become a tree; nothing is `eval`ed.

Three notations are in use, and all are read:

* that of impedance.py: ``-`` for series, ``p(a,b)`` for parallel, named elements;
* the circuit description code (CDC, Boukamp): neighbouring letters are in series, ``( )`` encloses parallel branches,
  ``[ ]`` a series within them, ``{...:label}`` after an element names it;
* that of papers: ``-`` (or a dash) for series, ``||`` for parallel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.maths.circuit.elements import CDC_SYMBOLS, KINDS


@dataclass(frozen=True, slots=True)
class Element:
    """A leaf: its kind (a key of `elements.KINDS`) and its own name, e.g. ``CPE`` and ``CPEint``."""

    kind: str
    name: str

    def __str__(self) -> str:
        """Return the name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Series:
    """Parts in series: impedances add."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """Return it in the notation of impedance.py."""
        return "-".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Parallel:
    """Parts in parallel: admittances add."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """Return it in the notation of impedance.py."""
        return f"p({','.join(map(str, self.parts))})"


Node = Element | Series | Parallel

_TOKEN = re.compile(r"\s*(p\(|\|\||[()\[\],\-]|\{[^{}]*\}|[A-Za-z][A-Za-z0-9_]*)")
_LABEL = re.compile(r"[A-Za-z0-9_]+")
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_INFIX = re.compile(r"\|\||,|-|(?<![A-Za-z0-9])p\(")  # none of these is in a circuit description code
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "∥": "\x00", "+": "-"})


@dataclass(frozen=True)
class _Token:
    text: str
    place: int


def parse(text: str) -> Node:
    """Read a circuit string into a tree.

    Parameters
    ----------
    text
        A circuit in the notation of impedance.py, as a circuit description code, or as papers write it.

    Returns
    -------
    Element, Series or Parallel
        The tree; nothing of the text is executed.

    Raises
    ------
    InputError
        For an unknown element, an unbalanced bracket or a repeated name; the error says where, with a hint.

    Source: B. A. Boukamp, Solid State Ionics 20 (1986) 31, for the circuit description code.
    """
    clean = text.translate(_DASHES).replace("\x00", "||")
    if not clean.strip():
        raise InputError("the circuit is empty", hint="write it like R0-p(R1,CPE1)-W1")
    infix = _INFIX.search(_IN_BRACES.sub("", clean)) is not None
    tokens = _tokens(clean, split=not infix)
    reader = _Reader(tokens, text)
    node = reader.series() if infix else reader.row()
    if reader.left:
        raise reader.error(f"unexpected {reader.left.text!r}")
    _no_repeats(node, text)
    return node


def leaves(node: Node) -> tuple[Element, ...]:
    """All elements of a circuit.

    Parameters
    ----------
    node
        A tree of `parse`.

    Returns
    -------
    tuple of Element
        From left to right, as they are written.

    Source: definition.
    """
    if isinstance(node, Element):
        return (node,)
    return tuple(leaf for part in node.parts for leaf in leaves(part))


def _tokens(text: str, split: bool) -> list[_Token]:
    found, place = [], 0
    while place < len(text.rstrip()):
        match = _TOKEN.match(text, place)
        if match is None:
            raise InputError(
                f"cannot read {text[place:].strip()[:8]!r} in the circuit {text!r}",
                hint="write it like R0-p(R1,CPE1)-W1",
            )
        token = _Token(match.group(1), match.start(1))
        whole = not split or not token.text[0].isalpha()
        found += [token] if whole else _letters(token, text)
        place = match.end()
    return found


def _letters(token: _Token, text: str) -> list[_Token]:
    """Split a run of CDC symbols: ``RQ`` -> ``R``, ``Q``; digits stay with the symbol before them."""
    found, place = [], 0
    symbols = sorted(CDC_SYMBOLS, key=len, reverse=True)
    while place < len(token.text):
        symbol = next((s for s in symbols if token.text.startswith(s, place)), "")
        if not symbol:
            raise InputError(
                f"unknown element {token.text[place]!r} in the circuit {text!r}",
                hint=f"the symbols are {', '.join(CDC_SYMBOLS)}",
            )
        end = place + len(symbol)
        while end < len(token.text) and token.text[end].isdigit():
            end += 1
        found.append(_Token(token.text[place:end], token.place + place))
        place = end
    return found


class _Reader:
    """Recursive descent over the tokens; it numbers symbols that have no number."""

    def __init__(self, tokens: list[_Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0
        self.numbers: dict[str, int] = {}

    @property
    def left(self) -> _Token | None:
        """The next token."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def error(self, what: str) -> InputError:
        """An error with the position in the string."""
        place = self.left.place + 1 if self.left else len(self.text)
        return InputError(
            f"{what} at character {place} of the circuit {self.text!r}", hint="write it like R0-p(R1,CPE1)-W1"
        )

    def series(self) -> Node:
        """``parallel - parallel - ...``."""
        parts = [self.parallel()]
        while self.took("-"):
            parts.append(self.parallel())
        return _join(Series, parts)

    def parallel(self) -> Node:
        """``item || item || ...``."""
        parts = [self.item()]
        while self.took("||"):
            parts.append(self.item())
        return _join(Parallel, parts)

    def item(self) -> Node:
        """An element, ``p(a,b)`` or a bracket."""
        if self.took("p("):
            parts = [self.series()]
            while self.took(","):
                parts.append(self.series())
            _expect(self, ")")
            return _join(Parallel, parts)
        if self.took("("):
            inside = self.series()
            _expect(self, ")")
            return inside
        return self.element()

    def row(self) -> Node:
        """CDC: neighbouring items are in series."""
        parts = []
        while self.left and self.left.text not in {")", "]"}:
            parts.append(self.cdc_item())
        if not parts:
            raise self.error("an element is missing")
        return _join(Series, parts)

    def cdc_item(self) -> Node:
        """CDC: ``(parallel)``, ``[series]`` or an element."""
        if self.took("("):
            parts = []
            while self.left and self.left.text != ")":
                parts.append(self.cdc_item())
            _expect(self, ")")
            return _join(Parallel, parts or [self.element()])
        if self.took("["):
            inside = self.row()
            _expect(self, "]")
            return inside
        return self.element()

    def element(self) -> Element:
        """One element by its longest known symbol; ``{...:label}`` after it gives a name."""
        token = self.left
        if token is None or not token.text[0].isalpha():
            raise self.error("an element is missing")
        self.at += 1
        kind, suffix = _kind(token.text, self.text)
        if self.left and self.left.text.startswith("{"):
            suffix = _label(self) or suffix
        if not suffix and sum(t.text == token.text for t in self.tokens) > 1:
            self.numbers[token.text] = self.numbers.get(token.text, 0) + 1
            suffix = str(self.numbers[token.text])
        name = f"{kind}{suffix}"  # the label s of W{:s} must not make the other element Ws of it
        return Element(kind, name if _kind(name, self.text) == (kind, suffix) else f"{kind}_{suffix}")

    def took(self, text: str) -> bool:
        """Step over a token if it is there."""
        if self.left and self.left.text == text:
            self.at += 1
            return True
        return False


def _expect(reader: _Reader, text: str) -> None:
    """Step over a token that must be there."""
    if not reader.took(text):
        raise reader.error(f"{text!r} is missing")


def _label(reader: _Reader) -> str:
    """Step over braces, ``{value:label}``, and return the name that they give; empty where they give none."""
    text = reader.left.text.strip("{}").partition(":")[2].strip() if reader.left else ""
    if text and not _LABEL.fullmatch(text):
        raise reader.error(f"the label {text!r} is not of letters, digits and underscores")
    reader.at += 1
    return text


def _kind(word: str, text: str) -> tuple[str, str]:
    symbols = sorted([*KINDS, "Q"], key=len, reverse=True)
    symbol = next((s for s in symbols if word.startswith(s)), "")
    if not symbol:
        raise InputError(f"unknown element {word!r} in the circuit {text!r}", hint=did_you_mean(word, sorted(KINDS)))
    return ("CPE" if symbol == "Q" else symbol), word[len(symbol) :]


def _join(kind: type[Series | Parallel], parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return kind(tuple(flat))


def _no_repeats(node: Node, text: str) -> None:
    names = [leaf.name for leaf in leaves(node)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"{', '.join(twice)} appears more than once in the circuit {text!r}", hint="give each element its own name"
        )
