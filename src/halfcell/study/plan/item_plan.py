"""Plan an item: its parts, their subjects and steps; what cannot be planned is a problem with its line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError, PluginError
from halfcell.core.plugins import clashes, did_you_mean, plugins
from halfcell.core.settings import as_json
from halfcell.core.vocabulary import vocabulary
from halfcell.study.files.item_spec import Kind, is_own
from halfcell.study.files.own_content import missing_files
from halfcell.study.plan.drawn_cell import with_drawn_cell
from halfcell.study.plan.planned_item import PlannedFile, PlannedItem, PlannedSlot, PlannedStep
from halfcell.study.plan.predicted_part import (
    as_prediction,
    is_predicting,
    predicting_part,
    predicting_technique,
    wrong_prediction,
)
from halfcell.study.plan.replicate_groups import replicate_groups
from halfcell.study.plan.settings_layers import resolve
from halfcell.study.plan.subject_selection import Choice, select_subjects
from halfcell.techniques.load import load_technique, recipe_version, usable_technique

if TYPE_CHECKING:
    from collections.abc import Callable

    from halfcell.core.figure import Figure
    from halfcell.core.json_values import Json
    from halfcell.core.table import Table
    from halfcell.study.files.item_spec import ItemSpec, Part
    from halfcell.study.files.raw_files import MatchedFile
    from halfcell.study.files.study_files import StudyFiles
    from halfcell.techniques import Technique


@dataclass(frozen=True, kw_only=True)
class ItemPlan:
    """An item as planned, and what is wrong with it."""

    item: PlannedItem
    problems: tuple[InputError, ...]


@dataclass(frozen=True, kw_only=True)
class _PartPlan:
    """One part as planned: the part with its technique and show filled in, its slots, what is wrong."""

    part: Part
    slots: tuple[PlannedSlot, ...] = ()
    problems: tuple[InputError, ...] = ()


def plan_item(files: StudyFiles, spec: ItemSpec) -> ItemPlan:
    """Plan one figure or table, part by part."""
    parts = [_plan_part(files, spec, part) for part in spec.parts]
    complete = replace(spec, parts=tuple(planned.part for planned in parts))
    return ItemPlan(
        item=PlannedItem(spec=complete, parts=tuple(planned.slots for planned in parts)),
        problems=tuple(problem for planned in parts for problem in planned.problems),
    )


def _plan_part(files: StudyFiles, spec: ItemSpec, part: Part) -> _PartPlan:
    missing = tuple(missing_files(part.own, files.root, part.path, files.lines))
    if is_own(part):
        where = files.lines.place((*part.path, "stack"))
        drawn, wrong = with_drawn_cell(part, files.subjects.cells, where)
        return _PartPlan(part=drawn, problems=(*missing, *wrong, *_beside_own(files, part)))
    planned = _plan_show(files, spec, part)
    return replace(planned, problems=(*missing, *planned.problems))


def _beside_own(files: StudyFiles, part: Part) -> tuple[InputError, ...]:
    """What a part asks a technique for although its author brings all that it shows."""
    beside = [name for name in ("show", "samples", "cells", "set", "select") if getattr(part, name)]
    if not beside:
        return ()
    what = f"{beside[0]!r} and a file of your own are both given"
    return (InputError(what, files.lines.place((*part.path, beside[0])), "give each an entry or a panel of its own"),)


def _plan_show(files: StudyFiles, spec: ItemSpec, part: Part) -> _PartPlan:
    part = as_prediction(part, spec.kind)
    try:
        name, technique = _technique(files, spec, part)
        show = _show(files, spec, part, name, technique)
    except InputError as error:
        return _PartPlan(part=part, problems=(error,))
    part = replace(part, technique=name, show=show)
    if part.predict and is_predicting(name):
        part = replace(part, set=predicting_part(files, part, technique).set)
    matched = _files_of(files, name, technique)
    if not matched and any(entry.technique in {name, *technique.reads} for entry in files.file.raw):
        return _PartPlan(part=part)  # a pattern without files is a problem of its own
    if not matched and technique.reads:
        where = files.lines.place((*part.path, "technique"))
        problem = InputError(f"[raw] has no files for {name}", where, f'{name} = "raw/..."')
        return _PartPlan(part=part, problems=(problem,))
    choices, problems = select_subjects(files, part, matched, reads=bool(technique.reads))
    problems = [] if files.table_problems else problems  # the subjects are unknown until the tables are corrected
    slots: list[PlannedSlot] = []
    groups = replicate_groups(files, part, choices)
    for choice in choices:
        planned, wrong = _slots(files, technique, part, choice)
        slots.extend(replace(slot, group=groups.get(choice.subject, "")) for slot in planned)
        problems.extend(wrong)
    if part.predict and not is_predicting(name):
        predicting, unpredictable = _predicting_slots(files, spec, part, choices)
        slots.extend(predicting)
        problems.extend(unpredictable)
    return _PartPlan(part=part, slots=tuple(slots), problems=tuple(problems))


def _predicting_slots(
    files: StudyFiles, spec: ItemSpec, part: Part, choices: Sequence[Choice]
) -> tuple[list[PlannedSlot], list[InputError]]:
    """The steps that predict what the others analyse; they come after those."""
    if problems := wrong_prediction(files, part, spec.kind):
        return [], list(problems)
    technique = load_technique(predicting_technique(part.technique))
    predicting = predicting_part(files, part, technique)
    made = [_slots(files, technique, predicting, choice) for choice in choices]
    wrong = dict.fromkeys(problem for _, problems in made for problem in problems)
    return [slot for slots, _ in made for slot in slots], list(wrong)


def _files_of(files: StudyFiles, name: str, technique: Technique) -> list[MatchedFile]:
    """The raw files of a technique: those of its own entry, or of the kinds of measurement that it reads."""
    own = [file for file in files.raw.matched if file.entry.technique == name]
    if own or any(entry.technique == name for entry in files.file.raw):
        return own
    return [file for file in files.raw.matched if file.entry.technique in technique.reads]


def _shows(technique: Technique, kind: Kind) -> Mapping[str, Callable[..., Figure | Table]]:
    """The shows of a technique for a figure or a table."""
    return technique.tables if kind == "table" else technique.figures


def _technique(files: StudyFiles, spec: ItemSpec, part: Part) -> tuple[str, Technique]:
    """The technique of a part: the one named, or the only one of ``[raw]`` that has the show.

    Raises
    ------
    InputError
        If it is unknown, missing, or not the only one.
    """
    where = files.lines.place((*part.path, "technique"))
    if part.technique:
        if part.technique not in plugins("techniques"):
            known = sorted({*plugins("techniques"), *vocabulary()["alias"]})
            hint = clashes("techniques").get(part.technique) or did_you_mean(part.technique, known)
            raise InputError(f"unknown technique {part.technique!r}", where, hint)
        try:
            return part.technique, load_technique(part.technique)
        except PluginError as error:
            raise InputError(error.what, where, error.hint) from error
    names = dict.fromkeys(entry.technique for entry in files.file.raw if entry.technique in plugins("techniques"))
    having = {
        name: technique
        for name in names
        if (technique := usable_technique(name)) and (part.show in _shows(technique, spec.kind) or not part.show)
    }
    if len(having) != 1:
        what = f"several techniques have a show {part.show!r}" if having and part.show else "technique is missing"
        raise InputError(what, where, f'technique = "{next(iter(having or names), "...")}"')
    return next(iter(having.items()))


def _show(files: StudyFiles, spec: ItemSpec, part: Part, name: str, technique: Technique) -> str:
    """The show of a part: the one named, or the technique's first.

    Raises
    ------
    InputError
        If the technique does not have it.
    """
    known = _shows(technique, spec.kind)
    where = files.lines.place((*part.path, "show"))
    if not known:
        raise InputError(f"{name} has no {spec.kind}", where)
    if part.show and part.show not in known:
        other: Kind = "figure" if spec.kind == "table" else "table"
        is_other = part.show in _shows(technique, other)
        hint = f"it is a {other} of {name}, not a {spec.kind}" if is_other else did_you_mean(part.show, known)
        raise InputError(f"unknown show {part.show!r}", where, hint)
    return part.show or next(iter(known))


def _slots(
    files: StudyFiles, technique: Technique, part: Part, choice: Choice
) -> tuple[list[PlannedSlot], tuple[InputError, ...]]:
    """The steps of one subject: one for all its files if the technique takes them together, else one per file."""
    resolved = resolve(technique, part.technique, files, part, choice.subject)
    if resolved.problems:
        return [], resolved.problems
    together = not choice.files or technique.analyses_several
    groups: Iterable[Sequence[MatchedFile]] = [choice.files] if together else [[file] for file in choice.files]
    slots = []
    for group in groups:
        step = PlannedStep(
            technique=part.technique,
            version=recipe_version(technique),
            subject=choice.subject.name,
            settings=resolved.settings,
            values=resolved.values,
            layers=resolved.layers,
            files=tuple(PlannedFile(path=file.path, tags=file.tags) for file in group),
            references=resolved.references,
            columns=dict(group[0].entry.columns) if group else {},
            reader=group[0].entry.reader if group else "",
            context={} if technique.reads else _context(files, choice),
        )
        slots.append(PlannedSlot(label=choice.label, subject=choice.subject.name, step=step))
    return slots, ()


def _context(files: StudyFiles, choice: Choice) -> dict[str, Json]:
    """The values of a subject in the tables, for a technique that reads no file."""
    kind, name = choice.subject
    cell, sample = files.subjects.cells.get(name), files.subjects.samples.get(name)
    record = cell if kind == "cell" else sample
    if record is None:
        return {}
    values = {field.name: as_json(getattr(record, field.name)) for field in dataclasses.fields(record)}
    sample = files.subjects.samples.get(cell.sample) if cell and kind == "cell" else None
    return values | ({"composition_wt_percent": dict(sample.composition_wt_percent)} if sample else {})
