r"""Starts from what is known of smaller circuits, and from an optimum in which an element has vanished.

A circuit is never fitted worse than one that it contains if the optimum of that one, with the missing element too small
to matter, is among its starts. And because sizes are logarithms, a resistance or an inductance that runs to zero on a
detour (its derivative vanishes with it) cannot come back by itself: it is set to a size that is seen, and fitted again.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.grammar import Element, Node, Series
from halfcell.maths.circuit.model import Arc, Model, build
from halfcell.maths.circuit.series_layout import TAILS, Layout, layout

Signature = tuple[bool, bool, tuple[tuple[bool, bool, bool], ...], str]

_UNSEEN = 1e-4  # of |Z|: a size that changes nothing
_GONE = 1e-3  # of |Z|, smaller: an element has vanished
_BACK = (0.03, 0.3)  # of |Z|: the sizes at which it is tried again
_INSIDE = {"CPE": ("C", "W"), "Wo": ("W",), "Ws": ("W",)}  # tails that another tail contains
_DEEP = 3.5  # ln(omega tau) at the lowest frequency from which on finite diffusion is an infinite one
_ONE_ARC = 2  # from two arcs on `restarts` keeps fits from being worse than smaller circuits


def smaller_circuits(model: Model) -> tuple[Model, ...]:
    """The circuits in series to which a fit of a circuit is held.

    They lack its resistor, inductor or tail, or have a special case of its tail: those whose fits were seen to be
    better before, of circuits with an inductor, of circuits with one arc, and of those that end in a capacitor or a
    constant-phase element. Others are kept from it by `restarts`.

    Parameters
    ----------
    model
        The circuit.

    Returns
    -------
    tuple of Model
        Smaller circuits; none for a circuit that is no series.

    Source: procedure of this package.
    """
    plan = layout(model)
    if plan is None or not isinstance(model.tree, Series):
        return ()
    parts, few = model.tree.parts, len(plan.arcs) < _ONE_ARC
    kinds = {"R", "L", *TAILS} if plan.inductor is not None else {"C", "CPE"}
    kinds |= {"R", "Wo", "Ws"} if few else set()
    texts = [_joined(part for part in parts if part is not out) for out in parts if _kind(out) in kinds]
    if few:
        special = _INSIDE.get(plan.tail, ())
        texts += [_joined(f"{kind}d" if _kind(part) == plan.tail else part for part in parts) for kind in special]
    return tuple(build(text) for text in texts if _is_circuit(text))


def _joined(parts: Iterable[object]) -> str:
    return "-".join(map(str, parts))


def _kind(part: Node) -> str:
    return part.kind if isinstance(part, Element) else ""


def _is_circuit(text: str) -> bool:
    """Whether a circuit has an arc, or a resistor with a tail."""
    if "-" not in text and not text.startswith("p("):
        return False
    plan = layout(build(text))
    return plan is not None and bool(plan.arcs or (plan.tail and plan.resistor is not None))


def signature(model: Model) -> Signature | None:
    """What makes two circuits in series the same whatever their names.

    Parameters
    ----------
    model
        The circuit.

    Returns
    -------
    tuple or None
        Whether resistor and inductor are missing, the shapes of the arcs, and the tail; None for one that is no
        series.

    Source: definition.
    """
    plan = layout(model)
    if plan is None:
        return None
    return (plan.resistor is None, plan.inductor is None, tuple(map(_shape, plan.arcs)), plan.tail)


def nested_starts(model: Model, below: Model, log_omega: Reals, impedance: Complexes, theta: Reals) -> list[Reals]:
    """Starts of one spectrum from the optimum of a smaller circuit.

    What that lacks is too small to be seen, and, if it is a resistor or an inductor, also of sizes that are.

    Parameters
    ----------
    model, below
        The circuit, and the smaller one.
    log_omega, impedance
        ln(2 pi f) and ohm, shape (frequencies,).
    theta
        Internal parameters of the optimum of `below`, shape (its parameters,).

    Returns
    -------
    list of numpy.ndarray
        Internal parameters of `model`, shape (parameters,) each.

    Source: procedure of this package.
    """
    plan, other = layout(model), layout(below)
    if plan is None or other is None:
        return []
    start = _extended(model, plan, other, theta, (log_omega, impedance))
    return [start, *vanished_starts(model, log_omega, impedance, start)]


def vanished_starts(model: Model, log_omega: Reals, impedance: Complexes, theta: Reals) -> list[Reals]:
    """Starts with a vanished resistor or inductor set to sizes that are seen.

    The size of a resistor is the least |Z|, that of an inductor |Z|/omega at the highest frequency. An element has
    vanished below a thousandth of its size; the starts set those that have to 3 % and to 30 % of it.

    Parameters
    ----------
    model
        The circuit.
    log_omega, impedance
        ln(2 pi f) and ohm, shape (frequencies,).
    theta
        Internal parameters of an optimum, shape (parameters,).

    Returns
    -------
    list of numpy.ndarray
        Internal parameters, shape (parameters,) each; none where nothing has vanished.

    Source: procedure of this package.
    """
    plan = layout(model)
    if plan is None:
        return []
    sizes = _scales(plan, log_omega, impedance)
    gone = [place for place, scale in sizes.items() if theta[place] < np.log(_GONE * scale)]
    found = []
    for back in _BACK if gone else ():
        start = theta.copy()
        for place in gone:
            start[place] = np.log(back * sizes[place])
        found.append(start)
    return found


def _scales(plan: Layout, log_omega: Reals, impedance: Complexes) -> dict[int, float]:
    """For resistor and inductor the size at which they alone would be |Z|: the least one, the one at the highest f."""
    modulus = np.abs(impedance)
    found = {} if plan.resistor is None else {plan.resistor: float(modulus.min())}
    if plan.inductor is not None:
        top = int(np.argmax(log_omega))
        found[plan.inductor] = float(modulus[top] / np.exp(log_omega[top]))
    return found


def _shape(arc: Arc) -> tuple[bool, bool, bool]:
    return arc.joined, arc.q_is_tau, arc.n is not None


def _extended(model: Model, plan: Layout, below: Layout, theta: Reals, data: tuple[Reals, Complexes]) -> Reals:
    """The optimum of the smaller circuit with what it lacks, too small to be seen."""
    log_omega, impedance = data
    start = np.zeros(len(model.names))
    median = float(np.median(np.abs(impedance)))
    for place, scale in _scales(plan, log_omega, impedance).items():
        start[place] = np.log(_UNSEEN * scale)
    for own_place, other in ((plan.resistor, below.resistor), (plan.inductor, below.inductor)):
        if own_place is not None and other is not None:
            start[own_place] = theta[other]
    for number, arc in enumerate(plan.arcs):
        log_tau = -float(np.median(log_omega))
        log_r, exponent = float(np.log(_UNSEEN * median)), 0.8
        if number < len(below.arcs):
            own = below.arcs[number]
            log_r, exponent = float(theta[own.resistance]), float(theta[own.n]) if own.n is not None else 1.0
            start[arc.q] = theta[own.q]
        else:
            start[arc.q] = log_tau if arc.joined or arc.q_is_tau else log_tau - log_r
        start[arc.resistance] = log_r
        if arc.n is not None:
            start[arc.n] = exponent
    if plan.tail:
        places = list(plan.tail_places)
        tail = theta[list(below.tail_places)]
        start[places] = tail if plan.tail == below.tail else _tail(plan, below, tail, (log_omega, median))
    return start


def _tail(plan: Layout, below: Layout, own: Reals, data: tuple[Reals, float]) -> Reals:
    """The smaller circuit's tail as the special case that it is, or a tail too small to be seen where it has none."""
    log_omega, median = data
    low, high = float(log_omega.min()), float(log_omega.max())
    half = 0.5 * float(np.log(2.0))
    small, more = float(np.log(_UNSEEN * median)), [0.5] * (len(plan.tail_places) - 2)
    if plan.tail == "CPE" and below.tail:
        return np.array([own[0], 1.0] if below.tail == "C" else [-own[0] - half, 0.5])
    if plan.tail == "CPE":
        return np.array([-small - 0.5 * low, 0.5])
    if plan.tail in {"W", "C"}:
        return np.array([small + 0.5 * low if plan.tail == "W" else -small - low])
    # a boundary that blocks is a capacitor below 1/tau, large however small Z0 is: with tau at the end it is not seen
    unseen = -low if plan.tail.startswith("Wo") else -high
    log_tau = _DEEP - low if below.tail else unseen
    return np.array([own[0] + half + 0.5 * log_tau if below.tail else small, log_tau, *more])
