"""Fit values of cards to measured rate series: least squares over several cells, with values that they share.

What the data cannot tell may have a prior, which the result names: the card's value and standard uncertainty. All
other values that a card states with a standard uncertainty go along within it, so that the uncertainties of what was
asked for hold theirs; what is assumed without one is held, and the result names it. Weights and residuals are those of
`fit_problem`. Where a series states no uncertainty, that of the fitted values is scaled by the scatter of the
residuals; where all state theirs, only upwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import Refused
from halfcell.twin.card import Stated
from halfcell.twin.card_series import Joint
from halfcell.twin.fit_problem import FITTED, NO_PART, Free, Problem, is_scale, problem_of, value_of
from halfcell.twin.mesh import mesh_error
from halfcell.twin.predict import Prediction, predict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

__all__ = ["Fitted", "Free", "fit"]
AT_BOUND = 1e-3  # of the range within which a value counts as being at its bound
MOST_ALIKE = 1e6  # condition of the scaled information, beyond which two values do nearly the same
LEAST_MOVED = 0.2  # of a prior's variance: if less is gone, the data tell next to nothing of the value
ROUNDS = 3  # of what a fine mesh adds
STILL = 0.1  # of the uncertainties by which that may differ at the end
SPREADS = (0.3, 0.8)  # of the sizes from which a fit starts, too, where a spread is asked for
APART = 0.2  # from the spread that was found, nearer than which this is not worth its time
MOST_MISFIT = 3.0  # standard uncertainties by which residuals scatter, beyond which the model is not the cell


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Values and standard uncertainties by name, the cards that hold them, their predictions, and doubts.

    Uncertainties are those of the linearised problem; where it is far from linear they are too small by about a tenth.
    `correlation` is that of the fitted variables, in the order of `values`; `scatter` the root of the mean square of
    the residuals, in units of their uncertainties; `priors` names the values that had one, `carried` those among them
    that were not asked for, and `held` what the cards assume without an uncertainty.
    """

    values: Mapping[str, float]
    std: Mapping[str, float]
    cards: tuple[Card, ...]
    predictions: tuple[Prediction, ...]
    doubts: tuple[str, ...]
    correlation: tuple[tuple[float, ...], ...]
    scatter: float
    priors: tuple[str, ...]
    carried: tuple[str, ...]
    held: tuple[str, ...]
    problem: Problem


def fit(cards: Sequence[Card], free: Sequence[str | Free], priors: Sequence[str] = ()) -> Fitted:
    """Fit values of cards to their measured series.

    Parameters
    ----------
    cards
        Cards with measured series.
    free
        Paths that all cards share, or `Free` values of some of them.
    priors
        Paths among them whose value and standard uncertainty in the card are known before.

    Raises
    ------
    InputError
        If a card has no measured series, or a prior no width.
    Refused
        If there are not more measured numbers than free values.
    """
    problem = problem_of(cards, free, priors)
    start = problem.start()
    count = sum(len(rows) + int(np.isfinite(rows[:, 2]).sum()) for rows in problem.rows)
    if count + len(problem.priors) <= len(start):
        raise Refused(f"{count} measured numbers cannot fix {len(start)} values", hint="fit fewer")
    found, problem = _on_a_fine_mesh(problem, _nearest(problem, start))
    scatter = _scatter(problem, found, count)
    if problem.priors and not (problem.known and scatter <= 1):
        problem = replace(problem, scatter=max(scatter, 1.0) if problem.known else scatter)
        found = _least_squares(problem, found.x)
    return _fitted(problem, found.x, found.jac, scatter)


def _on_a_fine_mesh(problem: Problem, near: Floats) -> tuple[Any, Problem]:
    """The minimum of a fine mesh, and the problem with what that adds there."""
    problem = problem.refined(near)
    for _ in range(ROUNDS):
        found = _least_squares(problem, near)
        near, before, problem = found.x, problem, problem.refined(found.x)
        if problem.further_than(before) < STILL:
            break
    return found, before


def _nearest(problem: Problem, start: Floats) -> Floats:
    """Where the lowest of the minima lies that are reached from the start, and from other spreads of the sizes.

    Of wide spreads and few sizes there are minima of their own: one series of 0.9 was fitted with 1.3 from there.
    """
    found = _least_squares(problem, start)
    for spread in SPREADS:
        trial = problem.with_spread(found.x, spread)
        if np.abs(trial - found.x).max() > APART:
            found = min(found, _least_squares(problem, trial), key=lambda one: float(one.cost))
    point: Floats = found.x
    return point


def _least_squares(problem: Problem, start: Floats) -> Any:
    """The minimum that is reached from a start."""
    from scipy.optimize import least_squares

    low, high = problem.bounds()
    return least_squares(
        lambda x: problem.residuals([x])[0],
        np.clip(start, low + 1e-6, high - 1e-6),
        jac=problem.jacobian,
        bounds=(low, high),
        x_scale=problem.scale(),
        xtol=1e-4,
        ftol=1e-5,
        max_nfev=40,
    )


