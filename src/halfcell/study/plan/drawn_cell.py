"""Fill in a cell to be drawn from the table of cells: its diameter, its pressure, its usual layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.sample import Cell, CellKind
from halfcell.study.files.item_spec import Part
from halfcell.study.files.own_content import StackLayer, StackSpec


def with_drawn_cell(part: Part, cells: Mapping[str, Cell], where: str) -> tuple[Part, tuple[InputError, ...]]:
    """The part with what its cell says, and the problem of a cell that is not in the table, or has no layers."""
    stack = part.own.stack
    if stack is None or not stack.cell:
        return part, ()
    if stack.cell not in cells:
        return part, (InputError(f"unknown cell {stack.cell!r}", where, did_you_mean(stack.cell, cells)),)
    filled = _filled(stack, cells[stack.cell])
    if not filled.layers:
        what = f"cell {stack.cell!r} has no kind that tells its layers"
        return part, (InputError(what, where, 'layers = [{ name = "Cu", thickness = "10 um" }]'),)
    return replace(part, own=replace(part.own, stack=filled)), ()


def _filled(stack: StackSpec, cell: Cell) -> StackSpec:
    diameter = f"{cell.diameter_mm:g} mm" if cell.diameter_mm else ""
    pressure = f"{cell.pressure_mpa:g} MPa" if cell.pressure_mpa else ""
    return replace(
        stack,
        layers=stack.layers or _usual_layers(cell),
        diameter=stack.diameter or diameter,
        pressure=stack.pressure or pressure,
    )


def _usual_layers(cell: Cell) -> tuple[StackLayer, ...]:
    """The layers of a cell of its kind from above; the thickness that the table gives is that of the electrode."""
    thickness = f"{cell.thickness_um:g} um" if cell.thickness_um else ""
    studied = StackLayer(name=cell.printed, thickness=thickness, role="anode")
    collectors = {name: StackLayer(name=name, role="collector") for name in ("Cu", "Al")}
    separator, solid = (
        StackLayer(name="separator", role="separator"),
        StackLayer(name="solid electrolyte", role="electrolyte"),
    )
    lithium, cathode = StackLayer(name="Li", role="lithium"), StackLayer(name="cathode", role="cathode")
    found: dict[CellKind, tuple[StackLayer, ...]] = {
        CellKind.HALF: (lithium, separator, studied, collectors["Cu"]),
        CellKind.CATHODE_HALF: (lithium, separator, replace(studied, role="cathode"), collectors["Al"]),
        CellKind.FULL: (collectors["Cu"], studied, separator, cathode, collectors["Al"]),
        CellKind.ASSLB_HALF: (StackLayer(name="Li-In", role="lithium"), solid, studied),
        CellKind.ASSLB: (studied, solid, cathode),
    }
    return found.get(cell.kind, ()) if cell.kind else ()
