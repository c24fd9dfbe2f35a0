"""A figure of groups of replicates: points and bars become means with error bars or bands, other curves stay single."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from halfcell.core.figure import Area, Axis, Bars, Figure, Layer, Line, Panel, Points, Span
from halfcell.study.items.replicates.labels import label_of_all
from halfcell.study.items.replicates.layers import (
    averaged_elements,
    averaged_marks,
    averaged_points,
    differs,
    each_cell,
    has_common_grid,
    has_gaps,
    is_mark,
    is_of_one_cell,
)
from halfcell.study.items.replicates.notes import notes_of_cells

if TYPE_CHECKING:
    from halfcell.study.items.replicates.groups import Group

NOTE: Final = "Mean ± standard deviation over the cells of a group ({counts})."
FEWER: Final = "Of fewer cells where one has no point, such as after its last cycle."
SINGLE: Final = "Curves of single cells of one group have one colour ({counts})."


def averaged_figure(base: Figure, groups: Sequence[Group]) -> Figure | None:
    """The figure of the first cells with the data of all cells; None if the figures of the cells have other layers.

    Parameters
    ----------
    base
        The figure with the first cell of each group.
    groups
        The groups, with the figure that each of their cells gives.
    """
    figures = [group.of(Figure) for group in groups]
    if any(_shape(figure) != _shape(base) for found in figures for figure in found):
        return None
    kinds: set[str] = set()
    panels = tuple(
        _panel(panel, groups, [[figure.panels[at] for figure in found] for found in figures], kinds)
        for at, panel in enumerate(base.panels)
    )
    counts = ", ".join(f"{group.name}: n = {len(group.members)}" for group in groups)
    texts = (("mean", NOTE), ("fewer", FEWER), ("single", SINGLE))
    notes = [text.format(counts=counts) for kind, text in texts if kind in kinds]
    return replace(base, panels=panels, notes=(*notes_of_cells(base.notes, groups), *notes))


def _shape(figure: Figure) -> list[list[type]]:
    return [[type(layer) for layer in panel.layers] for panel in figure.panels]


def _panel(panel: Panel, groups: Sequence[Group], found: Sequence[Sequence[Panel]], kinds: set[str]) -> Panel:
    """One panel: its layers averaged, its axes wide enough for all cells."""
    layers: list[Layer] = []
    for at, layer in enumerate(panel.layers):
        own = [[one.layers[at] for one in panels] for panels in found]
        layers += _layer(layer, groups, own, kinds)
    every = [one for panels in found for one in panels]
    right = _axis(panel.right, [one.right for one in every if one.right]) if panel.right else None
    return replace(
        panel,
        layers=tuple(layers),
        x=_axis(panel.x, [one.x for one in every]),
        y=_axis(panel.y, [one.y for one in every]),
        right=right,
    )


def _layer(layer: Layer, groups: Sequence[Group], own: Sequence[Sequence[Layer]], kinds: set[str]) -> list[Layer]:
    """What stands in the place of a layer."""
    owners = [at for at, layers in enumerate(own) if any(differs(layer, other) for other in layers)]
    if not owners:
        return [layer]
    layer, own = _named_alike(layer, own, groups[owners[0]].name, owners[0])
    if is_mark(own[owners[0]]):
        kinds.add("mean")
        return averaged_marks(own[owners[0]])
    if is_of_one_cell(layer):  # a text with a number of one cell would be taken for that of the group
        return []
    if isinstance(layer, Bars) or (isinstance(layer, Points) and len(owners) > 1):
        kinds.add("mean")
        return [averaged_elements(layer, own)]
    cells = own[owners[0]]
    if isinstance(layer, Points | Line) and has_common_grid(cells):
        kinds |= {"mean", "fewer"} if has_gaps(cells) else {"mean"}
        return averaged_points(layer, cells)
    kinds.add("single")
    names = [member.result.label for member in groups[owners[0]].members]
    return each_cell(cells, names)


def _named_alike(
    layer: Layer, own: Sequence[Sequence[Layer]], name: str, owner: int
) -> tuple[Layer, Sequence[Sequence[Layer]]]:
    """A layer and those of the cells with one name in the legend, which holds for all cells."""
    labels = [str(getattr(one, "label", "")) for one in own[owner]]
    label = label_of_all(labels, name)
    if len(set(labels)) < 2 or not isinstance(layer, Line | Points | Bars | Area | Span):
        return layer, own
    cells = [replace(one, label=label) for one in own[owner] if isinstance(one, Line | Points | Bars | Area | Span)]
    return replace(layer, label=label), [cells if at == owner else layers for at, layers in enumerate(own)]


def _axis(axis: Axis, others: Sequence[Axis]) -> Axis:
    """An axis with the range that holds those of all cells."""
    lows = [one.low for one in (axis, *others) if one.low is not None]
    highs = [one.high for one in (axis, *others) if one.high is not None]
    return replace(
        axis,
        low=None if axis.low is None else min(lows),
        high=None if axis.high is None else max(highs),
    )
