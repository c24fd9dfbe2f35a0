"""Places in a document: a cell of a table, a caption, a paragraph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place in a document.

    Parameters
    ----------
    where
        Name of the table, caption or paragraph: ``Table S5``, ``Fig. S31``, ``paragraph 12``.
    row, column
        The cell, counted from 0, header rows included; -1 for a whole table. In captions and paragraphs `row` is -1 and
        `column` is the position of the number in the text.
    part
        Which number of the cell, where it holds several.
    """

    where: str
    row: int = -1
    column: int = -1
    part: int = 0

    @property
    def cell(self) -> Place:
        """The cell that it is in, whichever of its numbers is meant."""
        return Place(where=self.where, row=self.row, column=self.column)
