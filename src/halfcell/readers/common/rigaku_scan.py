"""Rigaku scans (RAS and RASX) as measurements, from the fields of the header and the table of a scan."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import pattern, rate_to_counts, same_angles_again

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement

_AXES = ("omega", "chi", "phi")
_OVER_2THETA = ("2-Theta", "TwoTheta", "Theta/2-Theta", "2-Theta/Omega", "2-Theta/Theta", "Omega/2-Theta")


def scan(table: NDArray[np.float64], head: Mapping[str, str]) -> Measurement:
    """Make the measurement of one scan: counts times attenuation, counts per second times the time per step.

    Raises
    ------
    InputError
        If the number of points is not that of the header, or the axis is not 2theta.
    """
    axis = head.get("MEAS_SCAN_AXIS_X", "2-Theta")
    if "theta" not in axis.lower() or not any(axis.startswith(known) for known in _OVER_2THETA):
        raise InputError(f"a scan over {axis}", hint="only scans over 2theta are read")
    said = _number(head, "MEAS_DATA_COUNT")
    if said is not None and round(said) != len(table):
        raise InputError(f"{len(table)} of {said:g} points found", hint="the file is truncated")
    counts = table[:, 1] * table[:, 2]
    notes: tuple[Note, ...] = ()
    if (table[:, 2] != 1).any():
        notes = (Note("correction", "attenuator", "counts were multiplied by the attenuation factors"),)
    seconds, unit = _seconds(head), head.get("MEAS_SCAN_UNIT_Y", "counts")
    if unit.lower() == "cps":
        counts, more, unit = rate_to_counts(counts, seconds)
        notes += more
    meta: dict[str, Json] = {
        "sample": head.get("FILE_SAMPLE", "").strip(),
        "anode": head.get("HW_XG_TARGET_NAME", ""),
        "wavelength_angstrom": _number(head, "HW_XG_WAVE_LENGTH_ALPHA1"),
        "wavelength2_angstrom": _number(head, "HW_XG_WAVE_LENGTH_ALPHA2"),
        "counting_time_second": seconds,
        "started": head.get("MEAS_SCAN_START_TIME", ""),
        "intensity_unit": unit,
    }
    return pattern(table[:, 0].copy(), counts, meta, notes)


def axis_positions(head: Mapping[str, str]) -> dict[str, float]:
    """Where omega, chi and phi stood when a scan began, as far as its header states it."""
    found: dict[str, float] = {}
    for key, name in head.items():
        if key.startswith("MEAS_COND_AXIS_NAME-") and name.lower() in _AXES:
            place = head.get(key.replace("_NAME-", "_POSITION-"), "")
            with suppress(ValueError):  # a word such as "Fixed"
                found[name.lower()] = float(place)
    return found


def no_map(scans: Sequence[Measurement], positions: Sequence[Mapping[str, float]]) -> None:
    """Check that the scans of a file are not those of a map of reciprocal space.

    Raises
    ------
    InputError
        If they go over the same angles, each at the next step of another axis.
    """
    for axis in _AXES:
        places = [one[axis] for one in positions if axis in one]
        if what := same_angles_again(scans, axis, places):
            raise InputError(what, hint="it is no powder diffractogram; measure or export a single scan over 2theta")


def _number(head: Mapping[str, str], key: str) -> float | None:
    try:
        return float(head[key]) if head.get(key, "").strip() else None
    except ValueError as error:
        raise InputError(f"{key} is {head[key]!r}, not a number", hint="expected a number") from error


def _seconds(head: Mapping[str, str]) -> float | None:
    """Time per step of a continuous scan, from its speed in degrees per minute; or the speed itself in seconds."""
    speed, step, unit = _number(head, "MEAS_SCAN_SPEED"), _number(head, "STEP"), head.get("MEAS_SCAN_SPEED_UNIT", "")
    if not speed:
        return None
    if unit == "sec":
        return speed
    return round(60 * step / speed, 6) if step and unit == "deg/min" else None
