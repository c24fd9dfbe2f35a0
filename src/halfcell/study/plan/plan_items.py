"""Plan a study: each item's parts, subjects and steps; what cannot be planned is a problem with its line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.plugins import did_you_mean, plugins
from halfcell.core.settings import as_json
from halfcell.core.vocabulary import vocabulary
from halfcell.study.files.patterns import natural
from halfcell.study.plan.select_subjects import Choice, choose
from halfcell.study.plan.settings_layers import resolve
from halfcell.study.records import InputFile, Slot, Spec, Step, Task
from halfcell.techniques import technique
from halfcell.techniques.load import recipe_version

if TYPE_CHECKING:
    from halfcell.study.files.load import Loaded
    from halfcell.study.files.patterns import Found
    from halfcell.study.records import Part, RawEntry
    from halfcell.techniques import Technique

Problems = list[InputError]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One part as planned: the part with its technique and show filled in, its slots, what is wrong."""

    part: Part
    slots: tuple[Slot, ...] = ()
    problems: tuple[InputError, ...] = ()


def plan(loaded: Loaded) -> Loaded:
    """Plan every item; the tasks and all problems are in the study that comes back."""
    tasks, problems = [], list(loaded.problems)
    for spec in loaded.file.items:
        planned = [_part(loaded, spec, part) for part in spec.parts]
        problems.extend(problem for one in planned for problem in one.problems)
        parts = tuple(one.part for one in planned)
        tasks.append(Task(spec=replace(spec, parts=parts), parts=tuple(one.slots for one in planned)))
    if not tasks and not problems:
        hint = "add [[figure]] or [[table]] with id, technique and show"
        problems.append(InputError("the study asks for no figure and no table", loaded.lines.name, hint))
    once = {(problem.what, problem.where): problem for problem in problems}
    ordered = sorted(
        once.values(),
        key=lambda one: (one not in loaded.roots, not one.where.startswith(loaded.lines.name), natural(one.where)),
    )
    return replace(loaded, tasks=tuple(tasks), problems=tuple(ordered))


def shows(room: Technique, kind: str) -> Mapping[str, Any]:
    """The shows of a technique for a figure or a table."""
    return room.tables if kind == "table" else room.figures


def _part(loaded: Loaded, spec: Spec, part: Part) -> Planned:
    """Plan one part of an item."""
    try:
        name, room = _technique(loaded, spec, part)
        show = _show(loaded, spec, part, name, room)
    except InputError as error:
        return Planned(part=part, problems=(error,))
    part = replace(part, technique=name, show=show)
    entries = entries_for(loaded, name, room)
    if not entries and any(entry.technique in {name, *room.reads} for entry in loaded.file.raw):
        return Planned(part=part)  # a pattern that finds nothing is told where it stands
    if not entries and room.reads:
        where = loaded.lines.place((*part.path, "technique"))
        return Planned(
            part=part, problems=(InputError(f"[raw] has no files for {name}", where, f'{name} = "raw/..."'),)
        )
    choices, problems = choose(loaded, part, entries, reads=bool(room.reads))
    problems = [] if loaded.roots else problems  # who there is, is not known before the tables are mended
    slots = []
    for choice in choices:
        made, wrong = _slots(loaded, room, part, choice)
        slots.extend(made)
        problems.extend(wrong)
    return Planned(part=part, slots=tuple(slots), problems=tuple(problems))


def entries_for(loaded: Loaded, name: str, room: Technique) -> list[tuple[RawEntry, Found]]:
    """The raw files of a technique: its own entry, or those of the kinds of measurement it reads."""
    own = [item for item in loaded.found if item[0].technique == name]
    if own or any(entry.technique == name for entry in loaded.file.raw):
        return own
    return [item for item in loaded.found if item[0].technique in room.reads]


def _technique(loaded: Loaded, spec: Spec, part: Part) -> tuple[str, Technique]:
    """The technique of a part: the one named, or the only one of ``[raw]`` that offers the show.

    Raises
    ------
    InputError
        If it is unknown, missing, or not the only one.
    """
    where = loaded.lines.place((*part.path, "technique"))
    if part.technique:
        if part.technique not in plugins("techniques"):
            known = sorted({*plugins("techniques"), *vocabulary()["alias"]})
            raise InputError(f"unknown technique {part.technique!r}", where, did_you_mean(part.technique, known))
        return part.technique, technique(part.technique)
    named = dict.fromkeys(entry.technique for entry in loaded.file.raw if entry.technique in plugins("techniques"))
    loadable = {name: technique(name) for name in named}
    offering = {n: room for n, room in loadable.items() if part.show in shows(room, spec.kind) or not part.show}
    if len(offering) != 1:
        what = f"several techniques show {part.show!r}" if offering and part.show else "technique is missing"
        raise InputError(what, where, f'technique = "{next(iter(offering or named), "...")}"')
    return next(iter(offering.items()))


def _show(loaded: Loaded, spec: Spec, part: Part, name: str, room: Technique) -> str:
    """The show of a part: the one named, or the technique's first.

    Raises
    ------
    InputError
        If the technique does not have it.
    """
    known = shows(room, spec.kind)
    where = loaded.lines.place((*part.path, "show"))
    if not known:
        raise InputError(f"{name} has no {spec.kind}", where)
    if part.show and part.show not in known:
        other = shows(room, "figure" if spec.kind == "table" else "table")
        hint = f"it is not a {spec.kind} of {name}" if part.show in other else did_you_mean(part.show, known)
        raise InputError(f"unknown show {part.show!r}", where, hint)
    return part.show or next(iter(known))


def _slots(loaded: Loaded, room: Technique, part: Part, choice: Choice) -> tuple[list[Slot], Problems]:
    """The steps of one subject: one for all its files where the technique takes them together, else one a file."""
    resolved = resolve(room, part.technique, loaded, part, choice.subject)
    if resolved.problems:
        return [], list(resolved.problems)
    together = not choice.files or room.analyses_several
    groups: Iterable[Sequence[tuple[RawEntry, Found]]] = [choice.files] if together else [[f] for f in choice.files]
    slots = []
    for group in groups:
        step = Step(
            technique=part.technique,
            version=recipe_version(room),
            subject=choice.name,
            settings=resolved.settings,
            values=resolved.values,
            layers=resolved.layers,
            files=tuple(InputFile(path=found.path, tags=found.tags) for _, found in group),
            references={name: InputFile(path=path) for name, path in resolved.references.items()},
            columns=dict(group[0][0].columns) if group else {},
            context={} if room.reads else _context(loaded, choice),
        )
        slots.append(Slot(label=choice.label, subject=choice.name, step=step))
    return slots, []


def _context(loaded: Loaded, choice: Choice) -> dict[str, Any]:
    """What the tables say of a subject, for a technique that reads no file."""
    kind, name = choice.subject
    record = loaded.subjects.cells.get(name) if kind == "cell" else loaded.subjects.samples.get(name)
    if record is None:
        return {}
    described = {item.name: as_json(getattr(record, item.name)) for item in dataclasses.fields(record)}
    sample = loaded.subjects.samples.get(described.get("sample") or "")
    return described | ({"composition_wt_percent": dict(sample.composition_wt_percent)} if sample else {})


def technique_of(name: str) -> Technique | None:
    """A technique by name, or None where there is none."""
    try:
        return technique(name)
    except HalfcellError:
        return None
