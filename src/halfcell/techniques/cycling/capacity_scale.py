"""The scale of capacities: mAh per gram of a named mass, or mAh where no mass is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note

if TYPE_CHECKING:
    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How capacities are printed: `factor` converts Ah to `unit`; `relative_std` is the uncertainty of the mass."""

    factor: float
    unit: str
    basis: str
    relative_std: float = 0.0

    def of(self, half: Half) -> Quantity:
        """The half cycle's capacity."""
        value = half.charge_ah * self.factor
        std = math.hypot(half.charge_std_ah * self.factor, value * self.relative_std)
        kind: Kind = "propagated" if self.relative_std else "instrument resolution"
        return Quantity(
            value, self.unit, std or None, kind if std else "", 1 if self.unit == "mAh/g" else mah_decimals(value)
        )


def mah_decimals(value: float, least: int = 4) -> int:
    """Digits after the point: four (or `least`), more where a small capacity or energy needs four significant ones."""
    size = abs(value)
    return max(least, 3 - math.floor(math.log10(size))) if 1e-12 < size < 0.1 else least


def scale_of(settings: Settings) -> tuple[Scale, tuple[Note, ...]]:
    """The scale of capacities, and a note that names the mass or says why there is none."""
    basis, mass = settings.basis
    if mass is None and settings.mass_basis == "none":
        return Scale(factor=1e3, unit="mAh", basis=basis), ()
    if mass is None:
        text = (
            "no capacity per gram: the mass is not known; give active_mass_mg (cells.csv, or --set active_mass_mg=1.2)"
        )
        return Scale(factor=1e3, unit="mAh", basis="no mass"), (Note("refused", "mass_missing", text),)
    if mass <= 0:
        text = f"no capacity per gram: a mass of {mass:g} mg is impossible"
        return Scale(factor=1e3, unit="mAh", basis="no mass"), (Note("refused", "mass_unphysical", text),)
    spread = (settings.active_mass_std_mg or 0.0) / mass
    scale = Scale(factor=1e6 / mass, unit="mAh/g", basis=basis, relative_std=spread)
    return scale, (Note("info", "mass_basis", f"capacities are per gram of {basis} ({mass:g} mg)"),)
