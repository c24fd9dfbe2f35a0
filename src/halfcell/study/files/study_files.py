"""The files of a study, read: study.toml, the tables, the raw files; every mistake is collected, nothing is run."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean, plugins
from halfcell.study.files.document_files import read_document_files
from halfcell.study.files.grammar import read_study_file
from halfcell.study.files.line_numbers import Lines
from halfcell.study.files.near_heads import near_head
from halfcell.study.files.raw_files import RawFiles, find_raw_files
from halfcell.study.files.sheets import Sheet, read_sheet
from halfcell.study.files.study_file import StudyFile
from halfcell.study.files.subject_identifiers import IDENTIFIERS, wrong_identifiers
from halfcell.study.files.subjects import Subjects, read_subjects
from halfcell.study.files.unlike_values import unlike_values
from halfcell.study.files.unread_compositions import unread_compositions
from halfcell.techniques.load import usable_technique

if TYPE_CHECKING:
    from halfcell.core.document import Bibliography


@dataclass(frozen=True, kw_only=True)
class StudyFiles:
    """What people wrote and collected for a study, as read.

    Attributes
    ----------
    root
        The study's folder.
    file, lines
        The content of study.toml and the lines of its keys.
    subjects
        The samples and cells of the tables.
    raw
        The raw files.
    truth
        The table of true values of simulated raw files, if there is one.
    bibliography
        What the texts of the document may cite.
    inputs
        The paths of the study's own files: study.toml, the tables, the bibliography.
    problems
        All mistakes in these files.
    table_problems
        Those of them that leave some subjects unknown: tables that cannot be read, or not in all rows.
    remarks
        What is not a mistake but should be looked at.
    """

    root: Path
    file: StudyFile
    lines: Lines
    subjects: Subjects
    raw: RawFiles
    truth: Sheet | None = None
    bibliography: Bibliography | None = None
    inputs: tuple[str, ...] = ()
    problems: tuple[InputError, ...] = ()
    table_problems: tuple[InputError, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _TableFile:
    """A table named in the study file: its path, its content if it can be read, and what is wrong with it.

    `missing` is a mistake in study.toml, `problems` are mistakes in the table.
    """

    paths: tuple[str, ...] = ()
    sheet: Sheet | None = None
    missing: tuple[InputError, ...] = ()
    problems: tuple[InputError, ...] = ()


def read_study_files(path: Path) -> StudyFiles:
    """Read a study file with its tables and find its raw files.

    Raises
    ------
    InputError
        If the study file is missing or is not TOML at all.
    """
    file, lines, problems = read_study_file(path)
    root = path.resolve().parent
    samples = _table(root, "samples", file.samples, lines)
    cells = _table(root, "cells", file.cells, lines)
    truth = _table(root, "truth", file.truth, lines)
    tables = (samples, cells, truth)
    document = read_document_files(root, file, lines)
    own = (*file.style_files, *_own_files(file), *_crystal_files(root, file), *document.paths)
    inputs = (path.name, *own, *(name for table in tables for name in table.paths))
    table_problems = [problem for table in tables for problem in table.problems]
    subjects, wrong_values = read_subjects(samples.sheet, cells.sheet)
    wrong_values += wrong_identifiers(subjects)
    raw, wrong_entries = find_raw_files(root, file, lines, subjects, inputs)
    missing = [problem for table in tables for problem in table.missing]
    return StudyFiles(
        root=root,
        file=file,
        lines=lines,
        subjects=subjects,
        raw=raw,
        truth=truth.sheet,
        bibliography=document.bibliography,
        inputs=inputs,
        problems=_each_once([*problems, *missing, *table_problems, *wrong_values, *wrong_entries, *document.problems]),
        table_problems=tuple(table_problems),
        remarks=(*_table_remarks(root, file, cells), *_remarks(subjects, file)),
    )


def _own_files(file: StudyFile) -> tuple[str, ...]:
    """The files of its author that the study's figures and tables show."""
    return tuple(dict.fromkeys(name for item in file.items for name in item.own_files))


