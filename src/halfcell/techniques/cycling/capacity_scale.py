"""The scale of capacities: mAh per gram of a named mass, or mAh where no mass is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note
from halfcell.techniques.cycling.instrument_error import instrument_error

if TYPE_CHECKING:
    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.instrument_error import InstrumentError
    from halfcell.techniques.cycling.settings import Settings

_NOTHING_MAH = 1e-12  # mAh: below what any cycler counts
_SMALL_MAH = 0.1  # mAh: from here down two decimals show less than three digits


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How capacities are printed: `factor` converts Ah to `unit`.

    `relative_std` is the uncertainty of the mass (None where it is not known), `instrument` that of the cycler.
    """

    factor: float
    unit: str
    basis: str
    relative_std: float | None = None
    instrument: InstrumentError | None = None

    def of(self, half: Half) -> Quantity:
        """The half cycle's capacity; with an uncertainty where that of the mass or of the current is known.

        Of a capacity per gram that of the mass is needed, which is the larger.
        """
        value = half.charge_ah * self.factor
        std = 0.0
        sure = self.instrument and (self.unit == "mAh" or self.relative_std is not None)
        if sure or self.relative_std:
            charge = self.instrument.charge_ah(half) if self.instrument else half.charge_std_ah
            std = math.hypot(charge * self.factor, value * (self.relative_std or 0.0))
        kind: Kind = "propagated" if self.relative_std else "limits of error"
        return Quantity(
            value, self.unit, std or None, kind if std else "", 1 if self.unit == "mAh/g" else mah_decimals(value)
        )


def mah_decimals(value: float, least: int = 4) -> int:
    """Digits after the point: four (or `least`), more where a small capacity or energy needs four significant ones.

    Parameters
    ----------
    value
        mAh or mWh.
    least
        Digits of values of 0.1 and more.

    Returns
    -------
    int
        Digits after the point.

    Source: procedure of this package.
    """
    size = abs(value)
    return max(least, 3 - math.floor(math.log10(size))) if _NOTHING_MAH < size < _SMALL_MAH else least


def scale_of(settings: Settings) -> tuple[Scale, tuple[Note, ...]]:
    """The scale of capacities, and a note that names the mass or says why there is none."""
    basis, mass = settings.basis
    bare = Scale(factor=1e3, unit="mAh", basis="no mass", instrument=instrument_error(settings))
    if mass is None and settings.mass_basis == "none":
        return replace(bare, basis=basis), ()
    if mass is None:
        text = (
            "no capacity per gram: the mass is not known; give active_mass_mg (cells.csv, or --set active_mass_mg=1.2)"
        )
        return bare, (Note("refused", "mass_missing", text),)
    if mass <= 0:
        return bare, (Note("refused", "mass_unphysical", f"no capacity per gram: a mass of {mass:g} mg is impossible"),)
    spread = None if settings.active_mass_std_mg is None else settings.active_mass_std_mg / mass
    scale = replace(bare, factor=1e6 / mass, unit="mAh/g", basis=basis, relative_std=spread)
    return scale, (Note("info", "mass_basis", f"capacities are per gram of {basis} ({mass:g} mg)"),)
