"""Convert the values of an axis into another unit of the same kind, exactly as `core.units` does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.markup import plain
from halfcell.core.units import conversion, parse

if TYPE_CHECKING:
    from halfcell.core.figure import Array, Axis


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A unit, and what values are multiplied by and shifted to be in it."""

    unit: str
    factor: float = 1.0
    offset: float = 0.0

    @property
    def is_one(self) -> bool:
        """Whether it leaves values as they are."""
        return self.factor == 1.0 and self.offset == 0.0

    def value(self, value: float) -> float:
        """Convert one value."""
        return value * self.factor + self.offset

    def array(self, values: Array) -> Array:
        """Convert values."""
        return np.asarray(np.asarray(values, float) * self.factor + self.offset)


def factor(axis: Axis, unit: str | None, name: str) -> Factor:
    """Return what an axis is multiplied by to be in another unit; a reference electrode (``V vs. Li``) is kept.

    Raises
    ------
    InputError
        If the unit measures something else than the axis shows.
    """
    if unit is None or unit == axis.unit:
        return Factor(unit=axis.unit)
    given, reference = _without_reference(axis.unit)
    wanted, other = _without_reference(unit)
    found = conversion(_keyboard(given), _keyboard(wanted))
    if found is None:
        shown = plain(axis.unit) or "a number without unit"
        hint = f"a unit of the same kind as {shown}" if parse(_keyboard(given)) else "leave the unit as it is"
        raise InputError(f"the {name} axis shows {shown}, which cannot be given in {plain(unit)}", name, hint)
    return Factor(unit=wanted + (other or reference), factor=float(found.factor), offset=float(found.offset))


def is_unit(text: str) -> bool:
    """Return whether a text is a unit, which may be against a reference electrode."""
    return parse(_keyboard(_without_reference(text)[0])) is not None


def _without_reference(unit: str) -> tuple[str, str]:
    """Split ``V vs. Li^{+}/Li`` into the unit and the reference."""
    match = re.fullmatch(r"(.*?)(\s+(?:vs\.?|versus)\s.*)", unit)
    return (match[1], match[2]) if match else (unit, "")


def _keyboard(unit: str) -> str:
    return plain(unit)
