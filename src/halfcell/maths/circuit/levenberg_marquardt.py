r"""A batched Levenberg-Marquardt fit: thousands of complex spectra, each from several starts, in one call.

Minimised for each spectrum: S = sum_i w_i^2 |Z(theta, omega_i) - Z_i|^2, so that Re and Im have equal weight; w = 1/|Z|
for modulus weights, 1/sigma where a standard deviation per point is known. A lane is one spectrum from one start. All
lanes step together: their normal matrices are solved as one stack, Marquardt's damping scales with the diagonals and
follows Nielsen's rule, steps are limited to 2 in a logarithm and 0.3 in an exponent, an exponent at its bound that is
pushed outward is held (active set), and finished lanes leave the batch. Lanes of one spectrum that have converged to
the same place continue as one. Lanes whose S is 30 times that of the best lane of their spectrum after 10 steps are
given up (of 1,500 simulated spectra at three noise levels, one lost its optimum in this way). The first round ends
when the predicted decrease is below 1e-5 of S; the best lane of each spectrum then continues to 1e-11.

Sources: D. W. Marquardt, J. SIAM 11 (1963) 431; H. B. Nielsen, Damping parameter in Marquardt's method,
IMM-REP-1999-05, Technical University of Denmark (1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model, order_arcs

Places = NDArray[np.int64]

_BLOCK = 800  # lanes at a time: enough that a step costs arithmetic, few enough for the memory
_NEAR = 0.05  # of the step limits: lanes this near to the best lane of their spectrum converge to the same optimum
_BEHIND, _PATIENCE = 30.0, 10  # times the cost of the best lane, for so many steps: a lane that is given up
_FINE = 1e-8  # a tolerance above this is that of the first round
_STALLED = {
    True: 1e-4,
    False: 1e-7,
}  # of S: a lane that falls by less in 12 steps, as it does where a size runs to zero
_LOOKED_AT = 12  # steps after which a fit that has gained nothing since the last look ends, chosen
_EQUAL, _CLOSE = 1e-4, 1.05  # ratios of S: the same optimum; what the last steps may still gain
_STEPS = 120  # of a round, at most
_NO_COST = 1e-26  # of the weighted data: exact to rounding
_COMPARED = 2  # of each four steps, the one after which lanes are compared
_FREE, _STUCK = 1e-2, 1e10  # dampings: a step that is Gauss and Newton's own; one that no longer moves
_SAME = 1.001  # of S of the best lane: the same optimum
_ROUNDED = 1e-16  # of the size of the data, squared: rounding
_FARTHER = 10  # times _EQUAL: above it a fit is not the known optimum


@dataclass(frozen=True, eq=False)
class Fits:
    """The best fit of each spectrum.

    `theta` (spectra, parameters) internal parameters; `cost` (spectra,) S at the optimum; `starts` and `reached`
    (spectra,): how many starts were tried and how many reached the optimum (within 0.1 % of S).
    """

    theta: Reals
    cost: Reals
    starts: NDArray[np.int64]
    reached: NDArray[np.int64]


def fit(
    model: Model,
    log_omega: Reals,
    impedance: Complexes,
    weights: Reals,
    starts: list[Reals],
    known: Reals | None = None,
) -> Fits:
    r"""Fit spectra from several starts each: the least :math:`S = \sum w^2 |Z(\theta) - Z|^2`.

    Parameters
    ----------
    model
        The circuit.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    impedance, weights
        Spectra in ohm and what each point weighs (1/ohm), shape (spectra, frequencies).
    starts
        Internal parameters of each spectrum, shape (k, parameters).
    known
        S of optima found before, shape (spectra,): a fit that ends at the same S, or far above it, is not continued to
        the last digits, since it will not be taken.

    Returns
    -------
    Fits
        The lowest minimum of each spectrum, arcs ordered by time constant.

    Source: D. W. Marquardt, J. SIAM 11 (1963) 431; H. B. Nielsen, report IMM-REP-1999-05, Technical University of
    Denmark, for the rule of the damping.
    """
    owner = np.repeat(np.arange(len(starts)), [len(s) for s in starts])
    first = np.concatenate(starts)
    theta, cost = _blocks(model, log_omega, (impedance, weights), first, owner, 1e-5)
    best = _leaders(cost, owner, len(starts))
    size = np.sum((weights * np.abs(impedance)) ** 2, axis=1)
    near = cost <= (cost[best] * _SAME + _ROUNDED * size)[owner]  # in exact data, differences by rounding do not count
    ends, costs = theta[best], cost[best]
    places = np.arange(len(starts)) if known is None else np.flatnonzero(_open(costs, known))
    if len(places):
        data = impedance[places], weights[places]
        ends[places], costs[places] = _blocks(model, log_omega, data, ends[places], np.arange(len(places)), 1e-11)
    reached = np.bincount(owner, weights=near, minlength=len(starts)).astype(np.int64)
    tried = np.bincount(owner, minlength=len(starts)).astype(np.int64)
    return Fits(theta=order_arcs(model, ends), cost=costs, starts=tried, reached=reached)


def _open(cost: Reals, known: Reals) -> NDArray[np.bool_]:
    """Whether fits that were not continued may still become better than known ones, or are."""
    near = (cost > known * (1 + _FARTHER * _EQUAL)) & (cost < known * _CLOSE)
    return np.asarray((cost < known * (1 - _EQUAL)) | near)


def _blocks(
    model: Model, log_omega: Reals, data: tuple[Complexes, Reals], theta: Reals, owner: Places, tolerance: float
) -> tuple[Reals, Reals]:
    """Final parameters and costs of all lanes, run block by block; the lanes of one spectrum stay in one block."""
    ends, cost = np.empty_like(theta), np.empty(len(theta))
    edges, begin = np.flatnonzero(np.diff(owner, append=-1)) + 1, 0
    while begin < len(theta):
        stop = int(
            edges[max(np.searchsorted(edges, begin + _BLOCK, side="right") - 1, np.searchsorted(edges, begin + 1))]
        )
        part = slice(begin, stop)
        lanes = _Lanes(model, log_omega, (data[0][owner[part]], data[1][owner[part]]), theta[part], owner[part])
        ends[part], cost[part] = lanes.run(tolerance)
        begin = stop
    return ends, cost


def _leaders(cost: Reals, owner: Places, count: int) -> Places:
    """The lane of lowest cost of each spectrum."""
    order = np.lexsort((cost, owner))
    return order[np.minimum(np.searchsorted(owner[order], np.arange(count)), len(order) - 1)]


class _Lanes:
    """The state of one block of lanes."""

    def __init__(
        self, model: Model, log_omega: Reals, data: tuple[Complexes, Reals], theta: Reals, owner: Places
    ) -> None:
        self.model = model
        self.log_omega = log_omega
        self.data, self.weights = data
        self.owner = owner
        self.low, self.high = model.bounds
        self.limit = np.where(np.isfinite(self.low), 0.3, 2.0)
        self.theta = np.clip(theta, self.low, self.high)
        self.damping = np.full(len(theta), 1e-3)
        self.growth = np.full(len(theta), 2.0)
        self.floor = _NO_COST * np.sum((self.weights * np.abs(self.data)) ** 2, axis=1)
        self.slopes, self.residual, self.cost = self.at(self.theta)

    def run(self, tolerance: float, iterations: int = _STEPS) -> tuple[Reals, Reals]:
        """Step until every lane is finished; return parameters and costs in the order given."""
        theta, cost = self.theta.copy(), self.cost.copy()
        before, stalled = self.cost.copy(), _STALLED[tolerance > _FINE]
        leader, alive = np.arange(len(theta)), np.arange(len(theta))
        for count in range(1, iterations + 1):
            done = self.step(tolerance)
            theta[alive], cost[alive] = self.theta, self.cost
            if count % 4 == _COMPARED and len(alive) > 1:
                joined, hopeless = self.compared()
                leader[alive] = alive[joined]
                done |= (joined != np.arange(len(alive))) | (hopeless if count >= _PATIENCE else False)
            if count % _LOOKED_AT == 0:
                done |= before[alive] - self.cost <= stalled * self.cost
                before[alive] = self.cost
            if done.all():
                break
            if done.any():
                alive = alive[~done]
                self.keep(~done)
        for _ in range(8):  # a lane that joined another ends where that one ends, which may have joined a third
            leader = leader[leader]
        return theta[leader], cost[leader]

    def compared(self) -> tuple[Places, NDArray[np.bool_]]:
        """For each lane the best lane of its spectrum if it is near, else itself; and whether it is far behind."""
        best = _leaders(self.cost, self.owner, int(self.owner.max()) + 1)[self.owner]
        ordered = order_arcs(self.model, self.theta)
        apart = np.max(np.abs(ordered - ordered[best]) / self.limit, axis=1)
        behind = ~(self.cost <= _BEHIND * self.cost[best] + self.floor)
        return np.where(apart < _NEAR, best, np.arange(len(best))), behind

    def at(self, theta: Reals) -> tuple[Reals, Reals, Reals]:
        """Weighted derivatives (lanes, parameters, 2 frequencies), residuals (lanes, 2 frequencies) and costs."""
        z, slopes = self.model.evaluate(theta, self.log_omega)
        slopes *= self.weights[:, None, :]
        residual = (z - self.data) * self.weights
        flat = residual.view(float)
        return slopes.view(float), flat, np.einsum("bf,bf->b", flat, flat)

    def step(self, tolerance: float) -> NDArray[np.bool_]:
        """Make one trial step of every lane; return which lanes are finished."""
        normal = self.slopes @ self.slopes.transpose(0, 2, 1)
        gradient = np.einsum("bpf,bf->bp", self.slopes, self.residual)
        move, predicted = self.solve(normal, gradient)
        trial = np.clip(self.theta + move, self.low, self.high)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            slopes, residual, cost = self.at(trial)
        better = cost < self.cost  # false for NaN
        gain = np.where(better, (self.cost - cost) / np.maximum(predicted, 1e-300), -1.0)
        small = predicted <= tolerance * self.cost
        done = (small & (self.damping < _FREE)) | (self.cost <= self.floor) | (self.damping > _STUCK)
        shrink = np.maximum(1 / 3, 1 - (2 * np.minimum(gain, 1.0) - 1) ** 3)
        self.damping = np.where(better, np.maximum(self.damping * shrink, 1e-12), self.damping * self.growth)
        self.damping = np.minimum(self.damping, 1e15)
        self.growth = np.where(better, 2.0, np.minimum(self.growth * 2, 1e6))
        self.theta[better], self.cost[better] = trial[better], cost[better]
        self.slopes[better], self.residual[better] = slopes[better], residual[better]
        return np.asarray(done)

    def solve(self, normal: Reals, gradient: Reals) -> tuple[Reals, Reals]:
        """The damped step and the decrease it predicts; parameters held at a bound do not move."""
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
        for name in ("data", "weights", "owner", "theta", "damping", "growth", "floor", "slopes", "residual", "cost"):
            setattr(self, name, getattr(self, name)[kept])
