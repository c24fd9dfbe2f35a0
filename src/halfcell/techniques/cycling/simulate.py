"""What a cycler would record of a cell: its profiles from the materials' potentials, its charges exactly as told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques.cycling.simulated_schedule import Block, CyclePlan, plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_GRID = 4000  # points of the fine profile that records are taken from


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A cell and how it is cycled.

    Parameters
    ----------
    kind
        What the cell is; an anode half cell is discharged first, others are charged first.
    materials
        Names of `materials.potentials.CURVES` with their shares of the capacity.
    active_mass_mg
        Mass (mg) that the capacities are per gram of.
    first_discharge_mah_g, first_charge_mah_g
        Capacities of cycle 1 (mAh/g), exactly.
    cycles
        Number of cycles where `blocks` is empty, all at `current_ma_g` (mA/g).
    blocks
        Stretches of cycles at their own currents.
    retention_percent, retention_cycle, fade_shape
        The capacity of the cycle named is this part (%) of cycle 1, at cycle 1's rate; with
        ``((n - 1) / (N - 1)) ** shape`` as exponent, so a shape below 1 fades early.
    efficiency_percent, efficiency_second_percent
        Coulombic efficiency that later cycles tend to, and that of cycle 2.
    lower_volt, upper_volt, start_volt
        Cutoffs, and the voltage before the first cycle.
    polarisation_volt
        Shift of both branches at cycle 1's current; it grows with the root of the current.
    rest_s
        Rest after each half cycle (s).
    points, fine_points, fine_cycles
        Records a half cycle; the cycles named have more.
    noise_volt, noise_current
        Standard deviations of the readings: volts, and parts of the current.
    unfinished
        Part of the last half cycle that is recorded; 1 for a finished test.
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


@dataclass(frozen=True, kw_only=True, eq=False)
class _Piece:
    """A step of the schedule: times from its beginning, true current and voltage at its records."""

    time_s: Floats
    current_a: Floats
    voltage_v: Floats
    cycle: int


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Record a test: rest, half cycle, rest, half cycle, ... with records at the end of every step.

    Columns are those of an EC-Lab export: time, current, voltage, cycle (from 0), step, and the running net charge,
    which is exact while current and voltage readings carry noise.
    """
    pieces = _pieces(parameters)
    time, charge, step = [], [], []
    clock = total = 0.0
    for number, piece in enumerate(pieces):
        time.append(clock + piece.time_s)
        charge.append(total + piece.current_a * piece.time_s / 3600.0)
        step.append(np.full(len(piece.time_s), float(number)))
        clock, total = float(time[-1][-1]), float(charge[-1][-1])
    current = np.concatenate([piece.current_a for piece in pieces])
    voltage = np.concatenate([piece.voltage_v for piece in pieces])
    columns = {
        "test_time_second": np.concatenate(time),
        "current_ampere": current * (1.0 + parameters.noise_current * rng.standard_normal(len(current))),
        "voltage_volt": voltage + parameters.noise_volt * rng.standard_normal(len(voltage)),
        "cycle_count": np.concatenate([np.full(len(piece.time_s), float(piece.cycle)) for piece in pieces]),
        "step_count": np.concatenate(step),
        "net_capacity_ah": np.concatenate(charge),
    }
    meta = {"simulated": True, "protocol": "GCPL", **parameters.meta}
    return Measurement(technique="cycling", columns=columns, meta=meta)


def _pieces(p: Parameters) -> list[_Piece]:
    plans = plan(p)
    pieces = [_rest(p.start_volt, p.start_volt, p.rest_s, 0)]
    for number, cycle in enumerate(plans, start=1):
        for which in ("discharge", "charge") if p.kind.is_anode_half else ("charge", "discharge"):
            pieces.append(_half(p, cycle, which, number))
            end = float(pieces[-1].voltage_v[-1])
            mid = 0.5 * (p.lower_volt + p.upper_volt)
            pieces.append(_rest(end, end + 0.08 * np.sign(mid - end), p.rest_s, number - 1))
    return _cut(pieces, p.unfinished)


def _cut(pieces: list[_Piece], part: float) -> list[_Piece]:
    """End the record within the last half cycle."""
    if part >= 1.0:
        return pieces
    last = pieces[-2]
    keep = last.time_s <= part * last.time_s[-1]
    cut = _Piece(
        time_s=last.time_s[keep], current_a=last.current_a[keep], voltage_v=last.voltage_v[keep], cycle=last.cycle
    )
    return [*pieces[:-2], cut]


