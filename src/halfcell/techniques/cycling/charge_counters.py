"""Charge and energy of half cycles: the instrument's counters compared with our own integral, and which is used."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.half_cycles import CHUNK
from halfcell.maths.instrument_counters import gains, habit
from halfcell.maths.row_samples import batches
from halfcell.maths.row_spans import Spans, median, steps
from halfcell.techniques.cycling.between_files import between_files
from halfcell.techniques.cycling.counter_units import checked_energy, other_unit
from halfcell.techniques.cycling.time_unit import clock_agrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.current_record import Record
    from halfcell.maths.half_cycles import HalfCycles, Runs
    from halfcell.techniques.cycling.settings import ChargeFrom

    Floats = NDArray[np.float64]

_PAIRS = ("", "cycle_", "step_", "schedule_")
_REPORTED = 0.005  # a difference of counter and integral above this is reported
_TRUSTED = 0.02  # a median difference above this makes `auto` take the integral


@dataclass(frozen=True, kw_only=True, eq=False)
class ChargeAndEnergy:
    """Charge (Ah) and energy (Wh) of each half cycle, the last digit of the charge (Ah; 0 if integrated), and notes.

    `compared` is whether counters were held against our integral, `other_ah` the charge of the source that is not used.
    """

    charge_ah: Floats
    energy_wh: Floats
    digit_ah: float
    notes: tuple[Note, ...]
    compared: bool = False
    other_ah: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Counted:
    """What counters gained over each half cycle, the rows at which they reset, and their last digit."""

    gained: Floats
    resets: NDArray[np.int64]
    digit: float


def charge_and_energy(
    measurement: Measurement, record: Record, runs: Runs, table: HalfCycles, wanted: ChargeFrom
) -> ChargeAndEnergy:
    """Charge and energy from the instrument's counters or our own integral, with a note that says which and why.

    ``auto`` takes the counters unless they differ from the integral by more than the records allow: 2 %, plus what
    sparse records and the last digits of current and counter leave open. What flowed between two files that run on is
    in the counters of neither: it is taken from the integral.
    """
    ours = ChargeAndEnergy(charge_ah=table.charge_ah, energy_wh=table.energy_wh, digit_ah=0.0, notes=())
    ours = replace(ours, other_ah=np.full(len(table), np.nan))
    if not len(table) or wanted == "integral":
        return replace(ours, notes=_source("our integral", "as set (charge_from)") if len(table) else ())
    counted = _net(measurement, runs, table) or _by_direction(measurement, runs, table, "capacity_ah")
    if counted is None:
        return replace(ours, notes=_source("our integral", "the file holds no counters of charge"))
    between = between_files(record, measurement.columns.get("source_index"), runs, table)
    charge = counted.gained + between[0]
    away = np.abs(charge / table.charge_ah - 1.0)
    differ, notes = float(np.median(away)), _differences(away)
    allowed = _TRUSTED + _allowed(measurement, table, counted.digit) if differ > _TRUSTED else _TRUSTED
    energies = _by_direction(measurement, runs, table, "energy_wh")
    if wanted == "auto" and differ > allowed:
        ratios = _factor(charge, table.charge_ah), _factor_of(energies, table.energy_wh)
        named = other_unit(measurement.where, *ratios, clock_agrees=clock_agrees(measurement))
        why = f"the counters differ from it by {100 * differ:.3g} % in the median, more than the records allow"
        return replace(ours, notes=(*_source("our integral", why), *notes, *named), compared=True, other_ah=charge)
    energy, said = checked_energy(
        energies.gained + between[1] if energies else None, charge, table, lambda: _sparse_energy(measurement, table)
    )
    source = _from_counters(measurement, counted, away)
    return ChargeAndEnergy(
        charge_ah=charge,
        energy_wh=energy,
        digit_ah=counted.digit,
        notes=(*source, *notes, *said),
        compared=True,
        other_ah=table.charge_ah,
    )


def _factor(counted: Floats, integral: Floats) -> float:
    """By how much counters are larger than the integral, in the median."""
    return float(np.median(counted / integral))


def _factor_of(energies: _Counted | None, integral: Floats) -> float | None:
    return None if energies is None or not np.all(integral) else _factor(energies.gained, integral)


def _allowed(measurement: Measurement, table: HalfCycles, digit_ah: float) -> float:
    """Fraction by which counters and integral may differ as records are sparse or coarse: median of the half cycles.

    `digit_ah` is the last digit of the counters.
    """
    start, stop = table.first_row, table.last_row + 1
    parts = []
    for part in batches(start, stop, CHUNK):
        spans = Spans(start[part], stop[part])
        time, current = (spans.lay(measurement[name]) for name in ("test_time_second", "current_ampere"))
        between = 0.5 * spans.sum(np.abs(steps(spans, current)) * np.abs(steps(spans, time))) / 3600.0
        usual = median(spans, np.abs(current))
        digit = np.divide(_last_digits(spans, current), 2.0 * usual, out=np.zeros(len(usual)), where=usual > 0)
        parts.append((between + digit_ah) / table.charge_ah[part] + digit)
    return float(np.median(np.concatenate(parts)))


def _sparse_energy(measurement: Measurement, table: HalfCycles) -> float:
    """Fraction of the energy that sparse records leave open: half of the changes of the power, times the intervals."""
    start, stop = table.first_row, table.last_row + 1
    parts = []
    for part in batches(start, stop, CHUNK):
        spans = Spans(start[part], stop[part])
        time, current, voltage = (
            spans.lay(measurement[name]) for name in ("test_time_second", "current_ampere", "voltage_volt")
        )
        between = 0.5 * spans.sum(np.abs(steps(spans, current * voltage)) * np.abs(steps(spans, time))) / 3600.0
        energy = np.abs(table.energy_wh[part])
        parts.append(np.divide(between, energy, out=np.ones(len(energy)), where=energy > 0))
    return float(np.median(np.concatenate(parts)))


def _last_digits(spans: Spans, current: Floats) -> Floats:
    """The last digit of each half cycle's currents."""
    ends = zip(spans.begin.tolist(), (spans.last + 1).tolist(), strict=True)
    return np.array([last_digit(current[begin:stop]) for begin, stop in ends])


