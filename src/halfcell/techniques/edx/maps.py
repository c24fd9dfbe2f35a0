r"""Maps of elements: counts of each pixel by the fit of the summed spectrum, inhomogeneity, correlation, line profiles.

The expected counts of a pixel are the fitted curves of the sum times unknown factors; with the same weights for all
pixels the areas are a fixed linear map P of the channels. The counting variance of an area is :math:`\sum_c P_c^2
n_c`. The inhomogeneity of blocks is :math:`\sqrt{\mathrm{var} - \mathrm{var}_{Poisson}}/\mathrm{mean}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.x_ray_lines import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.edx.lines import LineFamily
    from halfcell.techniques.edx.spectrum import Fitted

    Array = NDArray[np.float64]

_AT_ONCE = 2**23  # values of a map that are held as floating point numbers at a time
_LEAST_BLOCKS = 6  # of a map for an inhomogeneity or a correlation


@dataclass(frozen=True, kw_only=True, eq=False)
class Maps:
    """Counts of each element (rows, columns), their counting variances, and the pixel (height, width) in nm or None.

    `profile`: distance (nm, or pixels without a scale) and element -> counts per pixel along a line.
    """

    counts: Mapping[str, Array]
    variances: Mapping[str, Array]
    pixel: tuple[float, float] | None
    dropped: int = 0
    profile: tuple[Array, Mapping[str, Array]] | None = None
    block: int = 8


def scanned(cube: NDArray[np.generic]) -> tuple[slice, slice]:
    """The part of a map that was scanned: without rows and columns at its edges that hold no counts at all."""
    total = np.add.reduce(cube, axis=2, dtype=np.int64 if cube.dtype.kind in "ui" else float)
    rows, columns_ = np.flatnonzero(total.any(axis=1)), np.flatnonzero(total.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns_[0]), int(columns_[-1]) + 1)


def element_maps(
    energy: Array, cube: NDArray[np.generic], fitted: Fitted, counted: Sequence[LineFamily]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Counts of the strongest line of each family over the pixels, and their counting variances.

    Parameters
    ----------
    energy
        Channels (keV), shape (channels,).
    cube
        Counts of any type, shape (rows, columns, channels); it is turned into numbers part by part.
    fitted
        The fit of its sum.
    counted
        The families whose maps are wanted.

    Returns
    -------
    counts, variances
        By element, shape (rows, columns) each.

    Source: definition, by linear least squares.
    """
    rows, width, _ = cube.shape
    names = {family.name for family in counted}
    counts = {family.element: np.zeros((rows, width)) for family in counted}
    variances = {family.element: np.zeros((rows, width)) for family in counted}
    for part in fitted.ranges:
        wanted = [(place, family) for place, family in enumerate(part.families) if family.name in names]
        if not wanted:
            continue
        lines = columns(energy[part.channels], [family.family for family in part.families], part.fit.detector)[0]
        shapes = np.column_stack([lines, part.fit.continuum])
        expected = np.maximum(part.fit.model, 1e-3 * part.fit.model.max())
        weighted = shapes / expected[:, None]
        projection = np.linalg.pinv(shapes.T @ weighted) @ weighted.T
        chosen = projection[[place for place, _ in wanted]]
        both = np.vstack([chosen, chosen**2])
        step = max(_AT_ONCE // (width * len(expected)), 1)
        for first in range(0, rows, step):
            piece = cube[first : first + step, :, part.channels].astype(np.float32)
            areas = piece @ both.T.astype(np.float32)
            for place, (_, family) in enumerate(wanted):
                counts[family.element][first : first + step] = areas[..., place]
                variances[family.element][first : first + step] = areas[..., place + len(wanted)]
    return counts, variances


def blocks_of(values: Array, edge: int) -> Array:
    """Sums over square blocks; what is left at the right and the bottom is left out.

    Parameters
    ----------
    values
        Of a map, shape (rows, columns).
    edge
        Of a block, pixels.

    Returns
    -------
    numpy.ndarray
        Shape (rows // edge, columns // edge).

    Source: definition.
    """
    rows, columns_ = values.shape[0] // edge, values.shape[1] // edge
    return np.asarray(values[: rows * edge, : columns_ * edge].reshape(rows, edge, columns_, edge).sum(axis=(1, 3)))


def inhomogeneity(counts: Array, variances: Array, edge: int) -> tuple[float, float] | None:
    r"""Relative standard deviation of blocks beyond counting noise, :math:`\sqrt{s^2 - \overline{\sigma^2}}/\bar{n}`.

    The uncertainty is that of a variance of n blocks; where the variation is not significant, the value is 0 and the
    uncertainty tells what would be seen.

    Parameters
    ----------
    counts, variances
        Of a map, shape (rows, columns).
    edge
        Of a block, pixels.

    Returns
    -------
    tuple of float or None
        Value and standard uncertainty; None where there are fewer than six blocks or no counts.

    Source: definition.
    """
    sums, noise = blocks_of(counts, edge), blocks_of(variances, edge)
    if sums.size < _LEAST_BLOCKS or sums.mean() <= 0:
        return None
    seen, counted = float(sums.var(ddof=1)), float(noise.mean())
    spread = seen * float(np.sqrt(2.0 / (sums.size - 1)))
    excess = seen - counted
    mean = float(sums.mean())
    value = float(np.sqrt(max(excess, 0.0))) / mean
    std = spread / mean**2 / (2.0 * value) if excess > spread else float(np.sqrt(spread)) / mean
    return value, std


def correlation(one: Array, other: Array, edge: int) -> float | None:
    """Correlation of the counts of two elements in blocks (Pearson).

    Parameters
    ----------
    one, other
        Counts of the maps, shape (rows, columns).
    edge
        Of a block, pixels.

    Returns
    -------
    float or None
        -1 to 1; None for fewer than six blocks or a constant map.

    Source: definition.
    """
    a, b = blocks_of(one, edge).ravel(), blocks_of(other, edge).ravel()
    if a.size < _LEAST_BLOCKS or not (a.std() and b.std()):
        return None
    return float(np.corrcoef(a, b)[0, 1])


def profile(
    counts: Mapping[str, Array], line: tuple[float, float, float, float, float], pixel: tuple[float, float] | None
) -> tuple[Array, dict[str, Array]]:
    """Mean counts per pixel along a line of some width: distance (nm, or pixels) and element -> counts."""
    from scipy.ndimage import map_coordinates

    x0, y0, x1, y1, width = line
    length = float(np.hypot(x1 - x0, y1 - y0))
    along = np.linspace(0.0, 1.0, max(int(length), 2))
    across = np.arange(max(round(width), 1)) - (max(round(width), 1) - 1) / 2.0
    normal = np.array([-(y1 - y0), x1 - x0]) / max(length, 1e-9)
    x = x0 + along[:, None] * (x1 - x0) + across[None, :] * normal[0]
    y = y0 + along[:, None] * (y1 - y0) + across[None, :] * normal[1]
    height, wide = pixel or (1.0, 1.0)
    distance = along * float(np.hypot((x1 - x0) * wide, (y1 - y0) * height))
    values = {
        symbol: np.asarray(map_coordinates(one, [y, x], order=1, mode="nearest").mean(axis=1))
        for symbol, one in counts.items()
    }
    return distance, values
