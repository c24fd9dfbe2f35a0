"""Curves from the author's tables, drawn into a panel of a figure or into a panel of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Colour, Dash, Figure, Layer, Line, Panel, Points, Side
from halfcell.core.markup import plain
from halfcell.core.units import conversion, parse
from halfcell.study.files.own_content import CurveSpec
from halfcell.study.files.sheets import Sheet, read_sheet

if TYPE_CHECKING:
    from halfcell.core.figure import Array

_HEAD = re.compile(r"(.*?)\s*[(\[/]\s*([^()\[\]]+?)\s*[)\]]?\s*")


def curves_figure(curves: Sequence[CurveSpec], root: Path, title: str) -> Figure:
    """A figure of one panel with curves alone; its axes are named by the columns of the first curve."""
    first = curves[0]
    x, y = (Axis(label=_head(name)[0], unit=_head(name)[1]) for name in (first.x, first.y))
    rights = [curve for curve in curves if curve.axis == "right"]
    right = Axis(label=_head(rights[0].y)[0], unit=_head(rights[0].y)[1]) if rights else None
    panel = Panel(x=x, y=y, right=right, title=title)
    whole = tuple(replace(curve, panel="a") for curve in curves)
    return with_curves(Figure(panels=(panel,)), whole, root)


def with_curves(figure: Figure, curves: Sequence[CurveSpec], root: Path) -> Figure:
    """The figure with curves added to its panels; a unit in a column's head is converted to that of the axis.

    Raises
    ------
    InputError
        If there is no such panel, a cell is no number, or a unit measures something else than the axis shows.
    """
    panels = list(figure.panels)
    for curve in curves:
        place = "abcdefghijklmnopqrstuvwxyz".find(curve.panel)
        if not 0 <= place < len(panels):
            raise InputError(f"there is no panel {curve.panel!r} for a curve", curve.file)
        panels[place] = _with_curve(panels[place], curve, root)
    return replace(figure, panels=tuple(panels))


def _with_curve(panel: Panel, curve: CurveSpec, root: Path) -> Panel:
    sheet = read_sheet(root / curve.file)
    if curve.axis == "right" and panel.right is None:
        panel = replace(panel, right=Axis(label=_head(curve.y)[0], unit=_head(curve.y)[1]))
    right = panel.right if curve.axis == "right" else None
    y_axis = right or panel.y
    x, y = _column(sheet, curve.x, panel.x), _column(sheet, curve.y, y_axis)
    error = _errors(sheet, curve, y_axis) if curve.y_error else None
    label = _head(curve.y)[0] if curve.label is None else curve.label
    colour: Colour = curve.colour or _next_colour(panel)
    side: Side = "right" if right else "left"
    dash: Dash = "solid" if curve.line == "none" else curve.line
    points = Points(
        x=x,
        y=y,
        y_error=error,
        label=label,
        colour=colour,
        marker=curve.marker or "",
        joined=curve.style == "both" and curve.line != "none",
        dash=dash,
        side=side,
    )
    layers = _line_with_errors(points) if curve.style == "line" else (points,)
    legend = "best" if label and panel.legend == "none" else panel.legend  # told from the one it is drawn over
    return replace(panel, layers=(*panel.layers, *layers), legend=legend)


def _line_with_errors(points: Points) -> tuple[Layer, ...]:
    """A line in place of points, and their error bars if they have some."""
    line = Line(
        x=points.x, y=points.y, label=points.label, colour=points.colour, dash=points.dash or "solid", side=points.side
    )
    bars = replace(points, label="", marker="none", joined=False)
    return (line,) if points.y_error is None else (line, bars)


def _errors(sheet: Sheet, curve: CurveSpec, axis: Axis) -> Array:
    """The errors of a curve in the unit of its axis: one without a unit has that of its values."""
    own = _head(curve.y_error)[1] or _head(curve.y)[1]
    values = _column(sheet, curve.y_error, replace(axis, unit=""))
    if not own or not axis.unit or own == axis.unit:
        return values
    change = conversion(own.split(" vs")[0], plain(axis.unit).split(" vs")[0])
    if change is None:
        what = f"column {curve.y_error!r} cannot be given in {plain(axis.unit)}, the unit of the axis"
        raise InputError(what, sheet.head_place)
    return np.asarray(values * float(change.factor))  # a difference: the zero of the unit does not enter


def _next_colour(panel: Panel) -> int:
    """The first colour of the palette that the panel does not use."""
    used = {getattr(layer, "colour", None) for layer in panel.layers}
    return next(colour for colour in range(100) if colour not in used)


def _head(head: str) -> tuple[str, str]:
    """Words and unit of a column's head: ``Capacity (mAh/g)``, ``U / V``; no unit gives an empty one."""
    match = _HEAD.fullmatch(head)
    if match and parse(match[2].split(" vs")[0]):
        return match[1], match[2]
    return head, ""


def _column(sheet: Sheet, head: str, axis: Axis) -> Array:
    """The numbers of a column in the unit of an axis; empty cells are gaps."""
    values = np.array([_number(sheet, row.number, head, row.cells.get(head, "")) for row in sheet.rows])
    unit = _head(head)[1]
    if not unit or not axis.unit or unit == axis.unit:
        return values
    change = conversion(unit.split(" vs")[0], plain(axis.unit).split(" vs")[0])
    if change is None:
        what = f"column {head!r} cannot be given in {plain(axis.unit)}, the unit of the axis"
        raise InputError(what, sheet.head_place)
    return np.array([change(Fraction(value)) if np.isfinite(value) else np.nan for value in values.tolist()])


def _number(sheet: Sheet, row: int, head: str, text: str) -> float:
    try:
        return float(text.replace(",", ".") if sheet.comma else text) if text else float("nan")
    except ValueError:
        raise InputError(f"{text!r} is not a number", sheet.place(row, head)) from None
