"""Figures of layer thicknesses: cross-sections side by side on one scale, and the thickness of each state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Arrow, Axis, Bars, Figure, Layer, Line, Panel, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.common.picture_panel import BRIGHT, ShownPicture, image, round_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.layer_thickness.result import LayerThicknessResult

    Array = NDArray[np.float64]

_AROUND = 0.45  # of the thickest layer, shown above and below it
_EDGE = 3  # colour of the edges
_SIGMAS = 2.0  # half length of an error bar, in standard uncertainties
_HALF = 0.5  # grey value between dark and bright
_PLACE = 0.55  # of the width, where the dimension line stands
_NAMES = ("upper edge", "lower edge")
_ON_ONE_COLUMN = 4  # bars whose names fit below 90 mm


def cross_sections(results: Sequence[LayerThicknessResult]) -> Figure:
    """One column per sample, one row per state, all on one scale: the first picture, its edges and the thickness."""
    labels = list(dict.fromkeys(result.sample for result in results))
    states = list(dict.fromkeys(result.state for result in results))
    order = {(result.sample, result.state): result for result in results}
    is_grid = len(order) == len(labels) * len(states) == len(results) and len(labels) > 1
    shown = [order[label, state] for state in states for label in labels] if is_grid else list(results)
    columns = min(len(labels) if is_grid else len(shown), 5)
    width, height = _common_field(results)
    panels = [_section(result, width, height) for result in shown]
    wide = (90.0, 140.0, 180.0)[min(columns, 3) - 1]
    return Figure(
        panels=tuple(panels),
        columns=columns,
        width_mm=wide,
        panel_height_mm=float(np.clip((wide / columns - 4.0) * height / width + 6.0, 20.0, 80.0)),
        letters=len(panels) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


def thickness_of_states(results: Sequence[LayerThicknessResult]) -> Figure:
    """Thickness of the coating in each state, with two standard uncertainties and the change in percent."""
    shown = [result for result in results if "coating_thickness" in result.quantities]
    labels = list(dict.fromkeys(result.sample for result in shown))
    states = list(dict.fromkeys(result.state for result in shown))
    width = 0.8 / max(len(states), 1)
    layers: list[Layer] = []
    top = 1.12 * max((_ends(result)[1] for result in shown), default=1.0)
    for number, state in enumerate(states):
        own = [result for result in shown if result.state == state]
        x = np.array([labels.index(r.sample) + (number - 0.5 * (len(states) - 1)) * width for r in own])
        layers.append(_bars(own, x, number, 0.9 * width))
        layers += [
            Text(x=float(place), y=_ends(result)[1] + 0.035 * top, text=_change(result), align="center")
            for place, result in zip(x, own, strict=True)
            if "thickness_change" in result.quantities
        ]
    panel = Panel(
        x=Axis(low=-0.6, high=len(labels) - 0.4),
        y=Axis(label="Coating thickness", unit="µm", low=0.0, high=top),
        layers=tuple(layers),
        legend="best" if len(states) > 1 else "none",
    )
    wide = 90.0 if len(labels) < _ON_ONE_COLUMN else 140.0
    return Figure(panels=(panel,), width_mm=wide, simulated=simulated(results), notes=doubts(results))


def _bars(own: Sequence[LayerThicknessResult], x: Array, colour: int, width: float) -> Bars:
    values = np.array([result["coating_thickness"].value for result in own])
    errors = np.array([_ends(result)[1] for result in own]) - values
    names = tuple(formula(result.sample) or " " for result in own)
    label = formula(own[0].state)
    return Bars(x=x, y=values, names=names, label=label, colour=colour, y_error=errors, width=width)


def _ends(result: LayerThicknessResult) -> tuple[float, float]:
    """The thickness of the coating less and plus two standard uncertainties."""
    thickness = result["coating_thickness"]
    reach = _SIGMAS * (thickness.std or 0.0)
    return thickness.value - reach, thickness.value + reach


def _change(result: LayerThicknessResult) -> str:
    change = result["thickness_change"]
    return f"{'+' if change.value > 0 else ''}{change.number} %"


def _common_field(results: Sequence[LayerThicknessResult]) -> tuple[float, float]:
    """Width and height (nm) of all panels: what every picture has, and what the thickest layer needs."""
    first = [result.layers[0] for result in results]
    width = min(layer.picture.shape[1] * layer.pixel[1] for layer in first)
    extent = max((float(layer.lower.max()) - float(layer.upper.min())) * layer.pixel[0] for layer in first)
    tallest = max(layer.picture.shape[0] * layer.pixel[0] for layer in first)
    return width, min((1.0 + 2.0 * _AROUND) * extent, tallest)


def _section(result: LayerThicknessResult, width: float, height: float) -> Panel:
    """The first picture of a state about the middle of its layer, with its edges and a dimension line."""
    layer = result.layers[0]
    tall, wide = layer.pixel
    settings = {key: value for key, value in result.settings.items() if key != "crop"}
    shown = ShownPicture(values=layer.picture, pixel=layer.pixel, settings=settings)
    left = 0.5 * (shown.field[0] - width)
    x = np.asarray((np.arange(len(layer.upper)) + 0.5) * wide, dtype=np.float64)
    edges = [np.asarray((layer.picture.shape[0] - 0.5 - rows) * tall) for rows in (layer.upper, layer.lower)]
    middle = 0.5 * float(np.median(edges[0]) + np.median(edges[1]))
    low = float(np.clip(middle - 0.5 * height, 0.0, max(shown.field[1] - height, 0.0)))
    at = left + _PLACE * width
    upper, lower = (float(np.interp(at, x, edge)) for edge in edges)
    drawn = image(_with_bar(shown, width, settings))
    layers: list[Layer] = [drawn]
    for edge, name in zip(edges, _NAMES, strict=True):
        layers.append(Line(x=x, y=edge, colour=_EDGE, width_pt=0.8, name=name))
    layers.append(Arrow(x0=at, y0=lower, x1=at, y1=upper, colour=BRIGHT, double=True))
    layers += _numbers(result, drawn.values[: max(len(drawn.values) // 10, 1)])
    return Panel(
        x=Axis(hidden=True, low=left, high=left + width),
        y=Axis(hidden=True, low=low, high=low + height),
        layers=tuple(layers),
        title=formula(result.sample or result.state),
        equal=True,
        legend="none",
    )


def _numbers(result: LayerThicknessResult, behind: Array) -> list[Layer]:
    """State, thickness and its change in the upper corners, readable on what is behind them."""
    colour = "#000000" if float(np.median(behind)) > _HALF else "#FFFFFF"
    right = [f"{result['layer_thickness'].number} µm"]
    right += [_change(result)] if "thickness_change" in result.quantities else []
    made: list[Layer] = [
        Text(x=0.97, y=0.88 - 0.13 * line, text=text, fraction=True, align="right", bold=True, colour=colour)
        for line, text in enumerate(right)
    ]
    if result.sample and result.state:
        made.append(Text(x=0.03, y=0.88, text=formula(result.state), fraction=True, bold=True, colour=colour))
    return made


def _with_bar(shown: ShownPicture, width: float, settings: dict[str, object]) -> ShownPicture:
    """The picture with a scale bar for the width that is shown."""
    length = settings.get("bar_nm") or round_length(width)
    return ShownPicture(values=shown.values, pixel=shown.pixel, settings={**settings, "bar_nm": length})


FIGURES = {"cross-sections": cross_sections, "thicknesses": thickness_of_states}
