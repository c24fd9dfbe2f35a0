"""Further starts of a fit: from the optimum of the circuit with one arc less, and from its own optimum.

The best start of the dictionary need not lie in the valley of the best optimum. Where a tail looks like an arc (finite
diffusion, a Gerischer or constant-phase element), or where there are three arcs or more, a fit can end with two arcs at
the place of one and one at the place of two. Two kinds of starts lead out of that:

* the circuit without its last arc is fitted, and one arc is added where it gains most, alone or with another one
  searched anew: the parts that the simpler fit found are known much better than in the dictionary;
* at the optimum of the circuit each arc, and each pair of arcs, is taken out in turn and searched anew.

Each is tried with the tail as it is and with tails of the dictionary. The best places are found by linear least squares
(`start_values`), with the other arcs as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from halfcell.maths.circuit.arc_search import Gram
from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.grammar import Element, Series
from halfcell.maths.circuit.model import Model, build
from halfcell.maths.circuit.series_layout import Layout, layout
from halfcell.maths.circuit.start_values import Tail, assemble, common, dictionary, exponents_of, tails

_NEAR = 0.8  # in ln tau, about one step of the dictionary: places nearer than this lead to the same optimum
_NEAR_EXPONENT = 0.1  # an exponent of a tail runs from 0.4 to 1: another tenth is another start
_UNSEEN = 1e-6  # of |Z|: an arc of this size changes nothing
_PER_CHOICE = 2  # starts kept of each choice of what is taken out
_EVERY = 2  # of the dictionary's tails, every second is tried from the circuit's own optimum

Found = tuple[float, Reals]  # sum of squares and internal parameters

_PAIRS = 2  # arcs above which pairs of them are taken out as well
_FEWEST_ARCS = 2  # one arc: a dictionary misses nothing
_MOST_ARCS = 6  # no spectrum shows more, and their sets grow too many


@dataclass(frozen=True, eq=False)
class Restarts:
    """Further starts of one circuit; `simpler` is the same without its last arc."""

    model: Model
    plan: Layout
    simpler: Model
    log_omega: Reals
    atoms: tuple[Reals, Reals, Complexes]
    tails: tuple[Tail, ...]

    def from_simpler(self, impedance: Complexes, weights: Reals, values: Reals, keep: int) -> Reals:
        """Starts, shape (k, parameters), k <= `keep` + 1, from the optimum `values` of the simpler circuit.

        The first is that optimum with an arc too small to be seen: so no circuit is fitted worse than the simpler one.
        """
        theta, extra = np.zeros(len(self.model.names)), self.plan.arcs[-1]
        theta[[self.model.names.index(name) for name in self.simpler.names]] = values
        theta[extra.resistance] = np.log(_UNSEEN * np.median(np.abs(impedance)))
        log_tau = -float(np.median(self.log_omega))
        theta[extra.q] = log_tau if extra.joined or extra.q_is_tau else log_tau - theta[extra.resistance]
        if extra.n is not None:
            theta[extra.n] = 0.8
        last = len(self.plan.arcs) - 1
        choices = [(last,), *((i, last) for i in range(last))]
        found = self._searched((impedance[None], weights[None]), theta, choices, self.tails)
        return np.concatenate([theta[None], self._distinct(found, [], keep)])

    def from_optimum(self, impedance: Complexes, weights: Reals, theta: Reals, keep: int) -> Reals:
        """Starts, shape (k, parameters), k <= `keep`, from the circuit's own optimum."""
        arcs = range(len(self.plan.arcs))
        counts = (1, 2) if len(arcs) > _PAIRS else (1,)
        choices = [c for n in counts for c in combinations(arcs, n)]
        found = self._searched((impedance[None], weights[None]), theta, choices, self.tails[::_EVERY])
        return self._distinct(found, [self._place(theta)], keep)

    def _searched(
        self,
        data: tuple[Complexes, Reals],
        theta: Reals,
        choices: Sequence[tuple[int, ...]],
        offered: Sequence[Tail],
    ) -> list[Found]:
        """The best starts with each choice of arcs taken out and searched anew, the best first."""
        shape = tuple(float(theta[place]) for place in self.plan.tail_places[1:])
        present = tails(self.plan, self.log_omega, shape) if shape else []
        found = [one for tail in (*present, *offered) for c in choices for one in self._without(data, theta, c, tail)]
        return sorted(found, key=lambda item: item[0])

    def _without(self, data: tuple[Complexes, Reals], theta: Reals, taken: tuple[int, ...], tail: Tail) -> list[Found]:
        """The best starts with some arcs taken out and searched anew, with a given tail."""
        arcs, (log_tau, exponents, atoms) = self.plan.arcs, self.atoms
        kept = [i for i in range(len(arcs)) if i not in taken]
        taus = np.array([float(self.model.log_tau(arc, theta)) for arc in arcs])
        ns = np.array([theta[arc.n] if arc.n is not None else 1.0 for arc in arcs])
        shapes = 1 / (1 + np.exp(ns[kept, None] * (self.log_omega + taus[kept, None] + 0.5j * np.pi)))
        head = common(self.plan, self.log_omega, tail)
        gram = Gram(np.concatenate([head, shapes, atoms]), len(head) + len(kept), *data)
        gains, chosen = gram.sets(len(taken), len(exponents_of(self.plan)), _PER_CHOICE)[0]
        if not len(chosen):
            return []
        sizes = gram.solve(0, chosen)
        taus, ns = np.tile(taus, (len(chosen), 1)), np.tile(ns, (len(chosen), 1))
        taus[:, taken], ns[:, taken] = log_tau[chosen], exponents[chosen]
        order = [*range(len(head)), *(len(head) + np.argsort([*kept, *taken]))]
        found = assemble(self.model, self.plan, (taus, ns), sizes[:, order], tail)
        return list(zip((gram.rest[0, -1, -1] - gains).tolist(), found, strict=True))

    def _place(self, theta: Reals) -> Reals:
        """ln tau of the arcs in rising order, then the shape of the tail, in units of what separates two optima."""
        taus = np.sort([float(self.model.log_tau(arc, theta)) for arc in self.plan.arcs]) / _NEAR
        shape = theta[list(self.plan.tail_places[1:2])]
        return np.concatenate([taus, shape / (_NEAR_EXPONENT if self.plan.tail == "CPE" else _NEAR)])

    def _distinct(self, ranked: Sequence[Found], near: Sequence[Reals], keep: int) -> Reals:
        """The best starts that are not near the places given, nor near each other."""
        places, found = list(near), []
        for _, theta in ranked:
            place = self._place(theta)
            if all(np.max(np.abs(place - other)) > 1 for other in places):
                places.append(place)
                found.append(theta)
            if len(found) == keep:
                break
        return np.array(found).reshape(len(found), len(self.model.names))


def restarts(model: Model, log_omega: Reals) -> Restarts | None:
    """Further starts of a circuit.

    They are for plain series of two to six arcs: with a tail that looks like an arc, or with three arcs or more.

    Parameters
    ----------
    model
        The circuit.
    log_omega
        ln(2 pi f), shape (frequencies,).

    Returns
    -------
    Restarts or None
        What finds them; None for a circuit whose fits end in the best optimum without them.

    Source: procedure of this package.
    """
    plan = layout(model)
    if plan is None or not isinstance(model.tree, Series) or not _FEWEST_ARCS <= len(plan.arcs) <= _MOST_ARCS:
        return None
    if plan.tail == "TLM" or (len(plan.arcs) == _FEWEST_ARCS and plan.tail in {"", "W", "C"}):
        return None
    parts = model.tree.parts
    last = max(i for i, part in enumerate(parts) if not isinstance(part, Element) or part.kind in {"Zarc", "K"})
    simpler = build("-".join(str(part) for i, part in enumerate(parts) if i != last))
    return Restarts(model, plan, simpler, log_omega, dictionary(plan, log_omega), tuple(tails(plan, log_omega)))
