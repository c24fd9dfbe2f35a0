"""A circuit ready to be evaluated: impedance and analytic derivatives of a block of parameter sets.

Internal parameters are ln R, ln C, ln L, ln Q, ln A, ln tau and the exponents. A resistor in parallel with one CPE (or
capacitor) becomes one depressed arc with the internal parameters ln R, ln tau, n: tau and R are nearly independent, Q
and n are not. People see R, Q, n as they wrote them; `natural` and `jacobian` convert from internal to natural ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from halfcell.maths.circuit import arc_elements
from halfcell.maths.circuit.elements import KINDS, Complexes, Formula, Parameter, Reals
from halfcell.maths.circuit.grammar import Element, Node, Parallel, Series, leaves, parse

_PAIR = 2  # parts of an arc: a resistor beside a capacitor or constant-phase element


@dataclass(frozen=True, slots=True)
class Leaf:
    """A formula and the indices of its parameters."""

    formula: Formula
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Parts in series or in parallel, with the indices of all parameters of each part."""

    parallel: bool
    parts: tuple[Leaf | Branch, ...]
    places: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """A semicircle of the circuit: its name and the indices of its resistance, its Q or tau, and its exponent.

    `joined`: R and Q (or C) are ln R and ln tau internally; `q_is_tau`: people see tau as well. `top`: the arc is in
    series with the rest of the circuit, so that arcs of the same shape can be exchanged.
    """

    name: str
    resistance: int
    q: int
    n: int | None
    joined: bool
    q_is_tau: bool
    top: bool


@dataclass(frozen=True)
class Model:
    """A circuit: its text, tree, parameters in the order of the text, and arcs."""

    text: str
    tree: Node
    root: Leaf | Branch
    names: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    arcs: tuple[Arc, ...]

    @property
    def exponents(self) -> tuple[int, ...]:
        """Indices of the exponents."""
        return tuple(i for i, p in enumerate(self.parameters) if p.scale == "exponent")

    @property
    def bounds(self) -> tuple[Reals, Reals]:
        """Lower and upper bounds of the internal parameters (finite only for exponents)."""
        return np.array([p.low for p in self.parameters]), np.array([p.high for p in self.parameters])

    def evaluate(self, theta: Reals, log_omega: Reals) -> tuple[Complexes, Complexes]:
        """Impedance (ohm), shape (lanes, frequencies), and its derivatives, shape (lanes, parameters, frequencies)."""
        slopes = np.empty((theta.shape[0], theta.shape[1], len(log_omega)), dtype=complex)
        return _value(self.root, theta, log_omega, slopes), slopes

    def impedance(self, natural: Reals, frequency: Reals) -> Complexes:
        """Impedance (ohm) of one set of natural parameters, shape (parameters,), at frequencies (Hz), shape (n,)."""
        theta = self.internal(np.asarray(natural, dtype=float)[None, :])
        return np.asarray(self.evaluate(theta, np.log(2 * np.pi * frequency))[0][0])

    def internal(self, natural: Reals) -> Reals:
        """Convert natural parameters to internal ones, shape (sets, parameters): ln R, ln tau, exponents."""
        theta = np.array(natural, dtype=float)
        logs = [i for i in range(len(self.names)) if i not in self.exponents]
        theta[:, logs] = np.log(theta[:, logs])
        for arc in self.arcs:
            if arc.joined:  # tau = (R Q)^(1/n)
                n = theta[:, arc.n] if arc.n is not None else 1.0
                theta[:, arc.q] = (theta[:, arc.resistance] + theta[:, arc.q]) / n
        return theta

    def natural(self, theta: Reals) -> Reals:
        """Convert internal parameters to natural ones, shape (sets, parameters): ohm, F, S s^n, ..."""
        values = np.array(theta, dtype=float)
        for arc in self.arcs:
            if arc.joined:  # Q = tau^n / R
                n = theta[:, arc.n] if arc.n is not None else 1.0
                values[:, arc.q] = n * theta[:, arc.q] - theta[:, arc.resistance]
        logs = [i for i in range(len(self.names)) if i not in self.exponents]
        values[:, logs] = np.exp(values[:, logs])
        return values

    def jacobian(self, theta: Reals) -> Reals:
        """d(ln natural, exponents as they are) / d(internal) of one set, shape (parameters, parameters)."""
        matrix = np.eye(len(theta))
        for arc in self.arcs:
            if arc.joined:  # ln Q = n ln tau - ln R
                matrix[arc.q, arc.q] = theta[arc.n] if arc.n is not None else 1.0
                matrix[arc.q, arc.resistance] = -1.0
                if arc.n is not None:
                    matrix[arc.q, arc.n] = theta[arc.q]
        return matrix

    def log_tau(self, arc: Arc, theta: Reals) -> Reals:
        """ln tau (s) of an arc for internal parameters, shape (..., parameters); (R Q)^(1/n) where Q is internal."""
        if arc.joined or arc.q_is_tau:
            return np.asarray(theta[..., arc.q])
        n = theta[..., arc.n] if arc.n is not None else 1.0
        return np.asarray((theta[..., arc.resistance] + theta[..., arc.q]) / n)


