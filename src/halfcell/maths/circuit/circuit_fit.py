"""Fit one circuit to one spectrum or to thousands: starts, batched fit and uncertainty in one call."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.levenberg_marquardt import Fits, Places, fit
from halfcell.maths.circuit.model import Model, build
from halfcell.maths.circuit.nested import (
    Signature,
    nested_starts,
    signature,
    smaller_circuits,
    vanished_starts,
)
from halfcell.maths.circuit.porous import has_line, line_fits
from halfcell.maths.circuit.restarts import restarts
from halfcell.maths.circuit.start_values import starts
from halfcell.maths.circuit.uncertainty import Uncertainty, uncertainty

RESOLUTION = 1e-6  # weighted residuals below this (of |Z|) are rounding errors, which do not rank circuits
_ROUNDS = 4  # of further starts at most, each from a better optimum


@dataclass(frozen=True, eq=False)
class Fitted:
    """One circuit fitted to one spectrum.

    `theta` internal parameters; `cost` the weighted sum of squares S; `bic` n ln(S/n) + p ln n (S/n at least 1e-12);
    `uncertainty` natural values with their uncertainties; `starts`, `reached`: how many starts were tried and how many
    ended here; `below`: optima (1, parameters) of the smaller circuits that were fitted on the way.
    """

    model: Model
    theta: Reals
    cost: float
    bic: float
    uncertainty: Uncertainty
    starts: int
    reached: int
    below: Mapping[Signature, Reals] = dataclasses.field(default_factory=dict)

    @property
    def values(self) -> dict[str, float]:
        """Natural parameters by name."""
        return dict(zip(self.model.names, self.uncertainty.values.tolist(), strict=True))

    def impedance(self, frequency: Reals) -> Complexes:
        """The fitted impedance (ohm), shape (n,), at frequencies (Hz), shape (n,)."""
        return np.asarray(self.model.evaluate(self.theta[None, :], np.log(2 * np.pi * frequency))[0][0])


def fit_spectra(
    circuit: str,
    frequency: Reals,
    impedance: Complexes,
    weights: Reals | None = None,
    keep: int = 6,
    known: Mapping[Signature, Reals] | None = None,
) -> tuple[Fitted, ...]:
    r"""Fit a circuit to spectra that share their frequencies: the least :math:`S = \sum w^2 |Z(\theta) - Z|^2`.

    Parameters
    ----------
    circuit
        A circuit string in any notation that `grammar.parse` reads.
    frequency, impedance
        Hz, shape (n,), and ohm, shape (spectra, n).
    weights
        1/ohm, shape (spectra, n); zero leaves a point out. None stands for modulus weights 1/\|Z\|.
    keep
        Number of starts per spectrum (per round, for circuits that need more than one).
    known
        Optima, shape (spectra, parameters), of circuits that were fitted before to the same spectra, by signature: no
        fit is worse than those of circuits that it contains, which are not searched again.

    Returns
    -------
    tuple of Fitted
        For each spectrum the parameters, the sum of squares, the information criterion and the uncertainties.

    Raises
    ------
    InputError
        If the circuit cannot be read.

    Source: as `levenberg_marquardt.fit`, from the starts of `start_values`; that no fit is worse than those of smaller
    circuits is a procedure of this package.
    """
    model, log_omega = build(circuit), np.log(2 * np.pi * np.asarray(frequency, dtype=float))
    weights = 1 / np.abs(impedance) if weights is None else weights
    memo = dict(known or {})
    found = _guarded(model, log_omega, (impedance, weights), keep, memo)
    made = (_fitted(model, found, i, log_omega, weights[i]) for i in range(len(impedance)))
    return tuple(
        dataclasses.replace(one, below={key: theta[i : i + 1] for key, theta in memo.items()})
        for i, one in enumerate(made)
    )


def solve(
    model: Model,
    log_omega: Reals,
    impedance: Complexes,
    weights: Reals,
    keep: int = 6,
) -> Fits:
    r"""Find starts and fit, without uncertainties.

    Where one round of starts may end in a wrong optimum, others follow: with elements that vanished, from the circuit
    with one arc less, from the optimum found until it stays (`restarts`), and from smaller circuits (`nested`).

    Parameters
    ----------
    model
        The circuit.
    log_omega
        ln(2 pi f), f in Hz, shape (n,).
    impedance, weights
        Spectra in ohm and what each point weighs (1/ohm), both of shape (spectra, n).
    keep
        Number of starts per spectrum and round.

    Returns
    -------
    Fits
        The lowest minimum of S = sum w^2 \|Z(theta) - Z\|^2 of each spectrum.

    Source: procedure of this package, on `levenberg_marquardt.fit`.
    """
    return _guarded(model, log_omega, (impedance, weights), keep, {})


def _guarded(
    model: Model,
    log_omega: Reals,
    data: tuple[Complexes, Reals],
    keep: int,
    memo: dict[Signature, Reals],
) -> Fits:
    """The best fits of one circuit, none worse than those of smaller circuits, which are added to `memo`."""
    found = _searched(model, log_omega, data, keep, memo)
    for below in smaller_circuits(model):
        key = signature(below)
        if key is None:
            continue
        if key not in memo:
            memo[key] = _guarded(below, log_omega, data, keep, memo).theta
        cost = _costs(below, log_omega, data, memo[key])
        floor = RESOLUTION**2 * np.count_nonzero(data[1], axis=1)
        places = np.flatnonzero(cost < found.cost * 0.9999 - floor)
        if len(places):
            more = [np.array(nested_starts(model, below, log_omega, data[0][i], memo[key][i])) for i in places]
            found, _ = _bettered(model, log_omega, data, found, (places, more))
    return found


def _costs(model: Model, log_omega: Reals, data: tuple[Complexes, Reals], theta: Reals) -> Reals:
    """Weighted sums of squares (spectra,) of a circuit at parameters (spectra, parameters)."""
    misfit = (model.evaluate(theta, log_omega)[0] - data[0]) * data[1]
    return np.asarray(np.sum(np.abs(misfit) ** 2, axis=1))


def _searched(
    model: Model,
    log_omega: Reals,
    data: tuple[Complexes, Reals],
    keep: int,
    memo: Mapping[Signature, Reals],
) -> Fits:
    """The best fits of one circuit from its own starts, vanished elements, and restarts."""
    impedance, weights = data
    places = np.arange(len(impedance))
    if has_line(model):
        return line_fits(model, log_omega, data)
    found = fit(model, log_omega, impedance, weights, starts(model, log_omega, impedance, weights, keep))
    found = _revived(model, log_omega, data, found)
    again = restarts(model, log_omega)
    if again is None:
        return found
    key = signature(again.simpler)
    below = memo.get(key) if key else None
    below = _searched(again.simpler, log_omega, data, keep, memo).theta if below is None else below
    more = [again.from_simpler(impedance[i], weights[i], below[i], keep) for i in places]
    found, _ = _bettered(model, log_omega, data, found, (places, more))
    for _ in range(_ROUNDS):
        more = [again.from_optimum(impedance[i], weights[i], found.theta[i], keep) for i in places]
        places, more = places[[len(m) > 0 for m in more]], [m for m in more if len(m)]
        if not more:
            break
        found, places = _bettered(model, log_omega, data, found, (places, more))
    return found


def _revived(model: Model, log_omega: Reals, data: tuple[Complexes, Reals], found: Fits) -> Fits:
    """The fits after spectra in which a resistor or inductor vanished were fitted again with it."""
    more = [
        np.array(vanished_starts(model, log_omega, z, theta)) for z, theta in zip(data[0], found.theta, strict=True)
    ]
    places = np.flatnonzero([len(one) > 0 for one in more])
    if not len(places):
        return found
    return _bettered(model, log_omega, data, found, (places, [more[i] for i in places]))[0]


def _bettered(
    model: Model, log_omega: Reals, data: tuple[Complexes, Reals], found: Fits, which: tuple[Places, list[Reals]]
) -> tuple[Fits, Places]:
    """Fit some spectra from further starts; return the better fits of all spectra, and which came out better."""
    places, more = which
    new = fit(model, log_omega, data[0][places], data[1][places], more, found.cost[places])
    floor = RESOLUTION**2 * np.count_nonzero(data[1][places], axis=1)
    better, same = new.cost < found.cost[places] * 0.999 - floor, new.cost <= found.cost[places] * 1.001 + floor
    theta, cost = found.theta.copy(), found.cost.copy()
    counts, reached = found.starts.copy(), found.reached.copy()
    counts[places] += new.starts
    reached[places] = np.where(better, new.reached, reached[places] + np.where(same, new.reached, 0))
    theta[places[better]], cost[places[better]] = new.theta[better], new.cost[better]
    return Fits(theta=theta, cost=cost, starts=counts, reached=reached), places[better]


def _fitted(model: Model, found: Fits, place: int, log_omega: Reals, weights: Reals) -> Fitted:
    cost, n = float(found.cost[place]), 2 * int(np.count_nonzero(weights))
    judged = uncertainty(model, found.theta[place], log_omega, weights, max(cost, n * RESOLUTION**2))
    free = len(model.names) - len(judged.held)
    bic = n * float(np.log(max(cost / n, RESOLUTION**2))) + free * float(np.log(n))
    return Fitted(model, found.theta[place], cost, bic, judged, int(found.starts[place]), int(found.reached[place]))


def refitted(fitted: Fitted, frequency: Reals, impedance: Complexes, weights: Reals) -> Fitted:
    """Fit the same circuit to other data, or with other weights, from the optimum of a fit alone.

    Parameters
    ----------
    fitted
        The fit whose circuit and optimum are taken.
    frequency, impedance, weights
        Hz, ohm and 1/ohm, shape (n,) each.

    Returns
    -------
    Fitted
        The minimum that this start leads to, with its uncertainty.

    Source: as `levenberg_marquardt.fit`.
    """
    log_omega = np.log(2 * np.pi * np.asarray(frequency, dtype=float))
    found = fit(fitted.model, log_omega, impedance[None], weights[None], [fitted.theta[None]])
    return _fitted(fitted.model, found, 0, log_omega, weights)


def rearranged(fitted: Fitted, order: tuple[int, ...], frequency: Reals, weights: Reals) -> Fitted:
    """The same fit with the arcs of one shape in another order.

    Parameters
    ----------
    fitted
        A fit of a circuit whose arcs stand in series.
    order
        Arc i takes the parameters of arc ``order[i]``; the order of arcs in series changes no impedance.
    frequency, weights
        Hz and 1/ohm, shape (n,), with which the uncertainty is computed again.

    Returns
    -------
    Fitted
        Parameters and uncertainty in the new order; the cost is that of the fit.

    Source: definition.
    """
    theta, arcs = fitted.theta.copy(), fitted.model.arcs
    for place, source in enumerate(order):
        to, of = arcs[place], arcs[source]
        theta[[to.resistance, to.q]] = fitted.theta[[of.resistance, of.q]]
        if to.n is not None and of.n is not None:
            theta[to.n] = fitted.theta[of.n]
    judged = uncertainty(fitted.model, theta, np.log(2 * np.pi * frequency), weights, fitted.cost)
    return dataclasses.replace(fitted, theta=theta, uncertainty=judged)
