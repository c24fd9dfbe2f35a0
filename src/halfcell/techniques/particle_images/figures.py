"""Figures of particles: the picture with its outlines, and sizes by number and by volume beside the laser's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Layer, Line, Panel, Shape, Text
from halfcell.core.markup import formula
from halfcell.core.quantity import Quantity
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.common.picture_panel import ShownPicture, picture_panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.particle_images.result import ParticleImagesResult

    Array = NDArray[np.float64]

_WHOLE, _CUT = 1, -1  # colours of outlines
_FINE_UM = 0.2  # median below which sizes are in nm
_BEYOND = (0.8, 1.25)  # times the smallest and the largest size: the ends of the axis
_REASON = (
    "By number every particle counts once, by volume with the cube of its size; laser diffraction gives the volume of"
    " what scatters as one, agglomerates included, and holds far more particles than a picture."
)
_SQUARE = 4  # panels that stand two by two
_ENDS = (0.1, 99.9)  # %: what a laser diffraction states beyond is not drawn


def micrographs(results: Sequence[ParticleImagesResult]) -> Figure:
    """Each picture with the outlines of its particles; those cut by the edge are grey."""
    return _figure(results, [_picture(result) for result in results])


def plain_micrographs(results: Sequence[ParticleImagesResult]) -> Figure:
    """Each picture without outlines."""
    return _figure(results, [picture_panel(_shown(result)) for result in results])


def distributions(results: Sequence[ParticleImagesResult]) -> Figure:
    """Share of the particles below each size: by number and by volume, beside the laser's curve where it is given."""
    return _figure(results, [_distribution(result) for result in results])


def beside(results: Sequence[ParticleImagesResult]) -> Figure:
    """Each picture with outlines, beside its distributions."""
    return _figure(results, [panel for result in results for panel in (_picture(result), _distribution(result))])


def _figure(results: Sequence[ParticleImagesResult], panels: Sequence[Panel]) -> Figure:
    columns = min(len(panels), 3) if len(panels) != _SQUARE else 2
    notes = (_REASON,) if any(result.laser for result in results) else ()
    return Figure(
        panels=tuple(panels),
        width_mm=(90, 140, 180)[columns - 1],
        columns=columns,
        panel_height_mm=55.0,
        letters=len(panels) > 1,
        simulated=simulated(results),
        notes=(*notes, *doubts(results)),
    )


def _shown(result: ParticleImagesResult) -> ShownPicture:
    return ShownPicture(values=result.picture, pixel=result.pixel, settings=result.settings, label=result.label)


def _picture(result: ParticleImagesResult) -> Panel:
    height, width = result.pixel
    rows = result.picture.shape[0]
    layers: list[Layer] = [
        Shape(
            x=one.columns * width,
            y=(rows - one.rows) * height,
            colour=_CUT if one.is_cut else _WHOLE,
            width_pt=0.5,
        )
        for one in result.outlines
    ]
    return picture_panel(_shown(result), layers)


def _distribution(result: ParticleImagesResult) -> Panel:
    """Shares below each size, in nm where the particles are finer than 0.2 um."""
    factor, unit = (1e3, "nm") if float(np.median(result.diameters)) < _FINE_UM else (1.0, "µm")
    layers: list[Layer] = []
    ends = [float(result.diameters.min()), float(result.diameters.max())]
    for number, (basis, power) in enumerate((("number", 0.0), ("volume", 3.0))):
        x, y = _stairs(result.diameters, result.weights * result.diameters**power)
        layers.append(Line(x=factor * x, y=y, colour=number, label=f"image, {basis}"))
    if result.laser:
        size, below = (np.array(column) for column in zip(*result.laser, strict=True))
        layers.append(Line(x=factor * size, y=below, colour=-2, dash="dash", label="laser, volume"))
        there = size[(below > _ENDS[0]) & (below < _ENDS[1])]
        ends = [min(ends[0], float(there.min())), max(ends[1], float(there.max()))]
    median = result["number_d50"]
    shown = Quantity(factor * median.value, unit, factor * (median.std or 0.0), median.kind).number
    for line, words in enumerate((f"D_{{50}} {shown} {unit}", f"n = {len(result.diameters)}")):
        layers.append(Text(x=0.04, y=0.92 - 0.09 * line, text=words, fraction=True))
    low, high = factor * _BEYOND[0] * ends[0], factor * _BEYOND[1] * ends[1]
    return Panel(
        x=Axis(label="Equivalent diameter", unit=unit, low=low, high=high, log=True),
        y=Axis(label="Below this size", unit="%", low=0.0, high=100.0),
        layers=tuple(layers),
        title=formula(result.label),
        legend="lower right",
    )


def _stairs(diameters: Array, shares: Array) -> tuple[Array, Array]:
    """The share (percent) below each size."""
    order = np.argsort(diameters)
    share = shares[order]
    return diameters[order], 100.0 * (np.cumsum(share) - 0.5 * share) / share.sum()


FIGURES = {"particles": micrographs, "particle sizes": distributions, "both": beside, "micrograph": plain_micrographs}
