"""Which caption belongs to which table: the one beside it, above or below as the document's captions stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract.common.captions import FoundCaption

LONGEST_GAP = 1_500  # characters of running text between a caption and its table


class Block(NamedTuple):
    """A block in reading order: the caption of a table, a table (its place in the list), or letters of running text."""

    caption: FoundCaption | None = None
    table: int = -1
    letters: int = 0

    @property
    def lacks_text(self) -> bool:
        """Whether it is a caption of which only the number has come."""
        return self.caption is not None and not self.caption.text and not self.caption.continues


def assigned_captions(blocks: Sequence[Block]) -> dict[int, FoundCaption]:
    """The caption of each table: the one beside it, on the side where the document's captions stand.

    A caption between two tables could belong to either; captions with a table on one side only tell the side.
    """
    captions = [(place, block.caption) for place, block in enumerate(blocks) if block.caption]
    above = {place: table for place, _ in captions if (table := _after(blocks, place)) is not None}
    below = {place: table for place, _ in captions if (table := _before(blocks, place)) is not None}
    sure_above, sure_below = len(above.keys() - below.keys()), len(below.keys() - above.keys())
    sides = (below, above) if sure_below > sure_above else (above, below)
    found: dict[int, FoundCaption] = {}
    placed: set[int] = set()
    for side in sides:
        for place, caption in captions:
            if place in side and place not in placed and side[place] not in found:
                found[side[place]] = caption
                placed.add(place)
    return found


def _after(blocks: Sequence[Block], place: int) -> int | None:
    """The table that follows a caption, with little running text between them."""
    letters = 0
    for block in blocks[place + 1 :]:
        letters += block.letters
        if block.caption or letters > LONGEST_GAP:
            return None
        if block.table >= 0:
            return block.table
    return None


def _before(blocks: Sequence[Block], place: int) -> int | None:
    """The table right before a caption."""
    before = blocks[place - 1] if place else None
    return before.table if before is not None and before.table >= 0 else None
