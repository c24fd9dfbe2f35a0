"""Figures and tables of voltammetry: voltammograms on one axis; peaks with their couples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.figure import Axis, Dash, Figure, Line, Panel, Span
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.voltammetry.result import VoltammetryResult

_DASHES: tuple[Dash, ...] = ("solid", "dash", "dot", "dashdot")


def voltammogram(results: Sequence[VoltammetryResult]) -> Figure:
    """Current over potential, of the shown cycles; several samples share one pair of axes."""
    unit = _unit(results)
    panel = Panel(
        x=Axis(label="Potential", unit=_volts(results)),
        y=Axis(label="Current", unit=unit),
        layers=(Span(start=0.0, stop=0.0, axis="y", dash="dot"), *_lines(results)),
        title=results[0].label if len(results) == 1 else "",
        legend="best" if len(_lines(results)) > 1 else "none",
    )
    return Figure(panels=(panel,), caption=_caption(results), simulated=simulated(results))


def stacked(results: Sequence[VoltammetryResult]) -> Figure:
    """A panel a sample, one above the other on the same axis of potential."""
    _unit(results)
    panels = tuple(
        Panel(
            x=Axis(label="Potential", unit=_volts(results)),
            y=Axis(label="Current", unit=_unit([result])),
            layers=(Span(start=0.0, stop=0.0, axis="y", dash="dot"), *_lines([result])),
            title=result.label,
        )
        for result in results
    )
    return Figure(
        panels=panels,
        caption=_caption(results),
        columns=1,
        panel_height_mm=38.0,
        share_x=True,
        simulated=simulated(results),
    )


def _lines(results: Sequence[VoltammetryResult]) -> list[Line]:
    """Lines: one colour a sample and one dash a cycle; of one sample one colour a cycle."""
    one, lines = len(results) == 1, []
    for index, result in enumerate(results):
        several = len(result.traces) > 1
        for place, trace in enumerate(result.traces):
            cycle = f"cycle {trace.cycle}"
            label = cycle if one else f"{result.label}, {cycle}" if several else result.label
            dash = "solid" if one else _DASHES[place % len(_DASHES)]
            colour = place if one else index
            lines.append(Line(x=trace.potential, y=trace.current, label=label, colour=colour, dash=dash))
    if not lines:
        raise Refused("there is no cycle to show", results[0].label, "the shown_cycles set are not in the data")
    return lines


def _volts(results: Sequence[VoltammetryResult]) -> str:
    """The unit of the potential: against lithium where hosts of lithium are named."""
    return "V vs. Li^{+}/Li" if all(result.against_lithium for result in results) else "V"


def _unit(results: Sequence[VoltammetryResult]) -> str:
    """The unit of all currents, as printed.

    Raises
    ------
    Refused
        If some are per gram and some are not.
    """
    units = {result.current_unit for result in results}
    if len(units) != 1:
        without = ", ".join(result.label for result in results if result.current_unit == "mA")
        raise Refused("no mass, while others are per gram", without, "give the mass of each cell in cells.csv")
    return "mA g^{-1}" if units == {"mA/g"} else "mA"


def _caption(results: Sequence[VoltammetryResult]) -> str:
    rates = sorted({result["scan_rate"].number for result in results})
    names = ", ".join(result.label for result in results if result.label)
    return f"Cyclic voltammograms{f' of {names}' if names else ''} at {', '.join(rates)} mV s^{{-1}}."


def peaks(results: Sequence[VoltammetryResult]) -> Table:
    """A row a peak: cycle, branch, potential, current, charge of the branch, couple."""
    unit = _unit(results)
    heads = (("cycle", "Cycle", ""), ("branch", "Branch", ""), ("peak_potential", "Peak potential", "V"))
    key, charge = ("peak_specific_current", "specific_charge") if unit != "mA" else ("peak_current", "charge")
    columns = [Column(key="label", label="Materials")]
    columns += [Column(key=name, label=label, unit=head_unit) for name, label, head_unit in heads]
    columns += [Column(key=key, label="Peak current", unit=unit)]
    columns += [Column(key=charge, label="Charge of the branch", unit=unit.replace("mA", "mAh"))]
    columns += [Column(key="couple", label="Couple")]
    rows = [_row(result, row, (key, charge, unit)) for result in results for row in result.rows]
    return Table(columns=tuple(columns), rows=tuple(rows), simulated=simulated(results))


def _row(result: VoltammetryResult, row: Row, names: tuple[str, str, str]) -> tuple[Entry, ...]:
    key, charge, unit = names
    digits = None if unit == "mA" else 1
    std = row["peak_potential_std"]
    place = Quantity(
        float(row["peak_potential"] or 0.0), "V", std if isinstance(std, float) else None, "fit covariance"
    )
    return (
        Entry(text=result.label),
        Entry(text=str(row["cycle"])),
        Entry(text=str(row["branch"])),
        Entry(text="-") if row["peak_potential"] is None else _entry(result, "peak_potential", place),
        _number(result, row, key, (unit, digits)),
        _number(result, row, charge, (unit.replace("mA", "mAh"), digits)),
        Entry(text=str(row["couple"]) or "-"),
    )


def _number(result: VoltammetryResult, row: Row, name: str, shown: tuple[str, int | None]) -> Entry:
    value = row[name]
    if not isinstance(value, float | int):
        return Entry(text="-")
    return _entry(result, name, Quantity(float(value), shown[0], decimals=shown[1]))


def _entry(result: VoltammetryResult, name: str, quantity: Quantity) -> Entry:
    return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:{name}")


FIGURES = {"voltammogram": voltammogram, "stacked voltammograms": stacked}
TABLES = {"peaks": peaks}
