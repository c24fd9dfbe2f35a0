"""Figures of results: the doubts and refusals printed below them, and whether their data are simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.figure import Figure, Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Level, Result


def doubts(results: Sequence[Result], levels: Sequence[Level] = ("doubt", "refused")) -> tuple[str, ...]:
    """The doubts and refusals of several results, each once, with the label of its result."""
    found = [(r.label, note.text) for r in results for note in r.notes if note.level in levels]
    return tuple(dict.fromkeys(f"{label}: {text}" if label else text for label, text in found))


def simulated(results: Sequence[Result]) -> bool:
    """Whether any of the data are simulated."""
    return any(result.simulated for result in results)


def one_panel(results: Sequence[Result], panel: Panel) -> Figure:
    """A figure of one panel that all results share."""
    return Figure(panels=(panel,), simulated=simulated(results), notes=doubts(results))


def panel_each(results: Sequence[Result], panels: Sequence[Panel], height_mm: float) -> Figure:
    """A figure with one panel per result, up to three side by side."""
    columns = min(len(panels), 3)
    return Figure(
        panels=tuple(panels),
        columns=columns,
        width_mm=(90, 140, 180)[columns - 1],
        panel_height_mm=height_mm,
        letters=len(panels) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )
