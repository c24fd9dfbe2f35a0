"""A figure on the screen: the JSON that plotly draws, made as plain dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from halfcell.core.figure import Figure


def draw(figure: Figure) -> dict[str, Any]:
    """Return data, layout and config."""
    raise NotImplementedError(figure)
