"""Half cycles of a measurement: charge from the better source, energy, part at constant voltage, end voltages."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.maths.current_record import Record
from halfcell.maths.half_cycles import HalfCycles, Runs, find_half_cycles, find_runs
from halfcell.techniques.cycling.charge_counters import ChargeAndEnergy, charge_and_energy
from halfcell.techniques.cycling.half_cycle_measures import measure
from halfcell.techniques.cycling.held_voltage import last_rows, stated_mode
from halfcell.techniques.cycling.time_unit import refuse_time_in_other_unit, time_doubts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.cycling.settings import Settings

_FEW = 0.1  # a larger fraction of records with current is no scatter
_SCATTERED = 2  # a run of more records than this is no scatter
_QUIET_VOLT = 1e-3  # V: a current that moves the voltage by more than this is real
_LONGEST_PART = 0.02  # of its charge in one interval, chosen: with more the half cycle is told to have a pause perhaps
_STRONG = 1e-3  # of the charge: so much the other way is no noise


class Half(NamedTuple):
    """One half cycle in Ah, Wh, A, V, s; charge and energy are positive and gross, of the current in its direction.

    `other_ah` is the charge by the source that is not used (counters or integral; not a number where there is none),
    `rest_s` the time without its current before and within it.

    A named tuple, since there may be many thousands.
    """

    direction: int
    first_row: int
    last_row: int
    charge_ah: float
    charge_std_ah: float
    energy_wh: float
    reverse_ah: float
    reverse_wh: float
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
    other_ah: float = math.nan
    rest_s: float = 0.0

    @property
    def net_ah(self) -> float:
        """The charge less what flowed the other way within the half cycle."""
        return self.charge_ah - self.reverse_ah

    @property
    def mean_voltage(self) -> float:
        """E / Q (V)."""
        return self.energy_wh / self.charge_ah


@dataclass(frozen=True, kw_only=True, eq=False)
class FoundHalfCycles:
    """The half cycles of a measurement, the record in which they were found, and notes on corrections and doubts."""

    halves: tuple[Half, ...]
    record: Record
    notes: tuple[Note, ...]


def find_halves(measurement: Measurement, settings: Settings) -> FoundHalfCycles:
    """Find the half cycles of a measurement.

    Parameters
    ----------
    measurement
        Time (s), current (A, positive charges) and voltage (V), shape (n,).
    settings
        What counts as a pause (s) and as a stray record (%), and where charges are taken from.

    Returns
    -------
    FoundHalfCycles
        Half cycles with charge (Ah), energy (Wh), currents (A) and voltages (V), the record, and notes.

    Raises
    ------
    InputError
        If time, current or voltage is missing, no row is finite, or ``pause_after_s`` is not above zero.
    Refused
        If the test time is in another unit than the clock, the step time or its own digits tell.

    Source: procedure of this package, as `maths.half_cycles`; charges by the trapezoid rule.
    """
    limit = settings.pause_after_s
    if limit is not None and not limit > 0:
        raise InputError(
            f"pause_after_s is {limit:g}", "pause_after_s", "give a positive number of seconds, or leave it out"
        )
    finite = _finite(measurement)
    lost = len(measurement) - len(finite)
    text = f"{lost} records without a finite value were left out"
    notes: tuple[Note, ...] = (Note("correction", "rows_not_finite", text),) if lost else ()
    refuse_time_in_other_unit(finite)
    record = _record_of(finite, limit)
    runs, noise = _without_noise(find_runs(record), record)
    table = find_half_cycles(runs, settings.blip_percent / 100.0)
    used = charge_and_energy(finite, record, runs, table, settings.charge_from)
    notes += noise + used.notes + _current_notes(record, runs, table)
    halves = _halves(record, finite, replace(table, last_row=last_rows(record, table)), used)
    halves, record = _on_scale(halves, record, settings)
    notes += (*_pauses(record, halves), *time_doubts(finite, table.duration_s, settings.kind, counted=used.compared))
    return FoundHalfCycles(halves=halves, record=record, notes=notes)


def _on_scale(halves: tuple[Half, ...], record: Record, settings: Settings) -> tuple[tuple[Half, ...], Record]:
    """Voltages of a half cell on the scale of the carrier's metal: ``reference_offset_volt`` is added."""
    offset = settings.reference_offset_volt
    if not offset or settings.kind is None or not settings.kind.is_half:
        return halves, record
    moved = tuple(
        half._replace(
            energy_wh=half.energy_wh + offset * half.charge_ah,
            reverse_wh=half.reverse_wh + offset * half.reverse_ah,
            voltage_end=half.voltage_end + offset,
            voltage_reached=half.voltage_reached + offset,
        )
        for half in halves
    )
    return moved, replace(record, voltage_v=record.voltage_v + offset)


