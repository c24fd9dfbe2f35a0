"""A table as lines: one subject with its cells each, and the heads of these cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from halfcell.audit.heads import Head
    from halfcell.core.printed_document import PrintedCell

Shape = Literal["columns", "transposed", "stacked", "empty"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One subject with its cells, each with its head: a row, a column of a transposed table, or a part of a stack.

    `group` is the spanning head that names the cells or the condition of this part of a row.
    """

    heads: tuple[Head, ...]
    cells: tuple[PrintedCell | None, ...]
    subject: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A table as lines. `heads` are its heads, each once; `shape` says which way it lies."""

    shape: Shape
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]

    @property
    def transposed(self) -> bool:
        """Whether the heads stand in the first column."""
        return self.shape == "transposed"
