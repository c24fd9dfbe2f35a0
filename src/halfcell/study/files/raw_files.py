"""The raw files of a study: found in the folders, and matched by the patterns of ``[raw]``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.core.plugins import clashes, did_you_mean, plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.readers.common.column_targets import mistakes
from halfcell.study.files.file_names import is_named, is_output, on_disk
from halfcell.study.files.folder_files import folder_files, is_utf8, printable
from halfcell.study.files.line_numbers import Lines
from halfcell.study.files.patterns import fixed_folder, match_files, nothing_found, subject_kind
from halfcell.study.files.study_file import RawEntry, StudyFile
from halfcell.study.files.subject import Subject
from halfcell.study.files.subjects import Subjects
from halfcell.techniques.load import usable_technique


@dataclass(frozen=True, kw_only=True)
class MatchedFile:
    """A raw file with the entry of ``[raw]`` that matches it, its subject and the other words of its name."""

    entry: RawEntry
    path: str
    subject: Subject
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EmptyPattern:
    """A pattern that matches no file, and the problem that says so."""

    pattern: str
    problem: InputError


@dataclass(frozen=True, kw_only=True)
class RawFiles:
    """The raw files of a study.

    `folders` are those that were searched, `found` all files in them, `not_utf8` the files whose names are not UTF-8
    (printable), `matched` the files that the entries of ``[raw]`` match, in order.
    """

    folders: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    not_utf8: tuple[str, ...] = ()
    matched: tuple[MatchedFile, ...] = ()
    empty_patterns: tuple[EmptyPattern, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Search:
    """What the patterns are matched with: files, subjects, and the lines of the study file for problems."""

    files: Sequence[str]
    subjects: Subjects
    lines: Lines


def find_raw_files(
    root: Path, file: StudyFile, lines: Lines, subjects: Subjects, inputs: Collection[str]
) -> tuple[RawFiles, tuple[InputError, ...]]:
    """Search the folders of the patterns for raw files, match them, and collect the mistakes of ``[raw]``.

    Parameters
    ----------
    root
        The study's folder.
    file, lines
        The study file and the lines of its keys.
    subjects
        The cells and samples whose names may occur in file names.
    inputs
        The study's own files, which are no raw files.
    """
    folders = _folders(root, file)
    seen = dict.fromkeys(path for folder in folders for path, _ in folder_files(root, folder))
    files = [path for path in seen if not is_output(path, root) and not is_named(path, inputs, root)]
    found = tuple(filter(is_utf8, files))
    references = _written_files(file)
    search = _Search(
        files=[path for path in found if not is_named(path, references, root)], subjects=subjects, lines=lines
    )
    matched: list[MatchedFile] = []
    empty: list[EmptyPattern] = []
    problems: list[InputError] = []
    for entry in file.raw:
        for one in _of_entry(entry, search):
            if isinstance(one, MatchedFile):
                matched.append(one)
            elif isinstance(one, EmptyPattern):
                empty.append(one)
                problems.append(one.problem)
            else:
                problems.append(one)
    raw = RawFiles(
        folders=folders,
        found=found,
        not_utf8=tuple(printable(path) for path in files if not is_utf8(path)),
        matched=tuple(matched),
        empty_patterns=tuple(empty),
    )
    return raw, tuple(problems)


def sample_names(subjects: Subjects) -> tuple[str, ...]:
    """The names of the samples: those of their table, or those that the table of cells gives."""
    of_cells = (cell.sample for cell in subjects.cells.values() if cell.sample)
    return tuple(subjects.samples) or tuple(dict.fromkeys(of_cells))


def _folders(root: Path, file: StudyFile) -> tuple[str, ...]:
    """The folders to search: those of the patterns, and ``raw`` if it exists; none inside another."""
    wanted = {on_disk(root, fixed_folder(pattern)) for entry in file.raw for pattern in entry.patterns}
    wanted |= {"raw"} if (root / "raw").is_dir() else set()
    whole = "." in wanted
    inner = {folder for folder in wanted for other in wanted if folder != other and folder.startswith(other + "/")}
    return (".",) if whole else tuple(sorted(wanted - inner))


def _written_files(file: StudyFile) -> set[str]:
    """Files that settings name (an instrument standard, a blank); patterns do not match these."""
    written = [*file.settings.values(), *(part.set for item in file.items for part in item.parts)]
    return {value for values in written for value in values.values() if isinstance(value, str)}


def _of_entry(entry: RawEntry, search: _Search) -> Iterator[MatchedFile | EmptyPattern | InputError]:
    """The files of one entry, its patterns without files and its mistakes."""
    where = search.lines.place(entry.path)
    kinds = set(vocabulary()["column"]) | set(plugins("techniques"))
    if entry.technique not in kinds:
        known = sorted(kinds | set(vocabulary()["alias"]))
        hint = clashes("techniques").get(entry.technique) or did_you_mean(entry.technique, known)
        yield InputError(f"unknown technique {entry.path[1]!r}", where, hint)
        return
    yield from _wrong_columns(entry, search.lines)
    yield from _wrong_reader(entry, search.lines)
    for pattern in entry.patterns:
        kind = subject_kind(pattern)
        if not kind:
            what = f"pattern {pattern!r} contains neither {{cell}} nor {{sample}}"
            yield InputError(what, where, "write {cell} or {sample} where the file name gives the subject")
            continue
        names = _names(search.subjects, kind)
        matches = match_files(pattern, search.files, names)
        if not matches:
            yield EmptyPattern(pattern=pattern, problem=nothing_found(pattern, search.files, names or (), where))
        yield from (MatchedFile(entry=entry, path=one.path, subject=one.subject, tags=one.tags) for one in matches)


def _wrong_columns(entry: RawEntry, lines: Lines) -> Iterator[InputError]:
    """What a run would refuse in a column map: ``{ "Voltage (mV)" = "voltage_volt * 1e-3" }``."""
    if not entry.columns:
        return
    technique = usable_technique(entry.technique) if entry.technique in plugins("techniques") else None
    for head, error in mistakes(entry.columns, technique.reads[0] if technique else entry.technique):
        place = (*entry.path, "columns", head) if head else (*entry.path, "columns")
        yield InputError(error.what, lines.place(place), error.hint)


def _wrong_reader(entry: RawEntry, lines: Lines) -> Iterator[InputError]:
    """A reader that is not known, or is named beside a column map."""
    where = lines.place((*entry.path, "reader"))
    if entry.reader and entry.columns:
        yield InputError("'reader' and 'columns' are both given", where, "the column map reads the file: leave one out")
    elif entry.reader and entry.reader not in plugins("readers"):
        yield InputError(f"unknown reader {entry.reader!r}", where, did_you_mean(entry.reader, plugins("readers")))


def _names(subjects: Subjects, kind: str) -> Sequence[str] | None:
    """The names that a pattern may contain; None (any name) if the study has no table that lists them."""
    names = tuple(subjects.cells) if kind == "cell" else sample_names(subjects)
    return names or None
