"""A pellet between two rods in an insulating die, drawn to scale in mm: rods shortened, thickness and diameter true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Line, Panel, Shape, Text
from halfcell.core.markup import formula

if TYPE_CHECKING:
    from halfcell.techniques.common.pellet import Electrodes, Pellet

_STEEL, _DIE, _PELLET, _REVERSIBLE = "#c9ced6", "#efe6d2", "#8b95a5", "#dba96b"


def drawing(pellet: Pellet, electrodes: Electrodes | None, label: str, wires: Literal[2, 4] = 2) -> Figure:
    """The cell of a pellet as a figure; an unknown thickness or diameter is drawn as 0.5 or 10 mm and not labelled."""
    width = pellet.diameter_mm or _diameter(pellet) or 10.0
    thick = (pellet.thickness_um or 500.0) / 1000
    rod, wall = 0.28 * width, 0.13 * width
    layers: list[Any] = [
        *_solids(width, thick, rod, wall, electrodes),
        *_texts(pellet, label, (width, thick, rod), electrodes),
    ]
    layers += _wiring(width, thick, rod, wires) + _pressure(pellet, width, thick, rod)
    reach = 0.5 * width + wall
    panel = Panel(
        x=Axis(low=-reach - 0.6 * width, high=reach + 0.55 * width, hidden=True),
        y=Axis(low=-0.5 * thick - rod - 0.45 * width, high=0.5 * thick + rod + 0.4 * width, hidden=True),
        layers=tuple(layers),
        equal=True,
        legend="none",
    )
    return Figure(panels=(panel,), panel_height_mm=50.0)


def _diameter(pellet: Pellet) -> float | None:
    return None if pellet.area_cm2 is None else float(20 * np.sqrt(pellet.area_cm2 / np.pi))


def _box(left: float, right: float, low: float, high: float, fill: str, hatch: Any = "") -> Shape:
    x, y = np.array([left, right, right, left]), np.array([low, low, high, high])
    return Shape(x=x, y=y, fill=fill, hatch=hatch)


def _solids(width: float, thick: float, rod: float, wall: float, electrodes: Electrodes | None) -> list[Any]:
    half, up = width / 2, thick / 2
    outer = up + 0.8 * rod
    found = [
        _box(-half - wall, -half, -outer, outer, _DIE, "lines"),
        _box(half, half + wall, -outer, outer, _DIE, "lines"),
        _rod(half, up, up + rod),
        _rod(half, -up, -up - rod),
        _box(-half, half, -up, up, _PELLET),
    ]
    if electrodes == "electron-blocking":
        foil = min(0.06 * width, 0.3 * rod)
        found += [_box(-half, half, up, up + foil, _REVERSIBLE), _box(-half, half, -up - foil, -up, _REVERSIBLE)]
    return found


def _rod(half: float, face: float, end: float) -> Shape:
    """A rod that is broken off: its far end is a zigzag."""
    x = np.linspace(half, -half, 13)
    zigzag = end + np.where(np.arange(13) % 2 == 0, 0.0, 0.12 * (end - face))
    return Shape(x=np.concatenate([[-half, half], x]), y=np.concatenate([[face, face], zigzag]), fill=_STEEL)


def _texts(pellet: Pellet, label: str, sizes: tuple[float, float, float], electrodes: Electrodes | None) -> list[Any]:
    width, thick, rod = sizes
    half, up = width / 2, thick / 2
    side = half + 0.13 * width
    found: list[Any] = [Text(x=0.0, y=s * (up + 0.55 * rod), text="SUS", align="center") for s in (1, -1)]
    named = [(formula(label) or "pellet", 0.0, -0.7 * half), ("die", -0.75 * rod, -half - 0.06 * width)]
    if electrodes == "electron-blocking":
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


def _wiring(width: float, thick: float, rod: float, wires: Literal[2, 4]) -> list[Any]:
    top, right = thick / 2 + rod, 0.5 * width + 0.5 * width
    found: list[Any] = []
    for number, name in enumerate(("A, V",) if wires == 2 else ("A", "V")):
        x, start = right - 0.28 * width * number, 0.3 * width - 0.2 * width * number
        high = top + (0.16 + 0.1 * (wires == 4 and number == 0)) * width
        path_x = np.array([start, start, x, x])
        found += [
            Line(x=path_x, y=s * np.array([top - 0.1 * rod, high, high, 0.1 * width]), colour=-2, width_pt=0.7)
            for s in (1, -1)
        ]
        angle = np.linspace(0, 2 * np.pi, 41)
        radius = 0.13 * width
        found.append(Shape(x=x + radius * np.cos(angle), y=radius * np.sin(angle), fill="#ffffff"))
        found.append(Text(x=x, y=0.0, text=name, align="center"))
    return found


def _pressure(pellet: Pellet, width: float, thick: float, rod: float) -> list[Any]:
    if pellet.pressure_mpa is None:
        return []
    top = thick / 2 + 1.12 * rod
    found: list[Any] = [Arrow(x0=-0.1 * width, y0=top + 0.2 * width, x1=-0.1 * width, y1=top)]
    found.append(Text(x=-0.15 * width, y=top + 0.14 * width, text=f"{pellet.pressure_mpa:g} MPa", align="right"))
    return found
