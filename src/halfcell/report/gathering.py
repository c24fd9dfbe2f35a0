"""Bring the files of a document's items together in one folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.files import write_aside
from halfcell.report.item_files import drawn

if TYPE_CHECKING:
    from halfcell.core.document import Document, Item


def gathered(document: Document, folder: Path) -> Document:
    """The document with all files of its items in ``figures`` and ``tables`` of a folder; missing ones are made."""
    return dataclasses.replace(document, items=tuple(_item(item, folder) for item in document.items))


def _item(item: Item, folder: Path) -> Item:
    files: dict[str, str] = {}
    for suffix, path in sorted(drawn(item, folder).items()):
        place = folder / f"{item.kind}s" / path.name
        if path.resolve() != place.resolve():
            write_aside(place, path.read_bytes())
        files[suffix] = str(place)
    return dataclasses.replace(item, files=files)
