"""A pellet between two rods in an insulating die, drawn to scale in mm: rods shortened, thickness and diameter true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Layer, Line, Panel, Shape, Text
from halfcell.core.markup import formula

if TYPE_CHECKING:
    from halfcell.techniques.common.pellet import Electrodes, Pellet

_STEEL, _DIE, _PELLET, _REVERSIBLE = "#c9ced6", "#efe6d2", "#8b95a5", "#dba96b"
_TOGETHER = 2  # wires: current and voltage share their contacts
_APART = 4  # wires: the outer ones carry the current


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """The cell and the lengths (mm) of its drawing."""

    pellet: Pellet
    electrodes: Electrodes | None
    width: float
    thick: float

    @property
    def rod(self) -> float:
        """The part of a rod that is drawn."""
        return 0.28 * self.width

    @property
    def wall(self) -> float:
        """Thickness of the die's wall."""
        return 0.13 * self.width


def drawing(pellet: Pellet, electrodes: Electrodes | None, label: str, wires: Literal[2, 4] = 2) -> Figure:
    """The cell of a pellet as a figure; an unknown thickness or diameter is drawn as 0.5 or 10 mm and not labelled."""
    width = pellet.diameter_mm or _diameter(pellet) or 10.0
    cell = _Cell(pellet=pellet, electrodes=electrodes, width=width, thick=(pellet.thickness_um or 500.0) / 1000)
    reach = 0.5 * width + cell.wall
    panel = Panel(
        x=Axis(low=-reach - 0.6 * width, high=reach + 0.55 * width, hidden=True),
        y=Axis(
            low=-0.5 * cell.thick - cell.rod - 0.45 * width,
            high=0.5 * cell.thick + cell.rod + 0.4 * width,
            hidden=True,
        ),
        layers=(*_solids(cell), *_labels(cell, label), *_wiring(cell, wires), *_pressure(cell)),
        equal=True,
        legend="none",
    )
    return Figure(panels=(panel,), panel_height_mm=50.0)


def _diameter(pellet: Pellet) -> float | None:
    return None if pellet.area_cm2 is None else float(20 * np.sqrt(pellet.area_cm2 / np.pi))


def _solids(cell: _Cell) -> list[Layer]:
    """Die, rods, pellet, and foils where the electrodes are reversible."""
    half, up = cell.width / 2, cell.thick / 2
    outer = up + 0.8 * cell.rod
    found: list[Layer] = [
        _box((-half - cell.wall, -half), (-outer, outer), _DIE, "lines"),
        _box((half, half + cell.wall), (-outer, outer), _DIE, "lines"),
        _rod(half, up, up + cell.rod),
        _rod(half, -up, -up - cell.rod),
        _box((-half, half), (-up, up), _PELLET),
    ]
    if cell.electrodes == "electron-blocking":
        foil = min(0.06 * cell.width, 0.3 * cell.rod)
        found.append(_box((-half, half), (up, up + foil), _REVERSIBLE))
        found.append(_box((-half, half), (-up - foil, -up), _REVERSIBLE))
    return found


def _box(x: tuple[float, float], y: tuple[float, float], fill: str, hatch: Literal["", "lines"] = "") -> Shape:
    corners = np.array([x[0], x[1], x[1], x[0]]), np.array([y[0], y[0], y[1], y[1]])
    return Shape(x=corners[0], y=corners[1], fill=fill, hatch=hatch)


def _rod(half: float, face: float, end: float) -> Shape:
    """A rod that is broken off: its far end is a zigzag."""
    x = np.linspace(half, -half, 13)
    zigzag = end + np.where(np.arange(13) % 2 == 0, 0.0, 0.12 * (end - face))
    return Shape(x=np.concatenate([[-half, half], x]), y=np.concatenate([[face, face], zigzag]), fill=_STEEL)


def _labels(cell: _Cell, label: str) -> list[Layer]:
    """The names of the parts, and the pellet's dimensions where they are stated."""
    width, rod, pellet = cell.width, cell.rod, cell.pellet
    half, up = width / 2, cell.thick / 2
    side = half + cell.wall
    found: list[Layer] = [Text(x=0.0, y=s * (up + 0.55 * rod), text="SUS", align="center") for s in (1, -1)]
    named = [(formula(label) or "pellet", 0.0, -0.7 * half), ("die", -0.75 * rod, -half - 0.06 * width)]
    if cell.electrodes == "electron-blocking":
        named.append(("Li–In", 0.75 * rod, -0.7 * half))
    for text, y, x in named:
        at = up + 0.03 * width if text == "Li–In" else y
        found.append(Arrow(x0=-side - 0.08 * width, y0=y, x1=x, y1=at))
        found.append(Text(x=-side - 0.1 * width, y=y, text=text, align="right"))
    low = -up - 1.22 * rod
    if pellet.diameter_mm:
        found.append(Arrow(x0=-half, y0=low, x1=half, y1=low, double=True))
    stated = [f"D = {pellet.diameter_mm:g} mm" if pellet.diameter_mm else ""]
    stated += [f"L = {pellet.thickness_um:g} µm" if pellet.thickness_um else ""]
    text = ", ".join(part for part in stated if part)
    return [*found, Text(x=0.0, y=low - 0.22 * width, text=text, align="center")]


def _wiring(cell: _Cell, wires: Literal[2, 4]) -> list[Layer]:
    """One meter with two wires; with four, one for the current and one for the voltage."""
    width, rod = cell.width, cell.rod
    top, right = cell.thick / 2 + rod, 0.5 * width + 0.5 * width
    found: list[Layer] = []
    for number, name in enumerate(("A, V",) if wires == _TOGETHER else ("A", "V")):
        x, start = right - 0.28 * width * number, 0.3 * width - 0.2 * width * number
        high = top + (0.16 + 0.1 * (wires == _APART and number == 0)) * width
        path_x = np.array([start, start, x, x])
        found += [
            Line(
                x=path_x,
                y=s * np.array([top - 0.1 * rod, high, high, 0.1 * width]),
                colour=-2,
                width_pt=0.7,
                name=f"wire of {name}, {'upper' if s > 0 else 'lower'}",
            )
            for s in (1, -1)
        ]
        angle = np.linspace(0, 2 * np.pi, 41)
        radius = 0.13 * width
        found.append(Shape(x=x + radius * np.cos(angle), y=radius * np.sin(angle), fill="#ffffff"))
        found.append(Text(x=x, y=0.0, text=name, align="center"))
    return found


def _pressure(cell: _Cell) -> list[Layer]:
    """The pressure on the rods, where it is stated."""
    width, pressure = cell.width, cell.pellet.pressure_mpa
    if pressure is None:
        return []
    top = cell.thick / 2 + 1.12 * cell.rod
    return [
        Arrow(x0=-0.1 * width, y0=top + 0.2 * width, x1=-0.1 * width, y1=top),
        Text(x=-0.15 * width, y=top + 0.14 * width, text=f"{pressure:g} MPa", align="right"),
    ]
