"""The part of half cycles at constant voltage, and their last records: as the file states them, else by the voltage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.row_spans import Spans, first_where, last_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.current_record import Record
    from halfcell.maths.half_cycles import HalfCycles

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_CV_VOLT = 0.003  # V: a hold keeps the voltage within this
_MIXED = ("cccv", "恒流恒压")  # both in one step: nothing is told of a row
_HELD = ("cv", "potentiostatic", "constant voltage", "恒压")
_FLOWS = ("cc", "cp", "cr", "galvanostatic", "constant current", "恒流")
_RESTS = ("rest", "pause", "ocv", "open circuit", "静置", "搁置")
_AT_ENDS = 2  # at most this many records of the next step are looked for
_BEFORE = 5  # steps of the voltage before the last one, which tell its noise
_LEAST = 8  # a half cycle of fewer records than this keeps them all
_LASTS = 4  # intervals at one voltage: fewer are the end of a sweep
_PAIR = 2  # records of a half cycle that has no middle


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of several half cycles end to end; `step_s` is the time to the next, 0 over a pause, a seam or at
    the end."""

    spans: Spans
    time: Floats
    current: Floats
    voltage: Floats
    step_s: Floats


def stated_mode(measurement: Measurement) -> Floats | None:
    """What the step types state of each row (see `Record.mode`); None where they tell nothing."""
    codes, words = measurement.columns.get("step_type_code"), measurement.meta.get("step_types")
    if codes is None or not isinstance(words, dict) or not np.isfinite(codes).all():
        return None
    kinds, at = np.unique(codes, return_inverse=True)
    modes = np.array([_mode(words, int(kind)) for kind in kinds])
    return None if np.isnan(modes).all() else modes[at.reshape(-1)]


def _mode(words: Mapping[str, object], code: int) -> float:
    word = str(words.get(str(code), "")).lower()
    parts = set(re.split(r"[^a-z]+", word))  # short names only as words of their own
    mixed, held, flows, rests = (
        any(name in parts if name.isascii() and " " not in name else name in word for name in names)
        for names in (_MIXED, _HELD, _FLOWS, _RESTS)
    )
    if mixed or (held and flows):
        return np.nan
    return 1.0 if held else 0.0 if flows else -1.0 if rests else np.nan


def held_charge(rows: Rows, mode: Floats | None) -> tuple[Floats, Integers]:
    """Charge at constant voltage of each half cycle, and the place where that begins.

    As the file states it, where it states it of all rows of a half cycle; else as the voltage shows it.

    Parameters
    ----------
    rows
        Rows of all half cycles: current (A), voltage (V), time (s).
    mode
        What the file states of each row (see `Record.mode`), shape (rows,); None where it states nothing.

    Returns
    -------
    charge, begin
        As, and places (-1 where there is none), shape (half cycles,) each.

    Source: definition.
    """
    seen, begin = constant_voltage(rows)
    if mode is None:
        return seen, begin
    spans = rows.spans
    stated = spans.sum(np.isnan(mode).astype(np.int64)) == 0
    size = np.abs(rows.current)
    mean = 0.5 * (size[1:] + size[:-1]) * rows.step_s[:-1]  # `step_s` is zero from one half cycle to the next
    told = spans.sum(np.append(np.where(mode[1:] == 1.0, mean, 0.0), 0.0))
    first = first_where(spans, mode == 1.0)
    there = (told > 0) & (first < spans.begin + spans.length)
    return np.where(stated, told, seen), np.where(stated, np.where(there, first, -1), begin)


def constant_voltage(rows: Rows) -> tuple[Floats, Integers]:
    """Charge of the part at constant voltage with which each half cycle ends, and the place where it begins.

    It is the last stretch in which the voltage stays within 3 mV of its end and the current falls below 98 % of its
    value at the beginning of the stretch, and finally below 90 %.

    Parameters
    ----------
    rows
        Rows of all half cycles: current (A), voltage (V), time (s).

    Returns
    -------
    charge, begin
        As, and places, shape (half cycles,) each; 0 and -1 where there is none.

    Source: procedure of this package.
    """
    spans, size = rows.spans, np.abs(rows.current)
    away = np.abs(rows.voltage - spans.spread(_end(spans, rows.voltage))) > _CV_VOLT
    start = np.maximum(last_where(spans, away) + 1, spans.begin)
    held = np.flatnonzero(spans.last - start >= _LASTS)
    initial = np.zeros(len(spans))
    initial[held] = np.maximum(size[start[held]], size[start[held] + 1])
    there = (initial > 0) & (size[spans.last] <= 0.9 * initial)
    as_before = (size > spans.spread(0.98 * initial)) & (rows.spans.places >= spans.spread(start))
    begin = np.where(there, np.maximum(last_where(spans, as_before), start), spans.size)
    mean = np.append(0.5 * (size[1:] + size[:-1]), 0.0)
    charge = spans.sum(np.where(spans.places >= spans.spread(begin), mean * rows.step_s, 0.0))
    return charge, np.where(there, begin, -1)


def _end(spans: Spans, voltage: Floats) -> Floats:
    """Median of the last three rows of each half cycle; the mean where there are two."""
    one, two, three = (voltage[np.maximum(spans.last - back, spans.begin)] for back in (0, 1, 2))
    middle = np.maximum(np.minimum(one, two), np.minimum(np.maximum(one, two), three))
    return np.where(spans.length == _PAIR, 0.5 * (one + two), middle)


def last_rows(record: Record, table: HalfCycles) -> Integers:
    """The last row of each half cycle without records of the next step, in which a current is still noted.

    Such a record is stated to be at rest, or its voltage has relaxed: it lies against the direction of the half cycle,
    by more than 3 mV and more than three times what the voltage did before.
    """
    last = table.last_row.copy()
    for _ in range(_AT_ENDS):
        long = last - table.first_row >= _LEAST
        at = np.maximum(last, 1)
        back = -table.direction * (record.voltage_v[at] - record.voltage_v[at - 1])
        noise = np.zeros(len(last))
        for step in range(1, _BEFORE + 1):
            before = np.maximum(at - step, 1)
            noise = np.maximum(noise, -table.direction * (record.voltage_v[before] - record.voltage_v[before - 1]))
        weaker = np.abs(record.current_a[at]) <= 1.001 * np.abs(record.current_a[at - 1])
        relaxed = (back > _CV_VOLT) & (back > 3.0 * noise) & weaker
        if record.mode is not None:
            relaxed |= record.mode[at] == -1.0
        last = np.where(long & relaxed, last - 1, last)
    return last
