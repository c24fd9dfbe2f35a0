"""The figures that results give, and the series of a figure that its data file cannot tell apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from halfcell.core.errors import HalfcellError
from halfcell.core.figure import Area, Figure, Line, Points
from halfcell.core.result import Result
from halfcell.techniques.load import load_technique


def figures_of(name: str, results: Sequence[Result]) -> Iterator[Figure]:
    """Every figure of a technique that can be drawn of these results, which are labelled first."""
    found = [dataclasses.replace(one, label=f"sample {number}") for number, one in enumerate(results, 1)]
    for draw in load_technique(name).figures.values():
        try:
            yield draw(found)
        except HalfcellError:  # these results have no such figure
            continue


def nameless(figure: Figure) -> list[list[str]]:
    """Names of the series of each panel in which one has no name or the name of another."""
    panels = [panel for one in figure.panels for panel in (one, one.inset) if panel]
    drawn = [[one for one in panel.layers if isinstance(one, Line | Points | Area) and len(one.x)] for panel in panels]
    names = [[layer.name or layer.label for layer in layers] for layers in drawn]
    return [one for one in names if "" in one or len(set(one)) < len(one)]
