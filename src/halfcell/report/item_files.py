"""The files of a document's items: those that the run made, else drawn now, and all of them collected in one folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.atomic_files import write_aside
from halfcell.core.file_names import file_stem
from halfcell.study.items.table_csv import table_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.document import Document, Item
    from halfcell.report.document_view import View

NEEDED = ("svg", "pdf", "png")


def figure_files(shown: View, folder: Path) -> dict[str, Mapping[str, Path]]:
    """Anchor of a figure -> suffix -> file; missing files are drawn into ``folder/figures``."""
    return {item.anchor: item_files(item.item, folder) for item in shown.items if item.figure is not None}


def item_files(item: Item, folder: Path) -> Mapping[str, Path]:
    """Suffix -> file of one item; what was not made yet is made in ``folder/figures`` or ``folder/tables``."""
    found = {suffix: Path(path) for suffix, path in item.files.items() if Path(path).is_file()}
    if item.failure:
        return found
    if item.table is not None and "csv" not in found:
        place = folder / "tables" / f"{file_stem(item.id)}.csv"
        return {**found, "csv": write_aside(place, table_csv(item.table, _not_shown(item)))}
    figure = None if all(suffix in found for suffix in NEEDED) else item.whole_figure()
    if figure is None:
        return found
    from halfcell.render import print_figure

    (folder / "figures").mkdir(parents=True, exist_ok=True)
    written = print_figure(figure, folder / "figures" / file_stem(item.id))
    return {path.name.removeprefix(file_stem(item.id)).lstrip(".-"): path for path in written}


def _not_shown(item: Item) -> list[str]:
    """The subjects that a table names without numbers."""
    labels = [label for label, _ in item.missing]
    return list(dict.fromkeys([*labels, *(label for label, note in item.notes if note.code == "no_row")]))


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
