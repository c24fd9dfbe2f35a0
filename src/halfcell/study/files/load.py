"""Load a study: its file, its tables, its raw files; every mistake is collected, nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.plugins import clashes, did_you_mean, plugins
from halfcell.core.vocabulary import technique_name, vocabulary
from halfcell.study.cache.lock_file import last_files
from halfcell.study.files.grammar import read_study_file
from halfcell.study.files.line_numbers import Lines
from halfcell.study.files.patterns import (
    NOT_TEXT,
    Found,
    base,
    expression,
    folder_files,
    match_files,
    nameable,
    nothing_found,
    printable,
    subject_kind,
    why_unmatched,
)
from halfcell.study.files.sheets import Sheet, read_sheet
from halfcell.study.files.subjects import Subjects, near_head, read_subjects
from halfcell.study.plan.settings_layers import Given, wrong
from halfcell.study.records import RawEntry, StudyFile, Task
from halfcell.techniques import technique
from halfcell.techniques.load import usable_technique


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A study as loaded: `found` holds each raw entry's files, `problems` all mistakes, `remarks` what is only said.

    `roots` are those problems that leave it open who the subjects are: tables that cannot be read, or not in all rows.
    `nameless` are files whose names are no text, `folders` the folders that were searched, `inputs` the study's own
    files: what a later run looks at to know whether anything has changed.
    """

    root: Path
    file: StudyFile
    lines: Lines
    subjects: Subjects
    found: tuple[tuple[RawEntry, Found], ...] = ()
    files: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    truth: Sheet | None = None
    problems: tuple[InputError, ...] = ()
    roots: tuple[InputError, ...] = ()
    remarks: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = field(default=())

    @property
    def unmatched(self) -> tuple[tuple[str, str], ...]:
        """Raw files that no pattern took and no setting names, with the reason."""
        used = {found.path for _, found in self.found}
        used |= {file.path for task in self.tasks for step in task.steps for file in step.references.values()}
        patterns = [pattern for entry in self.file.raw for pattern in entry.patterns]
        names = {"cell": list(self.subjects.cells), "sample": _sample_names(self.subjects)}
        left = [path for path in self.files if path not in used]
        lost = [(path, NOT_TEXT) for path in self.nameless]
        return (*((path, why_unmatched(path, patterns, names)) for path in left), *lost)


def study_path(path: str | Path) -> Path:
    """The study file that a path means: itself, or ``study.toml`` in the folder."""
    path = Path(path)
    return path / "study.toml" if path.is_dir() else path


def load(path: Path) -> Loaded:
    """Load a study file with its tables and look for its raw files; items are planned by `plan`.

    Raises
    ------
    InputError
        If the study file is missing or is no TOML at all.
    """
    file, lines, problems = read_study_file(path)
    root = path.resolve().parent
    sheets, inputs, roots = {}, [path.name], list[InputError]()
    for name, given in (("samples", file.samples), ("cells", file.cells), ("truth", file.truth)):
        sheets[name], table, wrong_rows = _sheet(root, name, given, lines, problems)
        inputs.extend(table)
        roots += wrong_rows
    subjects, more = read_subjects(sheets["samples"], sheets["cells"])
    problems += [*roots, *more]
    problems += _wrong_settings(file, lines)
    folders = _folders(root, file)
    seen = dict.fromkeys(path for folder in folders for path, _ in folder_files(root, folder))
    files = [path for path in seen if not path.startswith("out/") and path not in {*inputs, "study.lock"}]
    loaded = Loaded(
        root=root,
        file=file,
        lines=lines,
        subjects=subjects,
        files=tuple(filter(nameable, files)),
        nameless=tuple(printable(path) for path in files if not nameable(path)),
        folders=folders,
        inputs=tuple(inputs),
        roots=tuple(roots),
        truth=sheets["truth"],
    )
    found = tuple(_found(loaded, problems))
    return replace(loaded, found=found, problems=_once(problems), remarks=tuple(_remarks(subjects, file)))


def _sheet(
    root: Path, name: str, given: str, lines: Lines, problems: list[InputError]
) -> tuple[Sheet | None, tuple[str, ...], tuple[InputError, ...]]:
    """One table of the study: the file named, or ``<name>.csv`` or ``<name>.xlsx`` where there is one.

    Its own path comes with it, and what is wrong with its shape; a file that is not there is a mistake of study.toml.
    """
    usual = [] if name == "truth" else [f"{name}.csv", f"{name}.xlsx"]
    chosen = given or next((candidate for candidate in usual if (root / candidate).is_file()), "")
    if not chosen:
        return None, (), ()
    if not (root / chosen).is_file():
        where = lines.place(("truth", "file") if name == "truth" else (name,))
        hint = did_you_mean(chosen, sorted(p.name for p in root.iterdir()))
        problems.append(InputError(f"no such file {chosen!r}", where, hint))
        return None, (chosen,), ()
    try:
        sheet = read_sheet(root / chosen)
    except InputError as error:
        return None, (chosen,), (error,)
    return sheet, (chosen,), sheet.problems


