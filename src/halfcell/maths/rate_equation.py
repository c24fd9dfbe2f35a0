"""The rate equation of Tian et al.: how the capacity falls with rate, in three numbers.

``Q(R) = Q_M (1 - (R tau)^n (1 - exp(-(R tau)^-n)))`` with the rate `R` = current over the capacity measured at that
current (1/h), `Q_M` the capacity at low rate, `tau` the time (h) whose inverse is the rate at which the capacity has
fallen to Q_M / e, and `n` how steeply it falls: about 0.5 where diffusion is limiting, about 1 where resistance is.

The rate is formed with the measured capacity, so that an error of the capacity moves the point along the curve as well:
of an error e the deviation from the curve shows (1 + d ln Q/d ln R) e, little where the capacity falls steeply. Points
are weighted by its inverse, and the uncertainties carry Student's factor, since the scatter is that of few rates.

Source: R. Tian et al., Nat. Commun. 10 (2019) 1933, eq. 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.students_t import students_factor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LEAST_SHOWN = 0.2  # part of an error that a deviation shows at least: where it shows less the curve is nearly vertical
_MOST_SCATTER = 0.2  # relative: capacities that scatter more do not follow the equation
_FAR = 10.0  # times the largest capacity: a Q_M beyond it is no more than where the fit ended
_OPEN, _LOWER = "the capacities do not determine Q_M and tau separately", "measure at lower rates as well"
_ROUNDS = 4  # of fit and weights
_REDUCED = (-27.0, 200.0)  # limits of ln (R tau)^n, beyond which nothing changes
_FEWEST = 4  # rates: three numbers and a deviation


@dataclass(frozen=True)
class RateFit:
    """A fit of the rate equation: values, their standard uncertainties, and the relative scatter of the capacities."""

    capacity: float
    time_h: float
    exponent: float
    capacity_std: float
    time_std_h: float
    exponent_std: float
    scatter: float

    def at(self, rate: Floats) -> Floats:
        """Capacity (its own unit) at rates (1/h), shape (n,) each."""
        return capacity_at(rate, self.capacity, self.time_h, self.exponent)


def capacity_at(rate: Floats, capacity: float, time_h: float, exponent: float) -> Floats:
    r"""The rate equation, :math:`Q = Q_M (1 - (R\tau)^n (1 - e^{-(R\tau)^{-n}}))`.

    Parameters
    ----------
    rate
        R (1/h), shape (n,).
    capacity, time_h, exponent
        Q_M in any unit, tau (h) and n.

    Returns
    -------
    numpy.ndarray
        In the unit of `capacity`, shape (n,).

    Source: R. Tian et al., Nat. Commun. 10 (2019) 1933, eq. 2.
    """
    reduced = np.exp(np.clip(exponent * np.log(np.asarray(rate, float) * time_h), *_REDUCED))
    fallen: Floats = capacity * (1.0 + reduced * np.expm1(-1.0 / reduced))
    return fallen


def slopes_at(rate: Floats, capacity: float, time_h: float, exponent: float) -> Floats:
    """Derivatives of the rate equation by the logarithms of Q_M, tau and n.

    Parameters
    ----------
    rate
        R (1/h), shape (n,).
    capacity, time_h, exponent
        As in `capacity_at`.

    Returns
    -------
    numpy.ndarray
        In the unit of `capacity`, shape (n, 3).

    Source: derivatives of R. Tian et al., Nat. Commun. 10 (2019) 1933, eq. 2.
    """
    wanted = exponent * np.log(np.asarray(rate, float) * time_h)
    power = np.clip(wanted, *_REDUCED)
    reduced = np.exp(power)
    fall = np.expm1(-1.0 / reduced)
    by_power = np.where(power == wanted, capacity * (reduced * fall + np.exp(-1.0 / reduced)), 0.0)
    return np.stack((capacity * (1.0 + reduced * fall), exponent * by_power, power * by_power), axis=1)


def fit_rate(rate: Floats, capacity: Floats) -> RateFit:
    """Fit the rate equation to capacities at rates, by least squares on relative deviations.

    Parameters
    ----------
    rate
        Current over measured capacity (1/h), at least four different values, shape (n,).
    capacity
        Measured capacities, in any unit, shape (n,).

    Returns
    -------
    RateFit
        Q_M (unit of `capacity`), tau (h) and n with their uncertainties, and the scatter of the capacities.

    Raises
    ------
    Refused
        If there are fewer than four rates, if the capacity falls by less than 10 % (then tau and n cannot be
        determined), if capacities scatter by more than 20 %, or if a value is as uncertain as it is large.

    Source: R. Tian et al., Nat. Commun. 10 (2019) 1933, eq. 2; the weights are a procedure of this package.
    """
    from scipy.optimize import least_squares

    rate, capacity = _enough(rate, capacity)
    weight = np.ones(len(rate))

    def deviation(logs: Floats) -> Floats:
        return weight * (capacity_at(rate, *_numbers(logs)) / capacity - 1.0)

    def slopes(logs: Floats) -> Floats:
        return slopes_at(rate, *_numbers(logs)) * (weight / capacity)[:, None]

    top, middle = float(capacity.max()), 0.3 / float(np.median(rate))
    starts = [np.log((top, time, n)) for time in (middle / 10.0, middle) for n in (0.5, 1.0)]
    for _ in range(_ROUNDS):
        found = [least_squares(deviation, s, slopes, method="lm", xtol=1e-14, ftol=1e-14) for s in starts]
        best = min(found, key=lambda one: one.cost)
        if best.x[0] > np.log(_FAR * top):
            raise Refused(_OPEN, hint=_LOWER)
        _determined(slopes(best.x), deviation(best.x))
        starts, weight = [best.x], _weights(rate, np.exp(best.x))
    left = capacity_at(rate, *np.exp(best.x)) / capacity - 1.0
    scatter = float(np.sqrt(left @ left / max(len(rate) - 3, 1)))
    if scatter > _MOST_SCATTER:
        raise Refused(
            f"the capacities scatter by {100 * scatter:.0f} % around it", hint="does the schedule limit them?"
        )
    stds = np.exp(best.x) * _determined(slopes(best.x), deviation(best.x)) * students_factor(len(rate) - 3)
    capacity_found, time_h, exponent = (float(v) for v in np.exp(best.x))
    capacity_std, time_std, exponent_std = (float(v) for v in stds)
    return RateFit(capacity_found, time_h, exponent, capacity_std, time_std, exponent_std, scatter)


def _determined(jacobian: Floats, left: Floats) -> Floats:
    """Relative standard uncertainties of the three numbers by the scatter; refused where one is as large as it."""
    variance = float(left @ left) / max(len(left) - 3, 1)
    covariance = variance * np.asarray(np.linalg.pinv(jacobian.T @ jacobian), float)
    relative: Floats = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    if not relative.max() < 1.0:
        raise Refused(_OPEN, hint=_LOWER)
    return relative


def _enough(rate: Floats, capacity: Floats) -> tuple[Floats, Floats]:
    """Rates and capacities as arrays; refused where they are too few or do not fall."""
    rate, capacity = np.asarray(rate, float), np.asarray(capacity, float)
    if len(rate) < _FEWEST:
        raise Refused(f"{len(rate)} rates are too few for the rate equation", hint="measure four or more")
    if capacity.min() > 0.9 * capacity.max():
        raise Refused("the capacity falls by less than 10 % over the rates: tau and n cannot be determined")
    return rate, capacity


def _numbers(logs: Floats) -> Floats:
    """The three numbers from their logarithms, within what a computer holds."""
    found: Floats = np.exp(np.clip(logs, -100.0, 100.0))
    return found


def _weights(rate: Floats, values: Floats) -> Floats:
    """The inverse of the part of a capacity's error that its deviation from the curve shows."""
    capacity, time_h, exponent = (float(v) for v in values)
    step = 1e-4
    high, low = (capacity_at(rate * factor, capacity, time_h, exponent) for factor in (1.0 + step, 1.0 - step))
    steepness = np.log(high / low) / np.log((1.0 + step) / (1.0 - step))
    inverse: Floats = 1.0 / np.maximum(1.0 + steepness, _LEAST_SHOWN)
    return inverse
