"""Joint feasibility: all claims of a document taken together, as a log-linear programme over the rounding intervals.

Each printed number is a variable whose logarithm lies between those of its interval's ends; a product or quotient is a
linear equation in logarithms; a sum of printed numbers is a variable of its own, bounded by the sum of the intervals.
A set of numbers each of which holds in its own row can still be impossible together, and then no single row shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Place, Verdict, place
from halfcell.audit.expression import Constant, Expression, Given, Product, Total, readings

if TYPE_CHECKING:
    from halfcell.audit.interval import Interval
    from halfcell.audit.readings import Reading
    from halfcell.core.printed import Rounding

Key = tuple[str, int, int] | str
SLACK = 1e-9  # relative; what floats may miss
MOST = 200  # numbers of which each is tried as the one that is wrong


@dataclass(frozen=True)
class System:
    """Linear equations in logarithms: variables with bounds, and rows of coefficients that sum to a constant."""

    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    rows: list[tuple[dict[Key, float], float]] = field(default_factory=list)

    def add(self, claim: Claim, route: Expression, rounding: Rounding, fixed: frozenset[Key]) -> bool:
        """Add one claim; False where it is not log-linear over positive numbers."""
        row: dict[Key, float] = {}
        made = _Maker(self.bounds, rounding, fixed)
        total = made.put(row, Given(claim.target), -1.0)
        rest = made.put(row, route, 1.0)
        if total is None or rest is None:
            return False
        self.rows.append((row, -(total + rest)))
        return True

    def release(self, free: Key) -> None:
        """Let one printed number be anything, and every sum that it is in."""
        for key in self.bounds:
            if key == free or (isinstance(key, str) and str(free) in key):
                self.bounds[key] = (-700.0, 700.0)


@dataclass(frozen=True)
class _Maker:
    bounds: dict[Key, tuple[float, float]]
    rounding: Rounding
    fixed: frozenset[Key]

    def put(self, row: dict[Key, float], item: Expression, power: float) -> float | None:
        """Put an expression's logarithm into a row; returns its constant part, None where it has no logarithm."""
        if isinstance(item, Product):
            parts = [self.put(row, factor, power * sign) for factor, sign in item.factors]
            return None if any(part is None for part in parts) else sum(part or 0.0 for part in parts)
        if isinstance(item, Total):
            return self._sum(row, item, power)
        if isinstance(item, Constant):
            return self._constant(row, item, power)
        return self._reading(row, item.reading, power)

    def _reading(self, row: dict[Key, float], reading: Reading, power: float) -> float | None:
        if reading.place in self.fixed:
            return power * log(reading.point) if reading.point > 0 else None
        return self._variable(row, reading.place, reading.interval(self.rounding), power)

    def _constant(self, row: dict[Key, float], item: Constant, power: float) -> float | None:
        if item.value.low <= 0:
            return None
        if item.value.width == 0:
            return power * log(item.value.low)
        return self._variable(row, item.text, item.value, power)

    def _sum(self, row: dict[Key, float], item: Total, power: float) -> float | None:
        from halfcell.audit.expression import evaluate

        value = evaluate(item, lambda reading: reading.interval(self.rounding))
        name = " ".join(f"{sign}{r.place}" for term, sign in item.terms for r in readings(term))
        return self._variable(row, name, value, power) if value else None

    def _variable(self, row: dict[Key, float], key: Key, value: Interval, power: float) -> float | None:
        if value.low <= 0:
            return None
        self.bounds[key] = (log(value.low) - SLACK, log(value.high) + SLACK)
        row[key] = row.get(key, 0.0) + power
        return 0.0


def joint(claims: Sequence[Claim], failed: frozenset[Place], rounding: Rounding) -> list[Finding]:
    """A finding for each set of linked claims that cannot all be true; those on a number that fails stay out."""
    sound = [c for c in claims if c.relation == "=" and place(c.target) not in failed and (c.direct or c.stepwise)]
    return [
        _impossible(group, rounding)
        for group in _linked(sound)
        if len(group) > 1 and not any(_feasible(system) for system in _systems(group, rounding))
    ]


def _systems(group: Sequence[Claim], rounding: Rounding, free: Key | None = None) -> Iterable[System]:
    """Two ways to compute: nothing rounded on the way, or the printed intermediates used as they stand."""
    for rounded in (False, True):
        if rounded and not any(claim.stepwise for claim in group):
            return
        system = System()
        for claim in group:
            fixed = frozenset(r.place for r in claim.steps) if rounded else frozenset()
            route = (claim.stepwise if rounded else claim.direct) or claim.direct or claim.stepwise
            if route is not None:
                system.add(claim, route, rounding, fixed - {free})
        if free is not None:
            system.release(free)
        yield system


def _linked(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that share a printed number, directly or through others."""
    groups: list[tuple[set[Key], list[Claim]]] = []
    for claim in claims:
        keys: set[Key] = {claim.target.place}
        for route in (claim.direct, claim.stepwise):
            keys |= {reading.place for reading in readings(route)} if route else set()
        touching = [group for group in groups if group[0] & keys]
        for group in touching:
            groups.remove(group)
        groups.append((keys.union(*(g[0] for g in touching)), [*(c for g in touching for c in g[1]), claim]))
    return [group for _, group in groups]


def _feasible(system: System) -> bool:
    """Whether values within all bounds satisfy all rows."""
    import numpy as np
    from scipy.optimize import linprog

    keys = list(system.bounds)
    index = {key: i for i, key in enumerate(keys)}
    matrix = np.zeros((len(system.rows), len(keys)))
    for i, (row, _) in enumerate(system.rows):
        for key, value in row.items():
            matrix[i, index[key]] = value
    right = np.array([constant for _, constant in system.rows])
    bounds = [system.bounds[key] for key in keys]
    return bool(linprog(np.zeros(len(keys)), A_eq=matrix, b_eq=right, bounds=bounds, method="highs").status != 2)


def _impossible(group: Sequence[Claim], rounding: Rounding) -> Finding:
    """Say which numbers, and which of them alone would make the rest possible."""
    cells: dict[Key, Reading] = {}
    for claim in group:
        for route in (claim.direct, claim.stepwise):
            cells |= {reading.place: reading for reading in readings(route)} if route else {}
        cells[claim.target.place] = claim.target
    few = cells if len(cells) <= MOST else {}
    alone = [r for key, r in few.items() if any(_feasible(s) for s in _systems(group, rounding, key))]
    names = ", ".join(f"{r.text} ({r.where}, row {r.row + 1}, column {r.column + 1})" for r in alone[:6])
    text = f"{len(group)} relations between {len(cells)} printed numbers hold one by one but not together"
    text += f"; without one of these the rest would be possible: {names}" if alone else "; no single number explains it"
    return Finding(
        rule="joint",
        verdict=Verdict.FAILS,
        severity="error",
        what=f"{len(cells)} numbers of {', '.join(dict.fromkeys(r.where for r in cells.values()))} together",
        explain=text,
        places=tuple(place(r) for r in (alone or list(cells.values()))),
        ask="Which of them is as measured?",
    )
