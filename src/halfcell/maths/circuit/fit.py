r"""A batched Levenberg-Marquardt: thousands of complex spectra, each from several starts, in one call.

Minimised per spectrum: S = sum_i w_i^2 |Z(theta, omega_i) - Z_i|^2, so Re and Im count alike; w = 1/|Z| for modulus
weights, 1/sigma where a standard deviation per point is known. All lanes (a spectrum from a start) step together:
normal matrices are solved as one stack, Marquardt's damping scales with their diagonal and follows Nielsen's rule,
steps are limited to 2 in a logarithm and 0.3 in an exponent, an exponent at its bound that is pushed outward is held
(active set), finished lanes leave the batch.

Sources: D. W. Marquardt, J. SIAM 11 (1963) 431; H. B. Nielsen, Damping parameter in Marquardt's method,
IMM-REP-1999-05, Technical University of Denmark (1999).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model, order_arcs

_BLOCK = 192  # lanes at a time: the derivatives of a block stay in the cache
_NO_COST = 1e-26  # of the weighted data: exact to rounding


@dataclass(frozen=True, eq=False)
class Fits:
    """The best fit of each spectrum.

    `theta` (spectra, parameters) internal; `cost` (spectra,) S at the optimum; `starts` and `reached` (spectra,): how
    many starts were tried and how many came to the optimum (within 0.1 % in S); `iterations` of the best lane.
    """

    theta: Reals
    cost: Reals
    starts: NDArray[np.int64]
    reached: NDArray[np.int64]
    iterations: NDArray[np.int64]


def fit(model: Model, log_omega: Reals, impedance: Complexes, weights: Reals, starts: list[Reals]) -> Fits:
    """Fit spectra (spectra, frequencies) with weights of the same shape from starts, one (k, parameters) a spectrum.

    Returns
    -------
    Fits
        The lowest minimum of each spectrum, arcs ordered by time constant.
    """
    owner = np.repeat(np.arange(len(starts)), [len(s) for s in starts])
    first = np.concatenate(starts)
    theta, cost, steps = np.empty_like(first), np.empty(len(first)), np.empty(len(first), dtype=np.int64)
    for begin in range(0, len(first), _BLOCK):
        part = slice(begin, begin + _BLOCK)
        lanes = _Lanes(model, log_omega, impedance[owner[part]], weights[owner[part]], first[part])
        theta[part], cost[part], steps[part] = lanes.run()
    size = np.sum((weights * np.abs(impedance)) ** 2, axis=1)
    return _best(model, theta, cost, steps, owner, size)


def _best(model: Model, theta: Reals, cost: Reals, steps: Any, owner: Any, size: Reals) -> Fits:
    count = len(size)
    order = np.lexsort((cost, owner))
    begins = np.searchsorted(owner[order], np.arange(count))
    best = order[begins]
    floor = cost[best] * 1.001 + 1e-16 * size  # exact data: all that is rounding is one optimum
    near = cost <= floor[owner]
    reached = np.bincount(owner, weights=near, minlength=count).astype(np.int64)
    tried = np.bincount(owner, minlength=count).astype(np.int64)
    return Fits(order_arcs(model, theta[best]), cost[best], tried, reached, steps[best])


class _Lanes:
    """The state of one block of lanes."""

    def __init__(self, model: Model, log_omega: Reals, data: Complexes, weights: Reals, theta: Reals) -> None:
        self.model = model
        self.log_omega = log_omega
        self.data = data
        self.weights = weights
        self.low, self.high = model.bounds
        self.limit = np.where(np.isfinite(self.low), 0.3, 2.0)
        self.theta = np.clip(theta, self.low, self.high)
        self.damping = np.full(len(theta), 1e-3)
        self.growth = np.full(len(theta), 2.0)
        self.floor = _NO_COST * np.sum((weights * np.abs(data)) ** 2, axis=1)
        self.slopes, self.residual, self.cost = self.at(self.theta)

    def run(self, iterations: int = 120) -> tuple[Reals, Reals, NDArray[np.int64]]:
        """Step until every lane is finished; return parameters, costs and iterations, in the order given."""
        theta, cost = self.theta.copy(), self.cost.copy()
        steps = np.zeros(len(theta), dtype=np.int64)
        alive = np.arange(len(theta))
        for count in range(1, iterations + 1):
            done = self.step()
            theta[alive], cost[alive], steps[alive] = self.theta, self.cost, count
            if done.all():
                break
            if done.any():
                alive = alive[~done]
                self.keep(~done)
        return theta, cost, steps

    def at(self, theta: Reals) -> tuple[Reals, Reals, Reals]:
        """Weighted derivatives (lanes, parameters, 2 frequencies), residuals (lanes, 2 frequencies) and costs."""
        z, slopes = self.model.evaluate(theta, self.log_omega)
        slopes *= self.weights[:, None, :]
        residual = (z - self.data) * self.weights
        flat = residual.view(float)
        return slopes.view(float), flat, np.einsum("bf,bf->b", flat, flat)

    def step(self) -> NDArray[np.bool_]:
        """One trial step of every lane; return which lanes are finished."""
        normal = self.slopes @ self.slopes.transpose(0, 2, 1)
        gradient = np.einsum("bpf,bf->bp", self.slopes, self.residual)
        move, predicted = self.solve(normal, gradient)
        trial = np.clip(self.theta + move, self.low, self.high)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            slopes, residual, cost = self.at(trial)
        better = cost < self.cost  # not a number is not better
        gain = np.where(better, (self.cost - cost) / np.maximum(predicted, 1e-300), -1.0)
        small = predicted <= 1e-11 * self.cost
        done = (small & (self.damping < 1e-2)) | (self.cost <= self.floor) | (self.damping > 1e10)
        shrink = np.maximum(1 / 3, 1 - (2 * np.minimum(gain, 1.0) - 1) ** 3)
        self.damping = np.where(better, np.maximum(self.damping * shrink, 1e-12), self.damping * self.growth)
        self.growth = np.where(better, 2.0, self.growth * 2)
        self.theta[better], self.cost[better] = trial[better], cost[better]
        self.slopes[better], self.residual[better] = slopes[better], residual[better]
        return np.asarray(done)

    def solve(self, normal: Reals, gradient: Reals) -> tuple[Reals, Reals]:
        """The damped step and the decrease it promises; parameters held at a bound do not move."""
        held = ((self.theta <= self.low) & (gradient > 0)) | ((self.theta >= self.high) & (gradient < 0))
        gradient = np.where(held, 0.0, gradient)
        free = ~held
        normal = normal * (free[:, :, None] & free[:, None, :])
        diagonal = np.einsum("bpp->bp", normal)  # a view: written through
        scale = np.maximum(diagonal, 1e-12 * diagonal.max(axis=1, keepdims=True) + 1e-300)
        diagonal += self.damping[:, None] * scale + held + 1e-15 * scale
        move = -np.linalg.solve(normal, gradient[:, :, None])[:, :, 0]
        shrink = np.minimum(1.0, np.min(self.limit / np.maximum(np.abs(move), 1e-300), axis=1))
        along = np.einsum("bp,bp->b", move, gradient)
        curve = -along - self.damping * np.einsum("bp,bp->b", move, scale * move)
        return move * shrink[:, None], -shrink * (2 * along + shrink * curve)

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Drop the finished lanes."""
        for name in ("data", "weights", "theta", "damping", "growth", "floor", "slopes", "residual", "cost"):
            setattr(self, name, getattr(self, name)[kept])