@cache
def build(text: str) -> Model:
    """Read a circuit string and build its model.

    Parameters
    ----------
    text
        A circuit in any notation that `grammar.parse` reads.

    Returns
    -------
    Model
        Its tree, the names, units and bounds of its parameters, and its arcs.

    Raises
    ------
    InputError
        As `grammar.parse`.

    Source: definition; the notations are those of `grammar`.
    """
    tree = parse(text)
    names: list[str] = []
    parameters: list[Parameter] = []
    places: dict[str, tuple[int, ...]] = {}
    for leaf in leaves(tree):
        kind = KINDS[leaf.kind]
        places[leaf.name] = tuple(range(len(names), len(names) + len(kind.parameters)))
        names += [leaf.name + p.suffix for p in kind.parameters]
        parameters += kind.parameters
    arcs: list[Arc] = []
    root = _compile(tree, places, arcs, True)
    return Model(text, tree, root, tuple(names), tuple(parameters), tuple(arcs))


def order_arcs(model: Model, theta: Reals) -> Reals:
    """Exchange arcs of the same shape that are in series, so that the one written first is the fastest.

    Parameters
    ----------
    model
        The circuit.
    theta
        Internal parameters, shape (sets, parameters).

    Returns
    -------
    numpy.ndarray
        The same sets with growing time constants, shape (sets, parameters); their impedance is the same.

    Source: definition.
    """
    theta = np.array(theta)
    for joined in (True, False):
        for free in (True, False):
            group = [a for a in model.arcs if a.top and a.joined is joined and (a.n is not None) is free]
            columns = np.array([[a.resistance, a.q, *([a.n] if a.n is not None else [])] for a in group], dtype=int)
            if len(group) > 1:
                order = np.argsort(theta[:, columns[:, 1]], axis=1, kind="stable")
                sets = theta[:, columns]  # (sets, arcs, 2 or 3)
                theta[:, columns] = np.take_along_axis(sets, order[:, :, None], axis=1)
    return theta


def _compile(node: Node, places: dict[str, tuple[int, ...]], arcs: list[Arc], top: bool) -> Leaf | Branch:
    if isinstance(node, Element):
        if node.kind in {"Zarc", "K"}:
            r, tau, *n = places[node.name]
            name = node.name.removeprefix(node.kind) or node.name
            arcs.append(Arc(name, r, tau, n[0] if n else None, False, True, top))
        return Leaf(KINDS[node.kind].formula, places[node.name])
    if isinstance(node, Parallel):
        joined = _arc(node, places, arcs, top)
        if joined is not None:
            return joined
    below = top and isinstance(node, Series)
    parts = tuple(_compile(part, places, arcs, below) for part in node.parts)
    under = tuple(tuple(i for leaf in leaves(part) for i in places[leaf.name]) for part in node.parts)
    return Branch(isinstance(node, Parallel), parts, under)


def _arc(node: Parallel, places: dict[str, tuple[int, ...]], arcs: list[Arc], top: bool) -> Leaf | None:
    """Record the arc of a parallel branch; if it is R || CPE or R || C only, return it as one leaf."""
    if len(node.parts) != _PAIR:
        return None
    stores = [p for p in node.parts if isinstance(p, Element) and p.kind in {"CPE", "C"}]
    others = [p for p in node.parts if p not in stores]
    if len(stores) != 1 or len(others) != 1:
        return None
    inside = others[0].parts if isinstance(others[0], Series) else (others[0],)
    resistors = [p for p in inside if isinstance(p, Element) and p.kind == "R"]
    if len(resistors) != 1:
        return None
    (r,), (q, *n) = places[resistors[0].name], places[stores[0].name]
    joined = others[0] is resistors[0]
    name = resistors[0].name.removeprefix("R") or resistors[0].name
    arcs.append(Arc(name, r, q, n[0] if n else None, joined, False, top and joined))
    formula = arc_elements.zarc if n else arc_elements.voigt
    return Leaf(formula, (r, q, *n)) if joined else None


def _value(node: Leaf | Branch, theta: Reals, log_omega: Reals, slopes: Complexes) -> Complexes:
    if isinstance(node, Leaf):
        first, last = node.places[0], node.places[-1]
        if node.places == tuple(range(first, last + 1)):
            return node.formula(theta[:, first : last + 1], log_omega, slopes[:, first : last + 1])
        own = np.empty((len(theta), len(node.places), len(log_omega)), dtype=complex)
        found = node.formula(theta[:, node.places], log_omega, own)
        slopes[:, node.places] = own
        return found
    values = [_value(part, theta, log_omega, slopes) for part in node.parts]
    if not node.parallel:
        return np.asarray(sum(values[1:], start=values[0]))
    z: Complexes = 1 / np.sum([1 / v for v in values], axis=0)
    for value, places in zip(values, node.places, strict=True):
        slopes[:, places] *= ((z / value) ** 2)[:, None, :]
    return z