def _scatter(problem: Problem, found: Any, count: int) -> float:
    """By how much the residuals of the data, the first ones, scatter at a minimum."""
    free = max(count - (len(found.x) - len(problem.priors)), 1)
    return problem.scatter * math.sqrt(float((found.fun[:count] ** 2).sum()) / free)


def _fitted(problem: Problem, found: Floats, slopes: Floats, scatter: float) -> Fitted:
    widen = 1.0 if problem.priors else max(scatter, 1.0) if problem.known else scatter
    spread, correlation, doubts = _spread(slopes, widen**2)
    doubts += [*_at_bounds(problem, found), *_told_nothing(problem, spread)]
    if problem.known and scatter > MOST_MISFIT:
        doubts.append(f"residuals are {scatter:.1f} times their uncertainty: the model is not this cell")
    values = {f.name: value_of(f.path, float(x)) for f, x in zip(problem.free, found, strict=True)}
    std = {
        f.name: float(s) * (values[f.name] if is_scale(f.path) else 1.0)
        for f, s in zip(problem.free, spread, strict=True)
    }
    cards = _with_uncertainties(problem, problem.changed(found), std, correlation)
    predictions = tuple(map(predict, cards))
    doubts += [text for one in predictions if (text := _mesh_doubt(one))]
    return Fitted(
        values=values,
        std=std,
        cards=cards,
        predictions=predictions,
        doubts=tuple(dict.fromkeys(doubts)),
        correlation=correlation,
        scatter=scatter,
        priors=tuple(problem.free[prior.place].name for prior in problem.priors),
        carried=tuple(one.name for one in problem.free[len(problem.free) - problem.carried :]),
        held=_held(problem),
        problem=problem,
    )


def _held(problem: Problem) -> tuple[str, ...]:
    """What the cards assume, and a fit leaves where it is."""
    free = {(one.path, number) for one in problem.free for number in one.cards(len(problem.cards))}
    found = [
        path
        for number, card in enumerate(problem.cards)
        for path in card.assumed
        if (path, number) not in free and not path.endswith(NO_PART)
    ]
    return tuple(dict.fromkeys(found))


def _mesh_doubt(made: Prediction) -> str:
    return mesh_error(made.card, [row.current for row in made.rows]).doubt


def _at_bounds(problem: Problem, found: Floats) -> list[str]:
    low, high = problem.bounds()
    return [
        f"{one.name} is at its bound {value_of(one.path, variable):.3g}: the data or the model want more"
        for one, variable, least, most in zip(problem.free, found, low, high, strict=True)
        if min(variable - least, most - variable) < AT_BOUND * (most - least)
    ]


def _told_nothing(problem: Problem, spread: Floats) -> list[str]:
    """The priors that the data leave as they were."""
    return [
        f"the data tell next to nothing of {problem.free[prior.place].name}: it is what its prior says"
        for prior in problem.priors
        if prior.place < len(problem.free) - problem.carried
        and spread[prior.place] ** 2 > (1 - LEAST_MOVED) * prior.std**2
    ]


def _with_uncertainties(
    problem: Problem, cards: Sequence[Card], std: Mapping[str, float], correlation: tuple[tuple[float, ...], ...]
) -> tuple[Card, ...]:
    """The cards with the standard uncertainties of what was fitted, and which of them go together."""
    made = []
    for number, card in enumerate(cards):
        mine = [k for k, one in enumerate(problem.free) if number in one.cards(len(cards))]
        known = [k for k in mine if math.isfinite(std[problem.free[k].name])]
        values = dict(card.values)
        for k in mine:
            one = problem.free[k]
            width = std[one.name] if k in known else None
            values[one.path] = Stated(value=card.value(one.path), source=_source(card), std=width)
        paths = tuple(problem.free[k].path for k in known)
        kept = tuple(joint for joint in card.joint if not set(joint.paths) & set(paths))
        joint = Joint(paths=paths, correlation=tuple(tuple(correlation[j][k] for k in known) for j in known))
        made.append(replace(card, values=values, joint=(*kept, joint) if len(known) > 1 else kept))
    return tuple(made)


def _source(card: Card) -> str:
    return FITTED + "; ".join(dict.fromkeys(target.source or "measured series" for target in card.targets))


def _spread(slopes: Floats, widen: float) -> tuple[Floats, tuple[tuple[float, ...], ...], list[str]]:
    """Standard uncertainties and correlation of the variables; none where the data do not tell the variables apart."""
    lengths = np.maximum(np.sqrt((slopes**2).sum(axis=0)), 1e-300)
    scaled = slopes / lengths
    information = scaled.T @ scaled
    if np.linalg.cond(information) > MOST_ALIKE:
        text = "the data do not tell the free values apart: no uncertainty is given; assume one of them"
        return np.full(len(lengths), np.nan), tuple(tuple(row) for row in np.eye(len(lengths)).tolist()), [text]
    covariance = np.linalg.inv(information)
    root = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(root, root)
    correlation = (correlation + correlation.T) / 2
    np.fill_diagonal(correlation, 1.0)
    return root * math.sqrt(widen) / lengths, tuple(tuple(row) for row in correlation.tolist()), []
