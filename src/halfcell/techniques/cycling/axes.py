"""What the figures and tables of cycling share: one unit of capacity, labels of axes, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.per_gram import printed_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Line
    from halfcell.techniques.cycling.result import CyclingResult


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
    """The lowest value of several lines."""
    return min((float(layer.y.min()) for layer in layers if len(layer.y)), default=0.0)


def caption_of(results: Sequence[CyclingResult], what: str) -> str:
    """A caption: what is shown, of which samples."""
    names = f" of {', '.join(result.label for result in results)}" if any(r.label for r in results) else ""
    return f"{what}{names}."
