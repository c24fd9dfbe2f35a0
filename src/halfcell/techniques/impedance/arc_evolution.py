"""Arc resistances over the states of a series with their intervals, and their sum where the parts are not known."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Layer, Line, Panel, Points
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.impedance.nyquist import MARKERS
from halfcell.techniques.impedance.state_order import state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.maths.circuit.elements import Reals
from halfcell.techniques.impedance.result import ImpedanceResult

_WIDEST = 100.0  # ratio of the ends of an interval above which a resistance is not drawn: a factor of ten either way
_BARS = "Bars: 95 % intervals, where they are larger than the symbols."
_OPEN = (
    "Open symbols: resistance not known well enough to be quoted; resistances that are not determined are not drawn."
)


def evolution(results: Sequence[ImpedanceResult]) -> Figure:
    """Arc resistances over the states of a series with their 95 % intervals; open where they should not be quoted.

    Where some are open or left out, the sum of the arcs is drawn as well: it is known even if its parts are not.
    """
    states = [state(r.meta) for r in results]
    numbered = all(s is not None for s in states)
    x = np.array([s if numbered and s is not None else float(i) for i, s in enumerate(states)])
    order = np.argsort(x, kind="stable")
    results, x = [results[k] for k in order], x[order]
    tracks = [_track(results, x, name, i) for i, name in enumerate(_names(results))]
    rows = [row for r in results for row in r.arcs]
    if not all(row["quoted"] for row in rows):
        tracks.append(_sums(results, x, len(tracks)))
    layers = tuple(layer for layers, _ in tracks for layer in layers)
    top = max((value for _, values in tracks for value in values), default=1.0)
    axis = Axis(label="Cycle number", low=_left(x), high=1.06 * float(x.max())) if numbered else Axis(label="State")
    panel = Panel(x=axis, y=Axis(label="Resistance", unit="Ω", low=0.0, high=1.12 * top), layers=layers)
    notes = (_BARS, _OPEN, *doubts(results))
    return Figure(panels=(panel,), panel_height_mm=55.0, simulated=simulated(results), notes=notes)


def _names(results: Sequence[ImpedanceResult]) -> list[str]:
    return list(dict.fromkeys(str(row["arc"]) for r in results for row in r.arcs))


def _left(x: Reals) -> float:
    """Zero, or slightly less where the axis would cut off the first symbol."""
    return 0.0 if float(x.min()) > 0.03 * float(x.max()) else -0.04 * float(x.max())


def _number(row: Row, name: str) -> float:
    value = row[name]
    return float(value) if isinstance(value, int | float) else float("nan")


def _track(results: Sequence[ImpedanceResult], x: Reals, name: str, colour: int) -> tuple[list[Layer], list[float]]:
    """Layers of one arc, and the values drawn."""
    rows = [next((row for row in r.arcs if row["arc"] == name), None) for r in results]
    drawn = [
        (place, row)
        for place, row in zip(x.tolist(), rows, strict=True)
        if row is not None and _number(row, "high_ohm") < _WIDEST * _number(row, "low_ohm")
    ]
    places, y = np.array([place for place, _ in drawn]), np.array([_number(row, "resistance_ohm") for _, row in drawn])
    ends = [(_number(row, "low_ohm"), _number(row, "high_ohm")) for _, row in drawn]
    quoted = np.array([bool(row["quoted"]) for _, row in drawn], dtype=bool)
    layers = _bars(places, y, ends, (colour, f"R_{{{name}}}"))
    for mask, hollow in ((quoted, False), (~quoted, True)):
        if mask.any():
            label = f"R_{{{name}}}" if not hollow or not quoted.any() else ""
            symbols = _symbols(places[mask], y[mask], label, colour, hollow=hollow)
            words = f"R_{{{name}}}, {'not to be quoted' if hollow else 'to be quoted'}"
            layers.append(dataclasses.replace(symbols, name=words))
    return layers, y.tolist()


def _sums(results: Sequence[ImpedanceResult], x: Reals, colour: int) -> tuple[list[Layer], list[float]]:
    """Layers of the sum of the arcs where it is known, and the values drawn."""
    found = [(p, r["arc_resistance_sum"]) for p, r in zip(x.tolist(), results, strict=True) if _has_sum(r)]
    places, y = np.array([place for place, _ in found]), np.array([quantity.value for _, quantity in found])
    ends = [(q.value - 1.96 * (q.std or 0.0), q.value + 1.96 * (q.std or 0.0)) for _, q in found]
    symbols = [_symbols(places, y, "sum of the arcs", colour, hollow=False)] if found else []
    return [*_bars(places, y, ends, (colour, "sum of the arcs")), *symbols], y.tolist()


def _has_sum(result: ImpedanceResult) -> bool:
    return "arc_resistance_sum" in result.quantities and len(result.arcs) > 1


def _bars(x: Reals, y: Reals, ends: Sequence[tuple[float, float]], look: tuple[int, str]) -> list[Layer]:
    """The line through the values of one arc and the interval of each; `look` is their colour and name."""
    colour, name = look
    layers: list[Layer] = [Line(x=x, y=y, colour=colour, width_pt=0.7, name=f"{name}, line")] if len(x) else []
    for place, interval in zip(x, ends, strict=True):
        both, words = np.array([place, place]), f"{name}, 95 % interval at {place:g}"
        layers.append(Line(x=both, y=np.array(interval), colour=colour, width_pt=1.0, name=words))
    return layers


def _symbols(x: Reals, y: Reals, label: str, colour: int, *, hollow: bool) -> Points:
    marker = MARKERS[colour % len(MARKERS)]
    return Points(x=x, y=y, label=label, colour=colour, marker=marker, hollow=hollow, size_pt=4.0)
