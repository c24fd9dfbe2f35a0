"""Simulate a cycling test: voltage profiles from the potentials of the materials, charges exactly as given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.techniques.cycling.simulated_schedule import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from halfcell.techniques.cycling.simulated_schedule import CyclePlan, Parameters

    Floats = NDArray[np.float64]

_GRID = 4000  # points of the fine profile from which records are taken


@dataclass(frozen=True, kw_only=True, eq=False)
class _Piece:
    """A step of the schedule: time since its beginning, true current and voltage of its records."""

    time_s: Floats
    current_a: Floats
    voltage_v: Floats
    cycle: int


class _Plateau(NamedTuple):
    """A logistic step of the charge over the voltage: its middle and width (V), its part of the charge."""

    volt: float
    width: float
    weight: float


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Record a test: rest, half cycle, rest, half cycle, ... with a record at the end of every step.

    Parameters
    ----------
    parameters
        Materials, charges of the half cycles, and the errors of the instrument.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns of an EC-Lab export, shape (n,): time, current, voltage, cycle (from 0), step, and the running net
        charge, which is exact while current and voltage readings carry noise.

    Source: definition; the potentials are those of `materials`, each with its source.
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
    from halfcell.materials.potential_curves import CURVES

    up = which == "charge"
    taking_up = up != p.kind.is_anode_half  # charge fills a full cell, discharge lithiates an anode
    branch = "delithiation" if not taking_up else "first" if number == 1 else "lithiation"
    plateaus = [
        _Plateau(volt, width, share * weight)
        for name, share in cycle.mix(p.materials, taking_up=taking_up)
        for volt, width, weight in getattr(CURVES[name], branch)
    ]
    low, high = _range(p, up=up, first=number == 1)
    grid = np.linspace(low, high, _GRID)
    shift = cycle.polarisation_v if up else -cycle.polarisation_v
    wanted = cycle.mean_charge_v if up else cycle.mean_discharge_v
    below = _below(grid, plateaus, shift)
    if wanted:
        below = _below(grid, plateaus, _shift_for(grid, plateaus, wanted))
    part = below if up else 1.0 - below[::-1]
    return part, grid if up else grid[::-1]


def _range(p: Parameters, *, up: bool, first: bool) -> tuple[float, float]:
    """Voltages between which a half cycle runs: it ends at its cutoff and begins near the one before."""
    span = p.upper_volt - p.lower_volt
    if up:
        return (p.start_volt if first and not p.kind.is_anode_half else p.lower_volt + 0.03 * span), p.upper_volt
    return p.lower_volt, (p.start_volt if first and p.kind.is_anode_half else p.upper_volt - 0.02 * span)


def _below(grid: Floats, plateaus: Sequence[_Plateau], shift: float) -> Floats:
    """Part of the charge that belongs to voltages below each of `grid`, 0 at its first and 1 at its last."""
    total = np.zeros(len(grid))
    for volt, width, weight in plateaus:
        total += weight / (1.0 + np.exp(np.clip(-(grid - volt - shift) / width, -500.0, 500.0)))
    total += 1e-6 * np.linspace(0.0, 1.0, len(grid))  # no voltage is without any charge
    total -= total[0]
    total /= total[-1]
    return total


def _shift_for(grid: Floats, plateaus: Sequence[_Plateau], mean: float) -> float:
    """The shift of the plateaus at which the mean voltage, the integral of V dq, is `mean`; by bisection."""
    low, high = -2.0, 2.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        part = _below(grid, plateaus, middle)
        found = float(np.sum(0.5 * (grid[1:] + grid[:-1]) * np.diff(part)))
        low, high = (middle, high) if found < mean else (low, middle)
    return 0.5 * (low + high)
