"""The rendered files of a document's figures: those the run has made, else drawn now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.render import print_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.document import Item
    from halfcell.report.document_view import View

NEEDED = ("svg", "pdf", "png")


def pictures(shown: View, folder: Path) -> dict[str, Mapping[str, Path]]:
    """Anchor of an item -> suffix -> file. What is missing is drawn into ``folder/figures``."""
    return {item.anchor: drawn(item.item, folder) for item in shown.items if item.figure is not None}


def drawn(item: Item, folder: Path) -> Mapping[str, Path]:
    """Suffix -> file of one item; a figure that was not rendered yet is drawn into ``folder/figures``."""
    found = {suffix: Path(path) for suffix, path in item.files.items() if Path(path).is_file()}
    if item.figure is None or item.failure or all(suffix in found for suffix in NEEDED):
        return found
    written = print_figure(item.figure, folder / "figures" / item.id)
    return {path.suffix[1:]: path for path in reversed(written)}  # the CSV proper wins over those of maps
