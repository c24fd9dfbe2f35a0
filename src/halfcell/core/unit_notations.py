"""Units in one notation (``mAh g^-1``), and as UCUM and QUDT write them, for programs that read our records."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_SIGNS: Final = str.maketrans(
    {"−": "-", "–": "-", "µ": "u", "μ": "u", "·": " ", "\u03a9": "ohm", "\u2126": "ohm", "Å": "angstrom"}
)
_FACTOR: Final = re.compile(r"10\^?([+-]?\d+)\s+")
_TOKEN: Final = re.compile(r"(?P<symbol>[A-Za-z%]+|1)(?:\^?(?P<power>[+-]?\d+(?:/\d+)?)|\^(?P<letter>[+-]?[a-z]))?")
QUDT: Final = "https://qudt.org/vocab/unit/"


class Notations(NamedTuple):
    """A unit in three notations; `ucum` and `qudt` are empty where they have no word for it.

    `text` is ours: symbols set apart by blanks, negative powers, no slash; empty for a pure number.
    """

    text: str
    ucum: str
    qudt: str


class _Token(NamedTuple):
    symbol: str
    power: str


@cache
def notations(unit: str) -> Notations:
    """The notations of a unit as it is printed: ``mAh/g`` and ``mAh g^{−1}`` are one.

    A unit that cannot be taken apart keeps its text and has no other notation.
    """
    plain = re.sub(r"\^\{([^{}]*)\}", r"^\1", unit).translate(_SIGNS)
    plain = re.sub(r"\s+", " ", plain.replace("°C", "degC").replace("°", "degree")).strip()
    if plain in {"", "1"}:
        return Notations("", "1", f"{QUDT}UNITLESS")
    factor = _FACTOR.match(plain)
    tokens = _tokens(plain[factor.end() :] if factor else plain)
    if not tokens:
        return Notations(unit, "", "")
    text = " ".join(_written(token, "^") for token in tokens)
    ucum = ".".join(_in_ucum(token) for token in tokens)
    known = "" if any("^" in part or "/" in part for part in ucum.split(".")) else ucum
    if factor:
        return Notations(f"10^{factor[1]} {text}", f"10*{factor[1]}.{known}" if known else "", "")
    name = _table()["qudt"].get(text, "")
    return Notations(text, known, f"{QUDT}{name}" if name else "")


def _tokens(text: str) -> Sequence[_Token]:
    """The symbols with their powers, those above the slash first; nothing if the text is not a product of symbols."""
    found: list[_Token] = []
    place, sign = 0, ""
    while place < len(text):
        if text[place] in " /":
            sign = "-" if text[place] == "/" else sign
            place += 1
            continue
        match = _TOKEN.match(text, place)
        if match is None:
            return ()
        power = match["power"] or match["letter"] or "1"
        power = power.lstrip("+")
        power = power[1:] if sign and power.startswith("-") else f"{sign}{power}"
        found += [_Token(match["symbol"], power)] if match["symbol"] != "1" else []
        place = match.end()
    return sorted(found, key=lambda token: token.power.startswith("-"))


def _written(token: _Token, sign: str) -> str:
    """A symbol with its power: ``cm2``, ``g^-1``, ``s``."""
    if token.power == "1":
        return token.symbol
    return f"{token.symbol}{token.power}" if token.power.isdigit() else f"{token.symbol}{sign}{token.power}"


def _in_ucum(token: _Token) -> str:
    """A symbol with its power as UCUM writes it; with a ``^`` where UCUM has no such power."""
    table = _table()["ucum"]
    inner = next((prefix for prefix in ("", *"pnumckMG") if token.symbol.removeprefix(prefix) in table), None)
    symbol = token.symbol
    if inner is not None and token.symbol.startswith(inner):
        symbol = inner + table[token.symbol.removeprefix(inner)]
    if token.power == "1":
        return symbol
    whole = re.fullmatch(r"-?\d+", token.power)
    return f"{symbol}{token.power}" if whole and "." not in symbol else f"{symbol}^{token.power}"


@cache
def _table() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("unit_notations.toml").open("rb") as file:
        return tomllib.load(file)