def _finite(measurement: Measurement) -> Measurement:
    """The measurement without rows whose time, current or voltage is not finite.

    Raises
    ------
    InputError
        If a column is missing, or no row is finite.
    """
    needed = [measurement[name] for name in ("test_time_second", "current_ampere", "voltage_volt")]
    if all(np.isfinite(column.sum()) for column in needed):
        return measurement
    good = np.isfinite(needed[0]) & np.isfinite(needed[1]) & np.isfinite(needed[2])
    if not good.any():
        raise InputError("no record has time, current and voltage", measurement.where)
    return replace(measurement, columns={k: v[good] for k, v in measurement.columns.items()})


def _record_of(measurement: Measurement, pause_s: float | None) -> Record:
    """The columns from which half cycles are found."""
    columns = measurement.columns
    return Record(
        time_s=measurement["test_time_second"],
        current_a=measurement["current_ampere"],
        voltage_v=measurement["voltage_volt"],
        step=next((columns[name] for name in ("step_count", "step_id") if name in columns), None),
        part=columns.get("stretch_index"),
        step_time_s=columns.get("step_time_second"),
        mode=stated_mode(measurement),
        pause_s=math.inf if pause_s is None else pause_s,
    )


def _halves(record: Record, measurement: Measurement, table: HalfCycles, used: ChargeAndEnergy) -> tuple[Half, ...]:
    """All measures of each half cycle, in the units of `Half`."""
    found = measure(record, table)
    files = measurement.columns.get("source_index")
    charge = used.charge_ah
    lists: dict[str, Sequence[object]] = {
        "direction": table.direction.tolist(),
        "first_row": table.first_row.tolist(),
        "last_row": table.last_row.tolist(),
        "charge_ah": charge.tolist(),
        "charge_std_ah": np.hypot(found.charge_std_as / 3600.0, used.digit_ah / math.sqrt(12.0)).tolist(),
        "energy_wh": used.energy_wh.tolist(),
        "reverse_ah": table.reverse_ah.tolist(),
        "reverse_wh": table.reverse_wh.tolist(),
        "current_a": found.current_a.tolist(),
        "end_current_a": np.abs(record.current_a[table.last_row]).tolist(),
        "cv_ah": (np.minimum(found.held_as / 3600.0 / table.charge_ah, 1.0) * charge).tolist(),
        "duration_s": table.duration_s.tolist(),
        "voltage_end": found.end_v.tolist(),
        "voltage_reached": found.reached_v.tolist(),
        "interruptions": table.interruptions.tolist(),
        "longest_part": found.longest_part.tolist(),
        "instrument_cycle": _instrument_cycles(measurement, table),
        "other_ah": used.other_ah.tolist(),
        "rest_s": _rests(record, table).tolist(),
        "part": [0] * len(table) if files is None else [int(v) for v in files[table.first_row]],
    }
    return tuple(map(Half._make, zip(*(lists[name] for name in Half._fields), strict=True)))


