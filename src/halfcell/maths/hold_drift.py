r"""Thermal drift in a hold at low load in which the sample recovers at the same time.

.. math:: h(t) = a + d\,t - \sum_k c_k\,g_k(t), \quad g = 1 - e^{-t/\tau},\ \ln(1 + t/\tau),\ (t + t_0)^n,
          \quad c_k \ge 0

No record tells a slow recovery from a drift: which law holds, and with which time constant, is not known. All of them
are fitted and weighed by how well they describe the hold; what is known of the drift beforehand is one more datum of
each. The rate is the mean over the laws, and its error joins their spread with that of each (J. A. Hoeting et al.,
Statist. Sci. 14 (1999) 382).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_BINS = 60  # means over so many parts of the hold are fitted
_FEWEST_FREE, _TINY = 5, 1e-30  # parameters of the largest law; a variance that is never divided by
_TIMES = np.geomspace(0.03, 3.0, 20)  # of the hold: the time constants that are tried
_APART = 4  # places in it by which two exponentials differ, a factor of 2.6
_EARLY = 10.0  # rate of an early exponential, per hold
_EXACT = 2e-3  # of what the depth changes by: how well a law describes a real recovery at best
_POWERS = (0.15, 0.33, 0.5, 0.7)  # of the time: from nearly a logarithm to nearly a straight line
_EARLIER = 0.125  # of the hold: for how long the load was low before it (a tenth is cut off at each end)


def drift_beside_recovery(time: Array, depth: Array, prior: float) -> tuple[float, float]:
    r"""Rate of the drift in a hold, :math:`h = a + d\,t - \sum_k c_k\,g_k(t)`, averaged over laws g of a recovery.

    Parameters
    ----------
    time, depth
        Record at constant load, shape (n,), n at least 10, in any units; the depth falls as the sample recovers.
    prior
        Standard uncertainty of the rate before anything was measured.

    Returns
    -------
    tuple of float
        The rate d and its standard uncertainty (unit of `depth` per that of `time`).

    Source: J. A. Hoeting et al., Statist. Sci. 14 (1999) 382, for the mean over the laws.
    """
    t, h = _means(time - time[0], depth)
    fits = [fit for laws in _laws(t / t[-1]) if (fit := _fit(t, h, laws)) is not None]
    rate, spread, misfit, count = np.array(fits).T
    noise = max(float(misfit.min()) / max(len(t) - _FEWEST_FREE, 1), (_EXACT * float(np.ptp(h))) ** 2, _TINY)
    own, known = noise * spread, prior**2
    log_weight = -0.5 * (misfit / noise + count * np.log(len(t)) + rate**2 / (own + known) + np.log1p(known / own))
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    drift, variance = rate * known / (own + known), own * known / (own + known)
    mean = float(weight @ drift)
    return mean, float(np.sqrt(weight @ (variance + (drift - mean) ** 2)))


def recovery_seen(time: Array, depth: Array) -> float:
    """How surely a hold is bent: its curvature over the error of that.

    A parabola or an early exponential beside the straight line, whichever is surer, through means over parts of the
    hold; what they scatter by about it, slow wander included, is the error.

    Parameters
    ----------
    time, depth
        Record at constant load, shape (n,), in any units.

    Returns
    -------
    float
        Above zero where the depth falls ever slower.

    Source: definition: a coefficient of a linear regression over its standard error.
    """
    t, h = _means(time - time[0], depth)
    x = t / t[-1]
    found = []
    for shape in (x**2, np.exp(-_EARLY * x)):
        design = np.column_stack([shape, x, np.ones_like(x)])
        inverse = np.linalg.pinv(design)
        best = inverse @ h
        scatter = float(np.linalg.norm(h - design @ best)) / np.sqrt(max(len(x) - 3, 1))
        found.append(float(best[0]) / max(scatter * float(np.linalg.norm(inverse[0])), _TINY))
    return float(max(found, key=abs))


def _means(time: Array, depth: Array) -> tuple[Array, Array]:
    """Means over parts of a record with equal numbers of points."""
    parts = np.array_split(np.arange(len(time)), min(_BINS, len(time)))
    return np.array([time[p].mean() for p in parts]), np.array([depth[p].mean() for p in parts])


def _laws(x: Array) -> Iterator[tuple[Array, ...]]:
    """Recoveries over the hold (0..1): none, one law, or two exponentials of different times."""
    exponentials = [1.0 - np.exp(-x / tau) for tau in _TIMES]
    yield ()
    yield from ((law,) for law in exponentials)
    yield from ((np.log1p(x / tau),) for tau in _TIMES)
    yield from (((x + _EARLIER) ** power,) for power in _POWERS)
    places = combinations(range(len(_TIMES)), 2)
    yield from ((exponentials[a], exponentials[b]) for a, b in places if b - a >= _APART)


def _fit(time: Array, depth: Array, laws: Sequence[Array]) -> tuple[float, float, float, float] | None:
    """Rate, its variance per variance of the depths, sum of squared misfits, number of laws; None where one rises."""
    columns = np.column_stack([time, np.ones_like(time), *(-law for law in laws)])
    scale = np.linalg.norm(columns, axis=0)
    inverse = np.linalg.pinv(columns / scale)
    found = inverse @ depth
    if np.any(found[2:] < 0):
        return None
    misfit = depth - columns / scale @ found
    return (
        float(found[0] / scale[0]),
        float(inverse[0] @ inverse[0] / scale[0] ** 2),
        float(misfit @ misfit),
        float(len(laws)),
    )
