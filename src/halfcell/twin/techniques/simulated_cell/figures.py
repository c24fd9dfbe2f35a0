"""The figure of a protocol."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.figure import Figure
from halfcell.techniques.common.figure_notes import doubts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.techniques.simulated_cell.result import SimulatedCellResult


def drawn(results: Sequence[SimulatedCellResult]) -> Figure:
    """The panels of the protocol, those of several cells one after another.

    Raises
    ------
    Refused
        If a protocol found nothing.
    """
    panels = []
    for one in results:
        if not one.panels:
            raise Refused("; ".join(note.text for note in one.notes if note.level == "refused"), one.label)
        several = len(results) > 1
        panels += [replace(panel, title=one.label) if several else panel for panel in one.panels]
    titles = "; ".join(dict.fromkeys(one.title for one in results))
    return Figure(
        panels=tuple(panels),
        columns=min(len(panels), 2),
        width_mm=180 if len(panels) > 1 else 88,
        caption=f"Simulated: {titles}.",
        simulated=True,
        notes=doubts(results),
    )


FIGURES = {"protocol": drawn}
