"""The map of all scans, and the lines that are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.operando_diffraction.followed_lines import follow, noise_factor
from halfcell.techniques.operando_diffraction.join import join
from halfcell.techniques.operando_diffraction.result import FollowedLine, OperandoResult
from halfcell.techniques.operando_diffraction.voltage import at_scans, placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.operando_diffraction.settings import Settings

    Array = NDArray[np.float64]

_LEAST_POINTS = 10  # angles; fewer show no line
_LEAST_SCANS = 3  # fewer are drawn as curves


def analyse(measurement: Measurement, settings: Settings) -> OperandoResult:
    """Put the scans into a map, place the voltage beside it, and follow lines.

    Parameters
    ----------
    measurement
        ``two_theta_degree``, ``intensity_count`` and ``scan_index``, shape (scans x angles,), and when each scan
        began.
    settings
        Range, lines that are followed, and the record of the cycler.

    Returns
    -------
    OperandoResult
        The map, and area and centre (degrees) of each line in each scan, with their uncertainties.

    Raises
    ------
    Refused
        If there are fewer than three scans, or fewer than ten angles in the range.

    Source: definition.
    """
    whole = measurement if "scan_index" in measurement else join([measurement])
    count = len(np.unique(whole["scan_index"]))
    if count < _LEAST_SCANS:
        hint = "a pattern that matches all scans of the cell; states are compared by xrd"
        raise Refused(f"a map needs {_LEAST_SCANS} scans or more, there are {count}", hint=hint)
    angle, counts = _in_range(whole, count, settings)
    started = [float(value) for value in whole.meta.get("scan_started_second") or ()]
    time = _times(started, count, settings)
    voltage, notes = placed(started, time, settings)
    factor = noise_factor(counts)
    found = {_name(window): follow(angle, counts, window, factor) for window in settings.follow_degree}
    lines = {name: line for name, (line, _) in found.items()}
    doubts = (note for _, line_notes in found.values() for note in line_notes)
    if time is None:
        what = "the files do not say when the scans were started: they are shown by their number (set scan_minutes)"
        notes = (*notes, Note("info", "no_times", what))
    return OperandoResult(
        technique="operando_diffraction",
        quantities=_quantities(count, time, voltage),
        rows=_rows(count, time, voltage, lines),
        notes=(*notes, *doubts),
        simulated=measurement.is_simulated,
        two_theta=angle,
        counts=counts,
        time=time,
        voltage=voltage,
        lines=lines,
    )


def _in_range(whole: Measurement, count: int, settings: Settings) -> tuple[Array, Array]:
    """Angles and counts (scans x angles) in the range that is set."""
    angle = whole["two_theta_degree"].reshape(count, -1)[0]
    counts = whole["intensity_count"].reshape(count, -1)
    low = -np.inf if settings.low_degree is None else settings.low_degree
    high = np.inf if settings.high_degree is None else settings.high_degree
    kept = (angle >= low) & (angle <= high)
    if np.count_nonzero(kept) < _LEAST_POINTS:
        what = f"{np.count_nonzero(kept)} angles between {low:g} and {high:g} degree, {_LEAST_POINTS} are needed"
        raise Refused(what, hint=f"the scans go from {angle[0]:g} to {angle[-1]:g} degree")
    return angle[kept], counts[:, kept]


def _times(started: list[float], count: int, settings: Settings) -> Array | None:
    """Hours since the first scan: as set, else by the files; None where two have the same start, as in some exports."""
    if settings.scan_minutes is not None:
        return np.arange(float(count)) * settings.scan_minutes / 60.0
    times = (np.array(started) - started[0]) / 3600.0 if started else None
    return times if times is not None and bool(np.all(np.diff(times) > 0.0)) else None


def _name(window: tuple[float, float]) -> str:
    return f"{window[0]:g}-{window[1]:g}"


def _quantities(count: int, time: Array | None, voltage: tuple[Array, Array] | None) -> dict[str, Quantity]:
    found = {"scan_count": Quantity(float(count), "", decimals=0)}
    if time is not None:
        found["duration"] = Quantity(float(time[-1]), "h", decimals=2)
        if voltage is not None:
            known = at_scans(voltage, time)
            if np.isfinite(known).any():
                found["lowest_voltage"] = Quantity(float(np.nanmin(known)), "V", decimals=3)
                found["highest_voltage"] = Quantity(float(np.nanmax(known)), "V", decimals=3)
    return found


def _rows(
    count: int, time: Array | None, voltage: tuple[Array, Array] | None, lines: Mapping[str, FollowedLine]
) -> tuple[dict[str, Any], ...]:
    """One row per scan and line that is followed; without lines one per scan."""
    volt = at_scans(voltage, time) if voltage is not None and time is not None else np.full(count, np.nan)
    rows = []
    for at in range(count):
        start: dict[str, Any] = {
            "scan": at + 1,
            "time": float(time[at]) if time is not None else None,
            "voltage": float(volt[at]) if np.isfinite(volt[at]) else None,
        }
        for name, line in lines.items() or (("", None),):
            rows.append(start | {"line": name, **_of_line(line, at)})
    return tuple(rows)


def _of_line(line: FollowedLine | None, at: int) -> dict[str, float | None]:
    """Area and centre of a line in one scan, with their uncertainties; None where it is not seen."""
    names = ("area", "area_std", "centre", "centre_std")
    values = [float(getattr(line, name)[at]) if line is not None else np.nan for name in names]
    return {name: value if np.isfinite(value) else None for name, value in zip(names, values, strict=True)}
