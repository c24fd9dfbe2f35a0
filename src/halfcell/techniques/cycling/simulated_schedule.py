"""What a simulated cell does in each cycle: currents, charges, efficiencies, fade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.techniques.cycling.simulate import Parameters


@dataclass(frozen=True, kw_only=True)
class Block:
    """A stretch of cycles at one current.

    Parameters
    ----------
    cycles, current_ma_g
        How many cycles, at what current (mA/g).
    capacity_part
        Reversible capacity at this rate as a part of cycle 1's.
    mean_discharge_v, mean_charge_v
        Mean voltages (V) that the profiles are shifted to; 0 leaves them to the polarisation.
    """

    cycles: int
    current_ma_g: float
    capacity_part: float = 1.0
    mean_discharge_v: float = 0.0
    mean_charge_v: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CyclePlan:
    """One cycle: its true charges (Ah), current (A), polarisation (V) and irreversible share of what is put in."""

    charge_ah: float
    discharge_ah: float
    current_a: float
    polarisation_v: float
    lost: float
    mean_discharge_v: float = 0.0
    mean_charge_v: float = 0.0

    def mix(self, materials: Sequence[tuple[str, float]], *, taking_up: bool) -> list[tuple[str, float]]:
        """Materials and shares; what is lost is taken up as SEI (in a full cell it is part of the first charge)."""
        half_cell = not any("|" in name for name, _ in materials)
        lost = self.lost if taking_up and half_cell else 0.0
        return [(name, share * (1.0 - lost)) for name, share in materials] + ([("SEI", lost)] if lost else [])


def plan(p: Parameters) -> list[CyclePlan]:
    """Plan all cycles of a test."""
    blocks = p.blocks or (Block(cycles=p.cycles, current_ma_g=p.current_ma_g),)
    steps = [block for block in blocks for _ in range(block.cycles)]
    return [_plan(p, block, number, steps[0].current_ma_g) for number, block in enumerate(steps, start=1)]


def _plan(p: Parameters, block: Block, number: int, first_current: float) -> CyclePlan:
    anode = p.kind.is_anode_half
    put_1, out_1 = (
        (p.first_discharge_mah_g, p.first_charge_mah_g) if anode else (p.first_charge_mah_g, p.first_discharge_mah_g)
    )
    kept = (p.retention_percent / 100.0) ** (((number - 1) / max(p.retention_cycle - 1, 1)) ** p.fade_shape)
    out = out_1 * block.capacity_part * kept
    put = put_1 if number == 1 else out / _efficiency(p, number)
    gram = p.active_mass_mg / 1e3
    charge, discharge = (out, put) if anode else (put, out)
    return CyclePlan(
        charge_ah=charge * gram / 1e3,
        discharge_ah=discharge * gram / 1e3,
        current_a=block.current_ma_g * gram / 1e3,
        polarisation_v=p.polarisation_volt * (block.current_ma_g / first_current) ** 0.5,
        lost=1.0 - out / put,
        mean_discharge_v=block.mean_discharge_v,
        mean_charge_v=block.mean_charge_v,
    )


def _efficiency(p: Parameters, number: int) -> float:
    """Coulombic efficiency of a later cycle: it rises from cycle 2's to the final one over about four cycles."""
    gap = (p.efficiency_percent - p.efficiency_second_percent) * 0.75 ** (number - 2)
    return (p.efficiency_percent - gap) / 100.0
