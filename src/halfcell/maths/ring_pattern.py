r"""Ring patterns: centre and ellipse by sharpness, with a beam stop left out.

A pixel at :math:`p` is at the radius :math:`r = |T (p - c)|` with the centre c and :math:`T = 1 + [[u, v], [v, -u]]`.
Centre and ellipse minimise the scatter of the picture within rings of equal r (multi-start Gauss-Newton, coarse to
fine).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_STRIDES = (4, 2, 1)  # pixels of each smoothing that are used: neighbours of a smoothed picture say the same
_ROUNDS = 12  # of Gauss-Newton at one smoothing
_COARSE = (4.0, 2.0, 0.8)  # px: standard deviations by which the picture is smoothed, one after the other
_SPREAD = 9.0  # px between the starts around a first centre
_LONGEST = 3.0  # px: the largest step of the centre at once
_SHADOW = 4.0  # scatters below the median of its ring at which a pixel is in a shadow
_DARK = 0.6  # of the median of its ring: a stop lets nearly nothing through
_SEEN = 0.4  # of the root mean square: a ring that is dark all around shows no shadow
_SMALLEST = 0.002  # of the picture: a smaller shadow is noise
_PER_PIXEL = 1.0  # bins of the profile
_WIDEST = 12.0  # px: rings are narrower than the window of the background
_FEWEST = 8  # pixels of a ring whose median means something
_SAME = 0.5  # px: starts that end so near found one optimum
_SETTLED = 1e-4  # px: a step of the centre so short ends the fit
_FILLED = 0.5  # pixels in a bin: with less its mean is that of its neighbours' rims


@dataclass(frozen=True, kw_only=True)
class Geometry:
    """Centre (row, column in px), ellipse (u, v), and the scatter within rings that is left (relative)."""

    row: float
    column: float
    u: float = 0.0
    v: float = 0.0
    cost: float = np.inf

    @property
    def ellipticity(self) -> float:
        """Long over short axis, less 1."""
        e = float(np.hypot(self.u, self.v))
        return (1.0 + e) / (1.0 - e) - 1.0

    @property
    def direction(self) -> float:
        """Direction of the long axis (degree, 0 to 180, counter-clockwise from the columns)."""
        return float(np.degrees(0.5 * np.arctan2(-self.v, -self.u)) % 180.0)

    def radius(self, shape: tuple[int, int]) -> Array:
        """The radius (px) of each pixel of a picture of this `shape` (rows, columns)."""
        y, x = (np.arange(n, dtype=float) for n in shape)
        dy, dx = y[:, None] - self.row, x[None, :] - self.column
        return np.asarray(np.hypot((1.0 + self.u) * dx - self.v * dy, -self.v * dx + (1.0 - self.u) * dy))


def symmetric_centre(picture: Array, mask: Mask) -> tuple[float, float]:
    """The centre of inversion of a pattern, from the correlation of the picture with itself turned by 180 degrees.

    Parameters
    ----------
    picture, mask
        Intensities, in any unit, and which pixels are used (the others are left out of both), shape (rows, columns).

    Returns
    -------
    tuple of float
        Row and column, px.

    Source: definition: the place of the greatest autoconvolution, over the root of the number of pairs.
    """
    from scipy.ndimage import gaussian_filter

    flat = np.where(mask, picture, np.nan)
    flat = np.where(mask, flat - np.nanmedian(flat), 0.0)
    weight = gaussian_filter(mask.astype(float), 8.0)
    flat = np.where(mask, flat - gaussian_filter(flat, 8.0) / np.maximum(weight, 1e-3), 0.0)
    scale = np.sqrt(np.mean(flat[mask] ** 2)) or 1.0
    flat = gaussian_filter(np.clip(flat / scale, -4.0, 4.0), 1.0)
    whole = _with_itself(flat)
    pairs = np.maximum(_with_itself(mask.astype(float)), 1.0)
    merit = whole / np.sqrt(np.maximum(pairs, 0.15 * pairs.max()))
    place = np.unravel_index(int(np.argmax(merit)), merit.shape)
    return float(place[0]) / 2.0, float(place[1]) / 2.0


def _with_itself(values: Array) -> Array:
    """The convolution of a picture with itself: large where it is its own image by inversion."""
    shape = [2 * n - 1 for n in values.shape]
    return np.asarray(np.fft.irfft2(np.fft.rfft2(values, shape) ** 2, shape))


def shadow(picture: Array, geometry: Geometry, mask: Mask) -> Mask:
    """Pixels that are usable: without dark areas (a beam stop and its holder) far below the median of their ring.

    Parameters
    ----------
    picture
        Intensities, in any unit, shape (rows, columns).
    geometry
        Centre and ellipse.
    mask
        Which pixels are used, shape (rows, columns).

    Returns
    -------
    numpy.ndarray
        Which are usable, shape (rows, columns).

    Source: procedure of this package.
    """
    from scipy.ndimage import binary_dilation, binary_opening, label

    ring = np.rint(geometry.radius(picture.shape)).astype(int)
    median, scatter = _ring_medians(picture, ring, mask)
    smooth = _smoothed_rows(picture)
    limit = np.minimum(median[ring] - _SHADOW * scatter[ring], _DARK * median[ring])
    seen = median[ring] > _SEEN * float(np.sqrt(np.mean(picture[mask] ** 2)))
    dark = binary_opening(mask & seen & (smooth < limit), iterations=1)
    labels, number = label(dark)
    sizes = np.bincount(labels.ravel(), minlength=number + 1)
    large = [n for n in range(1, number + 1) if sizes[n] > _SMALLEST * picture.size]
    return np.asarray(mask & ~binary_dilation(np.isin(labels, large), iterations=3))


def _smoothed_rows(picture: Array) -> Array:
    from scipy.ndimage import uniform_filter

    return np.asarray(uniform_filter(picture, 3))


def _ring_medians(picture: Array, ring: NDArray[np.int64], mask: Mask) -> tuple[Array, Array]:
    """Median and scatter (from the median deviation) of each ring, over the pixels that are usable."""
    number = int(ring.max()) + 1
    median, scatter = np.zeros(number), np.full(number, np.inf)
    usable = ring[mask]
    order = np.argsort(usable, kind="stable")
    values = picture[mask][order]
    edges = np.searchsorted(usable[order], np.arange(number + 1))
    for n, (a, b) in enumerate(itertools.pairwise(edges)):
        if b - a > _FEWEST:
            median[n] = np.median(values[a:b])
            scatter[n] = 1.4826 * np.median(np.abs(values[a:b] - median[n]))
    return median, scatter


def fitted_geometry(
    picture: Array,
    mask: Mask,
    start: tuple[float, float],
    limits: tuple[float, float],
    ellipse: tuple[float, float] | None,
) -> Geometry:
    """Centre and ellipse of a ring pattern: the least scatter of the picture within rings of :math:`r = |T (p - c)|`.

    Parameters
    ----------
    picture, mask
        Intensities above 0 on a scale of even noise (the square root of counts), and which pixels are used, shape
        (rows, columns).
    start
        Row and column near the centre: eight further starts lie around it, 9 px apart; the sharpest wins.
    limits
        Least and greatest radius (px) that are looked at.
    ellipse
        u and v where they are known; None: they are fitted.

    Returns
    -------
    Geometry
        Centre (px), u and v, and what scatter is left.

    Source: procedure of this package, by Gauss and Newton's method.
    """
    from scipy.ndimage import gaussian_filter

    starts = [(start[0] + dy, start[1] + dx) for dy in (0.0, -_SPREAD, _SPREAD) for dx in (0.0, -_SPREAD, _SPREAD)]
    weight = mask.astype(float)
    found = [
        Geometry(row=row, column=column, u=(ellipse or (0, 0))[0], v=(ellipse or (0, 0))[1]) for row, column in starts
    ]
    for level, sigma in enumerate(_COARSE):
        covered = gaussian_filter(weight, sigma)
        smooth = np.where(mask, gaussian_filter(np.where(mask, picture, 0.0), sigma) / np.maximum(covered, 1e-6), 0.0)
        thinned = mask & _every(picture.shape, _STRIDES[level])
        found = [_sharpened(smooth, thinned, one, limits, free=ellipse is None and level > 0) for one in found]
        found = sorted(found, key=lambda one: one.cost)[: (9, 3, 1)[level]]
        found = _apart(found) if level < len(_COARSE) - 1 else found
    return found[0]


def _every(shape: tuple[int, int], stride: int) -> Mask:
    """Every n-th pixel of every n-th row."""
    made = np.zeros(shape, dtype=bool)
    made[::stride, ::stride] = True
    return made


def _apart(found: Sequence[Geometry]) -> list[Geometry]:
    """Results that differ by more than half a pixel, the sharpest first."""
    kept: list[Geometry] = []
    for one in found:
        if all(np.hypot(one.row - other.row, one.column - other.column) > _SAME for other in kept):
            kept.append(one)
    return kept


def _sharpened(picture: Array, mask: Mask, start: Geometry, limits: tuple[float, float], *, free: bool) -> Geometry:
    """Gauss-Newton from one start."""
    best = here = start
    y, x = (np.arange(n, dtype=float) for n in picture.shape)
    for _ in range(_ROUNDS):
        radius = here.radius(picture.shape)
        used = mask & (radius > limits[0]) & (radius < limits[1])
        rows, columns = np.nonzero(used)
        r, z = radius[used], picture[used]
        mean, slope = _model(r, z)
        residual = z - mean
        total = float(np.mean((z - _broad(r, z)) ** 2)) or 1.0
        here = Geometry(row=here.row, column=here.column, u=here.u, v=here.v, cost=float(np.mean(residual**2)) / total)
        if here.cost >= best.cost * (1.0 - 1e-7) and best is not start:
            return best
        best = here
        dy, dx = y[rows] - here.row, x[columns] - here.column
        a = (1.0 + here.u) * dx - here.v * dy
        b = -here.v * dx + (1.0 - here.u) * dy
        parts = [(here.v * a - (1.0 - here.u) * b) / r, (-(1.0 + here.u) * a + here.v * b) / r]
        if free:
            parts += [(a * dx - b * dy) / r, (-a * dy - b * dx) / r]
        design = np.stack([slope * part for part in parts], axis=1)
        step = np.linalg.lstsq(design.T @ design, design.T @ residual, rcond=1e-10)[0]
        length = float(np.hypot(step[0], step[1]))
        step = step * min(1.0, _LONGEST / max(length, 1e-9))
        more = (float(step[2]), float(step[3])) if free else (0.0, 0.0)
        here = Geometry(row=here.row + step[0], column=here.column + step[1], u=here.u + more[0], v=here.v + more[1])
        if length < _SETTLED:
            return best
    return best


def _model(r: Array, z: Array) -> tuple[Array, Array]:
    """The mean of its ring for each pixel, and the slope of the means over the radius."""
    means, places = _means(r, z)
    at = np.interp(r, places, means)
    slope = np.interp(r, places, np.gradient(means, places))
    return at, slope


def _means(r: Array, z: Array) -> tuple[Array, Array]:
    """Means over bins, each pixel shared between its two nearest bins."""
    low = np.floor(r * _PER_PIXEL).astype(int)
    part = r * _PER_PIXEL - low
    size = int(low.max()) + 2
    weight = np.bincount(low, 1.0 - part, size) + np.bincount(low + 1, part, size)
    total = np.bincount(low, z * (1.0 - part), size) + np.bincount(low + 1, z * part, size)
    good = weight > _FILLED
    return total[good] / weight[good], np.flatnonzero(good) / _PER_PIXEL


def _broad(r: Array, z: Array) -> Array:
    """A curve over the radius without rings, by which the scatter is compared between pictures."""
    means, places = _means(r, z)
    width = max(int(2 * _WIDEST * _PER_PIXEL), 3)
    kernel = np.ones(width) / width
    padded = np.pad(means, width, mode="edge")
    return np.asarray(np.interp(r, places, np.convolve(padded, kernel, mode="same")[width:-width]))
