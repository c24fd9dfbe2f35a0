"""Charge and energy of half cycles: the instrument's counters held against our own integral, and which is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.counters import gains, habit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.half_cycles import HalfCycles, Runs

    Floats = NDArray[np.float64]
    Counters = tuple[NDArray[np.float64], NDArray[np.int64]] | None

_PAIRS = ("", "cycle_", "step_", "schedule_")
SAID = 0.005  # a difference of counter and integral above this is said
_TRUSTED = 0.02  # a median difference above this makes `auto` take the integral

From = Literal["auto", "counters", "integral"]


def choose(
    measurement: Measurement, runs: Runs, table: HalfCycles, wanted: From
) -> tuple[Floats, Floats, tuple[Note, ...]]:
    """Charge (Ah) and energy (Wh) of each half cycle, from counters or integral, and notes that say which and why."""
    nothing: tuple[Note, ...] = ()
    if not len(table) or wanted == "integral":
        return table.charge_ah, table.energy_wh, _said("integral", "as set") if len(table) else nothing
    counted = _net(measurement, runs, table) or _signed(measurement, runs, table, "capacity_ah")
    if counted is None:
        return table.charge_ah, table.energy_wh, _said("integral", "the file holds no counters of charge")
    charge, resets = counted
    away = np.abs(charge / table.charge_ah - 1.0)
    notes = _differences(away)
    if wanted == "auto" and float(np.median(away)) > _TRUSTED:
        why = f"the counters differ from it by {100 * float(np.median(away)):.3g} % in the median"
        return table.charge_ah, table.energy_wh, (*_said("integral", why), *notes)
    energies = _signed(measurement, runs, table, "energy_wh")
    energy = energies[0] if energies is not None else table.energy_wh / table.charge_ah * charge
    used = _said("the instrument's counters", f"they reset {_habit(measurement, resets)}; the largest difference to "
                 f"our integral is {100 * float(away.max()):.2g} %")  # fmt: skip
    return charge, energy, (*used, *notes)


def _said(what: str, why: str) -> tuple[Note, ...]:
    return (Note("info", "charge_source", f"charge and energy are from {what}: {why}"),)


def _differences(away: Floats) -> tuple[Note, ...]:
    large = np.flatnonzero(away > SAID)
    if not len(large):
        return ()
    text = f"counters and integral differ by more than 0.5 % in {len(large)} of {len(away)} half cycles, by up to "
    return (Note("doubt", "counters_differ", f"{text}{100 * float(away.max()):.3g} %"),)


def _starts(runs: Runs, table: HalfCycles) -> NDArray[np.int64]:
    return runs.start[table.first_run]


def _signed(measurement: Measurement, runs: Runs, table: HalfCycles, ending: str) -> Counters:
    """Gains of the pair of counters, charging and discharging, each over the half cycles of its direction.

    A net counter that resets with its step or half cycle (Neware, BioLogic) is such a pair in one column: what is
    positive charged, what is negative discharged.
    """
    pair = _pair(measurement, ending)
    if pair is None:
        return None
    part = measurement.columns.get("source_index")
    rise, fall = (gains(counter, _starts(runs, table), part) for counter in pair)
    gained = np.where(table.direction > 0, rise.gains, fall.gains)
    return (gained, np.union1d(rise.resets, fall.resets)) if np.all(gained > 0) else None


def _pair(measurement: Measurement, ending: str) -> tuple[Floats, Floats] | None:
    columns = measurement.columns
    for prefix in _PAIRS:
        up, down = f"{prefix}charging_{ending}", f"{prefix}discharging_{ending}"
        if up in columns and down in columns:
            return columns[up], columns[down]
    for prefix in ("step_", "half_cycle_"):
        net = columns.get(f"{prefix}net_{ending}")
        if net is not None:
            return np.maximum(net, 0.0), np.maximum(-net, 0.0)
    return None


def _net(measurement: Measurement, runs: Runs, table: HalfCycles) -> Counters:
    """Gains of one running counter with a sign (BioLogic's Q - Q0); what flowed back is added to make them gross."""
    if "net_capacity_ah" not in measurement:
        return None
    counter = measurement["net_capacity_ah"]
    starts = _starts(runs, table)
    before = np.maximum(np.append(starts, len(counter)) - 1, 0)
    jumps = np.zeros(len(counter))
    if "source_index" in measurement:
        new = np.flatnonzero(np.diff(measurement["source_index"])) + 1
        jumps[new] = counter[new] - counter[new - 1]
    smooth = counter - np.cumsum(jumps)
    gained = np.diff(smooth[before]) * table.direction + table.reverse_ah
    return (gained, np.zeros(0, np.int64)) if np.all(gained > 0) else None


def _habit(measurement: Measurement, resets: NDArray[np.int64]) -> str:
    """When the counters reset, in words."""
    columns = measurement.columns
    steps, cycles, files = (
        np.flatnonzero(np.diff(columns[name])) + 1 if name in columns else np.zeros(0, np.int64)
        for name in ("step_count" if "step_count" in columns else "step_id", "cycle_count", "source_index")
    )
    return habit(resets, steps, cycles, files)
