"""Markup of labels and captions: ``_{...}`` is subscript, ``^{...}`` superscript, ``*{...}`` bold, ``/{...}`` italic.

`formula` and `unit` add it to chemical formulas and units.
"""

from __future__ import annotations

import re
from typing import Literal

Place = Literal["base", "sub", "sup", "bold", "italic"]
Run = tuple[str, Place]

_MARK = re.compile(r"([_^*/])\{([^{}]*)\}")
_PLACES: dict[str, Place] = {"_": "sub", "^": "sup", "*": "bold", "/": "italic"}
_ELEMENTS = (
    "He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Sc|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Kr|Rb|Sr|Zr|Nb|Mo|Tc|Ru|Rh|Pd|Ag|Cd|In"
    "|Sn|Sb|Te|Xe|Cs|Ba|La|Ce|Pr|Nd|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|Hf|Ta|Re|Os|Ir|Pt|Au|Hg|Tl|Pb|Bi|H|B|C|N|O|F|P|S|K|V"
    "|Y|I|W|U"
)
_PART = rf"(?:(?:{_ELEMENTS}|\(|\))(?:\d+(?:\.\d+)?)?)"
_FORMULA = re.compile(rf"(?<![A-Za-z0-9._]){_PART}+(?![A-Za-z0-9]|_[^{{])")
_MARK_OR_FORMULA = re.compile(rf"{_MARK.pattern}|(?P<word>{_FORMULA.pattern})")
_COUNT = re.compile(rf"((?:{_ELEMENTS}|\)))(\d+(?:\.\d+)?)")
_DOUBLE = re.compile(rf"^({_ELEMENTS})\1(?![a-z])")
_SYMBOL = re.compile(rf"(?:{_ELEMENTS})")
_NAME = re.compile(r"(?<![\d.])(?:\d{3}|0\d)|^[A-Z]{3,}\d\d$")
_MOLECULES = {"H2", "N2", "O2", "F2", "Cl2", "Br2", "I2"}
_UNIT_POWER = re.compile(r"(?<=[A-Za-zµΩ°%Å])[-−–](\d)(?![\d.])")
_UNIT_SQUARE = re.compile(r"(?<![A-Za-z])([numcdkµ]?m|Å)([23])(?![\d.A-Za-z])")
_PROSE_UNIT = r"(?<![A-Za-z/_-])([kmµ]?g|[cmnµdk]?m|[mµ]?s|min|h|mol|L|K)"
_PROSE_POWER = re.compile(_PROSE_UNIT + r"[-−–]([1-4])(?!\.?\d|[A-Za-z])")
_ION = re.compile(r"(?<![A-Za-z])(Li|Na|K|H)\+(?=[/\s,.;)]|$)")
_PROSE_SIGN = re.compile(r"(?<=\d )(um|ohm|degC|1/angstrom|angstrom|1/cm)(?![A-Za-z0-9])")
_MINUS = re.compile(r"(?<![^\s(\[])-(?=\d+(?:\.\d+)?(?:\(\d+\))?(?:[\s,;:)\]%°]|$))")
_UNIT_WORD = re.compile(r"(?<![A-Za-z^{])(um|ohm|degC|degree|1/angstrom|angstrom|1/cm)(?![A-Za-z0-9])")
_UNIT_MICRO = re.compile(r"(?<![A-Za-z^{])u(?=(?:Ah?|Vh?|Wh?|S|F|g|L|mol|eV|ohm)(?![A-Za-z]))")
_UNIT_OHM = re.compile(r"(?<![A-Za-z^{])([kMGmnµ])ohm(?![A-Za-z0-9])")
_SIGNS = {
    "um": "µm",
    "ohm": "Ω",
    "degC": "°C",
    "degree": "°",
    "angstrom": "Å",
    "1/cm": "cm^{−1}",
    "1/angstrom": "Å^{−1}",
}


def runs(text: str) -> tuple[Run, ...]:
    """Split text with markup into runs: ``"CoSi_{2}"`` -> ``(("CoSi", "base"), ("2", "sub"))``."""
    found: list[Run] = []
    end = 0
    for match in _MARK.finditer(text):
        if match.start() > end:
            found.append((text[end : match.start()], "base"))
        found.append((match.group(2), _PLACES[match.group(1)]))
        end = match.end()
    if end < len(text):
        found.append((text[end:], "base"))
    return tuple(found)


def plain(text: str) -> str:
    """The text without markup: ``CoSi2``."""
    return _MARK.sub(lambda match: match.group(2), text)


def formula(text: str) -> str:
    """Subscripts for chemical formulas: ``Si/a-Sn/CoSi2`` -> ``Si/a-Sn/CoSi_{2}``; NCM811, Sn-10, a_BN2 stay."""
    return _MARK_OR_FORMULA.sub(lambda match: _lowered(match.group("word") or "") or match.group(0), text)


def _lowered(word: str) -> str:
    """Set the counts of one formula as subscripts; names that only look like formulas are left as they are.

    A single symbol with a number (S1, B2) is a name unless it is a known molecule; so is a word with a count of three
    digits or a leading zero (CBV712, KB600, CF05), three or more capitals before two digits (PVP40, CNF10), a symbol
    twice at its beginning (SSB2), or no count but 1 (NMC1), which formulas leave out.
    """
    symbols = _SYMBOL.findall(word)
    if (len(symbols) < 2 and word not in _MOLECULES) or _NAME.search(word) or _DOUBLE.search(word):
        return word
    if {count for _, count in _COUNT.findall(word)} <= {"1"}:
        return word
    return _COUNT.sub(r"\1_{\2}", word)


def unit(text: str) -> str:
    """Write a unit as chemists print it: ``mAh g-1`` -> ``mAh g^{−1}``, ``cm2`` -> ``cm^{2}``, ``uA`` -> ``µA``.

    ``mAh/g`` stays as it is.
    """
    prefixed = _UNIT_OHM.sub(r"\1Ω", _UNIT_MICRO.sub("µ", text))
    signs = _UNIT_WORD.sub(lambda match: _SIGNS[match.group(1)], prefixed)
    return _UNIT_SQUARE.sub(r"\1^{\2}", _UNIT_POWER.sub(r"^{−\1}", signs))


def prose(text: str) -> str:
    """Add markup to formulas and powers of units in running text, ``CoSi2 at 300 mA g-1``, and minus signs, ``-0.5 V``.

    Only what is certainly a unit is changed, so that names such as Sn-10 and A-1 stay as they are.
    """
    signs = _PROSE_SIGN.sub(lambda match: _SIGNS[match.group(1)], _MINUS.sub("−", text))
    return formula(_UNIT_SQUARE.sub(r"\1^{\2}", _PROSE_POWER.sub(r"\1^{−\2}", _ION.sub(r"\1^{+}", signs))))


def html(text: str) -> str:
    """The text as HTML."""
    from html import escape

    tags = {"base": "{}", "sub": "<sub>{}</sub>", "sup": "<sup>{}</sup>", "bold": "<b>{}</b>", "italic": "<i>{}</i>"}
    return "".join(tags[place].format(escape(part)) for part, place in runs(text))
