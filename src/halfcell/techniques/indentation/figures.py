"""Figures of indentation: load-displacement curves with shaded energies, bars of the energies, the set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Area, Axis, Bars, Figure, Layer, Line, Panel
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import one_panel, panel_each
from halfcell.techniques.indentation.mean_curve import representative, thin
from halfcell.techniques.indentation.schematic import schematic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.indentation.mean_curve import Curve
    from halfcell.techniques.indentation.result import IndentationResult

    Array = NDArray[np.float64]


def load_displacement(results: Sequence[IndentationResult]) -> Figure:
    """One panel per sample: every test in grey, the mean curve in black, its plastic and elastic energy shaded."""
    return panel_each(results, [_panel(result) for result in results], 55.0)


def _panel(result: IndentationResult) -> Panel:
    same = [test for test in result.tests if test.mode == result.mode]
    shown = representative(same)
    layers: list[Layer] = []
    if len(result.tests) > 1:
        lines = [thin(test) for test in result.tests]
        layers += [
            Line(x=line[0], y=line[1], colour=-1, width_pt=0.4, name=f"test {number}")
            for number, line in enumerate(lines, 1)
        ]
    crushed = shown.fall is None
    name = _named(result, "total_energy", "work") if crushed else _named(result, "plastic_energy", "plastic")
    layers.append(Area(x=shown.rise[0], y=shown.rise[1], y_low=_under(shown), label=name, colour=1))
    if shown.fall is not None:
        depth, load = shown.fall[:, ::-1]
        name = _named(result, "elastic_energy", "elastic")
        layers.append(Area(x=depth, y=load, y_low=np.zeros(len(depth)), label=name, colour=0, opacity=0.5))
    layers.append(Line(x=shown.path[0], y=shown.path[1], colour=-2, label=shown.name))
    return Panel(
        x=Axis(label="Displacement", unit="nm", low=0.0),
        y=Axis(label="Load", unit="mN", low=0.0),
        layers=tuple(layers),
        title=formula(result.label),
        legend="upper left",
    )


def _named(result: IndentationResult, name: str, word: str) -> str:
    """A label of the legend with its energy: ``plastic, 11.8(3) nJ``."""
    quantity = result.quantities.get(name)
    return f"{word}, {quantity}" if quantity is not None else word


def _under(shown: Curve) -> Array:
    """Load of the unloading at the depths of the loading: the area between them is the plastic energy."""
    if shown.fall is None:
        return np.zeros(shown.rise.shape[1])
    return np.asarray(np.interp(shown.rise[0], shown.fall[0, ::-1], shown.fall[1, ::-1], left=0.0))


def energy_bars(results: Sequence[IndentationResult]) -> Figure:
    """Bars of plastic and elastic energy, one per sample; the work of a crush test has a colour of its own."""
    place = np.arange(len(results), dtype=float)
    names = tuple(formula(result.label) for result in results)
    plastic, plastic_error = _values(results, "plastic_energy")
    elastic, elastic_error = _values(results, "elastic_energy")
    crushed = np.array([r.mode == "crush" for r in results])
    work, work_error = _values(results, "total_energy")
    layers = [
        Bars(x=place, y=plastic, names=names, label="plastic", colour=1, y_error=plastic_error),
        Bars(x=place, y=elastic, base=plastic, label="elastic", colour=0, y_error=elastic_error),
    ]
    if crushed.any():
        height, error = np.where(crushed, work, 0.0), np.where(crushed, work_error, 0.0)
        layers.append(Bars(x=place, y=height, label="work to fracture", colour=-1, y_error=error))
    panel = Panel(y=Axis(label="Energy", unit="10^{−10} J", low=0.0), layers=tuple(layers))
    return one_panel(results, panel)


def _values(results: Sequence[IndentationResult], name: str) -> tuple[Array, Array]:
    """Values and errors (10^-10 J) of an energy; zero where a sample has none."""
    found = [result.quantities.get(name) for result in results]
    values = np.array([quantity.value * 10.0 if quantity else 0.0 for quantity in found])
    return values, np.array([(quantity.std or 0.0) * 10.0 if quantity else 0.0 for quantity in found])


FIGURES = {"load-displacement": load_displacement, "energy bars": energy_bars, "schematic": schematic}
