"""What the figures and tables of cycling share: one unit of capacity, labels of axes, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.techniques.common.per_gram import printed_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Line
    from halfcell.techniques.cycling.result import CyclingResult

NEAR_ZERO: Final = 0.5  # V, below which the voltage axis begins at zero
_BELOW_ZERO: Final = 1e-3  # V, by which the noise of a record at zero goes below it
_TEXT: Final = (0.19, 0.06)  # half the width and height of a short text, as fractions of a panel
_ABOVE: Final = 0.06  # of the highest voltage, left free above it


def capacity_unit(results: Sequence[CyclingResult]) -> str:
    """The unit of all capacities, as printed.

    Raises
    ------
    Refused
        If some are per gram and some are not.
    """
    return printed_unit(results, [result.capacity_unit for result in results], bare="mAh")


def capacity_label(results: Sequence[CyclingResult]) -> str:
    """The label of an axis of the capacities that retention is of."""
    kinds = {result.retained for result in results}
    return f"{kinds.pop().capitalize()} capacity" if len(kinds) == 1 else "Capacity"


def volts(results: Sequence[CyclingResult]) -> str:
    """The unit of the voltage, with the reference where it is that of all results."""
    units = {result.voltage_unit for result in results}
    return units.pop() if len(units) == 1 else "V"


def lowest(layers: Sequence[Line]) -> float:
    """The lowest value of several lines.

    Parameters
    ----------
    layers
        Lines of a panel, each with its values over the axis.

    Returns
    -------
    float
        In the unit of the lines; 0 where they are empty.

    Source: definition.
    """
    return min((float(layer.y.min()) for layer in layers if len(layer.y)), default=0.0)


def bottom(layers: Sequence[Line]) -> float | None:
    """The bottom of the voltage axis: zero where a cell comes near it; None (as the data need) elsewhere or below."""
    return 0.0 if -_BELOW_ZERO <= lowest(layers) < NEAR_ZERO else None


def highest(layers: Sequence[Line]) -> float | None:
    """The top of the voltage axis where a cell begins far above the voltages that it is cycled in; None elsewhere.

    An anode half cell begins at 2 to 3 V and leaves them within the first hundredth of the capacity. That part of each
    line does not count, so that it does not press the rest into the lower part of the panel.

    Parameters
    ----------
    layers
        Voltages over capacity, V.

    Returns
    -------
    float or None
        V; None where the axis needs no top of its own.

    Source: procedure of this package.
    """
    whole = max((float(np.nanmax(layer.y)) for layer in layers if len(layer.y)), default=0.0)
    inner = max((_beyond_start(layer) for layer in layers if len(layer.y)), default=0.0)
    return inner + _ABOVE * abs(inner) if whole > (1.0 + 2 * _ABOVE) * inner > 0.0 else None


def free_place(layers: Sequence[Line]) -> tuple[float, float] | None:
    """The middle of a short text that covers no line, in fractions of the panel, as near to its middle as can be.

    None where every place is covered.

    Parameters
    ----------
    layers
        Lines of a panel, in any unit.

    Returns
    -------
    tuple of float or None
        Parts of the width and the height of the panel.

    Source: procedure of this package.
    """
    lines = [layer for layer in layers if len(layer.y)]
    if not lines:
        return None
    top = highest(lines) or 1.06 * max(float(np.nanmax(layer.y)) for layer in lines)
    beginning = bottom(lines)
    low = lowest(lines) - 0.06 * (top - lowest(lines)) if beginning is None else beginning
    right = 1.025 * max(float(np.nanmax(layer.x)) for layer in lines)
    x = np.concatenate([layer.x for layer in lines]) / right
    y = (np.concatenate([layer.y for layer in lines]) - low) / (top - low)
    across, up = (part.ravel() for part in np.meshgrid(np.linspace(0.25, 0.75, 21), np.linspace(0.2, 0.8, 25)))
    covered = [((abs(x - i) < _TEXT[0]) & (abs(y - j) < _TEXT[1])).any() for i, j in zip(across, up, strict=True)]
    free = [(float(i), float(j)) for i, j, taken in zip(across, up, covered, strict=True) if not taken]
    return min(free, key=lambda place: (place[0] - 0.5) ** 2 + (place[1] - 0.55) ** 2) if free else None


def _beyond_start(layer: Line) -> float:
    """The highest value of a line without the first hundredth of its range of x."""
    x = np.abs(layer.x - layer.x[0])
    return float(np.nanmax(layer.y[x >= 0.01 * np.nanmax(x)]))


def caption_of(results: Sequence[CyclingResult], what: str) -> str:
    """A caption: what is shown, of which samples."""
    names = f" of {', '.join(result.label for result in results)}" if any(r.label for r in results) else ""
    return f"{what}{names}."
