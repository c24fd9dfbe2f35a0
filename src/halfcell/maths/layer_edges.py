"""Both edges of a layer that crosses a picture from left to right, one pair per column, below a pixel."""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_STRIPS = 24  # parts of the picture whose profiles are shifted against each other to find the tilt
_STEEPEST = 0.25  # rows per column: 14 degrees
_SLOPES = 101  # steps of a hundredth of the range, below the width of an edge
_WIDTH = 2.5  # pixels: width of the derivative that sees edges; about the blur of a sharp picture
_WIDTHS = (2.5, 5.0, 10.0)  # of a mean profile, whose edges are as wide as they are rough
_WIDER = 1.6  # times the band of the integral: what the mean thickness changes by is its error
_APART = 8.0  # pixels between both edges, at least
_SEARCH = 0.4  # of the thickness, on both sides of an edge, where it is followed
_FOLLOWED = 15  # columns whose mean is followed; the integral below then sees each column alone
_LEAST_HALF = 6.0  # pixels on both sides of the followed edge that the integral holds
_EXCURSIONS = 3.0  # standard deviations of the edge about the followed one that it holds
_NEAR = 40  # columns on both sides from which the levels beside an edge are taken
_ROUNDS = 2  # of the bias of correlations: more of them run away where few values are independent
_BOTH = 2  # edges of a layer
_FAINT = 0.2  # of the usual step: a column with less has no edge of its own, and takes the usual one
_SETTLED = 0.01  # relative change of the count of a round


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerEdges:
    """Rows of the upper and the lower edge in each column, shape (columns,); the slope of the layer (rows per column).

    `steps` are the differences of the grey levels across both edges, `noise` the standard deviation of a pixel about
    its level, `rival` how strong the next edge is that was not taken, as a part of the weaker one that was. `wider` is
    how much the mean distance of the edges (rows) changes with a wider band of the integral.
    """

    upper: Array
    lower: Array
    slope: float
    steps: tuple[float, float]
    noise: float
    rival: float
    wider: float = 0.0

    @property
    def contrast(self) -> float:
        """The smaller step over the noise of a pixel."""
        return min(abs(step) for step in self.steps) / max(self.noise, 1e-300)


