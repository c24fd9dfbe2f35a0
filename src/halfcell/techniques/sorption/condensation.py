"""Whether a BET window reaches into the filling of mesopores, where the BET equation no longer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.bet import Window
    from halfcell.techniques.sorption.branches import Branch

    Array = NDArray[np.float64]

_AT_END = 2  # steps between points at the end of a window: one may be noise
_FASTER = 1.25  # times the slope of the fitted BET equation: type II isotherms stay within a tenth of it
_MESOPORES = 0.15  # p/p0 below which nitrogen and argon fill no mesopores


def farthest(relative: Array) -> float:
    """How far the farthest valid window is: with a window at one end of the range, the half width of that range."""
    return float(np.max(np.abs(relative - 1.0))) if len(relative) else 0.0


def condenses(branch: Branch, window: Window) -> bool:
    """Whether gas condenses in pores inside the window: near its end the isotherm rises faster than the BET equation.

    The slope between the last points of the window is compared with that of the fitted equation there. Layers of BET
    grow more slowly than that, and a mesopore that fills is a step.
    """
    last = window.last
    first = max(window.first, last - _AT_END)
    if last - first < _AT_END or not window.c > 0:
        return False
    p = branch.pressure[first : last + 1]
    rise = np.diff(branch.loading[first : last + 1]) / np.diff(p)
    fitted = window.monolayer * window.c * p / ((1.0 - p) * (1.0 + (window.c - 1.0) * p))
    ratio = rise / (np.diff(fitted) / np.diff(p))
    return bool(np.min(ratio) > _FASTER and p[-1] > _MESOPORES)


def condensation_note(branch: Branch, window: Window, areas: Array) -> tuple[Note, ...]:
    """The doubt where the window reaches into capillary condensation."""
    if not condenses(branch, window):
        return ()
    rest = f" The valid windows give {areas[0]:.4g} to {areas[-1]:.4g} m2/g." if len(areas) > 1 else ""
    text = (
        f"The window ends at p/p0 {float(branch.pressure[window.last]):.3f}, where pores fill: the isotherm rises there"
        f" faster than the BET equation, and the area is too large.{rest} Set bet_window to end before the step."
    )
    return (Note("doubt", "condensation_in_window", text),)
