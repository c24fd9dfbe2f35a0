"""Figures of electron diffraction: the pattern with the rings of a phase over half of it, and the radial profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Axis, Figure, Image, Layer, Line, Panel, Points, Shape, Span, Text, Ticks
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.common.picture_panel import frequency_text, round_length
from halfcell.techniques.electron_diffraction.indexing import ring_lines, tied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.electron_diffraction.indexing import RingLines, RingMatch
    from halfcell.techniques.electron_diffraction.result import ElectronDiffractionResult

    Array = NDArray[np.float64]

_SHOWN = 3  # phases whose lines are drawn below a profile
_WEAK = 0.2  # of the strongest weight: weaker lines are not drawn over a pattern
_NAME_HIGH = 0.045  # of the width of a pattern
_NAMED = "#005C42"  # darker than the rings, on a light box
_NOT_MEASURED: Final[dict[str, Any]] = {"colour": -1, "dash": "dot", "width_pt": 0.35}
_ON, _OFF = 2, 1  # of the palette: spots on the lattice, and foreign ones
_MEASURED: Final[dict[str, Any]] = {"colour": _ON, "dash": "solid", "width_pt": 0.7}


def patterns(results: Sequence[ElectronDiffractionResult]) -> Figure:
    """Each pattern: rings of the best phase over its right half with their indices, or its spots marked."""
    panels = [_pattern(result) for result in results]
    return _figure(results, panels, min(len(panels), 3), 60.0)


def profiles(results: Sequence[ElectronDiffractionResult]) -> Figure:
    """Each radial profile above its background, with measured rings above and lines of the phases below."""
    panels = [_profile(result) for result in results]
    return _figure(results, panels, min(len(panels), 2), 55.0)


def rings_and_profiles(results: Sequence[ElectronDiffractionResult]) -> Figure:
    """Pattern and radial profile side by side, one row per sample; spot patterns alone have no profile."""
    if all(result.lattice is not None for result in results):
        return patterns(results)
    panels = [panel for result in results for panel in (_pattern(result), _profile(result))]
    return _figure(results, panels, 2, 58.0)


def _pattern(result: ElectronDiffractionResult) -> Panel:
    rows, columns = result.picture.shape
    values = np.log1p(np.maximum(result.picture - np.percentile(result.picture, 0.1), 0.0))
    low, high = (float(v) for v in np.percentile(values, (1.0, 99.7)))
    scale = result.scale
    unit = scale or 1.0
    extent = (0.0, columns * unit, 0.0, rows * unit)
    bar = _bar(columns * unit) if scale else None
    layers: list[Layer] = [Image(values=values, extent=extent, low=low, high=max(high, low + 1e-9), scale_bar=bar)]
    if scale is None:
        layers.append(Text(x=0.03, y=0.04, text="uncalibrated", fraction=True, colour=_OFF, bold=True))
    layers += _spots(result, unit) if result.lattice is not None else _arcs(result, unit)
    if result.matches:
        best = " or ".join(formula(one.phase) for one in tied(result.matches)[:_SHOWN])
        layers.append(Text(x=0.03, y=0.92, text=best, fraction=True, colour=_NAMED, bold=True, box=True))
    return Panel(
        x=Axis(hidden=True, low=0.0, high=extent[1]),
        y=Axis(hidden=True, low=0.0, high=extent[3]),
        layers=tuple(layers),
        title=formula(result.label),
        equal=True,
        legend="none",
    )


def _bar(field: float) -> tuple[float, str]:
    length = round_length(field)
    return length, frequency_text(length)


def _arcs(result: ElectronDiffractionResult, unit: float) -> list[Layer]:
    """Half rings of the best phase, those that were measured with their index."""
    if not result.matches:
        return []
    best = result.matches[0]
    lines = ring_lines(best.phase, _greatest(result, best))
    named = _apart(result, [index for index in dict.fromkeys(best.indices) if index], lines)
    measured_lines = set(best.indices)
    turn = np.linspace(0.28 * np.pi, -0.28 * np.pi, max(len(named), 1))
    angle = np.linspace(-0.5 * np.pi, 0.5 * np.pi, 91)
    made: list[Layer] = []
    for inverse, name, weight in zip(lines.inverse, lines.names, lines.weights, strict=True):
        measured = name in measured_lines
        if not measured and weight < _WEAK * lines.weights.max():
            continue
        x, y = _on_picture(result, float(inverse / best.scale), angle)
        look = _MEASURED if measured else _NOT_MEASURED
        made.append(Line(x=x * unit, y=y * unit, name=f"{result.label} {name}", **look))
        if name in named:
            x, y = _on_picture(result, float(inverse / best.scale), turn[[named.index(name)]])
            made.append(_name(float(x[0]) * unit, float(y[0]) * unit, name))
    return made


def _apart(result: ElectronDiffractionResult, names: Sequence[str], lines: RingLines) -> list[str]:
    """The rings that are named: from inside out, none nearer to the last than its name is high."""
    kept: list[str] = []
    last = 0.0
    for inverse, name in zip(lines.inverse, lines.names, strict=True):
        radius = float(inverse / result.matches[0].scale) / result.picture.shape[1]
        if name in names and radius - last > _NAME_HIGH:
            kept.append(name)
            last = radius
    return kept


def _name(x: float, y: float, text: str) -> Text:
    return Text(x=x, y=y, text=text, colour=_NAMED, bold=True, size_pt=5.5, align="center", box=True)


def _greatest(result: ElectronDiffractionResult, match: RingMatch) -> float:
    return float(round(1.05 * match.scale * float(result.profile.radius[-1]), 2))


def _on_picture(result: ElectronDiffractionResult, radius: float, angle: Array) -> tuple[Array, Array]:
    """Places (px from the lower left corner) of a ring on the distorted picture."""
    g = result.geometry
    transform = np.array([[1.0 + g.u, g.v], [g.v, 1.0 - g.u]])
    x, y = np.linalg.inv(transform) @ np.stack([radius * np.cos(angle), radius * np.sin(angle)])
    return g.column + 0.5 + x, result.picture.shape[0] - g.row - 0.5 + y


def _spots(result: ElectronDiffractionResult, unit: float) -> list[Layer]:
    """Circles around spots: those on the lattice, and foreign ones."""
    if result.lattice is None:
        return []
    g = result.geometry
    inverse = np.linalg.inv(np.array([[1.0 + g.u, g.v], [g.v, 1.0 - g.u]]))
    around = np.linspace(0.0, 2.0 * np.pi, 31)
    size = 0.015 * result.picture.shape[1]
    made: list[Layer] = []
    for spot, on in zip(result.lattice.spots, result.lattice.on, strict=True):
        x, y = inverse @ spot
        x, y = g.column + 0.5 + x, result.picture.shape[0] - g.row - 0.5 + y
        colour = _ON if on else _OFF
        made.append(
            Shape(
                x=(x + size * np.cos(around)) * unit, y=(y + size * np.sin(around)) * unit, colour=colour, width_pt=0.8
            )
        )
    planes = [str(row.get("plane") or "") for row in result.rows]
    for vector, name in zip(result.lattice.basis, planes, strict=False):
        x, y = inverse @ vector
        place = (g.column + 0.5 + x, result.picture.shape[0] - g.row - 0.5 + y)
        made.append(
            Text(x=(place[0] + 1.5 * size) * unit, y=place[1] * unit, text=name, colour=_ON, bold=True, size_pt=6.0)
        )
    return made


def _profile(result: ElectronDiffractionResult) -> Panel:
    net = result.profile.intensity - result.profile.background
    unit = result.scale or 1.0
    x = result.profile.radius * unit
    top = float(net.max()) or 1.0
    layers: list[Layer] = [Line(x=x, y=net / top, label="profile", colour=-2, width_pt=0.8)]
    if len(result.radii):
        heights = np.interp(result.radii * unit, x, net / top)
        marks = Points(x=result.radii * unit, y=heights + 0.07, label="measured", colour=1, marker="down", size_pt=3.5)
        layers.append(marks)
    shown = (tied(result.matches) or result.matches)[:_SHOWN] if result.matches else ()
    for number, match in enumerate(shown):
        lines = ring_lines(match.phase, _greatest(result, match))
        inside = lines.inverse / match.scale > result.profile.radius[0]
        places = lines.inverse[inside] / match.scale * unit
        heights = lines.weights[inside] / lines.weights.max()
        layers.append(Ticks(x=places, label=formula(match.phase), colour=2 + number, row=number, heights=heights))
    for radius, index in zip(result.radii, result.matches[0].indices if result.matches else (), strict=False):
        if index:
            height = float(np.interp(radius * unit, x, net / top)) + 0.13
            layers.append(Text(x=float(radius) * unit, y=height, text=index, align="center", size_pt=6.0))
        else:
            layers.append(Span(start=float(radius) * unit, stop=float(radius) * unit, colour=_OFF, dash="dot"))
    axis = Axis(label="1/d", unit="nm^{−1}") if result.scale else Axis(label="Radius", unit="px")
    y = Axis(label="Intensity", unit="arb. unit", high=1.35, no_numbers=True)
    return Panel(x=axis, y=y, layers=tuple(layers), title=formula(result.label))


def _figure(
    results: Sequence[ElectronDiffractionResult], panels: Sequence[Panel], columns: int, height: float
) -> Figure:
    return Figure(
        panels=tuple(panels),
        width_mm=(90, 140, 180)[columns - 1],
        columns=columns,
        panel_height_mm=height,
        letters=len(panels) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


FIGURES = {"pattern and profile": rings_and_profiles, "pattern": patterns, "radial profile": profiles}
