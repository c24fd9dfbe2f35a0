"""The current called 1C and where it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.core.sample import CellKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

_FASTEST = 500.0  # C: no electrode is cycled faster, and no cycler of cells records it
_FULL = (0.01, 10.0)  # a stated 1C current passes between 1 % and ten times the largest capacity in an hour


@dataclass(frozen=True)
class OneC:
    """The current of 1C (A; not a number where it is not known), where it comes from, and what speaks against it."""

    ampere: float = math.nan
    basis: str = ""
    against: tuple[Note, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """The note that tells where it comes from."""
        text = f"1C is {1e3 * self.ampere:.4g} mA: {self.basis}"
        return (Note("info", "c_rate_basis", text), *self.against) if self.basis else self.against


def one_c(settings: Settings, cycles: Sequence[Cycle]) -> OneC:
    """The current of 1C, refused where a rate would be impossible, doubted where it does not fit the capacities.

    Parameters
    ----------
    settings
        The current of 1C (mA, or mA/g with a mass), and the kind of the cell.
    cycles
        Their currents (A) and charges (Ah).

    Returns
    -------
    OneC
        A; not a number where it is not known or was refused.

    Source: definition: 1C moves the capacity in one hour.
    """
    found = _one_c(settings, cycles)
    halves = [half for cycle in cycles for half in cycle.halves]
    if not (halves and found.ampere > 0):
        return found
    fastest, most = max(half.current_a for half in halves), max(half.charge_ah for half in halves)
    if fastest > _FASTEST * found.ampere:
        text = (
            f"no C-rates: {1e3 * fastest:.4g} mA would be {fastest / found.ampere:.0f}C, with 1C from {found.basis}; "
        )
        text += "state the current of 1C (one_c_ma)"
        return OneC(against=(Note("refused", "c_rate_impossible", text),))
    plated = settings.kind is CellKind.SYMMETRIC or settings.efficiency_method == "reservoir"
    if plated or _FULL[0] <= most / found.ampere <= _FULL[1]:
        return found
    text = f"1C ({found.basis}: {1e3 * found.ampere:.4g} mA) does not fit the largest capacity ({1e3 * most:.4g} mAh): "
    text += "check one_c_ma_per_g and the mass (mg), or one_c_ma (mA)"
    return OneC(found.ampere, found.basis, (Note("doubt", "c_rate_unlikely", text),))


def _one_c(settings: Settings, cycles: Sequence[Cycle]) -> OneC:
    """As stated, or the one that passes the measured first capacity in one hour."""
    if settings.one_c_ma:
        return OneC(settings.one_c_ma / 1e3, "the stated 1C current")
    mass = settings.basis[1]
    if settings.one_c_ma_per_g and mass:
        return OneC(settings.one_c_ma_per_g * mass / 1e6, f"the stated 1C of {settings.one_c_ma_per_g:g} mA/g")
    which = settings.retained or "discharge"
    done = sorted((c for c in cycles if c.complete and c.half(which)), key=lambda c: c.role != "cycling")
    half = done[0].half(which) if done else None
    return OneC(half.charge_ah, f"the measured first {which} capacity") if half else OneC()
