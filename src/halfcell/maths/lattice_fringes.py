"""Lattice fringes in a picture: spatial frequencies of a region, refined below the pixel of its Fourier transform."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_LEAST_PERIODS = 4.0  # fringes across a region: fewer cannot be told from its edge
_NYQUIST_PART = 0.9  # of the highest frequency: beyond lies aliasing
_HANN = 2.25  # variance of a frequency under a Hann window over that without one (Rife and Boorstyn)
_MARGIN = 3  # pixels of the transform around a peak that belong to it: the width of a Hann window
_REFINEMENTS = 3  # each narrows the search tenfold
_STEPS = 9  # points per axis of one refinement


@dataclass(frozen=True)
class Fringe:
    """One frequency: its vector (cycles per pixel, rows and columns), standard error of each part, and its strength.

    `strength` is its power over the local background of equal frequency; `error` is of the fit alone (white noise).
    """

    row: float
    column: float
    error: float
    strength: float

    @property
    def frequency(self) -> float:
        """Cycles per pixel."""
        return float(np.hypot(self.row, self.column))


def fringes(region: Array, count: int = 8, least_strength: float = 25.0) -> tuple[Fringe, ...]:
    r"""The strongest lattice fringes of a region, each pair of opposite peaks once.

    The region, less its mean plane, is multiplied by a Hann window; the power of its transform is divided by the
    median over each ring of equal frequency, :math:`s = P/\tilde P(|k|)`. Peaks are maxima of s above `least_strength`;
    each is refined by maximising the power of the transform at continuous frequencies. The standard error of the
    frequency along each axis is that of a sinusoid in white noise under a Hann window,
    :math:`\sigma_f = \frac{1}{\pi N} \sqrt{\frac{w \tilde P}{P \ln 2}}`, with w = 2.25 the ratio of variances
    (the median of the power of noise is :math:`\ln 2` of its mean).

    Parameters
    ----------
    region
        Grey values, shape (rows, columns), at least 16 x 16.
    count
        At most this many.
    least_strength
        Least power over background; 25 is passed by noise alone once in :math:`10^{7}` pixels of a transform (the
        median of an exponential distribution is :math:`\ln 2` of its mean).

    Returns
    -------
    tuple of Fringe
        The strongest first; empty where the region is amorphous, or noise.

    References
    ----------
    D. C. Rife, R. R. Boorstyn, IEEE Trans. Inf. Theory 20 (1974) 591 (bound of a sinusoid's frequency).
    """
    flat = _windowed(region)
    power = np.abs(np.fft.rfft2(flat)) ** 2
    rows, columns = np.fft.fftfreq(flat.shape[0]), np.fft.rfftfreq(flat.shape[1])
    radius = np.hypot(rows[:, None], columns[None, :])
    background = _ring_median(power, radius, min(flat.shape))
    strength = power / background
    usable = (radius > _LEAST_PERIODS / min(flat.shape)) & (radius < _NYQUIST_PART * 0.5)
    strength = np.where(usable, strength, 0.0)
    found = []
    for place in _maxima(strength, count, least_strength):
        row, column = _refined(flat, float(rows[place[0]]), float(columns[place[1]]))
        error = np.sqrt(_HANN * background[place] / (np.log(2.0) * power[place])) / (np.pi * min(flat.shape))
        found.append(Fringe(row, column, float(error), float(strength[place])))
    return tuple(found)


def refined(region: Array, fringe: Fringe) -> Fringe | None:
    """The same fringe in another region: a part of the first, or its neighbour.

    It is looked for within one pixel of the transform around the frequency it had.

    Parameters
    ----------
    region
        Intensities, shape (rows, columns).
    fringe
        Its frequency (1/px).

    Returns
    -------
    Fringe or None
        None where it is not there.

    Source: as `fringes`.
    """
    flat = _windowed(region)
    row, column = _refined(flat, fringe.row, fringe.column)
    pixel = 1.0 / min(flat.shape)
    if np.hypot(row - fringe.row, column - fringe.column) > pixel:
        return None
    return Fringe(row, column, fringe.error, fringe.strength)


def _windowed(region: Array) -> Array:
    """The region less its mean plane, under a Hann window."""
    values = np.asarray(region, dtype=float)
    y, x = (np.linspace(-1.0, 1.0, n) for n in values.shape)
    values = values - values.mean()
    values = values - np.outer(y * (values.mean(axis=1) @ y) / (y @ y), np.ones_like(x))
    values = values - np.outer(np.ones_like(y), x * (values.mean(axis=0) @ x) / (x @ x))
    return np.asarray(values * np.outer(np.hanning(values.shape[0]), np.hanning(values.shape[1])))


def _ring_median(power: Array, radius: Array, size: int) -> Array:
    """The median power over rings of equal frequency, two pixels wide, at each pixel."""
    ring = (radius * size / 2.0).astype(int)
    order = np.argsort(ring, axis=None, kind="stable")
    edges = np.searchsorted(ring.ravel()[order], np.arange(ring.max() + 2))
    sorted_power = power.ravel()[order]
    medians = np.array([np.median(sorted_power[a:b]) if b > a else np.nan for a, b in itertools.pairwise(edges)])
    medians = np.where(np.isfinite(medians) & (medians > 0), medians, np.nanmax(medians))
    return np.asarray(medians[ring])


def _maxima(strength: Array, count: int, least: float) -> Iterator[tuple[int, int]]:
    """Places of the strongest maxima; each takes away what lies around it, and around its mirror image."""
    left = strength.copy()
    rows = left.shape[0]
    for _ in range(count):
        place = np.unravel_index(int(np.argmax(left)), left.shape)
        row, column = int(place[0]), int(place[1])
        if left[row, column] < least:
            return
        yield row, column
        for r, c in ((row, column), (-row % rows, -column)):
            around = np.arange(r - _MARGIN, r + _MARGIN + 1) % rows
            left[around, max(0, c - _MARGIN) : max(0, c + _MARGIN + 1)] = 0.0


def _refined(flat: Array, row: float, column: float) -> tuple[float, float]:
    """The frequency near a first guess at which the transform of a windowed region has the greatest power."""
    y, x = np.arange(flat.shape[0]), np.arange(flat.shape[1])
    reach = 1.0 / min(flat.shape)
    for _ in range(_REFINEMENTS):
        steps = np.linspace(-reach, reach, _STEPS)
        along_rows = np.exp(-2j * np.pi * np.outer(row + steps, y))
        along_columns = np.exp(-2j * np.pi * np.outer(x, column + steps))
        power = np.abs(along_rows @ flat @ along_columns) ** 2
        i, j = np.unravel_index(int(np.argmax(power)), power.shape)
        row, column = row + _vertex(steps, power[:, j], int(i)), column + _vertex(steps, power[i, :], int(j))
        reach /= 6.0
    return row, column


def _vertex(steps: Array, power: Array, place: int) -> float:
    """The maximum of a parabola through three points; the middle one at an edge."""
    if not 0 < place < len(power) - 1:
        return float(steps[place])
    before, here, after = (float(p) for p in power[place - 1 : place + 2])
    curvature = before - 2.0 * here + after
    shift = 0.5 * (before - after) / curvature if curvature < 0 else 0.0
    return float(steps[place] + shift * (steps[1] - steps[0]))


def parts(region: Array) -> Sequence[Array]:
    """Four quarters of a region, from which the distortion of a scan is estimated.

    Parameters
    ----------
    region
        Grey values, shape (rows, columns).

    Returns
    -------
    sequence of numpy.ndarray
        Quarters, shape (rows // 2, columns // 2) each.

    Source: definition.
    """
    rows, columns = region.shape[0] // 2, region.shape[1] // 2
    return [region[r : r + rows, c : c + columns] for r in (0, rows) for c in (0, columns)]


def log_power(region: Array) -> Array:
    r"""The logarithm of the power of a region's transform, :math:`\ln(1 + |F|^2)`, for pictures.

    Parameters
    ----------
    region
        Grey values, shape (rows, columns).

    Returns
    -------
    numpy.ndarray
        Shape (rows, columns), the frequency 0 in the middle.

    Source: definition.
    """
    return np.asarray(np.log1p(np.abs(np.fft.fftshift(np.fft.fft2(_windowed(region)))) ** 2))
