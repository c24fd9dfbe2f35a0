"""A simulated cell and what it does in each cycle: currents, charges, efficiencies, fade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from halfcell.core.sample import CellKind


@dataclass(frozen=True, kw_only=True)
class Block:
    """A stretch of cycles at one current.

    Parameters
    ----------
    cycles, current_ma_g
        How many cycles, at what current (mA/g).
    capacity_part
        Reversible capacity at this rate as a fraction of that of cycle 1.
    mean_discharge_v, mean_charge_v
        Mean voltages (V) to which the profiles are shifted; with 0 the polarisation alone shifts them.
    """

    cycles: int
    current_ma_g: float
    capacity_part: float = 1.0
    mean_discharge_v: float = 0.0
    mean_charge_v: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated cell and how it is cycled.

    Parameters
    ----------
    kind
        Kind of cell; an anode half cell is discharged first, others are charged first.
    materials
        Names of `materials.potential_curves.CURVES` with their fractions of the capacity.
    active_mass_mg
        Mass (mg) to which the capacities refer.
    first_discharge_mah_g, first_charge_mah_g
        Capacities of cycle 1 (mAh/g), exactly.
    cycles
        Number of cycles at `current_ma_g` (mA/g), where `blocks` is empty.
    blocks
        Stretches of cycles at their own currents.
    retention_percent, retention_cycle, fade_shape
        Cycle `retention_cycle` has this capacity (% of cycle 1, at its rate); the exponent of cycle n is
        ``((n - 1) / (N - 1)) ** shape``, so that a shape below 1 fades early.
    efficiency_percent, efficiency_second_percent
        Coulombic efficiency that later cycles approach, and that of cycle 2.
    lower_volt, upper_volt, start_volt
        Cutoff voltages, and the voltage before the first cycle.
    polarisation_volt
        Shift of both branches at the current of cycle 1; it grows with the square root of the current.
    rest_s
        Rest after each half cycle (s).
    points, fine_points, fine_cycles
        Records per half cycle: `fine_points` in `fine_cycles`, `points` in the others.
    noise_volt, noise_current
        Standard deviations of the readings: of the voltage (V), and of the current relative to its value.
    unfinished
        Fraction of the last half cycle that is recorded; 1 for a complete test.
    """

    kind: CellKind = CellKind.HALF
    materials: tuple[tuple[str, float], ...] = (("Si", 1.0),)
    active_mass_mg: float = 1.2
    first_discharge_mah_g: float = 3384.3
    first_charge_mah_g: float = 3129.2
    cycles: int = 1
    current_ma_g: float = 100.0
    blocks: tuple[Block, ...] = ()
    retention_percent: float = 100.0
    retention_cycle: int = 30
    fade_shape: float = 0.7
    efficiency_percent: float = 99.5
    efficiency_second_percent: float = 97.0
    lower_volt: float = 0.01
    upper_volt: float = 2.0
    start_volt: float = 2.6
    polarisation_volt: float = 0.02
    rest_s: float = 600.0
    points: int = 60
    fine_points: int = 300
    fine_cycles: tuple[int, ...] = (1,)
    noise_volt: float = 2e-4
    noise_current: float = 2e-4
    unfinished: float = 1.0
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CyclePlan:
    """One cycle: its true charges (Ah), current (A), polarisation (V), and the fraction lost of what is put in."""

    charge_ah: float
    discharge_ah: float
    current_a: float
    polarisation_v: float
    lost: float
    mean_discharge_v: float = 0.0
    mean_charge_v: float = 0.0

    def mix(self, materials: Sequence[tuple[str, float]], *, taking_up: bool) -> list[tuple[str, float]]:
        """Materials and their fractions; what is lost forms SEI (in a full cell it is part of the first charge)."""
        half_cell = not any("|" in name for name, _ in materials)
        lost = self.lost if taking_up and half_cell else 0.0
        return [(name, share * (1.0 - lost)) for name, share in materials] + ([("SEI", lost)] if lost else [])


def plan(p: Parameters) -> list[CyclePlan]:
    """Plan all cycles of a test.

    Parameters
    ----------
    p
        Cycles, rates, capacities and fade of a test.

    Returns
    -------
    list of CyclePlan
        One per cycle: charges (Ah), current (A), polarisation (V).

    Source: procedure of this package.
    """
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
    """Coulombic efficiency of a later cycle: it rises from that of cycle 2 to the final one over about four cycles."""
    gap = (p.efficiency_percent - p.efficiency_second_percent) * 0.75 ** (number - 2)
    return (p.efficiency_percent - gap) / 100.0
