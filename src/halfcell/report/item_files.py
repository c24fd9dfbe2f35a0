"""The files of a document's items: those that the run made, else drawn now, and all of them collected in one folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.atomic_files import write_aside
from halfcell.render import print_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.document import Document, Item
    from halfcell.report.document_view import View

NEEDED = ("svg", "pdf", "png")


def figure_files(shown: View, folder: Path) -> dict[str, Mapping[str, Path]]:
    """Anchor of a figure -> suffix -> file; missing files are drawn into ``folder/figures``."""
    return {item.anchor: item_files(item.item, folder) for item in shown.items if item.figure is not None}


def item_files(item: Item, folder: Path) -> Mapping[str, Path]:
    """Suffix -> file of one item; a figure that was not drawn yet is drawn into ``folder/figures``."""
    found = {suffix: Path(path) for suffix, path in item.files.items() if Path(path).is_file()}
    if item.figure is None or item.failure or all(suffix in found for suffix in NEEDED):
        return found
    written = print_figure(item.figure, folder / "figures" / item.id)
    return {path.suffix[1:]: path for path in reversed(written)}  # the CSV of the figure replaces those of its maps


def collected(document: Document, folder: Path) -> Document:
    """Collect the files of all items in ``figures`` and ``tables`` of a folder; returns a document that names them."""
    return dataclasses.replace(document, items=tuple(_collected(item, folder) for item in document.items))


def _collected(item: Item, folder: Path) -> Item:
    files: dict[str, str] = {}
    for suffix, path in sorted(item_files(item, folder).items()):
        place = folder / f"{item.kind}s" / path.name
        if path.resolve() != place.resolve():
            write_aside(place, path.read_bytes())
        files[suffix] = str(place)
    return dataclasses.replace(item, files=files)
