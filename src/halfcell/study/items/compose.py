"""Present results: label them, hand them to the technique's shows, put panels together, write the files."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from halfcell.core.figure import Figure
from halfcell.core.markup import plain
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note
from halfcell.core.table import Table
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.results import Store
from halfcell.study.cache.step_results import StepResults
from halfcell.study.execute.step import compute, moved
from halfcell.study.files.item_spec import ItemSpec
from halfcell.study.items.omitted import Shown, empty_panel, shown, with_missing
from halfcell.study.items.provenance import Traced, numbers_of, typed
from halfcell.study.items.without_row import Rowless, rowless, with_rowless
from halfcell.study.plan.identified_plan import IdentifiedItem, SameContent, Slot, Step
from halfcell.study.plan.vanished_subjects import VanishedSubject
from halfcell.techniques import technique
from halfcell.techniques.analysis import distinct_labels

FIGURES, TABLES = "out/figures", "out/tables"


def fetch(step: Step, store: Store) -> StepResults:
    """The results of a step from the store; computed and kept where they are not there (or damaged)."""
    stored = store.load(step.id)
    if stored is None:
        stored = compute(step, store.root)
        store.save(step.id, stored)
    return moved(stored, step)


def labelled(part: Sequence[Slot], store: Store) -> tuple[Traced, ...]:
    """The results of a part, each with the name it is printed by.

    One result of a subject has the subject's name; several are told apart by the words of their files' names; where
    the whole part is of one subject, those words alone are the name.
    """
    found = [
        (slot, result, tag, stored)
        for slot in part
        for stored in [fetch(slot.step, store)]
        for result, tag in zip(stored.results, stored.tags, strict=True)
    ]
    subjects = [slot.label for slot, *_ in found]
    single = len(set(subjects)) == 1
    labels = []
    for slot, _, tag, _ in found:
        if subjects.count(slot.label) == 1 or not tag:
            labels.append(slot.label)
        else:
            labels.append(tag if single else f"{slot.label}, {tag}")
    names = distinct_labels(labels, [result for _, result, *_ in found])
    return tuple(
        Traced(result.stamped(label=name), stored.code_version, _missing(stored, "" if single else slot.label))
        for (slot, result, _, stored), name in zip(found, names, strict=True)
    )


def _missing(stored: StepResults, label: str) -> tuple[MissingSubject, ...]:
    """The states that a series lacks, by the names they would be printed by."""
    return tuple(MissingSubject(f"{label}, {tag}" if label else tag, why) for tag, why in stored.missing)


def make(task: IdentifiedItem, parts: Sequence[Sequence[Traced]]) -> Figure | Table:
    """The figure or the table of an item; whom it lacks is said in its notes."""
    return made_of(task, parts).item


@dataclass(frozen=True, kw_only=True, eq=False)
class Presented:
    """An item as it is shown: the results it shows, each once, and the subjects it lacks."""

    item: Figure | Table
    traced: tuple[Traced, ...]
    missing: tuple[MissingSubject, ...]
    gone: tuple[VanishedSubject, ...] = ()
    copies: tuple[SameContent, ...] = ()
    rowless: tuple[Rowless, ...] = ()

    @property
    def notes(self) -> tuple[tuple[str, Note], ...]:
        """The notes of its results, each with its result's name, and those on subjects that it does not show."""
        lost = [*((one.label, Note("doubt", "file_gone", one.text)) for one in self.gone), *self.rowless]
        copies = ((label, Note("doubt", "same_content", text)) for label, text in self.copies)
        return (*lost, *copies, *((one.result.label, note) for one in self.traced for note in one.result.notes))


def made_of(task: IdentifiedItem, parts: Sequence[Sequence[Traced]]) -> Presented:
    """The item, and who is shown in it and who is not.

    Raises
    ------
    HalfcellError
        If a show refuses all its results, or nobody in particular.
    """
    spec = task.spec
    drawn = [shown(partial(_shown, spec, n), part) if part else _nothing(spec, n) for n, part in enumerate(parts)]
    items = [item for item, *_ in drawn]
    kept = tuple({(one.result.id, one.result.label): one for _, results, _ in drawn for one in results}.values())
    states = (one for traced in kept for one in traced.missing)
    missing = tuple(dict.fromkeys([*task.missing, *states, *(one for *_, lost in drawn for one in lost)]))
    item = _whole(spec, items, simulated=any(one.result.simulated for one in kept))
    lost = rowless(item, [one.result for one in kept]) if isinstance(item, Table) else ()
    item = with_rowless(item, lost) if isinstance(item, Table) else item
    item = with_missing(item, missing)
    return Presented(item=item, traced=kept, missing=missing, gone=task.vanished, copies=task.copies, rowless=lost)


