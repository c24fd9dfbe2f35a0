r"""Points of a spectrum that no Kramers-Kronig model can follow: found without a circuit, so no circuit is favoured.

1. A stiff linear Kramers-Kronig model is fitted by iteratively reweighted least squares with Cauchy weights
   1/(1 + (r/(c s))^2), where c = 3, r is the modulus of the complex residual relative to the local |Z| (a running
   median, which an outlier cannot move) and s its Rayleigh scale from the median. Points with r > limit s are suspects.
2. The model's order is chosen by cross-validation on the other points, which also gives the noise. A point is an
   outlier if r exceeds limit x noise x sqrt(1 + h) where it was left out (h is its leverage: less is known at the ends
   of the range) or limit x noise x sqrt(1 - h) where it was fitted. This is repeated until nothing changes.

A point that deviates by less than 0.2 % of |Z| is not an outlier: in noise-free data only the model's own error is
left. With a limit of 4.5 one good point in 25,000 is lost. Runs of three or more neighbours are not marked (that is
drift, not an outlier), and never more than a quarter of the points.

Source: P. W. Holland, R. E. Welsch, Commun. Stat. A6 (1977) 813 (IRLS, Cauchy weights).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.kramers_kronig import Complexes, Reals, kramers_kronig, leverage, model_table

Marks = NDArray[np.bool_]

_CAUCHY = 3.0  # robust standard deviations; beyond, a point has less than half its weight
_LEAST = 2e-3  # of |Z|: error of the model itself at a point it was not fitted to
_EXTRAPOLATED = 0.05  # of |Z|: how wrong the model may be beyond the points it was fitted to
_MEDIAN = float(np.sqrt(2 * np.log(2)))  # median of a Rayleigh variable of scale 1
_FEWEST = 12  # points: with fewer the stiff model follows outliers too
_SETTLED = 1e-2  # change of a weight below which the rounds end: outliers are far from any limit


def outliers(frequency: Reals, impedance: Complexes, limit: float = 4.5) -> Marks:
    """Mark the outliers of a spectrum.

    The misfit of a point is :math:`|Z - Z_{KK}|/|Z|`, with :math:`Z_{KK}` a linear Kramers-Kronig model. Suspects are
    points far from a robust fit (weights :math:`1/(1 + (r/c)^2)`); the model is then fitted to the others alone, and
    a point is marked if its misfit exceeds `limit` standard deviations of the noise, corrected for its leverage. This
    is repeated until the marks stay. Runs of three or more are no outliers.

    Parameters
    ----------
    frequency, impedance
        Hz and ohm, shape (n,).
    limit
        Robust standard deviations from the Kramers-Kronig model beyond which a point is one.

    Returns
    -------
    numpy.ndarray
        Whether each point is an outlier, shape (n,); none where more than a quarter would be.

    Source: P. W. Holland, R. E. Welsch, Commun. Stat. A6 (1977) 813, for the weights; the steps are a procedure of this
    package.
    """
    n = len(frequency)
    if n < _FEWEST:
        return np.zeros(n, dtype=bool)
    marked = _suspects(frequency, impedance, limit)
    for _ in range(4):
        if marked.sum() > n / 4:
            return np.zeros(n, dtype=bool)
        again = _judged(frequency, impedance, marked, limit)
        if (again == marked).all():
            break
        marked = again
    marked = _alone(marked)
    return marked if marked.sum() <= n / 4 else np.zeros(n, dtype=bool)


def _alone(marked: Marks) -> Marks:
    """Without runs of three or more neighbours: an outlier stands alone, drift and artefacts do not."""
    wide = np.pad(marked, 2)
    run: Marks = wide[:-2] & wide[1:-1] & wide[2:]  # run[i]: points i - 2 to i
    inside = run[:-2] | run[1:-1] | run[2:]
    return np.asarray(marked & ~inside)


def _suspects(frequency: Reals, impedance: Complexes, limit: float) -> Marks:
    """Points beyond `limit` of the model whose robust scale, corrected for its degrees of freedom, is smallest."""
    omega, modulus = 2 * np.pi * frequency, _local_median(np.abs(impedance))
    decades, n = float(np.log10(omega.max() / omega.min())), len(omega)
    found: list[tuple[float, Reals]] = []
    for per_decade in (1.5, 2.25, 3.0, 4.0):
        terms = max(int(min(per_decade * decades + 2, 0.7 * n)), 3)
        misfit = _reweighted(omega, impedance, terms, modulus)
        scale = float(np.median(misfit)) / _MEDIAN + 1e-12
        found.append((scale / (1 - (terms + 3) / (2 * n)), misfit / scale))
    return np.asarray(min(found, key=lambda item: item[0])[1] > limit)


def _reweighted(omega: Reals, impedance: Complexes, terms: int, modulus: Reals) -> Reals:
    """Modulus of the relative residuals of an IRLS-Cauchy fit."""
    trust, misfit = np.ones(len(omega)), np.ones(len(omega))
    table = np.ascontiguousarray(model_table(omega, terms) / modulus).view(float).T
    target = np.ascontiguousarray(impedance / modulus).view(float)
    for _ in range(30):
        weights = np.repeat(np.sqrt(trust), 2)
        basis = np.linalg.qr(table * weights[:, None])[0]
        left = target - basis @ (basis.T @ (target * weights)) / weights
        misfit = np.hypot(left[::2], left[1::2])
        scaled = misfit * _MEDIAN / (float(np.median(misfit)) + 1e-12)
        new = 1 / (1 + (scaled / _CAUCHY) ** 2)
        if np.max(np.abs(new - trust)) < _SETTLED:
            break
        trust = new
    return np.asarray(misfit)


def _judged(frequency: Reals, impedance: Complexes, marked: Marks, limit: float) -> Marks:
    tested = kramers_kronig(frequency, impedance, ~marked, step=3)
    modulus = np.where(marked, np.abs(tested.fitted), np.abs(impedance))
    misfit = np.abs(impedance - tested.fitted) / modulus
    spread = leverage(2 * np.pi * frequency, modulus, tested.terms, ~marked)
    sizes = np.where(marked, 1 + spread, np.maximum(1 - spread, 0.5))
    kept = frequency[~marked]
    beyond = (frequency < kept.min()) | (frequency > kept.max())
    allowed = np.maximum(limit * tested.noise * np.sqrt(sizes), _LEAST)
    return np.asarray(misfit > allowed + np.where(beyond, _EXTRAPOLATED, 0.0))


def _local_median(values: Reals) -> Reals:
    wide = np.pad(values, 3, mode="reflect")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(wide, 7), axis=1))
