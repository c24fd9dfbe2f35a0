"""Figures and tables of indentation: load-displacement curves with shaded energies, the energies' bars and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Area, Axis, Bars, Figure, Line, Panel
from halfcell.core.markup import formula
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import one_panel, panel_each, simulated
from halfcell.techniques.indentation.mean_curve import representative, thin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.indentation.mean_curve import Curve
    from halfcell.techniques.indentation.records import Indentation

    Array = NDArray[np.float64]

_CRUSH = "No unloading branch: work to fracture (crush test), not a plastic energy."


def load_displacement(results: Sequence[Indentation]) -> Figure:
    """A panel a sample: every test in grey, the mean curve in black, its plastic and elastic energy shaded."""
    return panel_each(results, [_panel(result) for result in results], 55.0)


def _panel(result: Indentation) -> Panel:
    same = [test for test in result.tests if test.mode == result.mode]
    shown = representative(same)
    layers: list[Any] = []
    if len(result.tests) > 1:
        lines = [thin(test) for test in result.tests]
        layers += [Line(x=line[0], y=line[1], colour=-1, width_pt=0.4) for line in lines]
    crushed = shown.fall is None
    name = _named(result, "total_energy", "work") if crushed else _named(result, "plastic_energy", "plastic")
    layers.append(Area(x=shown.rise[0], y=shown.rise[1], y_low=_under(shown), label=name, colour=1))
    if shown.fall is not None:
        depth, load = shown.fall[:, ::-1]
        name = _named(result, "elastic_energy", "elastic")
        layers.append(Area(x=depth, y=load, y_low=np.zeros(len(depth)), label=name, colour=0))
    layers.append(Line(x=shown.path[0], y=shown.path[1], colour=-2, label=shown.name))
    return Panel(
        x=Axis(label="Displacement", unit="nm", low=0.0),
        y=Axis(label="Load", unit="mN", low=0.0),
        layers=tuple(layers),
        title=formula(result.label),
        legend="upper left",
    )


def _named(result: Indentation, name: str, word: str) -> str:
    """A legend's word with the energy: ``plastic, 11.8(3) nJ``."""
    quantity = result.quantities.get(name)
    return f"{word}, {quantity}" if quantity is not None else word


def _under(shown: Curve) -> Array:
    """Load of the unloading at the depths of the loading: what lies between them is plastic."""
    if shown.fall is None:
        return np.zeros(shown.rise.shape[1])
    return np.asarray(np.interp(shown.rise[0], shown.fall[0, ::-1], shown.fall[1, ::-1], left=0.0))


def energy_bars(results: Sequence[Indentation]) -> Figure:
    """Bars of plastic and elastic energy, a sample each; a crush test's work stands apart in its own colour."""
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


def _values(results: Sequence[Indentation], name: str) -> tuple[Array, Array]:
    """Values and errors (10^-10 J) of an energy; zero where a sample has none."""
    found = [result.quantities.get(name) for result in results]
    values = np.array([quantity.value * 10.0 if quantity else 0.0 for quantity in found])
    return values, np.array([(quantity.std or 0.0) * 10.0 if quantity else 0.0 for quantity in found])


def deformation_energies(results: Sequence[Indentation]) -> Table:
    """Plastic, elastic and total deformation energy in 10^-10 J; a crush test's work only as a total, and said."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="plastic_energy", label="Plastic deformation energy", unit="10^{−10} J"),
        Column(key="elastic_energy", label="Elastic deformation energy", unit="10^{−10} J"),
        Column(key="total_energy", label="Total deformation energy", unit="10^{−10} J"),
    )
    notes = [_CRUSH] if any(result.mode == "crush" for result in results) else []
    if any("test_count" in result.quantities for result in results):
        notes.append("Mean and standard deviation over the particles tested.")
    return Table(
        columns=columns,
        rows=tuple(_energy_row(result) for result in results),
        notes=tuple(notes),
        simulated=simulated(results),
    )


def _energy_row(result: Indentation) -> tuple[Entry | None, ...]:
    name = Entry(text=formula(result.label))
    total = tenth_nano(result, "total_energy")
    if result.mode == "crush":
        return name, Entry(text="crush: no unloading", columns=2), None, total
    return name, tenth_nano(result, "plastic_energy"), tenth_nano(result, "elastic_energy"), total


def hardness_and_modulus(results: Sequence[Indentation]) -> Table:
    """Hardness and modulus with the loads and depths they were taken at, the elastic share and pop-ins."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="hardness", label="Hardness", unit="GPa"),
        Column(key="modulus", label="Young's modulus", unit="GPa"),
        Column(key="elastic_ratio", label="W_{e}/W_{t}"),
        Column(key="peak_load", label="P_{max}", unit="mN"),
        Column(key="peak_depth", label="h_{max}", unit="nm"),
        Column(key="popin_load", label="First pop-in", unit="mN"),
    )
    rows = [(Entry(text=formula(r.label)), *(entry(r, column.key) for column in columns[1:])) for r in results]
    notes = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code in {"ideal_tip", "assumed_poisson"}))
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


def tenth_nano(result: Indentation, name: str) -> Entry:
    """An energy in 10^-10 J as a table's entry, with its uncertainty and origin."""
    quantity = result.quantities.get(name)
    if quantity is None:
        reasons = [note.text for note in result.notes if note.level == "refused"]
        return Entry(text="-", doubt="; ".join(reasons))
    std = None if quantity.std is None else quantity.std * 10.0
    shown = Quantity(quantity.value * 10.0, "10^{−10} J", std, quantity.kind)
    doubts = [note.text for note in result.notes if note.level == "doubt"]
    return Entry(text=shown.number, quantity=shown, origin=f"{result.id}:{name}", doubt="; ".join(doubts))
