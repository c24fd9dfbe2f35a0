"""Half cycles of a measurement with all that is measured on one: charge by the better source, energy, CV part, ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.maths.half_cycles import HalfCycles, Record, Runs, find_half_cycles, find_runs
from halfcell.techniques.cycling._counted import Used, choose

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.cycling._settings import Settings

    Floats = NDArray[np.float64]

_GAP = 10.0  # an interval of more than this many mean ones may hide a pause
_CV_VOLT = 0.003  # V, a hold keeps the voltage this well


@dataclass(frozen=True, kw_only=True)
class Half:
    """One half cycle in Ah, Wh, A, V, s; charge and energy are positive, those of the current in its direction."""

    direction: int
    first_row: int
    last_row: int
    charge_ah: float
    charge_std_ah: float
    energy_wh: float
    reverse_ah: float
    current_a: float
    end_current_a: float
    cv_ah: float
    duration_s: float
    voltage_end: float
    voltage_reached: float
    interruptions: int
    longest_part: float
    instrument_cycle: int | None
    part: int = 0

    @property
    def mean_voltage(self) -> float:
        """E / Q (V)."""
        return self.energy_wh / self.charge_ah


def record_of(measurement: Measurement) -> tuple[Record, tuple[Note, ...], Measurement]:
    """Take the columns of a measurement that a record needs, without rows that are not numbers.

    Raises
    ------
    InputError
        If time, current or voltage is missing, or no row is finite.
    """
    from dataclasses import replace

    needed = [measurement[name] for name in ("test_time_second", "current_ampere", "voltage_volt")]
    notes: tuple[Note, ...] = ()
    if not all(np.isfinite(column.sum()) for column in needed):
        good = np.isfinite(needed[0]) & np.isfinite(needed[1]) & np.isfinite(needed[2])
        if not good.any():
            raise InputError("no record has time, current and voltage", measurement.where)
        lost = int(len(good) - good.sum())
        notes = (Note("correction", "rows_not_finite", f"{lost} records without a finite value were left out"),)
        measurement = replace(measurement, columns={k: v[good] for k, v in measurement.columns.items()})
        needed = [measurement[name] for name in ("test_time_second", "current_ampere", "voltage_volt")]
    columns = measurement.columns
    step = next((columns[name] for name in ("step_count", "step_id") if name in columns), None)
    record = Record(
        time_s=needed[0],
        current_a=needed[1],
        voltage_v=needed[2],
        step=step,
        part=columns.get("source_index"),
        step_time_s=columns.get("step_time_second"),
    )
    return record, notes, measurement


def find_halves(measurement: Measurement, settings: Settings) -> tuple[tuple[Half, ...], Record, tuple[Note, ...]]:
    """Find the half cycles of a measurement, with notes about what was corrected or is doubtful."""
    record, notes, measurement = record_of(measurement)
    runs = find_runs(record)
    table = find_half_cycles(runs, settings.blip_percent / 100.0)
    used = choose(measurement, runs, table, settings.charge_from)
    halves = tuple(_half(record, measurement, table, k, used) for k in range(len(table)))
    return halves, record, notes + used.notes + _remarks(record, runs, table) + _pauses(halves)


def _half(record: Record, measurement: Measurement, table: HalfCycles, k: int, used: Used) -> Half:
    direction = int(table.direction[k])
    first, last = int(table.first_row[k]), int(table.last_row[k])
    rows = slice(first, last + 1)
    voltage = record.voltage_v[rows]
    cv_as, cv_s = constant_voltage(record.time_s[rows], record.current_a[rows], voltage)
    share = min(cv_as / 3600.0 / float(table.charge_ah[k]), 1.0)
    current = steady_current(record.time_s[rows], record.current_a[rows] * direction, cv_s)
    counts = measurement.columns.get("cycle_count")
    return Half(
        direction=direction,
        first_row=first,
        last_row=last,
        charge_ah=float(used.charge_ah[k]),
        charge_std_ah=math.hypot(_charge_std(record, rows, current), used.step_ah / math.sqrt(12.0)),
        energy_wh=float(used.energy_wh[k]),
        reverse_ah=float(table.reverse_ah[k]),
        current_a=current,
        end_current_a=abs(float(record.current_a[last])),
        cv_ah=share * float(used.charge_ah[k]),
        duration_s=float(table.duration_s[k]),
        voltage_end=float(voltage[-1]),
        voltage_reached=float(voltage.max() if direction > 0 else voltage.min()),
        interruptions=int(table.interruptions[k]),
        longest_part=_longest(record, rows, float(table.charge_ah[k])),
        instrument_cycle=None if counts is None or not np.isfinite(counts[first]) else int(counts[first]),
        part=0 if record.part is None else int(record.part[first]),
    )


def _longest(record: Record, rows: slice, charge_ah: float) -> float:
    """Part of the charge that flowed between two records, if they are far more apart than the others; else 0."""
    step = np.diff(record.time_s[rows])
    if len(step) < 20 or charge_ah <= 0:
        return 0.0
    at = int(np.argmax(step))
    current = np.abs(record.current_a[rows][at : at + 2])
    if step[at] < _GAP * float(np.mean(step)) or current.min() == 0.0:
        return 0.0
    return float(step[at] * current.mean()) / 3600.0 / charge_ah


def constant_voltage(time: Floats, current: Floats, voltage: Floats) -> tuple[float, float]:
    """Charge (As) and time (s) of the part at constant voltage that ends a half cycle; zeros where there is none.

    It is the last stretch in which the voltage keeps within 3 mV of its end and the current has fallen below 98 % of
    what it was when the stretch began, to below 90 % at least.
    """
    away = np.flatnonzero(np.abs(voltage - float(np.median(voltage[-3:]))) > _CV_VOLT)
    start = int(away[-1]) + 1 if len(away) else 0
    size = np.abs(current[start:])
    if len(size) < 5 or size[-1] > 0.9 * size[:2].max():
        return 0.0, 0.0
    steady = np.flatnonzero(size > 0.98 * size[:2].max())
    begin = int(steady[-1]) if len(steady) else 0
    step = np.diff(time[start + begin :])
    mean = 0.5 * (size[begin + 1 :] + size[begin:-1])
    return float(np.sum(mean * step)), float(step.sum())


def steady_current(time: Floats, along: Floats, held_s: float) -> float:
    """Current (A) before the part at constant voltage: time-weighted median of at most 512 records with current."""
    stop = int(np.searchsorted(time, time[-1] - held_s, side="left")) + 1 if held_s > 0 else len(time)
    at = np.arange(0, min(stop, len(time)), max(stop // 512, 1))
    at = at[along[at] > 0]
    if not len(at):
        return float(np.max(along))
    values, weights = along[at], np.maximum(np.gradient(time[at]) if len(at) > 1 else np.ones(1), 0.0)
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][min(int(np.searchsorted(reached, 0.5 * reached[-1])), len(order) - 1)])


def _charge_std(record: Record, rows: slice, current: float) -> float:
    """Standard uncertainty of an integrated charge (Ah): noise, sparse records, a first interval not known.

    The noise is taken from the differences of neighbouring records (median, so that steps do not count); white noise
    adds up as the root of the sum of dt squared. Between the sums that take each interval's first and last current lies
    what sparse records leave open; half of it is the limit, its share of a uniform distribution the std.
    """
    readings, time = record.current_a[rows], record.time_s[rows]
    if len(readings) < 4:
        return 0.0
    at = np.arange(0, len(readings) - 1, max(len(readings) // 1024, 1))
    noise = 1.4826 * float(np.median(np.abs(readings[at + 1] - readings[at]))) / np.sqrt(2.0)
    step = np.diff(time)
    sparse = abs(float(np.dot(np.diff(readings), step))) / (2.0 * np.sqrt(3.0))
    lead = 0.0
    if record.step_time_s is None and rows.start > 0:
        gap, following = float(time[0] - record.time_s[rows.start - 1]), max(float(step[0]), 1e-3)
        lead = current * 3.0 * following / np.sqrt(12.0) if gap > 3.0 * following else 0.0
    return float(np.linalg.norm((noise * np.sqrt(np.dot(step, step)), sparse, lead))) / 3600.0


def _remarks(record: Record, runs: Runs, table: HalfCycles) -> tuple[Note, ...]:
    """Notes on time, stray currents and reversed current."""
    notes = []
    if np.any(np.diff(record.time_s) < 0) and record.part is None:
        notes.append(Note("doubt", "time_backwards", "the time runs backwards; no charge is counted there"))
    strong = table.reverse_ah > 1e-3 * table.charge_ah
    if np.any(strong):
        worst = 100.0 * float(np.max(table.reverse_ah / np.maximum(table.charge_ah, 1e-30)))
        text = f"{int(strong.sum())} half cycles hold current the other way (up to {worst:.2g} %); capacities are gross"
        notes.append(Note("info", "reversed_current", text))
    strays = _strays(runs, table)
    if strays:
        text = f"{strays} stray currents carry less charge than the smallest half cycle counts; they begin none"
        notes.append(Note("info", "stray_current", text))
    return tuple(notes)


def _pauses(halves: tuple[Half, ...]) -> tuple[Note, ...]:
    """Doubt about charge that is counted over one long interval: was the test paused there?"""
    long = [half.longest_part for half in halves if half.longest_part > 0.02]
    if not long:
        return ()
    text = f"in {len(long)} half cycles one long interval between records holds up to {100 * max(long):.2g} % of it"
    return (Note("doubt", "long_interval", f"{text}; if the test was paused there, that charge did not flow"),)


def _strays(runs: Runs, table: HalfCycles) -> int:
    """Runs with a current that lie outside all half cycles' true ends."""
    live = np.flatnonzero(runs.sign != 0)
    inside = np.zeros(len(live), bool)
    at = np.searchsorted(table.first_row, runs.start[live], side="right") - 1
    known = at >= 0
    inside[known] = runs.start[live][known] <= table.last_row[at[known]]
    return int(np.count_nonzero(~inside))