def _rest(begin: float, end: float, duration_s: float, cycle: int) -> _Piece:
    time = duration_s * np.array([0.02, 0.1, 0.3, 0.6, 1.0])
    voltage = end + (begin - end) * np.exp(-6.0 * time / duration_s)
    return _Piece(time_s=time, current_a=np.zeros(5), voltage_v=voltage, cycle=cycle)


def _half(p: Parameters, cycle: CyclePlan, which: str, number: int) -> _Piece:
    """One half cycle: the profile of its branch, timed so that its charge is exact."""
    charge_ah = (cycle.charge_ah, cycle.discharge_ah)[which == "discharge"]
    part, voltage = _profile(p, cycle, which, number)
    count = p.fine_points if number in p.fine_cycles else p.points
    length = np.concatenate((np.zeros(1), np.cumsum(np.hypot(np.diff(part), np.diff(voltage) / np.ptp(voltage)))))
    wanted = np.linspace(length[-1] / count, length[-1], count)
    taken = np.interp(wanted, length, part)
    time = taken * charge_ah * 3600.0 / cycle.current_a
    sign = 1.0 if which == "charge" else -1.0
    return _Piece(
        time_s=time,
        current_a=np.full(count, sign * cycle.current_a),
        voltage_v=np.interp(wanted, length, voltage),
        cycle=number - 1,
    )


def _profile(p: Parameters, cycle: CyclePlan, which: str, number: int) -> tuple[Floats, Floats]:
    """Part of the charge (0 to 1) and voltage along one half cycle, ending exactly at the cutoff."""
    from halfcell.materials.potentials import CURVES

    up = which == "charge"
    taking_up = up != p.kind.is_anode_half  # charge fills a full cell, discharge lithiates an anode
    branch = "delithiation" if not taking_up else "first" if number == 1 else "lithiation"
    mix = [(share, getattr(CURVES[name], branch)) for name, share in cycle.mix(p.materials, taking_up=taking_up)]
    low, high = _range(p, up=up, first=number == 1)
    grid = np.linspace(low, high, _GRID)
    shift = cycle.polarisation_v if up else -cycle.polarisation_v
    wanted = cycle.mean_charge_v if up else cycle.mean_discharge_v
    below = _below(grid, mix, shift)
    if wanted:
        below = _below(grid, mix, _shift_for(grid, mix, wanted))
    part = below if up else 1.0 - below[::-1]
    return part, grid if up else grid[::-1]


def _range(p: Parameters, *, up: bool, first: bool) -> tuple[float, float]:
    """Voltages between which a half cycle runs: it ends at its cutoff and begins near the one before."""
    span = p.upper_volt - p.lower_volt
    if up:
        return (p.start_volt if first and not p.kind.is_anode_half else p.lower_volt + 0.03 * span), p.upper_volt
    return p.lower_volt, (p.start_volt if first and p.kind.is_anode_half else p.upper_volt - 0.02 * span)


def _below(grid: Floats, mix: Sequence[tuple[float, tuple[tuple[float, float, float], ...]]], shift: float) -> Floats:
    """Part of the charge that belongs to voltages below each of `grid`, 0 at its first and 1 at its last."""
    total = np.zeros(len(grid))
    for share, steps in mix:
        for volt, width, weight in steps:
            total += share * weight / (1.0 + np.exp(np.clip(-(grid - volt - shift) / width, -500.0, 500.0)))
    total += 1e-6 * np.linspace(0.0, 1.0, len(grid))  # no voltage is without any charge
    total -= total[0]
    total /= total[-1]
    return total


def _shift_for(grid: Floats, mix: Sequence[tuple[float, tuple[tuple[float, float, float], ...]]], mean: float) -> float:
    """The shift of the steps at which the mean voltage, the integral of V dq, is `mean`; by bisection."""
    low, high = -2.0, 2.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        part = _below(grid, mix, middle)
        found = float(np.sum(0.5 * (grid[1:] + grid[:-1]) * np.diff(part)))
        low, high = (middle, high) if found < mean else (low, middle)
    return 0.5 * (low + high)