def _wrong_settings(file: StudyFile, lines: Lines) -> Iterator[InputError]:
    """Mistakes in ``[settings.<technique>]``, whether or not an item uses them."""
    for written, values in file.settings.items():
        try:
            room = technique(written)
        except HalfcellError as error:
            yield InputError(error.what, lines.place(("settings", written)), error.hint)
            continue
        for key, value in values.items():
            given = Given(name=key, value=value, where=lines.place(("settings", written, key)))
            yield from wrong(room, given)


def _folders(root: Path, file: StudyFile) -> tuple[str, ...]:
    """The folders to search: those of the patterns, and ``raw`` where it is there; none inside another."""
    wanted = {base(pattern) for entry in file.raw for pattern in entry.patterns}
    wanted |= {"raw"} if (root / "raw").is_dir() else set()
    whole = "." in wanted
    inner = {folder for folder in wanted for other in wanted if folder != other and folder.startswith(other + "/")}
    return (".",) if whole else tuple(sorted(wanted - inner))


def _found(loaded: Loaded, problems: list[InputError]) -> Iterator[tuple[RawEntry, Found]]:
    """The files of each raw entry; unknown techniques and patterns that find nothing are problems."""
    references = _written_files(loaded.file)
    files = [path for path in loaded.files if path not in references]
    kinds = set(vocabulary()["column"]) | set(plugins("techniques"))
    for entry in loaded.file.raw:
        if entry.technique in kinds:
            problems.extend(_wrong_columns(entry, loaded.lines))
            yield from _of_entry(loaded, entry, files, problems)
        else:
            known = sorted(kinds | set(vocabulary()["alias"]))
            hint = clashes("techniques").get(entry.technique) or did_you_mean(entry.technique, known)
            problems.append(InputError(f"unknown technique {entry.path[1]!r}", loaded.lines.place(entry.path), hint))


def _written_files(file: StudyFile) -> set[str]:
    """What settings name as files (an instrument standard, a blank): no pattern takes these."""
    written = [*file.settings.values(), *(part.set for item in file.items for part in item.parts)]
    return {value for values in written for value in values.values() if isinstance(value, str)}


def _of_entry(
    loaded: Loaded, entry: RawEntry, files: Sequence[str], problems: list[InputError]
) -> Iterator[tuple[RawEntry, Found]]:
    """The files of one raw entry."""
    where = loaded.lines.place(entry.path)
    for pattern in entry.patterns:
        kind = subject_kind(pattern)
        if not kind:
            hint = "write {cell} or {sample} where the file's name says whose it is"
            problems.append(InputError(f"pattern {pattern!r} does not say whose the files are", where, hint))
            continue
        names = _names(loaded.subjects, kind)
        found = match_files(pattern, files, names)
        if not found:
            problem = nothing_found(pattern, files, names or (), where)
            shape = expression(str(PurePosixPath(pattern)), None)
            last = next((path for *_, path in last_files(loaded.root) if shape.fullmatch(path)), "")
            hint = f"it was {last} in the last run; {problem.hint}" if last else problem.hint
            problems.append(InputError(problem.what, problem.where, hint))
        yield from ((entry, item) for item in found)


def _wrong_columns(entry: RawEntry, lines: Lines) -> Iterator[InputError]:
    """Names in a column map that are not ours: ``{ "Voltage (mV)" = "voltage_volt * 1e-3" }``."""
    columns = vocabulary()["column"]
    if not entry.columns:
        return
    room = usable_technique(entry.technique) if entry.technique in plugins("techniques") else None
    known = columns.get(room.reads[0] if room else entry.technique, {})
    for head, target in entry.columns.items():
        name = re.split(r"[\s*/]", target.strip(), maxsplit=1)[0]
        if name not in known:
            where = lines.place((*entry.path, "columns", head))
            yield InputError(f"unknown column {name!r}", where, did_you_mean(name, sorted(known)))


def _names(subjects: Subjects, kind: str) -> Sequence[str] | None:
    """The names that may stand in a pattern; None (any) where the study has no table that lists them."""
    names: Mapping[str, Any] = subjects.cells if kind == "cell" else dict.fromkeys(_sample_names(subjects))
    return list(names) or None


def _sample_names(subjects: Subjects) -> list[str]:
    return list(subjects.samples) or list(dict.fromkeys(c.sample for c in subjects.cells.values() if c.sample))


def _remarks(subjects: Subjects, file: StudyFile) -> Iterator[str]:
    """What is said without being a mistake: cells of no kind, columns that no analysis reads."""
    kindless = [name for name, cell in subjects.cells.items() if cell.kind is None]
    if kindless:
        count = f"cell {kindless[0]!r} has" if len(kindless) == 1 else f"{len(kindless)} cells have"
        yield f"{subjects.place('cell', kindless[0])}: {count} no kind; numbers that need it are refused"
    settings = {key for values in file.settings.values() for key in values}
    for head, where in subjects.remark_heads:
        if head not in settings and not head.startswith(("note", "comment", "remark", "composition")):
            near = near_head(head)
            what = f"column {head!r} is read by nothing; {near}" if near else f"column {head!r} is kept as a remark"
            yield f"{where}: {what}" + ("" if near else "; only a setting of that name would use it")


def _once(problems: Sequence[InputError]) -> tuple[InputError, ...]:
    """Each problem once."""
    return tuple({(p.what, p.where): p for p in problems}.values())


__all__ = ["Loaded", "load", "study_path", "technique_name"]
