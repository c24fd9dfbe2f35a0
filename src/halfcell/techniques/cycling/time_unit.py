"""Whether the test time is in seconds, held against what else the file tells: clock, step time, digits, durations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques.common.measurement_checks import is_noted
from halfcell.techniques.cycling.counter_units import clean_factor, factor_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Floats = NDArray[np.float64]

_FEW = 10  # records at least for a comparison of two times
_WITHIN = 0.02  # fraction by which test time and clock may differ
_SHORT_S = 1800.0  # at rates above 2C: a test at C/30 in minutes, and one at any rate in hours, looks like this
_SHORT_SYMMETRIC_S = 60.0  # lithium is plated and stripped for minutes
_LONG_S = 200.0 * 3600.0  # no cell is cycled slower than C/200; a test at 5C in milliseconds looks like this
_SAMPLE = 512  # records whose digits are looked at
_WHOLE = 2e-3  # s: times this close to whole seconds are whole
_MOST = 0.95  # share of the times that must be whole seconds in another unit
_FEWER = 0.5  # share of the times that may be whole hundredths of a second as they stand
_UNITS = {60.0: "minutes", 3600.0: "hours"}
_HINT = "give its unit in a column map, such as test_time_second * 60 for minutes"
_AN_INTERVAL = 2  # records: one has no duration
_ROUNDED = 0.01  # hundredths of a second: how near to whole ones rounded times are
_TELLS = 0.1  # s: where rounding moves times by more, they are whole in any unit
_EXACT = 1e-4  # of the last digit: what is left by the rounding of computer numbers


def refuse_time_in_other_unit(measurement: Measurement) -> None:
    """Hold the test time against the instrument's clock, and against the time within the steps.

    Raises
    ------
    Refused
        If the clock (over the whole and from record to record) or the step time runs 60, 1000 or 3600 times as fast or
        as slow: the test time is in another unit than seconds.
    """
    time = measurement["test_time_second"]
    inside = np.ones(max(len(time) - 1, 0), bool)
    if "source_index" in measurement:
        inside = np.diff(measurement["source_index"]) == 0
    for name, what in (("unix_time_second", "the clock"), ("step_time_second", "the step time")):
        other = measurement.columns.get(name)
        if other is None or not np.isfinite(other).all():
            continue
        told, lasted = np.diff(time)[inside], np.diff(other)[inside]
        factor = _faster(told, lasted, whole=name == "unix_time_second")
        if factor is not None:
            text = f"no capacity: {what} runs {factor_text(factor)} the test time, so that is not in seconds"
            raise Refused(text, measurement.where, _HINT)


def _faster(told: Floats, lasted: Floats, *, whole: bool) -> float | None:
    """The clean factor by which another time passes faster than the test time; None where it does not.

    `whole` compares the sums as well, which a time that begins anew with each step does not allow.
    """
    moved = (told > 0) & (lasted > 0)
    if np.count_nonzero(moved) < _FEW:
        return None
    usual = clean_factor(float(np.median(lasted[moved] / told[moved])))
    if usual is None or not whole:
        return usual
    return usual if usual == clean_factor(float(lasted.sum() / told.sum()) if told.sum() > 0 else np.nan) else None


def clock_agrees(measurement: Measurement) -> bool:
    """Whether the instrument's clock runs as fast as the test time does, over the whole record or in the median."""
    clock, time = measurement.columns.get("unix_time_second"), measurement["test_time_second"]
    if clock is None or len(clock) < _AN_INTERVAL or not np.isfinite(clock).all():
        return False
    told, lasted = np.diff(time), np.diff(clock)
    moved = (told > 0) & (lasted > 0)
    if not moved.any():
        return False
    ratios = (float(np.median(lasted[moved] / told[moved])), float(lasted.sum() / max(told.sum(), 1e-9)))
    return any(abs(ratio - 1.0) <= _WITHIN for ratio in ratios)


def time_doubts(
    measurement: Measurement, durations_s: Floats, kind: CellKind | None, *, counted: bool
) -> tuple[Note, ...]:
    """A doubt about the unit of the test time, where nothing vouches for seconds and something speaks against them.

    Parameters
    ----------
    measurement
        The records.
    durations_s, kind
        Durations of the half cycles by the test time (s), shape (half cycles,), and the kind of the cell.
    counted
        Whether counters of charge were compared with our integral, and so vouch for the time.

    Returns
    -------
    tuple of Note
        Empty where nothing speaks against seconds.

    Raises
    ------
    Refused
        If the half cycles are too short or too long, and the times are whole seconds in another unit only.

    Source: procedure of this package.
    """
    if not len(durations_s) or counted or clock_agrees(measurement):
        return ()
    usual = float(np.median(durations_s))
    short = usual < (_SHORT_SYMMETRIC_S if kind is CellKind.SYMMETRIC else _SHORT_S)
    odd, bare = short or usual > _LONG_S, is_noted(measurement, "time_unit_not_stated")
    if not (odd or bare):
        return ()
    lasts = f"a half cycle takes {usual:.4g} s in the median"
    unit = whole_seconds_in(measurement["test_time_second"]) if short else None
    if unit is not None:
        text = f"no capacity: {lasts}, and the times are whole seconds only if they are in {_UNITS[unit]}"
        raise Refused(text, measurement.where, _HINT)
    other = "milliseconds" if usual > _LONG_S else "minutes or hours"
    seen = f"{lasts} and neither a clock nor a counter of charge in the file confirms that the time is in seconds"
    seen += ", which its head does not state" if bare else ""
    text = (
        f"{seen}: if it is in {other}, every capacity, energy and current per capacity is wrong by that factor; {_HINT}"
    )
    return (Note("doubt", "time_unit_open", text),)


def whole_seconds_in(time: Floats) -> float | None:
    """60 or 3600, where nearly all times are whole seconds if they are in minutes or hours, and not as they stand.

    The last digit that was written limits what can be told: where it is too coarse, nothing is.
    """
    sample = time[: _SAMPLE + 1]
    sample = sample[np.isfinite(sample)] - (sample[0] if len(sample) else 0.0)
    sample = sample[sample > 0]
    if len(sample) < _FEW or np.mean(np.abs(100.0 * sample - np.round(100.0 * sample)) < _ROUNDED) > _FEWER:
        return None
    digit = _last_digit(sample)
    for factor in _UNITS:
        near = max(_WHOLE, 0.6 * factor * digit)
        if near < _TELLS and np.mean(np.abs(factor * sample - np.round(factor * sample)) <= near) >= _MOST:
            return factor
    return None


def _last_digit(values: Floats) -> float:
    """The power of ten of which all values are multiples; 0 where it is below a millionth."""
    for power in range(7):
        scaled = values * 10.0**power
        if np.all(np.abs(scaled - np.round(scaled)) < _EXACT):
            return float(10.0**-power)
    return 0.0
