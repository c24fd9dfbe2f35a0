"""The joint check: can all claims of a document be true together? A log-linear programme over the rounding intervals.

Each printed number is a variable whose logarithm lies between those of the ends of its rounding interval. A product or
quotient is a linear equation in logarithms. A sum of printed numbers is a variable of its own, bounded by the sum of
the intervals. Numbers that hold row by row can still be impossible together, which no single row shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.document_place import Place
from halfcell.audit.expression import Constant, Expression, Given, Product, Sum, evaluate, readings, written_out

if TYPE_CHECKING:
    from halfcell.audit.interval import Interval
    from halfcell.audit.readings import Reading
    from halfcell.core.printed import Rounding

SLACK = 1e-9  # relative; allows for floating-point error
MOST = 200  # numbers of one group that are tried as the wrong one


class _SumOf(NamedTuple):
    """A sum of printed numbers, as a variable: the sign and the place of each, and with which factors they stand."""

    terms: tuple[tuple[int, Place], ...]
    words: str


Key = Place | _SumOf | str  # a variable: a printed number, a sum of such, or the name of a constant with an interval
Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class _Logarithm:
    """The logarithm of an expression: a constant plus powers times the logarithms of variables, which have bounds."""

    constant: float
    powers: Mapping[Key, float]
    bounds: Mapping[Key, Range]


@dataclass(frozen=True, kw_only=True)
class _System:
    """Linear equations in logarithms, each with the sum zero, and the bounds of all variables."""

    equations: tuple[_Logarithm, ...]
    bounds: Mapping[Key, Range]


@dataclass(frozen=True, kw_only=True)
class _Terms:
    """How printed numbers enter a system: in their rounding intervals, those at the places `fixed` as printed."""

    rounding: Rounding
    fixed: frozenset[Place]

    def equation(self, claim: Claim, route: Expression) -> _Logarithm | None:
        """A claim as log(route) − log(target); None if it is not log-linear over positive numbers."""
        return _added([self._logarithm(Given(claim.target), -1.0), self._logarithm(route, 1.0)])

    def _logarithm(self, item: Expression, power: float) -> _Logarithm | None:
        """The logarithm of an expression to a power; None if it has none."""
        if isinstance(item, Product):
            return _added([self._logarithm(factor, power * sign) for factor, sign in item.factors])
        if isinstance(item, Constant):
            return _constant(item, power)
        if isinstance(item, Sum):
            places = tuple((sign, r.place) for term, sign in item.terms for r in readings(term))
            key = _SumOf(places, written_out(item))
            value = evaluate(item, lambda reading: reading.interval(self.rounding))
            return _variable(key, value, power) if value else None
        return self._reading(item.reading, power)

    def _reading(self, reading: Reading, power: float) -> _Logarithm | None:
        if reading.place in self.fixed:
            return _known(power * log(reading.point)) if reading.point > 0 else None
        return _variable(reading.place, reading.interval(self.rounding), power)


def _added(parts: Sequence[_Logarithm | None]) -> _Logarithm | None:
    """The sum of logarithms; None if one is missing."""
    powers: dict[Key, float] = {}
    bounds: dict[Key, Range] = {}
    constant = 0.0
    for part in parts:
        if part is None:
            return None
        constant += part.constant
        bounds |= part.bounds
        for key, power in part.powers.items():
            powers[key] = powers.get(key, 0.0) + power
    return _Logarithm(constant=constant, powers=powers, bounds=bounds)


def _known(constant: float) -> _Logarithm:
    return _Logarithm(constant=constant, powers={}, bounds={})


def _constant(item: Constant, power: float) -> _Logarithm | None:
    if item.value.width == 0 and item.value.low > 0:
        return _known(power * log(item.value.low))
    return _variable(item.text, item.value, power)


def _variable(key: Key, value: Interval, power: float) -> _Logarithm | None:
    if value.low <= 0:
        return None
    bounds = (log(value.low) - SLACK, log(value.high) + SLACK)
    return _Logarithm(constant=0.0, powers={key: power}, bounds={key: bounds})


def check_jointly(claims: Sequence[Claim], failed: frozenset[Place], rounding: Rounding) -> list[Finding]:
    """Check groups of linked claims.

    Parameters
    ----------
    claims
        All claims of a document.
    failed
        Places of numbers that fail on their own; claims about them are left out.
    rounding
        The rounding rule of the document.

    Returns
    -------
    list of Finding
        One for each group whose claims cannot all be true.
    """
    sound = [c for c in claims if c.relation == "=" and c.target.place not in failed and (c.direct or c.stepwise)]
    return [
        _impossible(group, rounding)
        for group in _linked(sound)
        if len(group) > 1 and not any(_feasible(system) for system in _systems(group, rounding))
    ]


def _systems(group: Sequence[Claim], rounding: Rounding, free: Place | None = None) -> Iterator[_System]:
    """The two ways to calculate: nothing rounded on the way, or with printed intermediate results as they are."""
    for rounded in (False, True):
        if rounded and not any(claim.stepwise for claim in group):
            return
        made = []
        for claim in group:
            fixed = frozenset(r.place for r in claim.steps if rounded) - {free}
            route = (claim.stepwise if rounded else claim.direct) or claim.direct or claim.stepwise
            terms = _Terms(rounding=rounding, fixed=fixed)
            made.append(terms.equation(claim, route) if route is not None else None)
        equations = tuple(equation for equation in made if equation)
        bounds = {key: value for equation in equations for key, value in equation.bounds.items()}
        yield _System(equations=equations, bounds=_released(bounds, free))


def _released(bounds: Mapping[Key, Range], free: Place | None) -> Mapping[Key, Range]:
    """The bounds, with one printed number and every sum that contains it free to have any value."""

    def is_free(key: Key) -> bool:
        return key == free or (isinstance(key, _SumOf) and any(place == free for _, place in key.terms))

    return {key: (-700.0, 700.0) if is_free(key) else value for key, value in bounds.items()}


def _linked(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Groups of claims that share a printed number, directly or through others."""
    groups: list[tuple[set[Place], list[Claim]]] = []
    for claim in claims:
        places = {reading.place for reading in _cells(claim)}
        touching = [group for group in groups if group[0] & places]
        for group in touching:
            groups.remove(group)
        groups.append((places.union(*(g[0] for g in touching)), [*(c for g in touching for c in g[1]), claim]))
    return [group for _, group in groups]


