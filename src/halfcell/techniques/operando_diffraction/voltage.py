"""The voltage of the cell over the time of the scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.techniques.operando_diffraction.settings import RecordedVoltage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.operando_diffraction.settings import Settings

    Array = NDArray[np.float64]

_KEPT = 4000  # records of the cycler that are kept, evenly over its time: more than a figure can show
_SLACK_HOUR = 1.0 / 60.0  # clocks of two instruments that were set by hand
_OUTSIDE = 0.01  # share of the scans without a voltage that is not worth a word
_AN_INTERVAL = 2  # records: nothing lies between fewer


def recorded_voltage(measurement: Measurement, _settings: Settings) -> RecordedVoltage:
    """The record of a cycler as a setting.

    Parameters
    ----------
    measurement
        Time (s) and voltage (V) of a cycler, shape (n,).
    _settings
        Not used.

    Returns
    -------
    RecordedVoltage
        At most 4000 records: time (h) since the first, voltage (V), and when it began by the clock.

    Raises
    ------
    InputError
        If it has no voltage or fewer than two records.

    Source: definition.
    """
    if "voltage_volt" not in measurement or len(measurement) < _AN_INTERVAL:
        raise InputError("the record of the cycler has no voltage over time", measurement.where)
    time = np.asarray(measurement["test_time_second"], float)
    kept = np.unique(np.linspace(0, len(time) - 1, min(_KEPT, len(time))).round().astype(int))
    clock = measurement.columns.get("unix_time_second")
    return RecordedVoltage(
        time_hour=tuple(((time[kept] - time[0]) / 3600.0).tolist()),
        volt=tuple(np.asarray(measurement["voltage_volt"], float)[kept].tolist()),
        began_second=float(clock[0]) if clock is not None else None,
        source=measurement.where,
    )


def placed(
    started: Sequence[float], time: Array | None, settings: Settings
) -> tuple[tuple[Array, Array] | None, tuple[Note, ...]]:
    """Time (h) since the first scan and voltage of the record, and what is to be said of it.

    Parameters
    ----------
    started
        Seconds since 1970 of each scan by the clock of the diffractometer; empty where it is not known.
    time
        Start of each scan in hours since the first, shape (scans,).
    settings
        With the record, and the offset that is set.

    Returns
    -------
    voltage, notes
        h and V, shape (records,) each; None where it cannot be placed.

    Source: definition.
    """
    record = settings.voltage
    notes: tuple[Note, ...] = ()
    if not isinstance(record, RecordedVoltage):
        return None, ()
    if time is None:
        what = "the voltage is not shown: the files do not say when the scans were started; set scan_minutes"
        return None, (Note("refused", "voltage_not_placed", what),)
    if settings.offset_minutes is not None:
        begin = settings.offset_minutes / 60.0
    elif started and record.began_second is not None:
        begin = (started[0] - record.began_second) / 3600.0
        what = (
            f"the scans are placed on the record of the cycler by the clocks of both instruments: the first begins "
            f"{begin:.2f} h after its first record; set offset_minutes if a clock was wrong"
        )
        notes = (Note("info", "by_clocks", what),)
    else:
        what = "the voltage is not shown: no clock says when the scans were made; set offset_minutes"
        return None, (Note("refused", "voltage_not_placed", what),)
    at = np.asarray(record.time_hour) - begin
    outside = 1.0 - float(np.mean(_recorded(at, time)))
    if outside > _OUTSIDE:
        what = f"{outside:.0%} of the scans were made while the cycler did not record: is offset_minutes right?"
        notes = (*notes, Note("doubt", "scans_outside_record", what))
    return (at, np.asarray(record.volt)), notes


def at_scans(voltage: tuple[Array, Array], time: Array) -> Array:
    """The voltage at the start of each scan, by linear interpolation.

    Parameters
    ----------
    voltage
        Time (h) and voltage (V) of the cycler's record, shape (n,) each.
    time
        Start of each scan (h), shape (scans,).

    Returns
    -------
    numpy.ndarray
        V, shape (scans,); NaN where the cycler did not record.

    Source: definition.
    """
    return np.where(_recorded(voltage[0], time), np.interp(time, *voltage), np.nan)


def _recorded(at: Array, time: Array) -> Array:
    """Whether the cycler recorded when a scan began, or less than a minute before or after."""
    return np.asarray((time >= at[0] - _SLACK_HOUR) & (time <= at[-1] + _SLACK_HOUR))
