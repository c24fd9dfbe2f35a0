"""What is around the layers of a cell: the can of a coin cell, the foil and tabs of a pouch, the rods of a press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from halfcell.core.figure import Layer, Line, Shape
from halfcell.study.files.own_content import StackSpec

HALF_WIDTH = 32.0  # of the layers, in the units of the drawing
_STEEL, _DIE, _FOIL, _TAB = "#c9ced6", "#efe6d2", "#e3e6ea", "#b7bcc4"
_WALL = 5.0


def casing(spec: StackSpec, top: float) -> Iterator[Layer]:
    """The parts around a stack that is `top` high; none for a bare stack."""
    makers = {"coin": _coin, "pouch": _pouch, "pressed": _press}
    maker = makers.get(spec.form)
    if maker is not None:
        yield from maker(top)


def box(x: tuple[float, float], y: tuple[float, float], fill: str, hatch: Literal["", "lines", "dots"] = "") -> Shape:
    """A rectangle."""
    return Shape(x=np.array([x[0], x[1], x[1], x[0]]), y=np.array([y[0], y[0], y[1], y[1]]), fill=fill, hatch=hatch)


def _coin(top: float) -> Iterator[Layer]:
    """Can below, cap above, a spacer and a wave spring under the cap, the gasket between can and cap."""
    wide = HALF_WIDTH + 8.0
    yield box((-wide - 3.0, wide + 3.0), (-7.0, -3.0), _STEEL)  # can
    yield box((-wide - 3.0, -wide), (-3.0, top + 12.0), _STEEL)
    yield box((wide, wide + 3.0), (-3.0, top + 12.0), _STEEL)
    yield box((-HALF_WIDTH, HALF_WIDTH), (-3.0, 0.0), "#ffffff")
    yield box((-HALF_WIDTH, HALF_WIDTH), (top, top + 6.0), _STEEL)  # spacer
    x = np.linspace(-0.8 * HALF_WIDTH, 0.8 * HALF_WIDTH, 81)
    yield Line(x=x, y=top + 11.0 + 4.0 * np.sin(x / 5.0), colour=-2, width_pt=1.2)  # spring
    yield box((-wide + 2.0, wide - 2.0), (top + 16.0, top + 20.0), _STEEL)  # cap
    for side in (-1.0, 1.0):
        yield box((side * (wide - 2.0), side * wide), (top + 2.0, top + 18.0), _DIE, "lines")  # gasket


def _pouch(top: float) -> Iterator[Layer]:
    """Foil around the layers, sealed at both sides, and a tab at the upper and the lower end of the stack."""
    wide, seal = HALF_WIDTH + 5.0, HALF_WIDTH + 12.0
    middle = top / 2
    x = np.array([-seal, -wide, -wide + 2.0, wide - 2.0, wide, seal])
    upper = np.array([middle, top - 2.0, top + 4.0, top + 4.0, top - 2.0, middle])
    lower = np.array([middle, 2.0, -4.0, -4.0, 2.0, middle])
    yield Shape(x=np.r_[x, x[::-1]], y=np.r_[upper, lower[::-1]], fill=_FOIL, width_pt=1.0)
    yield box((-seal - 12.0, -HALF_WIDTH), (top - 3.0, top - 1.5), _TAB)
    yield box((-seal - 12.0, -HALF_WIDTH), (1.5, 3.0), _TAB)


def _press(top: float) -> Iterator[Layer]:
    """Two rods, broken off at their far ends, in an insulating die."""
    for side in (-1.0, 1.0):
        edges = sorted((side * HALF_WIDTH, side * (HALF_WIDTH + _WALL)))
        yield box((edges[0], edges[1]), (-14.0, top + 14.0), _DIE, "lines")
    yield _rod(top, top + 18.0)
    yield _rod(0.0, -18.0)


def _rod(face: float, end: float) -> Shape:
    x = np.linspace(HALF_WIDTH, -HALF_WIDTH, 13)
    zigzag = end + np.where(np.arange(13) % 2 == 0, 0.0, 0.15 * (end - face))
    outline = np.concatenate([[-HALF_WIDTH, HALF_WIDTH], x]), np.concatenate([[face, face], zigzag])
    return Shape(x=outline[0], y=outline[1], fill=_STEEL)
