"""Units in the heads of people's tables: ``active mass (mg)`` -> the field `active_mass_mg`, by an allow-list.

The units and their exact conversions are those of `core/units.py`; accepted here are the ones that samples and cells
are described with.
"""

from __future__ import annotations

import re

from halfcell.core.units import UnitSet, conversion

_ACCEPTED = UnitSet(
    units=(
        *("kg", "g", "mg", "ug"),
        *("m2", "cm2", "mm2"),
        *("m", "cm", "mm", "um", "nm"),
        *("A/g", "mA/g", "A", "mA", "uA", "mAh/cm2", "Ah/m2"),
        *("GPa", "MPa", "kPa", "bar"),
        *("degC", "K"),
    ),
    aliases={"C": "degC", "deg C": "degC"},
)
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
    return _ACCEPTED.find(text)


def accepted(wanted: str) -> str:
    """The units that may stand where `wanted` is meant, for hints."""
    return ", ".join(unit for unit in _ACCEPTED.units if conversion(unit, wanted))
