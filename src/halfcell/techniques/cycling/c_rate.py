"""The current called 1C and where it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings


@dataclass(frozen=True)
class OneC:
    """The current of 1C (A; not a number where it is not known) and where it comes from, in words."""

    ampere: float = math.nan
    basis: str = ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """The note that tells where it comes from."""
        text = f"1C is {1e3 * self.ampere:.4g} mA: {self.basis}"
        return (Note("info", "c_rate_basis", text),) if self.basis else ()


def one_c(settings: Settings, cycles: Sequence[Cycle]) -> OneC:
    """The current of 1C: as stated, or the one that passes the measured first capacity in one hour."""
    if settings.one_c_ma:
        return OneC(settings.one_c_ma / 1e3, "the stated 1C current")
    mass = settings.basis[1]
    if settings.one_c_ma_per_g and mass:
        return OneC(settings.one_c_ma_per_g * mass / 1e6, f"the stated 1C of {settings.one_c_ma_per_g:g} mA/g")
    which = settings.retained or "discharge"
    done = sorted((c for c in cycles if c.complete and c.half(which)), key=lambda c: c.role != "cycling")
    half = done[0].half(which) if done else None
    return OneC(half.charge_ah, f"the measured first {which} capacity") if half else OneC()