def _rests(record: Record, table: HalfCycles) -> NDArray[np.float64]:
    """Time (s) from the end of the half cycle before to the end of each one, less the time in which its current flowed.

    Nothing is counted across two files, whose clocks may begin anew.
    """
    first, last = record.time_s[table.first_row], record.time_s[table.last_row]
    before = np.append(first[:1], last[:-1])
    if record.part is not None and len(first):
        part = record.part[table.first_row]
        before = np.where(np.append(False, np.diff(part) != 0), first, before)
    return np.maximum(last - before - table.duration_s, 0.0)


def _instrument_cycles(measurement: Measurement, table: HalfCycles) -> list[int | None]:
    """The instrument's number at the first row of each half cycle, where it has one."""
    counts = measurement.columns.get("cycle_count")
    if counts is None:
        return [None] * len(table)
    return [int(value) if math.isfinite(value) else None for value in counts[table.first_row].tolist()]


def _current_notes(record: Record, runs: Runs, table: HalfCycles) -> tuple[Note, ...]:
    """Notes on time, stray currents and reversed current."""
    notes = []
    if np.any(np.diff(record.time_s) < 0) and record.part is None:
        notes.append(Note("doubt", "time_backwards", "the time runs backwards in places; no charge is counted there"))
    strong = table.reverse_ah > _STRONG * table.charge_ah
    if np.any(strong):
        worst = 100.0 * float(np.max(table.reverse_ah / np.maximum(table.charge_ah, 1e-30)))
        count = int(strong.sum())
        text = f"{count} half cycles contain reversed current, up to {worst:.2g} % of their charge; "
        text += "it counts in the efficiencies only"
        notes.append(Note("info", "reversed_current", text))
    strays = _strays(runs, table)
    if strays:
        text = f"{strays} short currents carry too little charge to be a half cycle; they are ignored"
        notes.append(Note("info", "stray_current", text))
    return tuple(notes)


def _pauses(record: Record, halves: tuple[Half, ...]) -> tuple[Note, ...]:
    """Notes on intervals taken as pauses, and a doubt where charge was counted over a long one: a pause?"""
    notes: tuple[Note, ...] = ()
    count = int(np.count_nonzero(np.diff(record.time_s) > record.pause_s))
    if count:
        text = f"no charge is integrated over {count} intervals longer than {record.pause_s:g} s (pause_after_s)"
        notes = (Note("correction", "pauses_left_out", text),)
    long = [half.longest_part for half in halves if half.longest_part > _LONGEST_PART]
    if not long:
        return notes
    part = f"up to {100 * max(long):.2g} % of the charge"
    text = f"in {len(long)} half cycles one long interval between records holds {part}"
    advice = "if the test was paused then, that charge did not flow: set pause_after_s (s)"
    return (*notes, Note("doubt", "long_interval", f"{text}; {advice}"))


def _without_noise(runs: Runs, record: Record) -> tuple[Runs, tuple[Note, ...]]:
    """The runs, without charge where all current is a few scattered readings to which the voltage does not respond."""
    live = np.flatnonzero(record.current_a)
    rows = (runs.stop - runs.start)[runs.sign != 0]
    if not len(live) or len(live) > _FEW * len(record.current_a) or int(rows.max()) > _SCATTERED:
        return runs, ()
    moved = np.abs(record.voltage_v[live] - record.voltage_v[np.maximum(live - 1, 0)])
    if float(moved.max()) > _QUIET_VOLT:
        return runs, ()
    most = float(np.abs(record.current_a[live]).max())
    text = (
        f"{len(live)} of {len(record.current_a)} records have a current (up to {most:.2g} A) to which the voltage does"
    )
    note = Note("info", "current_noise", f"{text} not respond: noise of a rest, no half cycle")
    return replace(runs, charge_ah=np.zeros(len(runs))), (note,)


def _strays(runs: Runs, table: HalfCycles) -> int:
    """Number of runs with current that lie outside all half cycles."""
    live = np.flatnonzero(runs.sign != 0)
    inside = np.zeros(len(live), bool)
    at = np.searchsorted(table.first_row, runs.start[live], side="right") - 1
    known = at >= 0
    inside[known] = runs.start[live][known] <= table.last_row[at[known]]
    return int(np.count_nonzero(~inside))
