"""Figures of operando diffraction: the map with the voltage above it, the followed lines over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Image, Layer, Line, Panel, Points
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.operando_diffraction.result import OperandoResult

    Array = NDArray[np.float64]

_VOLTAGE = 0.5  # height of the panel of the voltage, over that of the map
_BRIGHTEST = 99.7  # percentile of the counts at the end of the colours: one strong line would leave the others dark
_DARKEST = 1.0  # per cent of the counts below the darkest colour
_PAUSE = 2.5  # intervals between scans, after which nothing was measured
_MOST_COLUMNS = 2000  # of a map with long pauses


def contour_map(results: Sequence[OperandoResult]) -> Figure:
    """Each map over time (up: 2theta), with the voltage of the cell above it on the same axis of time."""
    panels = [panel for result in results for panel in _panels(result)]
    return Figure(
        panels=tuple(panels),
        width_mm=140,
        panel_height_mm=60.0,
        share_x=len(results) == 1 and len(panels) > 1,
        letters=len(panels) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _panels(result: OperandoResult) -> list[Panel]:
    time, axis = _time(result)
    shown = [Panel(x=axis, y=_angle(result), layers=(_image(result, time),), legend="none", title=_title(result))]
    if result.voltage is None:
        return shown
    hours, volt = result.voltage
    inside = (hours >= (axis.low or 0.0)) & (hours <= (axis.high or np.inf))
    line = Line(x=hours[inside], y=volt[inside], label="voltage", colour=-2)
    above = Panel(
        x=axis, y=Axis(label="Voltage", unit="V"), layers=(line,), legend="none", height_ratio=_VOLTAGE,
        title=_title(result),
    )  # fmt: skip
    return [above, Panel(x=axis, y=_angle(result), layers=shown[0].layers, legend="none")]


def _title(result: OperandoResult) -> str:
    return formula(result.label)


def _time(result: OperandoResult) -> tuple[Array, Axis]:
    """The start of each scan, and the axis of time: in hours, or by number."""
    if result.time is None:
        number = np.arange(1.0, len(result.counts) + 1)
        return number, Axis(label="Scan", low=0.5, high=len(number) + 0.5, whole=True)
    step = float(np.median(np.diff(result.time)))
    return result.time, Axis(label="Time", unit="h", low=float(result.time[0]), high=float(result.time[-1]) + step)


def _angle(result: OperandoResult) -> Axis:
    return Axis(label="2θ", unit="degree", low=float(result.two_theta[0]), high=float(result.two_theta[-1]))


def _image(result: OperandoResult, time: Array) -> Image:
    """The map on an even grid of times: a scan is shown until the next one starts, a pause is left empty."""
    step = float(np.median(np.diff(time)))
    first = float(time[0]) - (0.5 if result.time is None else 0.0)
    length = float(time[-1]) - float(time[0])
    count = int(np.clip(round(length / step) + 1, len(time), max(_MOST_COLUMNS, len(time))))
    width = length / (count - 1)
    centres = time[0] + (np.arange(count) + 0.5) * width
    scan = np.clip(np.searchsorted(time, centres, side="right") - 1, 0, len(time) - 1)
    shown = np.where((centres - time[scan] > _PAUSE * step)[:, None], np.nan, result.counts[scan])
    values = shown.T[::-1]
    low, high = np.percentile(result.counts, (_DARKEST, _BRIGHTEST))
    return Image(
        values=values,
        extent=(first, first + count * width, float(result.two_theta[0]), float(result.two_theta[-1])),
        palette="viridis",
        low=float(low),
        high=float(high),
        bar_label="Intensity (counts)",
    )


def followed(results: Sequence[OperandoResult]) -> Figure:
    """Centre and area of each followed line over time, with standard uncertainties; one row of panels per sample."""
    panels = [panel for result in results for panel in _followed(result)]
    return Figure(
        panels=tuple(panels),
        columns=2,
        width_mm=140,
        panel_height_mm=50.0,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _followed(result: OperandoResult) -> list[Panel]:
    time, axis = _time(result)
    centres: list[Layer] = []
    areas: list[Layer] = []
    for number, (window, line) in enumerate(result.lines.items()):
        name = f"{window.replace('-', ' to ')}°"
        seen = np.isfinite(line.centre)
        centres.append(
            Points(
                x=time[seen], y=line.centre[seen], y_error=line.centre_std[seen], label=name, colour=number, size_pt=2.2
            )
        )
        areas.append(Points(x=time, y=line.area, y_error=line.area_std, label=name, colour=number, size_pt=2.2))
    title = _title(result)
    return [
        Panel(x=axis, y=Axis(label="Centre, 2θ", unit="degree"), layers=tuple(centres), title=title),
        Panel(x=axis, y=Axis(label="Net area", unit="counts degree"), layers=tuple(areas), title=title),
    ]


FIGURES = {"contour map": contour_map, "followed lines": followed}
