"""Figures of microscopy: the picture with its scale bar, and its regions with their transforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Image, Layer, Line, Panel, Shape, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.common.picture_panel import (
    BRIGHT,
    ShownPicture,
    framed,
    frequency_text,
    picture_panel,
    round_length,
)
from halfcell.techniques.microscopy.candidates import tied
from halfcell.techniques.microscopy.inset_picture import inset_panel
from halfcell.techniques.microscopy.printed_spacing import printed_spacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.microscopy.result import LineProfile, MicroscopyResult, Region
    from halfcell.techniques.microscopy.spacing import Spacing

    Array = NDArray[np.float64]

_MOST_NAMED = 2  # phases in the title of a region
_NOISE = 80.0  # percentile of a transform that becomes black: most of it is noise
_SHOWN = 1.8  # highest frequency of a transform that is drawn, in that of its finest fringe
_IN_MICROMETRES = 1000.0  # nm: a longer axis reads better in um
_SQUARE = 4  # panels that stand two by two
_WIDEST = 3  # panels side by side
_BESIDE = 2  # panels on 140 mm


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


def profiles(results: Sequence[MicroscopyResult]) -> Figure:
    """Each picture with its line, beside the grey values along it."""
    panels = []
    for result in results:
        panels.append(_picture(result))
        if result.profile is not None:
            panels.append(_profile(result, result.profile))
    return _figure(results, panels)


def _profile(result: MicroscopyResult, profile: LineProfile) -> Panel:
    """Grey values over the distance from the start of the line."""
    is_nm = result.pixel is not None and not result.per_nm
    factor, unit = (
        (1e-3, "µm") if is_nm and profile.distance[-1] >= _IN_MICROMETRES else (1.0, "nm" if is_nm else "pixels")
    )
    line = Line(x=factor * profile.distance, y=profile.grey, name=result.label or "profile")
    return Panel(x=Axis(label="Distance", unit=unit), y=Axis(label="Grey value"), layers=(line,), legend="none")


def _figure(results: Sequence[MicroscopyResult], panels: Sequence[Panel]) -> Figure:
    columns = 2 if len(panels) == _SQUARE else min(len(panels), _WIDEST)
    return Figure(
        panels=tuple(panels),
        width_mm=180 if columns == _WIDEST else 140 if columns == _BESIDE else 90,
        columns=columns,
        panel_height_mm=60.0,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _shown(result: MicroscopyResult) -> ShownPicture:
    return ShownPicture(
        values=result.picture,
        pixel=result.pixel,
        per_nm=result.per_nm,
        settings=result.settings,
        label=result.label,
    )


def _picture(result: MicroscopyResult) -> Panel:
    shown = _shown(result)
    layers: list[Layer] = []
    for number, region in enumerate(result.regions, 1):
        frame = (region.left, region.top, region.left + region.edge, region.top + region.edge)
        layers += framed(shown, frame, f"ROI{number}", number)
    if result.profile is not None:
        x, y = shown.place(result.profile.columns, result.profile.rows)
        layers.append(Line(x=np.asarray(x), y=np.asarray(y), colour=BRIGHT, width_pt=1.0, name="profile"))
    return picture_panel(shown, layers, inset_panel(result.inset, result.settings) if result.inset else None)


def _transform(result: MicroscopyResult, number: int, region: Region) -> Panel:
    """The transform of a region, its fringes circled, with their spacings in the same colours."""
    height, width = result.pixel or (1.0, 1.0)
    x, y = 0.5 / width, 0.5 / height  # the highest frequencies
    shown = min(x, y, _SHOWN / min((s.d for s in region.spacings), default=2.0 * max(height, width)))
    low, high = (float(v) for v in np.percentile(region.transform, (_NOISE, 99.95)))
    values, extent = _middle(region.transform, (x, y), shown)
    length = round_length(2.0 * shown)
    bar = (length, frequency_text(length)) if result.pixel and not result.per_nm else None
    corner = str(result.settings.get("bar_place", "lower left")).replace("upper", "lower")  # above are the spacings
    look = (corner, str(result.settings.get("bar_colour", "white")))
    bar = None if corner == "none" else bar
    layers: list[Layer] = [Image(values=values, extent=extent, low=low, high=high, scale_bar=bar, bar_look=look)]  # type: ignore[arg-type]
    for place, spacing in enumerate(region.spacings):
        layers += _circles(spacing, place + 1, 0.06 * shown)
        text = f"{printed_spacing(result, spacing).number} nm"
        line = 0.93 - 0.075 * place
        layers.append(Text(x=0.03, y=line, text=text, fraction=True, colour=place + 1, bold=True))
    return Panel(
        x=Axis(hidden=True, low=-shown, high=shown),
        y=Axis(hidden=True, low=-shown, high=shown),
        layers=tuple(layers),
        title=f"ROI{number}: {_phase(region)}",
        equal=True,
        legend="none",
    )


def _middle(
    transform: Array, highest: tuple[float, float], shown: float
) -> tuple[Array, tuple[float, float, float, float]]:
    """The part of a transform up to a frequency, and where it is drawn; 0 is in the middle of a pixel."""
    rows, columns = transform.shape
    step_x, step_y = 2.0 * highest[0] / columns, 2.0 * highest[1] / rows
    across, down = (min(int(np.ceil(shown / step)), n // 2 - 1) for step, n in ((step_x, columns), (step_y, rows)))
    part = transform[rows // 2 - down : rows // 2 + down + 1, columns // 2 - across : columns // 2 + across + 1]
    right, top = (across + 0.5) * step_x, (down + 0.5) * step_y
    return part, (-right, right, -top, top)


def _phase(region: Region) -> str:
    """The phases that the fringes fit equally well, or that there are none."""
    if not region.spacings:
        return "no fringes"
    best = [formula(one.phase) for one in tied(region.candidates)]
    return " or ".join(best[:_MOST_NAMED]) + (" ..." if len(best) > _MOST_NAMED else "") if best else "unknown phase"


def _circles(spacing: Spacing, colour: int, radius: float) -> list[Layer]:
    """Both peaks of a fringe, circled."""
    angle = np.radians(spacing.direction)
    x, y = np.cos(angle) / spacing.d, np.sin(angle) / spacing.d
    around = np.linspace(0.0, 2.0 * np.pi, 41)
    dx, dy = radius * np.cos(around), radius * np.sin(around)
    return [Shape(x=s * x + dx, y=s * y + dy, colour=colour, width_pt=1.0) for s in (1.0, -1.0)]


FIGURES = {"micrograph": micrographs, "lattice fringes": transforms, "line profile": profiles}