def last_digit(values: Floats) -> float:
    """The last digit with which values were written: the power of ten of which all (a sample of 256) are multiples.

    Parameters
    ----------
    values
        Readings, shape (n,), in any unit.

    Returns
    -------
    float
        In the unit of `values`; zero where that is less than a millionth of the largest value.

    Source: definition.
    """
    sample = np.abs(values[:: max(len(values) // 256, 1)])
    largest = float(np.nanmax(sample, initial=0.0))
    if largest <= 0:
        return 0.0
    top = int(np.floor(np.log10(largest)))
    for power in range(top, top - 6, -1):
        scaled = sample / 10.0**power
        if np.all(np.abs(scaled - np.round(scaled)) < 1e-6 * np.maximum(scaled, 1.0)):
            return float(10.0**power)
    return 0.0


def _source(what: str, why: str) -> tuple[Note, ...]:
    return (Note("info", "charge_source", f"charge and energy are from {what}: {why}"),)


def _from_counters(measurement: Measurement, counted: _Counted, away: Floats) -> tuple[Note, ...]:
    why = f"they {_habit(measurement, counted.resets)}; the largest difference from our integral is "
    return _source("the instrument's counters", f"{why}{100 * float(away.max()):.2g} %")


def _differences(away: Floats) -> tuple[Note, ...]:
    large = np.flatnonzero(away > _REPORTED)
    if not len(large):
        return ()
    text = f"counters and our integral differ by more than 0.5 % in {len(large)} of {len(away)} half cycles, by up to "
    return (Note("doubt", "counters_differ", f"{text}{100 * float(away.max()):.3g} %"),)


def _starts(runs: Runs, table: HalfCycles) -> NDArray[np.int64]:
    return runs.start[table.first_run]


def _by_direction(measurement: Measurement, runs: Runs, table: HalfCycles, ending: str) -> _Counted | None:
    """Gains of the counters of charging and discharging over the half cycles of their direction."""
    pair = _pair(measurement, ending)
    if pair is None:
        return None
    part = measurement.columns.get("source_index")
    rise, fall = (gains(counter, _starts(runs, table), part) for counter in pair)
    gained = np.where(table.direction > 0, rise.gains, fall.gains)
    if pair[0] is pair[1]:  # one counter without sign also counts what flowed the other way
        gained = gained - (table.reverse_wh if ending.endswith("wh") else table.reverse_ah)
    resets = np.sort(np.concatenate((rise.resets, fall.resets)))
    resets = resets[np.diff(resets, prepend=-1) > 0]
    return _Counted(gained=gained, resets=resets, digit=last_digit(pair[0])) if np.all(gained > 0) else None


def _pair(measurement: Measurement, ending: str) -> tuple[Floats, Floats] | None:
    """The counters of charging and discharging.

    A net counter that resets with its step or half cycle (Neware, BioLogic) is such a pair in one column: positive
    values count charging, negative ones discharging. A counter without sign (Maccor) is both.
    """
    columns = measurement.columns
    for prefix in _PAIRS:
        up, down = f"{prefix}charging_{ending}", f"{prefix}discharging_{ending}"
        if up in columns and down in columns:
            return columns[up], columns[down]
    for prefix in ("step_", "half_cycle_"):
        net = columns.get(f"{prefix}net_{ending}")
        if net is not None:
            return np.maximum(net, 0.0), np.maximum(-net, 0.0)
    for prefix in ("step_", ""):
        amount = columns.get(f"{prefix}cumulative_{ending}")
        if amount is not None:
            return amount, amount
    return None


def _net(measurement: Measurement, runs: Runs, table: HalfCycles) -> _Counted | None:
    """Gains of one running counter with sign (BioLogic's Q - Q0), made gross by adding what flowed the other way."""
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
    none = np.zeros(0, np.int64)
    return _Counted(gained=gained, resets=none, digit=last_digit(counter)) if np.all(gained > 0) else None


def _habit(measurement: Measurement, resets: NDArray[np.int64]) -> str:
    """When the counters reset, as text."""
    columns = measurement.columns
    steps, cycles, files = (
        np.flatnonzero(np.diff(columns[name])) + 1 if name in columns else np.zeros(0, np.int64)
        for name in ("step_count" if "step_count" in columns else "step_id", "cycle_count", "source_index")
    )
    found = habit(resets, steps, cycles, files)
    return "never reset" if found == "never" else f"reset {found}"
