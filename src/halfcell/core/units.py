"""Units of measurement: one table (``units.toml``), one parser, and for each caller the units that it accepts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypedDict

Dimension = tuple[int, int, int, int, int, int, int]  # powers of A, V, s, kg, m, K, mol
_Symbol = tuple[Fraction, Dimension, str]  # scale, dimension, kind


class _Entry(TypedDict, total=False):
    """A unit in ``units.toml``."""

    scale: str
    dimension: tuple[int, int, int, int, int, int, int]
    prefixes: str
    kind: str
    names: list[str]


HIGHEST = 6  # no unit has a higher power; "ICSD-155950" is none
_NONE: Dimension = (0, 0, 0, 0, 0, 0, 0)
_ZERO = {"degC": Fraction(27315, 100)}  # K, where the scale of a temperature begins
_SIGNS = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "‒": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "⁻": "-",
        "µ": "u",
        "μ": "u",
        "·": " ",
        "∙": " ",
        "⋅": " ",
    }
    | {"$": " usd ", "€": " eur ", "‰": " permille ", "□": " sq ", "◻": " sq "}
    | {"•": " ", "×": "*", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "⁺": "+"}
    | {raised: str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
)
_WORDS = (
    (re.compile(r"\b(vol|mol)\.? ?%"), r" \1% "),
    (re.compile(r"\b(weight|mass) ?%|\b[wW][tT]\.? ?(%|percent\b)"), " wt% "),
    (re.compile(r"\b(atom|atomic|[aA][tT])\.? ?%"), " at% "),
    (re.compile(r"\bper ?cent(age)?\b"), " % "),
    (re.compile(r"[°º˚] ?C\b|℃"), " degC "),
    (re.compile(r"[°º˚]|\bdeg(rees?)?\b"), " degree "),
    (re.compile(r"(?<![a-zA-Z])([mkMG]?)[ΩΩ]"), r" \1ohm "),
    (re.compile(r"\b([mkMG]?)Ohms?\b"), r" \1ohm "),
    (re.compile(r"[ÅÅ](?=[23]\b)"), " angstrom"),
    (re.compile(r"[ÅÅ]|\bAng(strom)?\b"), " angstrom "),
    (re.compile(r"\bhours?\b|\bhrs?\b"), " h "),
    (re.compile(r"\bcycles?\b"), " cycle "),
    (re.compile(r"\bl\b|(?<=\bm)l\b|(?<=\bu)l\b"), "L"),
    (re.compile(r"\b([umk]?)([AW])[ .]h\b"), r"\1\2h"),
    (re.compile(r"\bsec\b"), " s "),
)
_GLUED = re.compile(r"\b([mkuµn]?(?:Ah|Wh|A(?!h)|W(?!h)|S|F|g|L|m2|cm[23]))(?=(?:[mk]?g|cm|m|h|s)-\d)")
_FACTOR = re.compile(r"^\*? ?10 ?\^?\{? ?([+-] ?\d+|\d)\}? ?\*?(?= ?[A-Za-z])")
_TOKEN = re.compile(r"([A-Za-z%]+|1)(?: ?\^ ?\{?)?([+-]?\d+)?\}?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its printed text, what one of it is in SI base units (A, V, s, kg, m, K, mol), and its dimension.

    `kind` tells apart what has no dimension: ``%``, ``wt%``, ``at%``, ``C-rate``, ``degree`` (and ``degC`` from K).
    """

    text: str
    scale: Fraction
    dimension: Dimension
    kind: str = ""

    def fits(self, other: Unit) -> bool:
        """Whether both measure the same thing; a bare per cent fits weight per cent and atom per cent."""
        percent = {"%", "wt%", "at%", "vol%", "mol%"}
        same = self.kind == other.kind or ("%" in {self.kind, other.kind} and {self.kind, other.kind} <= percent)
        return self.dimension == other.dimension and same


PLAIN = Unit("", Fraction(1), _NONE)


