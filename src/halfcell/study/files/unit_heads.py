"""Units in the heads of people's tables: ``active mass (mg)`` -> the field `active_mass_mg`, by an allow-list.

No unit library is asked: they misread ``at%`` and ``mAh/g`` silently. Conversions are exact (fractions), so a mass of
1.2 mg written as 0.0012 g is 1.2 mg to the last bit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# unit -> (dimension, factor to the dimension's base)
_UNITS: dict[str, tuple[str, Fraction]] = {
    "kg": ("mass", Fraction(10**6)),
    "g": ("mass", Fraction(1000)),
    "mg": ("mass", Fraction(1)),
    "ug": ("mass", Fraction(1, 1000)),
    "m2": ("area", Fraction(10**4)),
    "cm2": ("area", Fraction(1)),
    "mm2": ("area", Fraction(1, 100)),
    "m": ("length", Fraction(1000)),
    "cm": ("length", Fraction(10)),
    "mm": ("length", Fraction(1)),
    "um": ("length", Fraction(1, 1000)),
    "nm": ("length", Fraction(1, 10**6)),
    "A/g": ("specific current", Fraction(1000)),
    "mA/g": ("specific current", Fraction(1)),
    "A": ("current", Fraction(1000)),
    "mA": ("current", Fraction(1)),
    "uA": ("current", Fraction(1, 1000)),
    "mAh/cm2": ("areal capacity", Fraction(1)),
    "Ah/m2": ("areal capacity", Fraction(1, 10)),
    "GPa": ("pressure", Fraction(1000)),
    "MPa": ("pressure", Fraction(1)),
    "kPa": ("pressure", Fraction(1, 1000)),
    "bar": ("pressure", Fraction(1, 10)),
    "degC": ("temperature", Fraction(1)),
    "K": ("temperature", Fraction(1)),
}
_ENDINGS = {  # how a field's name writes its unit
    "_ma_per_g": "mA/g",
    "_mah_per_cm2": "mAh/cm2",
    "_mg": "mg",
    "_cm2": "cm2",
    "_mm": "mm",
    "_um": "um",
    "_ma": "mA",
    "_degc": "degC",
    "_mpa": "MPa",
}
_SPELLINGS = {"°C": "degC", "C": "degC", "℃": "degC", "deg C": "degC", "deg_C": "degC", "degc": "degC"}
_ZERO = {"degC": Fraction(0), "K": Fraction(-27315, 100)}


@dataclass(frozen=True)
class Conversion:
    """From the unit that people wrote to the unit of a field: ``value * factor + offset``."""

    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)

    def __call__(self, value: Fraction) -> float:
        """Convert one value, exactly."""
        return float(value * self.factor + self.offset)


def split_field(field: str) -> tuple[str, str]:
    """Stem and unit of a field's name: ``active_mass_mg`` -> ``("active_mass", "mg")``; no unit gives ``""``."""
    for ending, unit in _ENDINGS.items():
        if field.endswith(ending):
            return field.removesuffix(ending), unit
    return field, ""


def split_head(head: str) -> tuple[str, str | None]:
    """Words and unit of a column's head: ``Active mass (mg)`` -> ``("active_mass", "mg")``; no unit gives None."""
    text = head.strip()
    match = re.fullmatch(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]", text) or re.fullmatch(r"(.+?)\s+/\s*(\S+)", text)
    if match:
        return slug(match[1]), match[2]
    return slug(text), None


def slug(text: str) -> str:
    """Small letters joined by underscores."""
    return re.sub(r"[^0-9a-z%]+", "_", text.strip().lower().replace("µ", "u").replace("μ", "u")).strip("_")


def unit_named(text: str) -> str | None:
    """The unit of the allow-list that people mean, or None: ``µg``, ``cm^2``, ``mA g-1``, ``°C``."""
    text = re.sub(r"\s+", " ", text.strip().replace("µ", "u").replace("μ", "u"))
    text = _SPELLINGS.get(text, text).replace("²", "2").replace("^", "")
    text = re.sub(r"[ ·*]?g[ ^{]*[-−–⁻][1¹]\}?$", "/g", text).replace("_per_", "/").replace(" / ", "/")
    text = re.sub(r"[ ·*](c?m)[ ^{]*[-−–⁻]2\}?$", r"/\g<1>2", text)
    if text in _UNITS:
        return text
    same = [unit for unit in _UNITS if unit.lower() == text.lower()]
    return same[0] if len(same) == 1 else None


def conversion(given: str, wanted: str) -> Conversion | None:
    """From one unit of the allow-list to another, or None where they measure different things."""
    kind, factor = _UNITS[given]
    other, target = _UNITS[wanted]
    if kind != other:
        return None
    return Conversion(factor / target, _ZERO.get(given, Fraction(0)) - _ZERO.get(wanted, Fraction(0)))


def accepted(wanted: str) -> str:
    """The units that may stand where `wanted` is meant, for hints."""
    return ", ".join(unit for unit, (kind, _) in _UNITS.items() if kind == _UNITS[wanted][0])