def _crystal_files(root: Path, file: StudyFile) -> tuple[str, ...]:
    """The CIF files in the folders that settings name: what they say is part of the analyses."""
    values = [*file.settings.values(), *(part.set for item in file.items for part in item.parts)]
    folders = {
        value for one in values for key, value in one.items() if key == "phases_folder" and isinstance(value, str)
    }
    paths = (path for folder in sorted(folders) for path in sorted((root / folder).glob("*.cif")))
    return tuple(os.path.relpath(path, root).replace(os.sep, "/") for path in paths)


def _table(root: Path, name: str, given: str, lines: Lines) -> _TableFile:
    """One table of the study: the file that is named, or ``<name>.csv`` or ``<name>.xlsx`` if it exists."""
    usual = [] if name == "truth" else [f"{name}.csv", f"{name}.xlsx"]
    path = given or next((candidate for candidate in usual if (root / candidate).is_file()), "")
    if not path:
        return _TableFile()
    if not (root / path).is_file():
        where = lines.place(("truth", "file") if name == "truth" else (name,))
        hint = did_you_mean(path, sorted(p.name for p in root.iterdir()))
        return _TableFile(paths=(path,), missing=(InputError(f"no such file {path!r}", where, hint),))
    try:
        sheet = read_sheet(root / path)
    except InputError as error:
        return _TableFile(paths=(path,), problems=(error,))
    return _TableFile(paths=(path,), sheet=sheet, problems=sheet.problems)


def _table_remarks(root: Path, file: StudyFile, cells: _TableFile) -> Iterator[str]:
    """No table of cells although files belong to cells, or two tables of which only one is read."""
    of_cells = any("{cell}" in pattern for entry in file.raw for pattern in entry.patterns)
    if of_cells and not cells.paths:
        there = sorted(path.name for path in root.iterdir() if path.suffix.lower() in {".csv", ".xlsx", ".txt", ".ods"})
        near = did_you_mean("cells.csv", [name for name in there if "cell" in name.lower()])
        hint = near if near.startswith("did you mean") else "its columns: cell, sample, kind, active_mass_mg"
        yield f"no cells.csv: kinds and masses of the cells are not known; {hint}"
    for name, given in (("samples", file.samples), ("cells", file.cells)):
        if not given and all((root / f"{name}{suffix}").is_file() for suffix in (".csv", ".xlsx")):
            yield f"{name}.xlsx is not read, because {name}.csv is there: remove one"


def _remarks(subjects: Subjects, file: StudyFile) -> Iterator[str]:
    """What is not a mistake but should be looked at: no kind, values a unit away from the others, unused columns."""
    kindless = [name for name, cell in subjects.cells.items() if cell.kind is None]
    if kindless:
        count = f"cell {kindless[0]!r} has" if len(kindless) == 1 else f"{len(kindless)} cells have"
        yield f"{subjects.place('cell', kindless[0])}: {count} no kind; numbers that need it are refused"
    yield from unlike_values(subjects)
    yield from unread_compositions(subjects)
    settings = {key for values in file.settings.values() for key in values}
    settings |= set(_settings_of(file)) if subjects.remark_heads else set()
    for head, where in subjects.remark_heads:
        is_told = head in IDENTIFIERS or head.startswith(("note", "comment", "remark", "composition"))
        if head not in settings and not is_told:
            near = near_head(head)
            why = f"is not used; {near}" if near else "is not a known column; only a setting of that name would use it"
            yield f"{where}: column {head!r} {why}"


def _settings_of(file: StudyFile) -> Iterator[str]:
    """The names of the settings of the study's techniques, which a column of a table may give."""
    known = plugins("techniques")
    for name in (entry.technique for entry in file.raw):
        technique = usable_technique(name) if name in known else None
        if technique is not None:
            yield from (item.name for item in dataclasses.fields(technique.settings))


def _each_once(problems: Sequence[InputError]) -> tuple[InputError, ...]:
    return tuple({(problem.what, problem.where): problem for problem in problems}.values())
