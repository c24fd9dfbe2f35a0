"""Figures of microscopy: the picture with its scale bar, and its regions with their transforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Image, Layer, Panel, Shape, Text
from halfcell.core.markup import formula
from halfcell.core.quantity import Quantity
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.microscopy.result import MicroscopyResult, Region
    from halfcell.techniques.microscopy.spacing import Spacing

    Array = NDArray[np.float64]

_ROUND = (1.0, 2.0, 2.5, 5.0)
_BRIGHT = 1  # of the palette: readable on dark and on light grey
_BAR_PART = 0.25  # of the width of the field, at most
_DARKEST, _BRIGHTEST = 0.5, 99.5  # percentiles that become black and white
_UNITS = ((1.0, "nm", 1.0), (1e3, "µm", 1e-3), (1e6, "mm", 1e-6))  # from this length in nm, unit, factor
_NOISE = 80.0  # percentile of a transform that becomes black: most of it is noise
_SHOWN = 1.8  # highest frequency of a transform that is drawn, in that of its finest fringe


def micrographs(results: Sequence[MicroscopyResult]) -> Figure:
    """One panel per picture, cropped, with a round scale bar and the numbered regions."""
    return _figure(results, [_picture(result) for result in results])


def transforms(results: Sequence[MicroscopyResult]) -> Figure:
    """The picture with its regions, then each region's Fourier transform with the fringes found and their spacings."""
    panels = []
    for result in results:
        panels.append(_picture(result))
        panels += [_transform(result, number, region) for number, region in enumerate(result.regions, 1)]
    return _figure(results, panels)


def _figure(results: Sequence[MicroscopyResult], panels: Sequence[Panel]) -> Figure:
    columns = min(len(panels), 3)
    return Figure(
        panels=tuple(panels),
        width_mm=180 if columns == 3 else 140 if columns == 2 else 90,
        columns=columns,
        panel_height_mm=60.0,
        simulated=simulated(results),
        notes=doubts(results),
    )


def round_length(field: float) -> tuple[float, str]:
    """A round length (1, 2, 2.5 or 5 times a power of ten, in nm) of at most a quarter of a field, and its text."""
    most = _BAR_PART * field
    power = 10.0 ** np.floor(np.log10(most))
    length = float(max(part * power for part in _ROUND if part * power <= most))
    _, unit, factor = next(item for item in reversed(_UNITS) if length >= item[0] or item is _UNITS[0])
    return length, f"{length * factor:g} {unit}"


def _picture(result: MicroscopyResult) -> Panel:
    rows, columns = result.picture.shape
    height, width = result.pixel or (1.0, 1.0)
    field = (columns * width, rows * height)
    low, high = (float(v) for v in np.percentile(result.picture, (_DARKEST, _BRIGHTEST)))
    bar = round_length(field[0]) if result.pixel and not result.per_nm else None
    extent = (0.0, field[0], 0.0, field[1])
    high = max(high, low + 1e-9)
    layers: list[Layer] = [Image(values=result.picture, extent=extent, low=low, high=high, scale_bar=bar)]
    if bar is None:
        text = "uncalibrated" if result.pixel is None else f"{width:.3g} nm^{{-1}} per pixel"
        layers.append(Text(x=0.03, y=0.04, text=text, fraction=True, colour=_BRIGHT, bold=True))
    for number, region in enumerate(result.regions, 1):
        layers += _outline(region, number, result)
    return Panel(
        x=Axis(hidden=True, low=0.0, high=field[0]),
        y=Axis(hidden=True, low=0.0, high=field[1]),
        layers=tuple(layers),
        title=formula(result.label),
        equal=True,
        legend="none",
    )


def _outline(region: Region, number: int, result: MicroscopyResult) -> list[Layer]:
    """The square of a region on the picture, with its number."""
    height, width = result.pixel or (1.0, 1.0)
    left, top = _origin(result)
    x0, x1 = (region.left - left) * width, (region.left - left + region.edge) * width
    y1, y0 = (
        (result.picture.shape[0] - (region.top - top)) * height,
        (result.picture.shape[0] - (region.top - top) - region.edge) * height,
    )
    square = Shape(x=np.array([x0, x1, x1, x0]), y=np.array([y0, y0, y1, y1]), colour=number, width_pt=1.0)
    inside = 0.02 * result.picture.shape[1] * width
    return [square, Text(x=x0 + inside, y=y1 - 3.0 * inside, text=f"ROI{number}", colour=number, bold=True)]


def _origin(result: MicroscopyResult) -> tuple[int, int]:
    """Column and row of the corner of the picture as it is shown."""
    crop = result.settings.get("crop")
    return (int(crop[0]), int(crop[1])) if crop else (0, 0)


def _transform(result: MicroscopyResult, number: int, region: Region) -> Panel:
    """The transform of a region, its fringes circled, with their spacings in the same colours."""
    height, width = result.pixel or (1.0, 1.0)
    x, y = 0.5 / width, 0.5 / height  # the highest frequencies
    shown = min(x, y, _SHOWN / min((s.d for s in region.spacings), default=2.0 * max(height, width)))
    low, high = (float(v) for v in np.percentile(region.transform, (_NOISE, 99.95)))
    half = 1.0 / region.edge  # the frequency 0 is in the middle of a pixel
    extent = (-x * (1.0 + half), x * (1.0 - half), -y * (1.0 - half), y * (1.0 + half))
    layers: list[Layer] = [Image(values=region.transform, extent=extent, low=low, high=high)]
    for place, spacing in enumerate(region.spacings):
        layers += _circles(spacing, place + 1, 0.06 * shown)
        text = f"{Quantity(spacing.d, 'nm', spacing.std, 'fit covariance').number} nm"
        line = 0.93 - 0.075 * place
        layers.append(Text(x=0.03, y=line, text=text, fraction=True, colour=place + 1, bold=True))
    return Panel(
        x=Axis(hidden=True, low=-shown, high=shown),
        y=Axis(hidden=True, low=-shown, high=shown),
        layers=tuple(layers),
        title=f"ROI{number}",
        equal=True,
        legend="none",
    )


def _circles(spacing: Spacing, colour: int, radius: float) -> list[Layer]:
    """Both peaks of a fringe, circled."""
    angle = np.radians(spacing.direction)
    x, y = np.cos(angle) / spacing.d, np.sin(angle) / spacing.d
    around = np.linspace(0.0, 2.0 * np.pi, 41)
    dx, dy = radius * np.cos(around), radius * np.sin(around)
    return [Shape(x=s * x + dx, y=s * y + dy, colour=colour, width_pt=1.0) for s in (1.0, -1.0)]


FIGURES = {"micrograph": micrographs, "lattice fringes": transforms}