@cache
def parse(text: str) -> Unit | None:
    """Read a unit; None where any part is not on the allow-list.

    Examples: ``mAh g–1``, ``mAh/g``, ``A.h``, ``S cm^-1``, ``10–10 J``, ``Ω cm2``, ``N·m``, ``J.K-1.kg-1``, ``wt.%``.
    """
    clean = _clean(text)
    factor = _FACTOR.match(clean)
    scale = Fraction(1)
    if factor:
        power = max(min(int(factor.group(1).replace(" ", "")[:5]), 99), -99)
        scale, clean = Fraction(10) ** power, clean[factor.end() :]
    found = _product(clean.strip())
    if found is None:
        return None
    return Unit(text.strip(), scale * found[0], found[1], found[2])


def _clean(text: str) -> str:
    """One spelling for signs and words."""
    clean = text.translate(_SIGNS)
    clean = re.sub(r"[\^_]\{([^{}]*)\}", r"\1", clean)
    for pattern, word in _WORDS:
        clean = pattern.sub(word, clean)
    clean = re.sub(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z])", " ", clean)
    clean = re.sub(r"(?<=[A-Za-z%]) (?=-\d)|(?<=m) (?=[23]\b)", "", clean.replace("- ", "-"))
    return re.sub(r"\s+", " ", _GLUED.sub(r"\1 ", clean)).strip()


def _product(text: str) -> tuple[Fraction, Dimension, str] | None:
    """Multiply the tokens; after a ``/`` a token divides. Signs without any symbol (``*``, ``/1``) are no unit."""
    scale, dimension, kind, divide = Fraction(1), _NONE, "", False
    place, symbols = 0, text == "1"
    while place < len(text):
        if text[place] in " */()":
            divide = divide or text[place] == "/"
            place += 1
            continue
        match = _TOKEN.match(text, place)
        token = _symbols().get(match.group(1)) if match else None
        if match is None or token is None:
            return None
        power = _power(match.group(2)) * (-1 if divide else 1)
        if not power:
            return None
        scale *= token[0] ** power
        dimension = _add(dimension, token[1], power)
        kind = kind or token[2]
        symbols = symbols or match.group(1) != "1"
        place = match.end()
    return (scale, dimension, kind) if symbols else None


def _power(text: str | None) -> int:
    """The power of a symbol; 0 for what no unit has."""
    return int(text) if text and len(text) <= 3 and abs(int(text)) <= HIGHEST else 0 if text else 1


def _add(left: Dimension, right: Dimension, power: int) -> Dimension:
    a, v, s, kg, m, k, mol = (x + power * y for x, y in zip(left, right, strict=True))
    return a, v, s, kg, m, k, mol


@dataclass(frozen=True)
class UnitSet:
    """The units that one kind of text may hold, and the units that its numbers are converted to.

    Parameters
    ----------
    units
        As `parse` reads them; ``""`` where a number may stand without a unit.
    into
        One unit for each thing that is measured; `factor` converts to the one that fits.
    aliases
        Spellings that mean something else elsewhere: ``{"C": "degC"}``. Found without regard to case.
    any_case
        Whether units may be spelled out (``Volts``), and ``MAH`` means mAh where only one of the units can be meant.
    """

    units: tuple[str, ...]
    into: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    any_case: bool = True

    def find(self, text: str) -> str | None:
        """The unit of the set that a text means (``µA``, ``Volts``, ``mA g-1``), or None.

        What `parse` reads as another unit of the same kind is never taken for one of the set: MHz is not mHz.
        """
        text = text.strip().replace("_per_", "/")
        if not text or text in self.units:
            return text if text in self.units else None
        alias = {_folded(word): unit for word, unit in self.aliases.items()}.get(_folded(text))
        if alias is not None:
            return alias
        given = parse(text)
        known = _parsed(self.units)
        alike = {name: unit for name, unit in known.items() if given and _measure(unit) == _measure(given)}
        if (given and alike) or not self.any_case:
            return next((name for name, unit in alike.items() if given and unit.scale == given.scale), None)
        spelled = parse(_spelled_out(re.sub(r"[\s.·]", "", text)))
        if spelled:
            return next((name for name, unit in known.items() if _same(unit, spelled)), None)
        folded = [name for name in self.units if _folded(name) == _folded(text)]
        return folded[0] if len(folded) == 1 else None

    def factor(self, text: str) -> float | None:
        """What a number in the unit of a text is multiplied by to be in one of `into`; None for no unit of the set."""
        name = self.find(text)
        if name is None:
            return None
        unit = parse(name) or PLAIN
        wanted = [other for into in self.into if _measure(other := parse(into) or PLAIN) == _measure(unit)]
        return float(unit.scale / wanted[0].scale) if wanted else None

    def __getitem__(self, text: str) -> float:
        """The factor of a unit that is known to be in the set.

        Raises
        ------
        KeyError
            If it is not.
        """
        factor = self.factor(text)
        if factor is None:
            raise KeyError(text)
        return factor