def _cells(claim: Claim) -> Iterable[Reading]:
    """The readings of a claim, its target last."""
    for route in (claim.direct, claim.stepwise):
        yield from readings(route) if route else ()
    yield claim.target


def _feasible(system: _System) -> bool:
    """Whether values within all bounds satisfy all equations."""
    import numpy as np
    from scipy.optimize import linprog

    keys = list(system.bounds)
    index = {key: i for i, key in enumerate(keys)}
    matrix = np.zeros((len(system.equations), len(keys)))
    for i, equation in enumerate(system.equations):
        for key, power in equation.powers.items():
            matrix[i, index[key]] = power
    right = np.array([-equation.constant for equation in system.equations])
    bounds = [system.bounds[key] for key in keys]
    return bool(linprog(np.zeros(len(keys)), A_eq=matrix, b_eq=right, bounds=bounds, method="highs").status != 2)


def _impossible(group: Sequence[Claim], rounding: Rounding) -> Finding:
    """Name the numbers that do not fit together, and those without which the rest would be possible."""
    cells = {reading.place: reading for claim in group for reading in _cells(claim)}
    few = cells if len(cells) <= MOST else {}
    alone = [r for place, r in few.items() if any(_feasible(s) for s in _systems(group, rounding, place))]
    names = ", ".join(f"{r.text} ({r.where}, row {r.row + 1}, column {r.column + 1})" for r in alone[:6])
    text = f"{len(group)} relations between {len(cells)} printed numbers hold one by one but not together"
    text += f"; without one of these the rest would be possible: {names}" if alone else "; no single number explains it"
    return Finding(
        rule="joint",
        verdict=Verdict.FAILS,
        severity="error",
        what=f"{len(cells)} numbers of {', '.join(dict.fromkeys(r.where for r in cells.values()))} together",
        explain=text,
        places=tuple(r.place for r in (alone or list(cells.values()))),
        ask="Which of them were measured?",
    )
