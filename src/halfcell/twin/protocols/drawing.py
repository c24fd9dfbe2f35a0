"""Axes and lines that the figures of several protocols share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Line, Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.course import Piece

    Floats = NDArray[np.float64]

CAPACITY = Axis(label="Capacity", unit="mAh g^{-1}")
VOLTAGE = Axis(label="Voltage", unit="V")
TIME = Axis(label="Time", unit="h")
CURRENT = Axis(label="Current", unit="mA g^{-1}")


def figure(*panels: Panel) -> Figure:
    """A figure of simulated data, with one or two panels beside each other."""
    wide = len(panels) > 1
    return Figure(panels=panels, columns=2 if wide else 1, width_mm=180.0 if wide else 90.0, simulated=True)


def charge_of(pieces: Sequence[Piece]) -> Floats:
    """mAh/g that passed since the first of some pieces, at each of their records, above 0."""
    total, found = 0.0, []
    for piece in pieces:
        steps = np.abs(np.diff(piece.hours) * piece.current[1:])
        here = total + np.concatenate([[0.0], np.cumsum(steps)])
        found.append(here)
        total = float(here[-1])
    return np.concatenate(found)


def volt_over_charge(pieces: Sequence[Piece], label: str, colour: int) -> Line:
    """The voltage over the charge of some pieces."""
    return Line(x=charge_of(pieces), y=np.concatenate([piece.volt for piece in pieces]), label=label, colour=colour)


def over_time(pieces: Sequence[Piece], name: str) -> tuple[Floats, Floats]:
    """Hours since the start, and the voltage or current of all pieces."""
    starts = np.cumsum([0.0, *(piece.hours[-1] for piece in pieces)])
    hours = np.concatenate([start + piece.hours for start, piece in zip(starts, pieces, strict=False)])
    return hours, np.concatenate([getattr(piece, name) for piece in pieces])