def layer_edges(picture: Array, near: tuple[float, float] | None = None) -> LayerEdges | None:
    r"""Find both edges of a layer.

    The tilt is the shear that makes the mean profile sharpest. The edges are its two strongest changes, or those
    nearest to `near`; each is followed along the picture, and in each column its row is the integral

    .. math:: y = y_1 + \sum_{y_1}^{y_2} \frac{I - I_2}{I_1 - I_2}

    between the levels before (1) and behind (2) the edge, which no symmetric blur and no noise biases.

    Parameters
    ----------
    picture
        Grey values, shape (rows, columns).
    near
        About the rows of both edges in the middle column.

    Returns
    -------
    LayerEdges or None
        Rows of both edges in each column, shape (columns,); None where the picture shows no two edges.

    Source: procedure of this package; the integral is the step of equal area (definition).
    """
    values = np.asarray(picture, dtype=float)
    slope = _slope(values)
    profile = _sheared_mean(values, slope)
    places, rival = min((_edges_of(profile, near, width) for width in _WIDTHS), key=_doubtfulness)
    if len(places) < _BOTH:
        return None
    columns = np.arange(values.shape[1]) - 0.5 * (values.shape[1] - 1)
    reach = _SEARCH * (places[1] - places[0])
    found = [_followed(values, place + slope * columns, reach, profile, place) for place in places]
    upper, lower = found
    noise = float(np.hypot(upper.noise, lower.noise) / np.sqrt(2.0))
    both = float(np.polyfit(columns, 0.5 * (upper.rows + lower.rows), 1)[0])
    return LayerEdges(
        upper=upper.rows,
        lower=lower.rows,
        slope=both,
        steps=(upper.step, lower.step),
        noise=noise,
        rival=rival,
        wider=lower.wider - upper.wider,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Edge:
    rows: Array
    step: float
    noise: float
    wider: float = 0.0


def _doubtfulness(found: tuple[list[float], float]) -> float:
    return found[1] if len(found[0]) == _BOTH else np.inf


def _slope(values: Array) -> float:
    """Rows per column by which the layer falls: that of the sharpest mean profile."""
    slopes = np.linspace(-_STEEPEST, _STEEPEST, _SLOPES)
    sharpness = [float(np.sum(_derivative(_sheared_mean(values, slope)) ** 2)) for slope in slopes]
    best = int(np.argmax(sharpness))
    if not 0 < best < _SLOPES - 1:
        return float(slopes[best])
    before, here, after = sharpness[best - 1 : best + 2]
    bend = before - 2.0 * here + after
    return float(slopes[best] + (0.5 * (before - after) / bend if bend < 0 else 0.0) * (slopes[1] - slopes[0]))


def _sheared_mean(values: Array, slope: float) -> Array:
    """The mean profile along the rows after a shear, seen in the middle column."""
    count = min(_STRIPS, values.shape[1])
    rows = np.arange(values.shape[0], dtype=float)
    edges = np.linspace(0, values.shape[1], count + 1).astype(int)
    total = np.zeros(values.shape[0])
    for left, right in itertools.pairwise(edges):
        middle = 0.5 * (left + right - 1) - 0.5 * (values.shape[1] - 1)
        total += np.interp(rows + slope * middle, rows, values[:, left:right].mean(axis=1))
    return np.asarray(total / count)


def _derivative(profile: Array, width: float = _WIDTH) -> Array:
    from scipy import ndimage

    return np.asarray(ndimage.gaussian_filter1d(profile, width, axis=0, order=1, mode="nearest"))


def _edges_of(profile: Array, near: tuple[float, float] | None, width: float) -> tuple[list[float], float]:
    """Rows of the two edges, and how strong the next one is beside the weaker of them."""
    change = np.abs(_derivative(profile, width))
    change[:2] = change[-2:] = 0.0
    peaks = [n for n in range(1, len(change) - 1) if change[n - 1] < change[n] >= change[n + 1]]
    chosen: list[int] = []
    if near is not None:
        for wanted in sorted(near):
            within = [n for n in peaks if abs(n - wanted) < max(_APART, _SEARCH * abs(near[1] - near[0]))]
            chosen += [max(within, key=lambda n: change[n])] if within else []
    else:
        for peak in sorted(peaks, key=lambda n: -change[n]):
            if len(chosen) < _BOTH and all(abs(peak - other) >= _APART for other in chosen):
                chosen.append(peak)
    others = [change[n] for n in peaks if all(abs(n - other) >= _APART for other in chosen)]
    weaker = min((change[n] for n in chosen), default=1.0)
    rival = float(max(others, default=0.0) / weaker) if weaker > 0 else 0.0
    return sorted(float(n) for n in set(chosen)), rival


def _followed(values: Array, line: Array, reach: float, profile: Array, place: float) -> _Edge:
    """One edge along a line: followed in the means of some columns, then integrated in each column."""
    from scipy import ndimage

    sign = np.sign(_derivative(profile)[round(place)])
    averaged = ndimage.uniform_filter1d(values, _FOLLOWED, axis=1, mode="nearest")
    offsets = np.arange(-np.ceil(reach), np.ceil(reach) + 1.0)
    strip = _along(sign * _derivative(averaged), line, offsets)
    track = offsets[np.argmax(strip, axis=0)]
    smooth = ndimage.median_filter(track, 4 * _FOLLOWED + 1, mode="nearest")
    excursions = 1.4826 * float(np.median(np.abs(track - smooth)))
    half = float(np.clip(_EXCURSIONS * excursions + 2.0 * _WIDTH, _LEAST_HALF, max(reach, _LEAST_HALF)))
    path = line + ndimage.uniform_filter1d(np.clip(track, smooth - half, smooth + half), _FOLLOWED, mode="nearest")
    found = _integrated(values, path, half)
    wide = _integrated(values, path, _WIDER * half)
    return dataclasses.replace(found, wider=float(np.mean(wide.rows - found.rows)))


def _along(values: Array, line: Array, offsets: Array) -> Array:
    """Values at rows relative to a line, shape (offsets, columns)."""
    from scipy import ndimage

    columns = np.broadcast_to(np.arange(values.shape[1]), (len(offsets), values.shape[1]))
    return np.asarray(ndimage.map_coordinates(values, [line + offsets[:, None], columns], order=1, mode="nearest"))


def _integrated(values: Array, path: Array, half: float) -> _Edge:
    """The row of an edge in each column, between the levels on both sides of a band around the path."""
    from scipy import ndimage

    wide = round(half)
    offsets = np.arange(-2 * wide, 2 * wide + 1, dtype=float)
    band = _along(values, path, offsets)
    before, behind = band[offsets < -half], band[offsets > half]
    levels = [ndimage.uniform_filter1d(part.mean(axis=0), 2 * _NEAR + 1, mode="nearest") for part in (before, behind)]
    step = levels[0] - levels[1]
    usual = float(np.median(step))
    safe = np.where(np.abs(step) > _FAINT * abs(usual), step, usual or 1.0)
    inside = band[np.abs(offsets) <= half]
    rows = path - _half_count(offsets, half) + np.sum((inside - levels[1]) / safe, axis=0)
    noise = float(
        np.sqrt(0.5 * sum(np.var(part - level) for part, level in zip((before, behind), levels, strict=True)))
    )
    return _Edge(rows=rows, step=-usual, noise=noise)


def _half_count(offsets: Array, half: float) -> float:
    """Half the number of rows that an integral holds: where it begins, before the followed edge."""
    return 0.5 * float(np.count_nonzero(np.abs(offsets) <= half))


def effective_count(series: Sequence[float] | Array) -> float:
    r"""How many independent values a correlated series holds.

    :math:`N / (1 + 2 \sum_k (1 - k/N) \rho_k)`, summed to the first pair of lags whose correlations add up to less
    than zero; correlations are raised by the bias :math:`1/n` that the estimated mean gives them, in a second round.

    Parameters
    ----------
    series
        Values in their order, shape (n,), in any unit.

    Returns
    -------
    float
        Between 1.5 and n.

    Source: C. J. Geyer, Stat. Sci. 7 (1992) 473, for where the sum ends.
    """
    values = np.asarray(series, dtype=float)
    size = len(values)
    centred = values - values.mean()
    spectrum = np.abs(np.fft.rfft(centred, 2 * size)) ** 2
    covariance = np.fft.irfft(spectrum)[:size] / size
    if covariance[0] <= 0:
        return float(size)
    found = float(size)
    for _ in range(_ROUNDS):
        raised = covariance + covariance[0] / max(found - 1.0, 1.0)
        correlation = raised / raised[0]
        total = 0.0
        for lag in range(1, size - 1, 2):
            pair = correlation[lag] * (1.0 - lag / size) + correlation[lag + 1] * (1.0 - (lag + 1) / size)
            if pair <= 0.0 or lag > size // 2:
                break
            total += float(pair)
        better = float(np.clip(size / (1.0 + 2.0 * total), 1.5, size))
        if abs(better - found) < _SETTLED * found:
            break
        found = better
    return found
