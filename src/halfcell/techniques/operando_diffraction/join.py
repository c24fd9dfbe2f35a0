"""The scans of one test as one measurement: on common angles, in order of time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[np.float64]

_ISO = re.compile(r"(\d{4}-[01]\d-[0-3]\d)[T ]([0-2]\d:[0-5]\d:[0-5]\d(?:\.\d+)?)")
_SAME_DEGREE = 1e-6  # angles that differ by less are the same
_A_RANGE = 2  # angles: a range has a beginning and an end


class _Scan(NamedTuple):
    """One scan, and when it was started by the instrument's clock (s since 1970, read as UTC)."""

    angle: Array
    intensity: Array
    started: float | None


def join(measurements: Sequence[Measurement]) -> Measurement:
    """Put the scans of a test into one measurement, with the column ``scan_index``.

    They are in order of their start where all say it, else in the order given. Scans with other angles than the first
    are interpolated on those, over the range that all have in common; it is said how many.

    Raises
    ------
    InputError
        If there is no scan, or the scans have no angles in common.
    """
    scans = [scan for measurement in measurements for scan in _scans(measurement)]
    if not scans:
        raise InputError("there is no scan to join")
    known = all(scan.started is not None for scan in scans)
    ordered = sorted(scans, key=lambda scan: scan.started or 0.0) if known else scans
    low, high = max(scan.angle[0] for scan in scans), min(scan.angle[-1] for scan in scans)
    first = ordered[0].angle
    grid = first[(first >= low - _SAME_DEGREE) & (first <= high + _SAME_DEGREE)]
    if len(grid) < _A_RANGE:
        raise InputError("the scans have no angles in common", measurements[0].where, "give only scans of one range")
    counts = [np.interp(grid, scan.angle, scan.intensity) for scan in ordered]
    other = sum(not _same(scan.angle, grid) for scan in ordered)
    what = f"{other} of {len(scans)} scans were interpolated on the angles of the first: their noise is smoothed there"
    notes = [Note("info", "interpolated", what)] if other else []
    if not known:
        notes.append(
            Note("info", "scan_order", "the files do not all say when they were started: order of their names")
        )
    meta: dict[str, Json] = {"scan_started_second": [scan.started for scan in ordered] if known else []}
    return _measurement(grid, counts, measurements, meta, notes)


def _measurement(
    grid: Array,
    counts: Sequence[Array],
    measurements: Sequence[Measurement],
    meta: Mapping[str, Json],
    notes: Sequence[Note],
) -> Measurement:
    """The scans on one grid as a measurement, with what the files say of themselves."""
    columns = {
        "two_theta_degree": np.tile(grid, len(counts)),
        "intensity_count": np.concatenate(counts),
        "scan_index": np.repeat(np.arange(float(len(counts))), len(grid)),
    }
    own: dict[str, Json] = {
        "simulated": any(m.is_simulated for m in measurements),
        "files": [m.where for m in measurements],
    }
    first, kept = measurements[0], dict.fromkeys(note for m in measurements for note in m.notes)
    return Measurement(
        technique="diffraction",
        columns=columns,
        meta={**first.meta, **own, **meta},
        notes=(*kept, *notes),
        source=first.source,
    )


def _scans(measurement: Measurement) -> list[_Scan]:
    """The scans of one measurement, which may be joined already."""
    angle, intensity = measurement["two_theta_degree"], measurement["intensity_count"]
    if "scan_index" not in measurement:
        return [_Scan(angle, intensity, _started(str(measurement.meta.get("started", ""))))]
    index = measurement["scan_index"]
    started = measurement.meta.get("scan_started_second") or [None] * len(np.unique(index))
    return [
        _Scan(angle[index == value], intensity[index == value], when)
        for value, when in zip(np.unique(index), started, strict=True)
    ]


def _started(text: str) -> float | None:
    """Seconds since 1970 of an ISO date and time; the clock on the wall is read as UTC, as clocks of cyclers are."""
    match = _ISO.match(text.strip())
    if match is None:
        return None
    return float(np.datetime64(f"{match[1]}T{match[2]}", "us").astype(np.int64)) / 1e6


def _same(angle: Array, grid: Array) -> bool:
    inside = angle[(angle >= grid[0] - _SAME_DEGREE) & (angle <= grid[-1] + _SAME_DEGREE)]
    return len(inside) == len(grid) and bool(np.all(np.abs(inside - grid) <= _SAME_DEGREE))
