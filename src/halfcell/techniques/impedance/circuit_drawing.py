"""An equivalent circuit drawn from its string: boxes, plates, coils and wires, each element with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Layer, Panel, Shape, Text
from halfcell.maths.circuit.grammar import Element, Node, Parallel, Series, parse
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.impedance.state_order import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from halfcell.techniques.impedance.result import ImpedanceResult

_WIDE: Final = 2.4  # of an element with its wires, in units of the drawing
_HALF: Final = 0.28  # half the height of a box
_ABOVE: Final = 0.95  # height of an element with its name above the wire
_BELOW: Final = 0.45  # and below it
_LEAD: Final = 0.35  # wire before and after parallel branches
_SIZE_PT: Final = 6.5  # letters below the 7 pt of the axes


@dataclass(frozen=True, slots=True)
class _Box:
    """The space of a part of a circuit: its width, and how far it reaches above and below its wire."""

    width: float
    above: float
    below: float


def circuit(results: Sequence[ImpedanceResult]) -> Figure:
    """The equivalent circuit that was fitted; several circuits have a panel each, named by their spectra."""
    names: dict[str, list[str]] = {}
    for result in in_order(results):
        names.setdefault(result.circuit, []).append(result.label)
    several = len(names) > 1
    panels = [circuit_panel(text, ", ".join(filter(None, of)) if several else "") for text, of in names.items()]
    tallest = max(ratio(text) for text in names)
    height = float(np.clip(84.0 * tallest, 16.0, 60.0)) + 5.0 * several
    return Figure(panels=tuple(panels), panel_height_mm=height, simulated=simulated(results))


def ratio(text: str) -> float:
    """Height over width of the drawing of a circuit."""
    box = _box(parse(text))
    return (box.above + box.below) / (box.width + 2 * _LEAD)


def circuit_panel(text: str, title: str = "", size_pt: float = _SIZE_PT) -> Panel:
    """A panel without axes that shows a circuit.

    Parameters
    ----------
    text
        The circuit string.
    title
        What stands above the panel.
    size_pt
        The size of the names of the elements.

    Returns
    -------
    Panel
        With the lines and symbols of the circuit.

    Raises
    ------
    InputError
        If the string is no circuit.

    Source: definition.
    """
    node = parse(text)
    box = _box(node)
    ends = _wire(-_LEAD, 0.0, 0.0), _wire(box.width, 0.0, box.width + _LEAD)
    layers = (*ends, *_drawn(node, 0.0, 0.0, size_pt))
    x = Axis(low=-_LEAD, high=box.width + _LEAD, hidden=True)
    y = Axis(low=-box.below, high=box.above, hidden=True)
    return Panel(x=x, y=y, layers=layers, title=title, equal=True, legend="none")


def _box(node: Node) -> _Box:
    if isinstance(node, Element):
        return _Box(_WIDE, _ABOVE, _BELOW)
    boxes = [_box(part) for part in node.parts]
    if isinstance(node, Series):
        return _Box(sum(box.width for box in boxes), max(b.above for b in boxes), max(b.below for b in boxes))
    half = sum(box.above + box.below for box in boxes) / 2
    return _Box(max(box.width for box in boxes) + 2 * _LEAD, half, half)


def _drawn(node: Node, x: float, y: float, size_pt: float) -> Iterator[Layer]:
    """A part of a circuit whose wire begins at x and y."""
    if isinstance(node, Element):
        yield from _element(node, x, y, size_pt)
    elif isinstance(node, Series):
        for part in node.parts:
            yield from _drawn(part, x, y, size_pt)
            x += _box(part).width
    else:
        yield from _branches(node, x, y, size_pt)


def _branches(node: Parallel, x: float, y: float, size_pt: float) -> Iterator[Layer]:
    """Parallel branches below each other, each in the middle between two vertical wires."""
    whole, top, heights = _box(node), y + _box(node).above, []
    for part in node.parts:
        box = _box(part)
        at = top - box.above
        top = at - box.below
        heights.append(at)
        start = x + (whole.width - box.width) / 2
        yield from _drawn(part, start, at, size_pt)
        yield _wire(x + _LEAD / 2, at, start)
        yield _wire(start + box.width, at, x + whole.width - _LEAD / 2)
    for place in (x + _LEAD / 2, x + whole.width - _LEAD / 2):
        yield Arrow(x0=place, y0=heights[0], x1=place, y1=heights[-1], head=False)
    yield _wire(x, y, x + _LEAD / 2)
    yield _wire(x + whole.width - _LEAD / 2, y, x + whole.width)


def _wire(x0: float, y: float, x1: float) -> Arrow:
    return Arrow(x0=x0, y0=y, x1=x1, y1=y, head=False)


def _element(one: Element, x: float, y: float, size_pt: float) -> Iterator[Layer]:
    middle = x + _WIDE / 2
    half = {"C": 0.12, "CPE": 0.3}.get(one.kind, 0.6)
    yield _wire(x, y, middle - half)
    yield _wire(middle + half, y, x + _WIDE)
    yield from _symbol(one.kind, middle, y, size_pt)
    yield Text(x=middle, y=y + 0.64, text=_name(one), align="center", size_pt=size_pt)


def _symbol(kind: str, x: float, y: float, size_pt: float) -> Iterator[Layer]:
    """The symbol of an element: a box, with its kind in it if it is no resistor, where it has none of its own."""
    if kind in _STROKES:
        yield from _STROKES[kind](x, y)
        return
    corners = np.array([-0.6, 0.6, 0.6, -0.6, -0.6]), np.array([-_HALF, -_HALF, _HALF, _HALF, -_HALF])
    yield Shape(x=x + corners[0], y=y + corners[1], fill="#FFFFFF")
    if kind != "R":
        yield Text(x=x, y=y, text=kind, align="center", size_pt=0.85 * size_pt)


def _plates(x: float, y: float) -> Iterator[Arrow]:
    for place in (x - 0.12, x + 0.12):
        yield Arrow(x0=place, y0=y - 0.34, x1=place, y1=y + 0.34, head=False)


def _angles(x: float, y: float) -> Iterator[Arrow]:
    """Two angles, the sign of a constant phase."""
    for place in (x - 0.06, x + 0.3):
        for end in (y - 0.34, y + 0.34):
            yield Arrow(x0=place - 0.24, y0=end, x1=place, y1=y, head=False)


def _coil(x: float, y: float) -> Iterator[Arrow]:
    angle = np.linspace(np.pi, 0.0, 13)
    for bump in range(3):
        across = x - 0.4 + 0.4 * bump + 0.2 * np.cos(angle)
        up = y + 0.2 * np.sin(angle)
        for n in range(len(angle) - 1):
            yield Arrow(x0=across[n], y0=up[n], x1=across[n + 1], y1=up[n + 1], head=False)


_STROKES: Final[Mapping[str, Callable[[float, float], Iterator[Arrow]]]] = {"C": _plates, "CPE": _angles, "L": _coil}


def _name(one: Element) -> str:
    """``Rint`` -> R_{int}, ``CPEct`` -> CPE_{ct}."""
    suffix = one.name.removeprefix(one.kind)
    return f"{one.kind}_{{{suffix}}}" if suffix and suffix != one.name else one.name
