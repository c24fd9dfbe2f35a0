"""Measure the layer in one picture: its thickness in every column, with the error of the mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.layer_edges import effective_count, layer_edges
from halfcell.techniques.common.picture_scale import cropped, picture_scale
from halfcell.techniques.layer_thickness.result import MeasuredLayer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Note
    from halfcell.maths.layer_edges import LayerEdges
    from halfcell.techniques.layer_thickness.settings import Settings

    Array = NDArray[np.float64]

_LEAST_CONTRAST = 0.35  # step over the noise of a pixel: below it, edges that are followed are those of the noise
_RIVAL = 0.6  # strength of a third edge beside those that were taken: it may as well be the right one
_FEWEST_COLUMNS = 50  # independent places for a mean and its error
_LEVEL = 0.95  # of the interval that the small number of independent columns widens


def measured(measurement: Measurement, settings: Settings) -> tuple[MeasuredLayer, tuple[Note, ...]]:
    """The layer of one picture, and what is to be said about its scale.

    Raises
    ------
    InputError
        If the crop lies outside the picture.
    Refused
        If the picture has no scale, shows no two edges, has other edges as strong as those of the layer, or too little
        contrast.
    """
    scale = picture_scale(measurement, settings)
    height, width = scale.needed(measurement.where)
    picture = cropped(measurement["image"], settings.crop)
    if settings.runs == "vertical":
        picture, height, width = picture.T, width, height
    if picture.shape[1] < _FEWEST_COLUMNS:
        what = f"{picture.shape[1]} columns along the layer are too few"
        raise Refused(what, measurement.where, f"at least {_FEWEST_COLUMNS}")
    edges = layer_edges(picture, _near(settings))
    if edges is None:
        raise Refused("the picture shows no two edges of a layer", measurement.where, "crop it, or set layer")
    _must_be_clear(edges, measurement.where, is_told=settings.layer is not None)
    across = height / np.hypot(1.0, edges.slope * height / width) / 1e3  # um per row, across the layer
    thickness = (edges.lower - edges.upper) * across
    count = effective_count(thickness)
    layer = MeasuredLayer(
        picture=picture,
        pixel=(height, width),
        upper=edges.upper,
        lower=edges.lower,
        slope=edges.slope * height / width,
        thickness=thickness,
        std=float(np.hypot(_std_of_mean(thickness, count), edges.wider * across)),
        count=count,
        contrast=edges.contrast,
        scale=scale.relative_std,
    )
    return layer, scale.notes


def _near(settings: Settings) -> tuple[float, float] | None:
    """Where the edges are, counted in the part that is analysed."""
    if settings.layer is None:
        return None
    left, top = settings.crop[:2] if settings.crop else (0, 0)
    first = top if settings.runs == "horizontal" else left
    low, high = sorted(settings.layer)
    return low - first, high - first


def _must_be_clear(edges: LayerEdges, where: str, *, is_told: bool) -> None:
    """Refuse a layer whose edges may be others, or those of the noise."""
    if edges.rival > _RIVAL and not is_told:
        what = f"a third edge is {edges.rival:.0%} as strong as those of the layer: which ones are its edges is open"
        raise Refused(what, where, "set layer = [row, row] to about where they are, or crop the picture to the layer")
    if edges.contrast < _LEAST_CONTRAST:
        what = f"the layer stands out by {edges.contrast:.2f} of the noise of a pixel: its edges cannot be followed"
        raise Refused(what, where, f"at least {_LEAST_CONTRAST}: more contrast, a longer exposure, or polishing")


def _std_of_mean(thickness: Array, count: float) -> float:
    """Standard error of the mean over correlated columns, raised to what so few independent ones need.

    The factor of Student's t at 95 % over that of the normal distribution, so that twice the error holds 95 %.
    """
    from scipy import stats

    spread = float(np.var(thickness)) * count / max(count - 1.0, 0.5)
    few = stats.t.ppf(0.5 + 0.5 * _LEVEL, max(count - 1.0, 1.0)) / stats.norm.ppf(0.5 + 0.5 * _LEVEL)
    return float(np.sqrt(spread / count) * few)
