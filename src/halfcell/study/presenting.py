"""Present results: label them, hand them to the technique's shows, put panels together, write the files."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from halfcell.core.figure import Figure
from halfcell.core.markup import plain
from halfcell.core.table import Table
from halfcell.study.computing import compute, moved
from halfcell.study.records import Made, Slot, Spec, Step, Stored, Task
from halfcell.study.store import Store
from halfcell.study.traced import Traced, numbers_of, typed
from halfcell.techniques import technique

if TYPE_CHECKING:
    from halfcell.core.result import Result

FIGURES, TABLES = "out/figures", "out/tables"


def fetch(step: Step, store: Store) -> Stored:
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
        (slot, result, tag, stored.code_version)
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
    traced = []
    for (_, result, _, version), label in zip(found, labels, strict=True):
        stem = Path(result.sources[0].path).stem if result.sources else result.id[-4:]
        name = f"{label} ({stem})" if labels.count(label) > 1 else label
        traced.append(Traced(result.stamped(label=name), version))
    return tuple(traced)


def make(task: Task, parts: Sequence[Sequence[Traced]]) -> Figure | Table:
    """The figure or the table of an item."""
    spec = task.spec
    results = [[traced.result for traced in part] for part in parts]
    simulated = any(result.simulated for part in results for result in part)
    if spec.kind == "table":
        part = spec.parts[0]
        table: Table = technique(part.technique).TABLES[part.show](results[0])
        return replace(table, caption=spec.caption or table.caption, simulated=table.simulated or simulated)
    figures = [_figure(spec, number, part) for number, part in enumerate(results)]
    figure = _composed(spec, figures) if spec.composite else figures[0]
    return replace(
        figure,
        caption=spec.caption or figure.caption,
        width_mm=spec.width_mm or figure.width_mm,
        columns=spec.columns or figure.columns,
        panel_height_mm=spec.panel_height_mm or figure.panel_height_mm,
        simulated=figure.simulated or simulated,
    )


def _figure(spec: Spec, number: int, results: Sequence[Result]) -> Figure:
    """The figure of one part; its title stands over its first panel."""
    part = spec.parts[number]
    figure: Figure = technique(part.technique).FIGURES[part.show](results)
    if not part.title or not figure.panels:
        return figure
    return replace(figure, panels=(replace(figure.panels[0], title=part.title), *figure.panels[1:]))


def _composed(spec: Spec, figures: Sequence[Figure]) -> Figure:
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


def produce(task: Task, root: Path) -> Made:
    """Make an item and write its files, each in one step; keep the record of what was made."""
    store = Store(root)
    parts = [labelled(part, store) for part in task.parts]
    item = make(task, parts)
    outputs = {}
    with store.aside() as folder:
        for path in _written(item, folder, file_stem(task.spec)):
            target = root / (FIGURES if task.spec.kind == "figure" else TABLES) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            outputs[target.relative_to(root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
            os.replace(path, target)
    traced = tuple({one.result.id: one for part in parts for one in part}.values())
    made = Made(
        numbers=numbers_of(task.spec, item, traced),
        notes=tuple((one.result.label, note) for one in traced for note in one.result.notes),
        outputs=outputs,
        simulated=item.simulated,
    )
    store.keep(task.key, made)
    return made


def _written(item: Figure | Table, folder: Path, stem: str) -> tuple[Path, ...]:
    if isinstance(item, Figure):
        from halfcell.render import print_figure

        return print_figure(item, folder / stem)
    path = folder / f"{stem}.csv"
    path.write_text(table_csv(item), encoding="utf-8", newline="")
    return (path,)


def table_csv(table: Table) -> str:
    """A table as CSV: what is printed, a merged cell in its first place, units in the heads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [f"{column.label} ({column.unit})" if column.unit else column.label for column in table.columns]
    writer.writerow([typed(head) for head in heads])
    writer.writerows([plain(entry.text) if entry else "" for entry in row] for row in table.rows)
    return out.getvalue()


def file_stem(spec: Spec) -> str:
    """The name of an item's files: its id, with signs that file names cannot hold replaced."""
    return re.sub(r"[^\w.-]+", "_", spec.id).strip(".") or "item"