def _shown(spec: ItemSpec, number: int, traced: Sequence[Traced]) -> Figure | Table:
    """What one part shows of results; a part's title stands over its first panel."""
    part, room = spec.parts[number], technique(spec.parts[number].technique)
    results = [one.result for one in traced]
    if spec.kind == "table":
        table: Table = room.tables[part.show](results)
        return table
    figure: Figure = room.figures[part.show](results)
    if not part.title or not figure.panels:
        return figure
    return replace(figure, panels=(replace(figure.panels[0], title=part.title), *figure.panels[1:]))


def _nothing(spec: ItemSpec, number: int) -> Shown:
    """A part of a composite none of whose subjects is left."""
    return empty_panel(spec.parts[number].title), (), ()


def _whole(spec: ItemSpec, items: Sequence[Figure | Table], *, simulated: bool) -> Figure | Table:
    """The item of its parts, with the caption and the sizes that the study file gives."""
    first = items[0]
    if isinstance(first, Table):
        return replace(first, caption=spec.caption or first.caption, simulated=first.simulated or simulated)
    figures = [item for item in items if isinstance(item, Figure)]
    figure = _composed(spec, figures) if spec.composite else first
    return replace(
        figure,
        caption=spec.caption or figure.caption,
        width_mm=spec.width_mm or figure.width_mm,
        columns=spec.columns or figure.columns,
        panel_height_mm=spec.panel_height_mm or figure.panel_height_mm,
        simulated=figure.simulated or simulated,
    )


def _composed(spec: ItemSpec, figures: Sequence[Figure]) -> Figure:
    """Panels of several figures in one grid."""
    panels = tuple(panel for figure in figures for panel in figure.panels)
    columns = spec.columns or min(len(panels), 3)
    widths: dict[int, Literal[90, 140, 180]] = {1: 90, 2: 140}
    return Figure(
        panels=panels,
        caption=next((figure.caption for figure in figures if figure.caption), ""),
        width_mm=spec.width_mm or widths.get(columns, 180),
        columns=columns,
        panel_height_mm=min(figure.panel_height_mm for figure in figures),
        simulated=any(figure.simulated for figure in figures),
        notes=tuple(dict.fromkeys(note for figure in figures for note in figure.notes)),
    )


def produce(task: IdentifiedItem, root: Path) -> ItemRecord:
    """Make an item and write its files, each in one step; keep the record of what was made."""
    store = Store(root)
    presented = made_of(task, [labelled(part, store) for part in task.parts])
    item, traced = presented.item, presented.traced
    outputs = {}
    with store.aside() as folder:
        for path in _written(presented, folder, file_stem(task.spec)):
            target = root / (FIGURES if task.spec.kind == "figure" else TABLES) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            outputs[target.relative_to(root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
            os.replace(path, target)
    made = ItemRecord(
        numbers=numbers_of(task.spec, item, traced),
        notes=presented.notes,
        outputs=outputs,
        simulated=item.simulated,
        missing=presented.missing,
    )
    store.keep(task.key, made)
    return made


def _written(presented: Presented, folder: Path, stem: str) -> tuple[Path, ...]:
    item = presented.item
    if isinstance(item, Figure):
        from halfcell.render import print_figure

        return print_figure(item, folder / stem)
    path = folder / f"{stem}.csv"
    lost = [label for label, _ in (*presented.missing, *presented.rowless)]
    path.write_text(table_csv(item, lost), encoding="utf-8", newline="")
    return (path,)


def table_csv(table: Table, missing: Sequence[str] = ()) -> str:
    """A table as CSV: what is printed, a merged cell in its first place, units in the heads; whom it lacks, empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [f"{column.label} ({column.unit})" if column.unit else column.label for column in table.columns]
    writer.writerow([typed(head) for head in heads])
    writer.writerows([plain(entry.text) if entry else "" for entry in row] for row in table.rows)
    writer.writerows([plain(label), *[""] * (len(heads) - 1)] for label in missing)
    return out.getvalue()


def file_stem(spec: ItemSpec) -> str:
    """The name of an item's files: its id, with signs that file names cannot hold replaced."""
    return re.sub(r"[^\w.-]+", "_", spec.id).strip(".") or "item"
