"""What a document says of an item, kept by all but its caption: an item that has not changed is not composed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.figure import Figure
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.table import Table
from halfcell.study.cache.kept_records import keep_record, kept_record
from halfcell.study.cache.results import Store
from halfcell.study.items.without_row import LabelledNote
from halfcell.study.plan.identified_plan import IdentifiedItem

if TYPE_CHECKING:
    from halfcell.study.items.compose import ComposedItem


@dataclass(frozen=True, kw_only=True, eq=False)
class ShownItem:
    """A finished figure or table, the notes on it, and the subjects that are missing from it.

    Of a figure, `content` may be an outline: the panels without their layers.
    """

    content: Figure | Table
    notes: tuple[LabelledNote, ...]
    missing: tuple[MissingSubject, ...]
    is_outline: bool = False


def shown_item(item: IdentifiedItem, store: Store) -> ShownItem:
    """What a document shows of an item, composed now.

    Raises
    ------
    HalfcellError
        As `compose_item` does.
    """
    return _shown(_composed(item, store))


def outlined_item(item: IdentifiedItem, store: Store) -> ShownItem:
    """The same without the layers of a figure's panels: kept since the item was last made, or composed now.

    Raises
    ------
    HalfcellError
        As `compose_item` does.
    """
    kept = kept_record(store, item.body, ShownItem, lambda: _outlined(_composed(item, store)))
    caption = item.spec.caption or kept.content.caption
    return replace(kept, content=replace(kept.content, caption=caption))


def keep_outline(item: IdentifiedItem, composed: ComposedItem, store: Store) -> None:
    """Keep what `outlined_item` gives of an item that was just composed."""
    keep_record(store, item.body, _outlined(composed))


def whole_figure(item: IdentifiedItem, store: Store) -> Figure:
    """The figure of an item with the layers of its panels, composed now."""
    content = _composed(item, store).content
    if not isinstance(content, Figure):
        raise TypeError(f"{item.spec.name} is a table")
    return content


def _composed(item: IdentifiedItem, store: Store) -> ComposedItem:
    from halfcell.study.items.compose import compose_item  # here: what is kept needs no technique and no arrays

    return compose_item(item, store)


def _shown(composed: ComposedItem) -> ShownItem:
    return ShownItem(content=composed.content, notes=composed.notes, missing=composed.missing)


def _outlined(composed: ComposedItem) -> ShownItem:
    shown = _shown(composed)
    if not isinstance(shown.content, Figure):
        return shown
    panels = tuple(replace(panel, layers=(), inset=None, more_insets=()) for panel in shown.content.panels)
    return replace(shown, content=replace(shown.content, panels=panels), is_outline=True)
