"""The parts of a circuit whose parts are all in series: resistor, inductor, arcs, one tail."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.maths.circuit.elements import KINDS
from halfcell.maths.circuit.grammar import Element, Series, leaves
from halfcell.maths.circuit.model import Arc, Model

TAILS = ("W", "CPE", "C", "Wo", "Ws")
EVERY_TAIL = (*TAILS, "G", "Wop", "Wsp", "TLM")  # the last four are fitted where a circuit has them, but never offered


@dataclass(frozen=True)
class Layout:
    """Indices of the parameters of a series circuit: of the resistor, the inductor, the arcs and the tail."""

    resistor: int | None
    inductor: int | None
    arcs: tuple[Arc, ...]
    tail: str
    tail_places: tuple[int, ...]


def layout(model: Model) -> Layout | None:
    """The parts of a circuit in series.

    Parameters
    ----------
    model
        The circuit.

    Returns
    -------
    Layout or None
        Places of resistor and inductor, the arcs and the tail; None if it is not a plain series: starts are then
        searched at random.

    Source: definition.
    """
    parts = model.tree.parts if isinstance(model.tree, Series) else (model.tree,)
    single = [p for p in parts if isinstance(p, Element) and p.kind not in {"Zarc", "K"}]
    arcs = tuple(arc for arc in model.arcs if arc.top)
    if len(single) + len(arcs) != len(parts) or any(isinstance(p, Series) for p in parts):
        return None
    kinds = [p.kind for p in single]
    tails = [p for p in single if p.kind in EVERY_TAIL]
    if len(tails) > 1 or max(kinds.count("R"), kinds.count("L")) > 1 or not {*kinds} <= {"R", "L", *EVERY_TAIL}:
        return None
    places = {p.kind: _places(model, p) for p in single}
    tail = tails[0].kind if tails else ""
    return Layout(places.get("R", (None,))[0], places.get("L", (None,))[0], arcs, tail, places.get(tail, ()))


def _places(model: Model, element: Element) -> tuple[int, ...]:
    """The places of an element's own parameters; by its name, CPE would take those of CPE_1 as well."""
    begin = 0
    for leaf in leaves(model.tree):
        count = len(KINDS[leaf.kind].parameters)
        if leaf == element:
            return tuple(range(begin, begin + count))
        begin += count
    return ()