@dataclass(frozen=True)
class Conversion:
    """From one unit to another, exactly: ``value * factor + offset``."""

    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    def __call__(self, value: Fraction) -> float:
        """Convert one value; only the result is rounded."""
        return float(value * self.factor + self.offset)


def conversion(given: str, wanted: str) -> Conversion | None:
    """From one unit to another (degrees Celsius and kelvin, too), or None where they measure different things."""
    one, other = parse(given), parse(wanted)
    if one is None or other is None or one.dimension != other.dimension:
        return None
    if one.kind != other.kind and {one.kind, other.kind} != {"degC", ""}:
        return None
    factor = one.scale / other.scale
    zero = [_ZERO.get(unit.kind, Fraction(0)) for unit in (one, other)]
    return Conversion(factor, zero[0] * factor - zero[1])


def _measure(unit: Unit) -> tuple[Dimension, str]:
    return unit.dimension, unit.kind


def _same(one: Unit, other: Unit) -> bool:
    return _measure(one) == _measure(other) and one.scale == other.scale


@cache
def _parsed(names: tuple[str, ...]) -> dict[str, Unit]:
    return {name: unit for name in names if (unit := parse(name))}


@cache
def _folded(text: str) -> str:
    """A unit without regard to case, and to blanks, dots and signs that a wrong encoding left behind."""
    return re.sub(r"[\s._]|[^\x00-\x7f]", "", _clean(text)).lower()


@cache
def _spelled_out(text: str) -> str:
    """The symbol of a unit that is spelled out in any case (``Seconds``, ``mAmp-hr``), or nothing."""
    prefixes, units = _table()
    for symbol, entry in units.items():
        allowed = ["", *entry.get("prefixes", "").split()]
        for name in entry.get("names", []):
            match = re.fullmatch(rf"({'|'.join(prefixes)}|){name}s?", text, re.IGNORECASE)
            if match:
                near = [prefix for prefix in allowed if prefix.lower() == match[1].lower()]
                told = match[1] if not text.isupper() else ""  # MOHM says neither milliohm nor megaohm
                return next((p + symbol for p in near if p == told or len(near) == 1), "")
    return ""


@cache
def _symbols() -> dict[str, _Symbol]:
    """Every symbol of the table, with its prefixes: scale, dimension, kind."""
    prefixes, units = _table()
    found: dict[str, _Symbol] = {}
    for symbol, entry in units.items():
        a, v, s, kg, m, k, mol = entry.get("dimension", _NONE)
        scale = Fraction(entry.get("scale", "1"))
        for prefix in ("", *entry.get("prefixes", "").split()):
            power = Fraction(10) ** prefixes[prefix] if prefix else Fraction(1)
            found.setdefault(prefix + symbol, (power * scale, (a, v, s, kg, m, k, mol), entry.get("kind", "")))
    return found


@cache
def _table() -> tuple[dict[str, int], dict[str, _Entry]]:
    """The prefixes and the units of ``units.toml``."""
    with Path(__file__).with_name("units.toml").open("rb") as file:
        table = tomllib.load(file)
    return table["prefix"], table["unit"]
