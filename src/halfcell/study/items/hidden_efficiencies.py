"""Say which Coulombic efficiencies lie below the axis as it is drawn: by its author, or for all cells of a group."""

from __future__ import annotations

from dataclasses import replace

from halfcell.core.figure import Figure, Points
from halfcell.techniques.cycling.efficiency_axis import BELOW, LABEL, hidden_efficiencies


def with_hidden_efficiencies(figure: Figure, drawn: Figure) -> Figure:
    """The figure with the line on hidden efficiencies that holds for the axes as they are drawn.

    Parameters
    ----------
    figure
        The figure as its techniques made it; its line is for the axis of one cell, without an author's limits.
    drawn
        The same figure with its look applied.
    """
    if not any(panel.right is not None and panel.right.label.startswith(LABEL) for panel in figure.panels):
        return figure
    found: dict[str, None] = {}
    for panel, shown in zip(figure.panels, drawn.panels, strict=True):
        if panel.right is not None and panel.right.label.startswith(LABEL):
            layers = [layer for layer in shown.layers if isinstance(layer, Points)]
            found |= dict.fromkeys(hidden_efficiencies(layers, shown.right))
    kept = [note for note in figure.notes if BELOW not in note]
    return replace(figure, notes=(*kept, *found))
