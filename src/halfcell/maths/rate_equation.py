"""The rate equation of Tian et al.: how the capacity falls with rate, in three numbers.

``Q(R) = Q_M (1 - (R tau)^n (1 - exp(-(R tau)^-n)))`` with the rate `R` = current over the capacity measured at that
current (1/h), `Q_M` the capacity at low rate, `tau` the time (h) whose inverse is the rate at which the capacity has
fallen to Q_M / e, and `n` how steeply it falls: about 0.5 where diffusion is limiting, about 1 where resistance is.

Source: R. Tian et al., Nat. Commun. 10 (2019) 1933, eq. 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_REDUCED = (-27.0, 200.0)  # limits of ln (R tau)^n, beyond which nothing changes


@dataclass(frozen=True, kw_only=True)
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
        """Capacity at rates (1/h)."""
        return capacity_at(rate, self.capacity, self.time_h, self.exponent)


def capacity_at(rate: Floats, capacity: float, time_h: float, exponent: float) -> Floats:
    """The rate equation; the result has the unit of `capacity`."""
    reduced = np.exp(np.clip(exponent * np.log(np.asarray(rate, float) * time_h), *_REDUCED))
    fallen: Floats = capacity * (1.0 + reduced * np.expm1(-1.0 / reduced))
    return fallen


def slopes_at(rate: Floats, capacity: float, time_h: float, exponent: float) -> Floats:
    """Derivatives of the rate equation by the logarithms of its three numbers, one column each."""
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
        Current over measured capacity (1/h), at least four different values.
    capacity
        Measured capacities, in any unit.

    Raises
    ------
    Refused
        If there are fewer than four rates, if the capacity falls by less than 10 % (then tau and n cannot be
        determined), or if a value is as uncertain as it is large.
    """
    from scipy.optimize import least_squares

    rate, capacity = np.asarray(rate, float), np.asarray(capacity, float)
    if len(rate) < 4:
        raise Refused(f"{len(rate)} rates are too few for the rate equation", hint="measure four or more")
    if capacity.min() > 0.9 * capacity.max():
        raise Refused("the capacity falls by less than 10 % over the rates: tau and n cannot be determined")

    def deviation(logs: Floats) -> Floats:
        return capacity_at(rate, *np.exp(logs)) / capacity - 1.0

    def slopes(logs: Floats) -> Floats:
        return slopes_at(rate, *np.exp(logs)) / capacity[:, None]

    top, middle = float(capacity.max()), 0.3 / float(np.median(rate))
    starts = [(top, time, n) for time in (middle / 10.0, middle) for n in (0.5, 1.0)]
    found = [least_squares(deviation, np.log(s), slopes, method="lm", xtol=1e-14, ftol=1e-14) for s in starts]
    best = min(found, key=lambda one: one.cost)
    scatter = float(np.sqrt(2.0 * best.cost / max(len(rate) - 3, 1)))
    return _with_uncertainties(np.exp(best.x), slopes(best.x), scatter)


def _with_uncertainties(values: Floats, jacobian: Floats, scatter: float) -> RateFit:
    """The fitted values with their standard uncertainties; refused where one is as uncertain as it is large."""
    covariance = scatter**2 * np.linalg.pinv(jacobian.T @ jacobian)
    relative = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    if not relative.max() < 1.0:
        raise Refused("the capacities do not determine Q_M and tau separately", hint="measure at lower rates as well")
    stds = values * relative
    return RateFit(
        capacity=float(values[0]),
        time_h=float(values[1]),
        exponent=float(values[2]),
        capacity_std=float(stds[0]),
        time_std_h=float(stds[1]),
        exponent_std=float(stds[2]),
        scatter=scatter,
    )
