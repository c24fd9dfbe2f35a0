r"""The error structure of a spectrum: sigma^2 = a^2 + b^2 \|Z\|^2, before any point is left out for it.

The residuals r of a Kramers-Kronig model, which knows no circuit, have the standard deviation sigma in Re and Im each.
The ratio a/b is found by maximum likelihood over a grid: b^2 = mean(\|r\|^2/s^2)/2 for s^2 = (a/b)^2 + \|Z\|^2. Noise
in proportion (a = 0) is kept unless another structure is better by a likelihood ratio of `_SURE`; noise of one size
(b = 0) is taken where the two together are no better. A wrong structure leaves out good points and gives intervals that
are too narrow.

Source: P. Agarwal, M. E. Orazem, L. H. Garcia-Rubio, J. Electrochem. Soc. 142 (1995) 4159 (error structure from models
that obey the Kramers-Kronig relations).
"""

from __future__ import annotations

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.impedance_outliers import Marks
from halfcell.maths.kramers_kronig import KramersKronig, kramers_kronig, linear

_SURE, _SAME = 10.0, 2.0  # twice the logarithm of a likelihood ratio: for another structure; for one with less in it
_SEEN = 1e-4  # of |Z|: less is the model's own error or rounding
_RATIOS = np.geomspace(0.01, 100.0, 33)  # a/b in units of the median |Z|
_ROUNDS = 3  # of weights, by trial
_MEDIAN = float(np.sqrt(2 * np.log(2)))  # median of a Rayleigh variable of scale 1
_FAR = 6.0  # standard deviations: beyond it a point is an outlier (1.5e-8 of good points)
_TERMS = 20  # of the model at most, so that it does not follow an outlier


def noise_sizes(frequency: Reals, z: Complexes, used: Marks, wild: Marks) -> Reals:
    r"""What the noise of each point is proportional to; its median is that of \|Z\|.

    Judged with and without the points that may be outliers; noise in proportion gives \|Z\| itself.

    Parameters
    ----------
    frequency, z
        Hz and ohm, shape (n,).
    used, wild
        Which points count, and which may be outliers, shape (n,).

    Returns
    -------
    numpy.ndarray
        Ohm, shape (n,).

    Source: procedure of this package.
    """
    modulus = np.abs(z)
    if kramers_kronig(frequency, z, used).noise < _SEEN:
        return modulus
    chosen = (used, used & ~wild) if wild.any() else (used,)
    found = [_sizes(frequency, z, kept) for kept in chosen]
    return next((sizes for sizes in found if not np.array_equal(sizes, modulus)), modulus)


def _sizes(frequency: Reals, z: Complexes, kept: Marks) -> Reals:
    """The sizes by the residuals of a model that is fitted with them in turn."""
    sizes = np.abs(z)
    for _ in range(_ROUNDS):
        test: KramersKronig = kramers_kronig(frequency, z, kept, size=sizes, step=2)
        new = _likely(np.abs(test.residual * z), np.abs(z), kept)
        if np.allclose(new, sizes, rtol=1e-3):
            break
        sizes = new
    return sizes


def _likely(residual: Reals, modulus: Reals, kept: Marks) -> Reals:
    """The sizes of the most likely structure for residuals (n,) in ohm."""
    median = float(np.median(modulus[kept]))
    shapes = [modulus, *(np.hypot(ratio * median, modulus) for ratio in _RATIOS), np.full(len(modulus), median)]
    scores = np.array([_score(residual[kept], shape[kept]) for shape in shapes])
    best = int(np.argmin(scores))
    if scores[best] > scores[0] - _SURE:
        return modulus
    best = len(shapes) - 1 if scores[-1] < scores[best] + _SAME else best
    return np.asarray(shapes[best] * median / float(np.median(shapes[best][kept])))


def _score(residual: Reals, shape: Reals) -> float:
    """Minus twice the logarithm of the likelihood, for the most likely scale."""
    scale = float(np.mean((residual / shape) ** 2)) / 2
    return float(2 * len(residual) * np.log(max(scale, 1e-300)) + 4 * np.sum(np.log(shape)))


def is_of_one_size(sizes: Reals) -> bool:
    """Whether the noise has one size in ohm.

    Parameters
    ----------
    sizes
        What the noise is proportional to (ohm), shape (n,).

    Returns
    -------
    bool
        Whether all are equal but for rounding.

    Source: definition.
    """
    return bool(np.ptp(sizes) < 1e-9 * float(sizes.max()))


def parts(sizes: Reals, modulus: Reals, noise: float) -> tuple[float, float]:
    r"""Parts of a noise of structure, :math:`\sigma^2 = a^2 + b^2 |Z|^2`.

    Parameters
    ----------
    sizes, modulus
        What the noise is proportional to, and \|Z\| (ohm), shape (n,).
    noise
        Relative to the sizes.

    Returns
    -------
    tuple of float
        a (ohm) and b.

    Source: definition.
    """
    low, high = int(np.argmin(modulus)), int(np.argmax(modulus))
    slope = (sizes[high] ** 2 - sizes[low] ** 2) / max(modulus[high] ** 2 - modulus[low] ** 2, 1e-300)
    constant = max(float(sizes[low] ** 2 - slope * modulus[low] ** 2), 0.0)
    return noise * float(np.sqrt(constant)), noise * float(np.sqrt(max(slope, 0.0)))


def far_off(frequency: Reals, z: Complexes, used: Marks, marked: Marks, data: tuple[Reals, int]) -> Marks:
    """Which of the marked points are outliers for noise in proportion to sizes.

    Parameters
    ----------
    frequency, z
        Hz and ohm, shape (n,).
    used, marked
        Which points count, and which are judged, shape (n,).
    data
        The sizes (ohm), shape (n,), and the number of terms of the Kramers-Kronig model.

    Returns
    -------
    numpy.ndarray
        Marks, shape (n,).

    Source: as `maths.impedance_outliers`.
    """
    sizes, terms = data
    weights = np.where(used & ~marked, 1 / sizes, 0.0)
    misfit = np.abs(z - linear(2 * np.pi * frequency, z, min(terms, _TERMS), weights)) / sizes
    sigma = float(np.median(misfit[used & ~marked])) / _MEDIAN
    return np.asarray(marked & (misfit > _FAR * sigma))
