"""The problem of fitting values of cards: residuals of measured series and priors, and their derivatives.

Residuals are ``(predicted / measured - 1) / u`` of each capacity, and ``(predicted - measured) / u`` of each mean
voltage that may be fitted, with the uncertainties of the series or, where it gives none, 2 % and 20 mV as weights. A
prior adds ``(variable - its value in the card) / u``. Values above 0 by nature are fitted as their logarithm. All
discharges of all small changes of the values are computed together, on a coarse mesh; what a fine one adds at one point
(`Problem.refined`) is added at all points near it, so that the fit is that of the fine mesh.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.card import FULLEST
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.ladder import DEPTHS
from halfcell.twin.predict import measured_series
from halfcell.twin.sizes import NODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card
    from halfcell.twin.predict import MeasuredRow

    Floats = NDArray[np.float64]

CAPACITY_STD = 0.02  # relative, where a series states none; chosen: about what cells of one kind differ by
VOLT_STD = 0.02  # V, where a series states none; chosen, with the capacities in mind
COARSE = 40  # steps of a discharge while fitting: capacities within 0.1 %, voltages 1 mV of those of a fine mesh
FINE = 160  # and where these are corrected, with twice as many sizes and depths: 0.02 % and 0.1 mV
CHANGE = 5e-3  # of a fitted variable for its derivative: large against the steps of the tables
BOUNDS = {
    "charged_content": (0.02, FULLEST), "size_spread": (0.02, 1.6), "share": (0.0, 1.0), "branch_content": (0.0, 1.0),
    "lost_content": (0.0, 0.5), "open_circuit_shift_volt": (-0.2, 0.2),
}  # fmt: skip
NO_PART = ("electrode_mg", "separator_mg", "collectors_mg", "electrolyte_mg", "casing_mg")
"""Values that change no capacity and no voltage of a discharge."""
FITTED = "fitted: "  # how the sources of fitted values begin
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


class Prior(NamedTuple):
    """What is known of a variable before: its place among the free ones, its value and standard uncertainty."""

    place: int
    variable: float
    std: float


@dataclass(frozen=True, eq=False)
class Problem:
    """Cards, what is free in them, the measured rows of each card, and the priors.

    A row is current, capacity, voltage (NaN: not fitted), 1 where the cell was fresh, and the uncertainties of capacity
    (relative) and voltage. `scatter` multiplies those; `known` says whether all series state theirs. `finer` is by what
    a fine mesh multiplies each capacity and what it adds to each voltage (V); nothing where it is empty. The last
    `carried` values that are free were not asked for: the cards state them with an uncertainty, see `uncertain`.
    """

    cards: tuple[Card, ...]
    free: tuple[Free, ...]
    rows: tuple[Floats, ...]
    known: bool
    priors: tuple[Prior, ...] = ()
    scatter: float = 1.0
    finer: tuple[tuple[Floats, Floats], ...] = ()
    carried: int = 0

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
        return np.array([0.5 if is_scale(one.path) else 0.05 for one in self.free])

    def with_spread(self, variables: Floats, spread: float) -> Floats:
        """The variables with another spread of all sizes that were asked for."""
        asked = self.free[: len(self.free) - self.carried]
        chosen = [one.path.endswith("size_spread") for one in asked] + [False] * self.carried
        return np.where(chosen, spread, variables)

    def changed(self, variables: Floats) -> tuple[Card, ...]:
        """The cards with these variables."""
        cards = list(self.cards)
        for one, variable in zip(self.free, variables, strict=True):
            for k in one.cards(len(cards)):
                cards[k] = cards[k].with_values({one.path: value_of(one.path, float(variable))}, "fit")
        return tuple(cards)

    def residuals(self, points: Sequence[Floats]) -> list[Floats]:
        """The residuals at several points, all discharges of a card at once; those of the priors are the last."""
        found: list[list[Floats]] = [[] for _ in points]
        changed = [self.changed(point) for point in points]
        for k, rows in enumerate(self.rows):
            capacities, volts = _discharged([cards[k] for cards in changed], rows, (COARSE, NODES, DEPTHS))
            times, more = self.finer[k] if self.finer else (1.0, 0.0)
            kept = np.isfinite(rows[:, 2])
            for j, (capacity, volt) in enumerate(zip(capacities, volts, strict=True)):
                found[j].append((capacity * times / rows[:, 1] - 1) / rows[:, 4] / self.scatter)
                found[j].append(((volt + more - rows[:, 2]) / rows[:, 5])[kept] / self.scatter)
        for j, point in enumerate(points):
            found[j].append(np.array([(point[p.place] - p.variable) / p.std for p in self.priors]))
        return [np.concatenate(parts) for parts in found]

    def refined(self, point: Floats) -> Problem:
        """The problem with what a fine mesh adds at a point."""
        added = []
        for card, rows in zip(self.changed(point), self.rows, strict=True):
            coarse, fine = (
                _discharged([card], rows, mesh) for mesh in ((COARSE, NODES, DEPTHS), (FINE, 2 * NODES, 2 * DEPTHS))
            )
            times = np.divide(fine[0][0], coarse[0][0], out=np.ones(len(rows)), where=coarse[0][0] > 0)
            added.append((times, fine[1][0] - coarse[1][0]))
        return replace(self, finer=tuple(added))

    def further_than(self, other: Problem) -> float:
        """By how many uncertainties what a fine mesh adds differs from that of another problem, at most."""
        apart = [
            max(np.abs(mine[0] - its[0]).max() / rows[:, 4].min(), np.abs(mine[1] - its[1]).max() / rows[:, 5].min())
            for mine, its, rows in zip(self.finer, other.finer, self.rows, strict=True)
        ]
        return float(max(apart))

    def jacobian(self, variables: Floats, places: Sequence[int] = ()) -> Floats:
        """Derivatives of the residuals by all variables, or those at some places, by central differences."""
        chosen = list(places) or range(len(variables))
        steps = np.eye(len(variables))[chosen] * CHANGE
        low, high = self.bounds()
        up, down = np.minimum(variables + steps, high), np.maximum(variables - steps, low)
        made = self.residuals([*up, *down])
        count = len(steps)
        widths = [float((up[k] - down[k]).sum()) for k in range(count)]
        return np.array([(made[k] - made[count + k]) / widths[k] for k in range(count)]).T


def _discharged(cards: Sequence[Card], rows: Floats, mesh: tuple[int, int, int]) -> tuple[Floats, Floats]:
    """Capacities and mean voltages of some cards in all rows, on a mesh of so many steps, sizes and depths."""
    steps, sizes, depths = mesh
    variants = [card.at(fresh=bool(row[3])) for card in cards for row in rows]
    done = discharge(compiled(variants, sizes, depths), np.tile(rows[:, 0], len(cards)), steps)
    capacity, volt = (a.reshape(len(cards), -1) for a in (done.capacity, done.mean_volt))
    return capacity, np.where(np.isfinite(volt), volt, 0.0)  # a cell that gives nothing


def problem_of(cards: Sequence[Card], free: Sequence[str | Free], priors: Sequence[str] = ()) -> Problem:
    """The problem of fitting values of cards, see `halfcell.twin.fit.fit`."""
    rows, known = [], True
    for card in cards:
        series = [row for row in measured_series(card) if row.capacity]
        if not series:
            raise InputError("the card has no measured series to fit", card.origin, "add [[measured]]")
        known = known and all(row.capacity_std and (row.volt_std or not row.volt) for row in series)
        rows.append(np.array([_row(one) for one in series], float))
    chosen = tuple(one if isinstance(one, Free) else Free(one) for one in free)
    more = uncertain(cards, chosen)
    before = [_prior(cards, one, len(chosen) + k) for k, one in enumerate(more)]
    known_before = (*_priors(cards, chosen, priors), *before)
    return Problem(tuple(cards), (*chosen, *more), tuple(rows), known, known_before, carried=len(more))


def _row(one: MeasuredRow) -> list[float]:
    volt = one.volt if one.volt and one.fit_volt else np.nan
    return [one.current, one.capacity, volt, one.fresh, one.capacity_std or CAPACITY_STD, one.volt_std or VOLT_STD]


def _priors(cards: Sequence[Card], free: Sequence[Free], paths: Sequence[str]) -> tuple[Prior, ...]:
    """The priors of free values: value and uncertainty as the (first) card has them.

    Raises
    ------
    InputError
        If a path is not free, or the card gives no standard uncertainty.
    """
    found = []
    for path in paths:
        places = [k for k, one in enumerate(free) if one.path == path]
        if not places:
            raise InputError(f"{path} has a prior and is not free", hint=f"--free {path}")
        found += [_prior(cards, free[place], place) for place in places]
    return tuple(found)


def _prior(cards: Sequence[Card], one: Free, place: int) -> Prior:
    """What the card says of a free value at a place among all."""
    stated = cards[one.cards(1)[0]].values[one.path]
    if not stated.std:
        raise InputError(f"the prior of {one.path} needs a width", hint='std = ... beside "value" and "source"')
    std = stated.std / stated.value if is_scale(one.path) else stated.std
    return Prior(place, variable_of(one.path, stated.value), std)


def uncertain(cards: Sequence[Card], free: Sequence[Free]) -> tuple[Free, ...]:
    """Values that are not free and that the cards state with an uncertainty: these go along with a fit.

    Cards that state the same share it. Values that were fitted before are left where they are: their uncertainties may
    be those of the same series.
    """
    taken = {(one.path, number) for one in free for number in one.cards(len(cards))}
    found: dict[tuple[str, float, float, str], list[int]] = {}
    for number, card in enumerate(cards):
        for path, stated in card.values.items():
            known = stated.std and (path, number) not in taken and not stated.source.startswith(FITTED)
            if known and not path.endswith(NO_PART):
                found.setdefault((path, stated.value, stated.std or 0.0, stated.source), []).append(number)
    return tuple(Free(key[0], None if len(at) == len(cards) else tuple(at)) for key, at in found.items())


def is_scale(path: str) -> bool:
    """Whether a value is above 0 and fitted as its logarithm."""
    return path.rsplit(".", 1)[-1] not in BOUNDS


def variable_of(path: str, value: float) -> float:
    """The variable that is fitted for a value: its logarithm where it is above 0 by nature."""
    if not is_scale(path):
        return value
    if value <= 0:
        raise InputError(f"{path} must start above 0 to be fitted")
    return float(np.log(value))


def value_of(path: str, variable: float) -> float:
    """The value of a fitted variable."""
    return float(np.exp(variable)) if is_scale(path) else float(variable)
