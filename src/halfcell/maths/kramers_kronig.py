r"""Kramers-Kronig test by linear least squares (Lin-KK), its order chosen by generalised cross-validation.

Model: Z = R0 + j omega L + 1/(j omega C) + sum_k R_k/(1 + j omega tau_k), with tau_k spaced evenly in the logarithm
over the measured range. Every term obeys the Kramers-Kronig relations, so what the model cannot follow is noise, drift
or an artefact. The number of terms M minimises GCV = RSS/(1 - p/n)^2. The residual, corrected for the degrees of
freedom, is then a model-free estimate of the noise, and comparing a circuit's residual with it shows whether the
circuit is adequate. (The mu criterion of the original paper stops far too early on simple circuits.)

Whether the data obey the relations is judged by fitting Re and Im each with their own R_k: if that fits significantly
better, one R_k for both is wrong.

Sources: B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885 (linear KK); M. Schoenleber, D. Klotz, E. Ivers-Tiffee,
Electrochim. Acta 131 (2014) 20 (Lin-KK, mu); G. H. Golub, M. Heath, G. Wahba, Technometrics 21 (1979) 215 (GCV).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]

_MOST = 60  # time constants, by trial: more follow the noise
_FEWEST_FREE = 4  # degrees of freedom of the F test: with fewer no ratio is significant
_MOST_PARAMETERS = 0.75  # of the data: with more the criterion has no maximum


@dataclass(frozen=True, eq=False)
class KramersKronig:
    """The test of one spectrum.

    `terms` M; `noise` rms of the residuals relative to |Z| or to the `size` given (Re and Im each), corrected for the
    degrees of freedom; `fitted` the model at every frequency, including those left out; `residual` (Z - fitted)/|Z|;
    `violation` rms of what one R_k for both parts cannot follow, beyond the noise; `p_value` of the F test of Re and Im
    fitted separately.
    """

    terms: int
    noise: float
    fitted: Complexes
    residual: Complexes
    violation: float
    p_value: float


def kramers_kronig(
    frequency: Reals,
    impedance: Complexes,
    used: NDArray[np.bool_] | None = None,
    step: int = 1,
    size: Reals | None = None,
) -> KramersKronig:
    r"""Test one spectrum, :math:`Z = R_0 + j\omega L + 1/(j\omega C) + \sum_k R_k/(1 + j\omega\tau_k)`.

    Parameters
    ----------
    frequency, impedance
        Hz and ohm, shape (n,).
    used
        Which points count, shape (n,); all where it is not given.
    step
        Only every so-many-th order is tried, which is enough to find outliers.
    size
        What the noise is proportional to, ohm, shape (n,); \|Z\| where it is not given.

    Returns
    -------
    KramersKronig
        The residuals, and `noise` and `violation` relative to `size`.

    Source: B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885; M. Schönleber et al., Electrochim. Acta 131 (2014) 20.
    """
    used = np.ones(len(frequency), dtype=bool) if used is None else used
    omega, size = 2 * np.pi * frequency, np.abs(impedance) if size is None else size
    span = (float(omega[used].min()), float(omega[used].max()))
    count = 2 * int(used.sum())
    trials = [m for m in _orders()[::step] if m + 3 <= _MOST_PARAMETERS * count]
    scores = []
    for terms in trials:
        residual = _residual(_table(omega, terms, span), impedance, size, used)
        scores.append(np.sum(residual**2) / (1 - (terms + 3) / count) ** 2)
    terms = trials[int(np.argmin(scores))]
    return _tested(omega, (impedance, size), used, terms, span)


def linear(omega: Reals, impedance: Complexes, terms: int, weights: Reals) -> Complexes:
    """The model fitted with weights, at every frequency.

    Parameters
    ----------
    omega, impedance, weights
        rad/s, ohm and 1/ohm, shape (n,).
    terms
        How many time constants it has.

    Returns
    -------
    numpy.ndarray
        Ohm, shape (n,).

    Source: B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885.
    """
    used = weights > 0
    table = _table(omega, terms, (float(omega[used].min()), float(omega[used].max())))
    solved = np.linalg.lstsq(_flat(table * weights).T, _flat(impedance * weights), rcond=1e-13)[0]
    return np.asarray(solved @ table)


def leverage(omega: Reals, modulus: Reals, terms: int, used: NDArray[np.bool_]) -> Reals:
    """Mean leverage of Re and Im of each point: variance of its fitted value over the variance of the noise.

    Parameters
    ----------
    omega, modulus
        rad/s and what the noise is proportional to (ohm), shape (n,).
    terms
        Time constants of the model.
    used
        Which points are fitted, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shape (n,): between 0 and 1 for points that are fitted.

    Source: D. C. Hoaglin, R. E. Welsch, Am. Stat. 32 (1978) 17.
    """
    table = _table(omega, terms, (float(omega[used].min()), float(omega[used].max()))) / modulus
    _, triangle = np.linalg.qr(_flat(table[:, used]).T)
    rows = _flat(table).T
    solved = np.linalg.lstsq(triangle.T, rows.T, rcond=1e-13)[0]
    return np.asarray(0.5 * np.sum(solved**2, axis=0).reshape(-1, 2).sum(axis=1))


def _orders() -> list[int]:
    return [*range(3, 24), *range(24, _MOST + 1, 2)]


def model_table(omega: Reals, terms: int) -> Complexes:
    r"""Columns of the model over the whole range of frequencies: :math:`1,\ j\omega,\ 1/(j\omega),\ 1/(1 +
    j\omega\tau_k)`.

    Parameters
    ----------
    omega
        Angular frequencies (rad/s), shape (n,).
    terms
        How many time constants it has.

    Returns
    -------
    numpy.ndarray
        One row per column of the model, shape (terms + 3, n); frequencies relative to the middle of the range.

    Source: B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885.
    """
    return _table(omega, terms, (float(omega.min()), float(omega.max())))


def _table(omega: Reals, terms: int, span: tuple[float, float]) -> Complexes:
    """Columns of the model as rows, (terms + 3, n)."""
    tau = 1 / np.geomspace(span[1], span[0], terms)
    arcs = 1 / (1 + 1j * omega * tau[:, None])
    mean = np.sqrt(span[0] * span[1])
    return np.concatenate([np.ones((1, len(omega))), [1j * omega / mean], [mean / (1j * omega)], arcs])


def _flat(values: Complexes) -> Reals:
    return np.asarray(np.ascontiguousarray(values).view(float))


def _residual(table: Complexes, impedance: Complexes, modulus: Reals, used: NDArray[np.bool_]) -> Reals:
    """Residual of a least-squares fit, by projection."""
    basis = np.linalg.qr(_flat((table / modulus)[:, used]).T)[0]
    target = _flat((impedance / modulus)[used])
    left = target - basis @ (basis.T @ target)
    return np.asarray(left - basis @ (basis.T @ left))  # twice is enough


def _tested(
    omega: Reals,
    data: tuple[Complexes, Reals],
    used: NDArray[np.bool_],
    terms: int,
    span: tuple[float, float],
) -> KramersKronig:
    impedance, size = data
    table = _table(omega, terms, span)
    joint = _residual(table, impedance, size, used)
    fitted = linear(omega, impedance, terms, np.where(used, 1 / size, 0.0))
    n, p = len(joint), terms + 3
    noise = float(np.sqrt(np.sum(joint**2) / (n - p)))
    violation, p_value = _fitted_apart(table, impedance / size, used, float(np.sum(joint**2)), size)
    return KramersKronig(terms, noise, fitted, (impedance - fitted) / np.abs(impedance), violation, p_value)


def _fitted_apart(
    table: Complexes, scaled: Complexes, used: NDArray[np.bool_], joint: float, size: Reals
) -> tuple[float, float]:
    """F test of Re and Im fitted with their own R_k against one R_k for both: violation and p-value."""
    from scipy.special import fdtrc

    n = 2 * int(used.sum())
    columns = (table[:, used] / size[used]).T
    z = scaled[used]
    apart, spent = 0.0, 0
    for part, rows, target in (
        (columns.real, [0, *range(3, len(table))], z.real),
        (columns.imag, [1, 2, *range(3, len(table))], z.imag),
    ):
        basis = np.linalg.qr(part[:, rows])[0]
        left = target - basis @ (basis.T @ target)
        apart, spent = apart + float(np.sum(left**2)), spent + len(rows)
    more, freedom = spent - len(table), n - spent
    if freedom < _FEWEST_FREE or more < 1 or apart <= 0:
        return 0.0, 1.0
    ratio = max((joint - apart) / more, 0.0) / (apart / freedom)
    excess = max(joint / (n - len(table)) - apart / freedom, 0.0)
    return float(np.sqrt(excess)), float(fdtrc(more, freedom, ratio))
