"""Fit values of cards to measured rate series: least squares over several cells, with values that they share.

Residuals are ``(predicted / measured - 1) / 2 %`` of each capacity, and ``(predicted - measured) / 20 mV`` of each mean
voltage that may be fitted. All discharges of all small changes of the values are computed together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.twin.card import FULLEST
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.predict import Prediction, measured_series, predict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

CAPACITY_STD = 0.02
VOLT_STD = 0.02
COARSE = 40  # steps of a discharge while fitting: capacities within 0.05 %
CHANGE = 5e-3  # of a fitted variable for its derivative: large against the steps of the tables
BOUNDS = {
    "charged_content": (0.02, FULLEST), "size_spread": (0.02, 1.6), "share": (0.0, 1.0), "branch_content": (0.0, 1.0),
    "lost_content": (0.0, 0.5),
}  # fmt: skip
AT_BOUND = 1e-3  # of the range within which a value counts as being at its bound
MOST_ALIKE = 1e6  # condition of the scaled information, beyond which two values do nearly the same
DECADES = 4  # by which values above 0 may move from their start


class Free(NamedTuple):
    """A value to fit: its path, and the number of the card it belongs to, or of those that share it (None: all)."""

    path: str
    card: int | tuple[int, ...] | None = None

    @property
    def name(self) -> str:
        """Path, with the numbers of the cards where it is not of all."""
        if self.card is None:
            return self.path
        numbers = [one + 1 for one in self._numbers]
        return f"{self.path} of card{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}"

    @property
    def _numbers(self) -> tuple[int, ...]:
        return (self.card,) if isinstance(self.card, int) else self.card or ()

    def cards(self, count: int) -> tuple[int, ...]:
        """The numbers of the cards that have the value, of so many."""
        return tuple(range(count)) if self.card is None else self._numbers


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Values and standard uncertainties by name, the cards that hold them, their predictions, and doubts.

    Uncertainties are those of the linearised problem, scaled by the scatter of the residuals; they are too small by
    about a tenth where the problem is far from linear.
    """

    values: Mapping[str, float]
    std: Mapping[str, float]
    cards: tuple[Card, ...]
    predictions: tuple[Prediction, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Problem:
    """Cards, what is free in them, and the measured rows of each card.

    A row is current, capacity, voltage (NaN: not fitted), and 1 where the cell was fresh.
    """

    cards: tuple[Card, ...]
    free: tuple[Free, ...]
    rows: tuple[Floats, ...]

    def start(self) -> Floats:
        """The variables as the cards have them."""
        return np.array([variable_of(f.path, self.cards[f.cards(1)[0]].value(f.path)) for f in self.free])

    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest variables."""
        start = self.start()
        low, high = start - DECADES * np.log(10), start + DECADES * np.log(10)
        for k, one in enumerate(self.free):
            name = one.path.rsplit(".", 1)[-1]
            if name in BOUNDS:
                low[k], high[k] = BOUNDS[name]
        return low, high

    def scale(self) -> Floats:
        """By how much each variable usually changes."""
        return np.array([0.5 if _is_scale(one.path) else 0.05 for one in self.free])

    def changed(self, variables: Floats) -> tuple[Card, ...]:
        """The cards with these variables."""
        cards = list(self.cards)
        for one, variable in zip(self.free, variables, strict=True):
            for k in one.cards(len(cards)):
                cards[k] = cards[k].with_values({one.path: value_of(one.path, float(variable))}, "fit")
        return tuple(cards)

    def residuals(self, points: Sequence[Floats]) -> list[Floats]:
        """The residuals at several points, all discharges of a card at once."""
        found: list[list[Floats]] = [[] for _ in points]
        changed = [self.changed(point) for point in points]
        for k, rows in enumerate(self.rows):
            cards = [cards[k].at(fresh=bool(row[3])) for cards in changed for row in rows]
            done = discharge(compiled(cards), np.tile(rows[:, 0], len(points)), COARSE)
            capacity, volt = (a.reshape(len(points), -1) for a in (done.capacity, done.mean_volt))
            for j in range(len(points)):
                kept = np.isfinite(rows[:, 2])
                found[j].append((capacity[j] / rows[:, 1] - 1) / CAPACITY_STD)
                known = np.where(np.isfinite(volt[j]), volt[j], 0.0)  # a cell that gives nothing
                found[j].append((known - rows[:, 2])[kept] / VOLT_STD)
        return [np.concatenate(parts) for parts in found]

    def jacobian(self, variables: Floats) -> Floats:
        """Derivatives of the residuals by central differences."""
        steps = np.eye(len(variables)) * CHANGE
        high, low = variables + steps, variables - steps
        made = self.residuals([*high, *low])
        count = len(variables)
        return np.array([(made[k] - made[count + k]) / (2 * CHANGE) for k in range(count)]).T


def fit(cards: Sequence[Card], free: Sequence[str | Free]) -> Fitted:
    """Fit values of cards to their measured series.

    Parameters
    ----------
    cards
        Cards with measured series.
    free
        Paths that all cards share, or `Free` values of one of them.

    Raises
    ------
    InputError
        If a card has no measured series.
    Refused
        If there are not more measured numbers than free values.
    """
    from scipy.optimize import least_squares

    problem = problem_of(cards, free)
    start = problem.start()
    count = len(problem.residuals([start])[0])
    if count <= len(start):
        raise Refused(f"{count} measured numbers cannot fix {len(start)} values", hint="fit fewer")
    found = least_squares(
        lambda x: problem.residuals([x])[0],
        start,
        jac=problem.jacobian,
        bounds=problem.bounds(),
        x_scale=problem.scale(),
        xtol=1e-4,
        ftol=1e-5,
        max_nfev=40,
    )
    return _fitted(problem, found.x, found.jac, 2 * found.cost / (count - len(start)))


def problem_of(cards: Sequence[Card], free: Sequence[str | Free]) -> Problem:
    """The problem of fitting values of cards, see `fit`."""
    rows = []
    for card in cards:
        series = [row for row in measured_series(card) if row.capacity]
        if not series:
            raise InputError("the card has no measured series to fit", card.origin, "add [[measured]]")
        rows.append(
            np.array(
                [[r.current, r.capacity, r.volt if r.volt and r.fit_volt else np.nan, r.fresh] for r in series], float
            )
        )
    return Problem(tuple(cards), tuple(f if isinstance(f, Free) else Free(f) for f in free), tuple(rows))


def _fitted(problem: Problem, found: Floats, slopes: Floats, scatter: float) -> Fitted:
    spread, doubts = _spread(slopes, scatter)
    low, high = problem.bounds()
    for one, variable, least, most in zip(problem.free, found, low, high, strict=True):
        if min(variable - least, most - variable) < AT_BOUND * (most - least):
            doubts.append(
                f"{one.name} is at its bound {value_of(one.path, variable):.3g}: the data or the model want more"
            )
    values = {f.name: value_of(f.path, float(x)) for f, x in zip(problem.free, found, strict=True)}
    std = {
        f.name: float(s) * (values[f.name] if _is_scale(f.path) else 1.0)
        for f, s in zip(problem.free, spread, strict=True)
    }
    cards = problem.changed(found)
    return Fitted(values=values, std=std, cards=cards, predictions=tuple(map(predict, cards)), doubts=tuple(doubts))


def _spread(slopes: Floats, scatter: float) -> tuple[Floats, list[str]]:
    """Standard uncertainties of the variables; none of them where the data do not tell the variables apart."""
    lengths = np.maximum(np.sqrt((slopes**2).sum(axis=0)), 1e-300)
    scaled = slopes / lengths
    information = scaled.T @ scaled
    if np.linalg.cond(information) > MOST_ALIKE:
        text = "the data do not tell the free values apart: no uncertainty is given; assume one of them"
        return np.full(len(lengths), np.nan), [text]
    return np.sqrt(np.diag(np.linalg.inv(information)) * scatter) / lengths, []


def _is_scale(path: str) -> bool:
    """Whether a value is above 0 and fitted as its logarithm."""
    return path.rsplit(".", 1)[-1] not in BOUNDS


def variable_of(path: str, value: float) -> float:
    """The variable that is fitted for a value: its logarithm where it is above 0 by nature."""
    if not _is_scale(path):
        return value
    if value <= 0:
        raise InputError(f"{path} must start above 0 to be fitted")
    return float(np.log(value))


def value_of(path: str, variable: float) -> float:
    """The value of a fitted variable."""
    return float(np.exp(variable)) if _is_scale(path) else float(variable)
