"""Units as chemists print them, by an allow-list: ``mAh g–1``, ``wt%``, ``10–10 J`` -> exact scale, dimension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

Dimension = tuple[int, int, int, int, int, int, int]  # powers of A, V, s, kg, m, K, mol

HIGHEST = 6  # no unit has a higher power; "ICSD-155950" is none
_NONE: Dimension = (0, 0, 0, 0, 0, 0, 0)
_BASE: dict[str, tuple[Fraction, Dimension]] = {
    "A": (Fraction(1), (1, 0, 0, 0, 0, 0, 0)),
    "V": (Fraction(1), (0, 1, 0, 0, 0, 0, 0)),
    "s": (Fraction(1), (0, 0, 1, 0, 0, 0, 0)),
    "g": (Fraction(1, 1000), (0, 0, 0, 1, 0, 0, 0)),
    "m": (Fraction(1), (0, 0, 0, 0, 1, 0, 0)),
    "K": (Fraction(1), (0, 0, 0, 0, 0, 1, 0)),
    "mol": (Fraction(1), (0, 0, 0, 0, 0, 0, 1)),
    "W": (Fraction(1), (1, 1, 0, 0, 0, 0, 0)),
    "J": (Fraction(1), (1, 1, 1, 0, 0, 0, 0)),
    "N": (Fraction(1), (1, 1, 1, 0, -1, 0, 0)),
    "Pa": (Fraction(1), (1, 1, 1, 0, -3, 0, 0)),
    "S": (Fraction(1), (1, -1, 0, 0, 0, 0, 0)),
    "ohm": (Fraction(1), (-1, 1, 0, 0, 0, 0, 0)),
    "Hz": (Fraction(1), (0, 0, -1, 0, 0, 0, 0)),
    "Ah": (Fraction(3600), (1, 0, 1, 0, 0, 0, 0)),
    "Wh": (Fraction(3600), (1, 1, 1, 0, 0, 0, 0)),
    "L": (Fraction(1, 1000), (0, 0, 0, 0, 3, 0, 0)),
}
_PREFIX = {"": 0, "p": -12, "n": -9, "u": -6, "m": -3, "c": -2, "d": -1, "k": 3, "M": 6, "G": 9}
_ALLOWED = {
    "A": ("", "n", "u", "m", "k"),
    "V": ("", "u", "m", "k"),
    "s": ("", "u", "m", "n"),
    "g": ("", "n", "u", "m", "k"),
    "m": ("", "p", "n", "u", "m", "c", "d", "k"),
    "K": ("",),
    "mol": ("", "m", "u", "k"),
    "W": ("", "m", "u", "k", "M"),
    "J": ("", "p", "n", "u", "m", "k", "M"),
    "N": ("", "n", "u", "m", "k"),
    "Pa": ("", "k", "M", "G"),
    "S": ("", "m", "u", "n"),
    "ohm": ("", "m", "k", "M", "G"),
    "Hz": ("", "m", "k", "M"),
    "Ah": ("", "u", "m", "k"),
    "Wh": ("", "u", "m", "k", "M"),
    "L": ("", "m", "u", "n"),
}
_OTHER: dict[str, tuple[Fraction, Dimension, str]] = {
    "h": (Fraction(3600), _BASE["s"][1], ""),
    "min": (Fraction(60), _BASE["s"][1], ""),
    "d": (Fraction(86400), _BASE["s"][1], ""),
    "angstrom": (Fraction(1, 10**10), _BASE["m"][1], ""),
    "bar": (Fraction(10**5), _BASE["Pa"][1], ""),
    "mbar": (Fraction(100), _BASE["Pa"][1], ""),
    "M": (Fraction(1000), (0, 0, 0, 0, -3, 0, 1), ""),
    "cc": (Fraction(1, 10**6), (0, 0, 0, 0, 3, 0, 0), ""),
    "degC": (Fraction(1), _BASE["K"][1], "degC"),
    "degree": (Fraction(1), _NONE, "degree"),
    "C": (Fraction(1), _NONE, "C-rate"),
    "%": (Fraction(1, 100), _NONE, "%"),
    "wt%": (Fraction(1, 100), _NONE, "wt%"),
    "at%": (Fraction(1, 100), _NONE, "at%"),
    "vol%": (Fraction(1, 100), _NONE, "vol%"),
    "mol%": (Fraction(1, 100), _NONE, "mol%"),
    "ppm": (Fraction(1, 10**6), _NONE, "ppm"),
    "cycle": (Fraction(1), _NONE, "cycle"),
    "1": (Fraction(1), _NONE, ""),
}
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
    | {"•": " ", "×": "*", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "⁺": "+"}
    | {raised: str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
)
_WORDS = (
    (re.compile(r"\b(wt|at|vol|mol)\.? ?%"), r" \1% "),
    (re.compile(r"\b(weight|mass) ?%"), " wt% "),
    (re.compile(r"[°º˚] ?C\b|℃"), " degC "),
    (re.compile(r"[°º˚]|\bdeg(rees?)?\b"), " degree "),
    (re.compile(r"(?<![a-zA-Z])([mkMG]?)[ΩΩ]"), r" \1ohm "),
    (re.compile(r"\b([mkMG]?)Ohms?\b"), r" \1ohm "),
    (re.compile(r"[ÅÅ]|\bAng(strom)?\b"), " angstrom "),
    (re.compile(r"\bhours?\b|\bhrs?\b"), " h "),
    (re.compile(r"\bcycles?\b"), " cycle "),
    (re.compile(r"\bl\b|(?<=\bm)l\b|(?<=\bu)l\b"), "L"),
    (re.compile(r"\b([umk]?)([AW])[ .]h\b"), r"\1\2h"),
    (re.compile(r"\bsec\b"), " s "),
)
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
    return re.sub(r"\s+", " ", clean.replace("- ", "-")).strip()


def _product(text: str) -> tuple[Fraction, Dimension, str] | None:
    """Multiply the tokens; after a ``/`` a token divides."""
    scale, dimension, kind, divide = Fraction(1), _NONE, "", False
    place = 0
    while place < len(text):
        if text[place] in " */()":
            divide = divide or text[place] == "/"
            place += 1
            continue
        match = _TOKEN.match(text, place)
        token = _symbol(match.group(1)) if match else None
        if match is None or token is None:
            return None
        power = _power(match.group(2)) * (-1 if divide else 1)
        if not power:
            return None
        scale *= token[0] ** power
        dimension = _add(dimension, token[1], power)
        kind = kind or token[2]
        place = match.end()
    return (scale, dimension, kind) if text else None


def _power(text: str | None) -> int:
    """The power of a symbol; 0 for what no unit has."""
    return int(text) if text and len(text) <= 3 and abs(int(text)) <= HIGHEST else 0 if text else 1


def _add(left: Dimension, right: Dimension, power: int) -> Dimension:
    a, v, s, kg, m, k, mol = (x + power * y for x, y in zip(left, right, strict=True))
    return a, v, s, kg, m, k, mol


def _symbol(symbol: str) -> tuple[Fraction, Dimension, str] | None:
    """One symbol of the allow-list, with its prefix."""
    if symbol in _OTHER:
        return _OTHER[symbol]
    for base, prefixes in _ALLOWED.items():
        prefix = symbol.removesuffix(base)
        if symbol.endswith(base) and prefix in prefixes:
            scale, dimension = _BASE[base]
            return scale * Fraction(10) ** _PREFIX[prefix], dimension, ""
    return None
