"""Write the files of a figure or table, and keep a record of it with all its numbers."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

from halfcell.core.atomic_files import move_into_place
from halfcell.core.content_bytes import content_bytes
from halfcell.core.figure import Figure
from halfcell.core.file_names import file_stem
from halfcell.core.table import Table
from halfcell.study.cache.code_hash import item_code
from halfcell.study.cache.drawings import load_drawing, save_drawing
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.results import Store
from halfcell.study.items.compose import ComposedItem, compose_item
from halfcell.study.items.provenance import trace_numbers
from halfcell.study.items.shown_item import keep_outline
from halfcell.study.items.table_csv import table_csv
from halfcell.study.plan.identified_plan import IdentifiedItem

FIGURES, TABLES = "out/figures", "out/tables"


def write_item(item: IdentifiedItem, root: Path) -> ItemRecord:
    """Compose an item, write its files, and store the record of its numbers, notes and files."""
    store = Store(root)
    composed = compose_item(item, store)
    mark = _drawing_mark(item, composed.content)
    outputs = load_drawing(store, mark) if mark else {}
    if not outputs or hash_files(root, outputs) != outputs:
        outputs = _written(item, composed, store)
        if mark:
            save_drawing(store, mark, outputs)
    record = ItemRecord(
        numbers=trace_numbers(item.spec, composed.content, composed.shown),
        notes=composed.notes,
        outputs=outputs,
        simulated=composed.content.simulated,
        missing=composed.missing,
        unseen_style=composed.unseen_style,
        made=dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
    )
    keep_outline(item, composed, store)
    store.save_record(item.key, record)
    return record


def _drawing_mark(item: IdentifiedItem, content: Figure | Table) -> str:
    """The hash of what is drawn: the figure without its caption and notes, and the code; empty for a table."""
    if not isinstance(content, Figure):
        return ""
    drawn = replace(content, caption="", notes=())
    stem = f"{file_stem(item.spec.id)}\0{item_code(item.spec)}\0".encode()
    return hashlib.sha256(stem + content_bytes(drawn)).hexdigest()


def _written(item: IdentifiedItem, composed: ComposedItem, store: Store) -> dict[str, str]:
    """Write the files of an item into their folder; path -> hash of each."""
    outputs = {}
    with store.scratch_folder() as folder:
        for path in _write_files(composed, folder, file_stem(item.spec.id)):
            target = store.root / (FIGURES if item.spec.kind == "figure" else TABLES) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            outputs[target.relative_to(store.root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
            move_into_place(path, target)
    return outputs


def _write_files(composed: ComposedItem, folder: Path, stem: str) -> tuple[Path, ...]:
    """Write a figure in all formats, or a table as CSV, into a folder."""
    content = composed.content
    if isinstance(content, Figure):
        from halfcell.render import print_figure

        return print_figure(content, folder / stem)
    path = folder / f"{stem}.csv"
    not_shown = [label for label, _ in (*composed.missing, *composed.without_row)]
    path.write_text(table_csv(content, not_shown), encoding="utf-8", newline="")
    return (path,)
