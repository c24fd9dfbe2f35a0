"""Which cell a raw file of a campaign belongs to: ``cells.csv`` and ``samples.csv`` beside the raw files."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from halfcell.core.errors import StudyError
from halfcell.study.files.patterns import name_key
from halfcell.study.files.sheets import Sheet, read_sheet
from halfcell.study.files.subjects import Subjects, read_subjects

TABLES = ("cells.csv", "cells.xlsx", "samples.csv", "samples.xlsx")


def read_cells(root: Path) -> dict[str, dict[str, Any]]:
    """The values of each cell in the tables of a campaign, by the key of its name; empty where there are no tables.

    Raises
    ------
    StudyError
        With every mistake in the tables.
    """
    cells, samples = _sheet(root, "cells"), _sheet(root, "samples")
    subjects, problems = read_subjects(samples, cells)
    problems = [problem for sheet in (cells, samples) if sheet for problem in sheet.problems] + list(problems)
    if problems:
        what = f"{len(problems)} mistakes in the tables of cells and samples; nothing was analysed"
        raise StudyError(what, str(root), "; ".join(map(str, problems[:3])), tuple(problems))
    return {name_key(name): _of_cell(subjects, name) for name in subjects.cells}


def cell_of(path: str, cells: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The values of the cell that a file is named after: the file itself, else the nearest folder above it.

    A file may have more words than the cell's name, after a sign: ``C7_formation.mpr`` is of cell C7.
    """
    parts = PurePosixPath(path).parts
    for name in (PurePosixPath(path).stem, *reversed(parts[:-1])):
        words = name_key(name).split("-")
        beginnings = ("-".join(words[:count]) for count in range(len(words), 0, -1))
        found = next((cells[key] for key in beginnings if key in cells), None)
        if found is not None:
            return found
    return {}


def _sheet(root: Path, name: str) -> Sheet | None:
    paths = (root / f"{name}{suffix}" for suffix in (".csv", ".xlsx"))
    found = next((path for path in paths if path.is_file()), None)
    return read_sheet(found) if found else None


def _of_cell(subjects: Subjects, name: str) -> dict[str, Any]:
    """The values of a cell over those of its sample."""
    cell = subjects.cells[name]
    sample = subjects.samples.get(cell.sample)
    values: dict[str, Any] = {}
    for record in (sample, cell):
        if record is not None:
            plain = {item.name: getattr(record, item.name) for item in dataclasses.fields(record)}
            values |= {key: value for key, value in plain.items() if value not in (None, "", {})}
    values.pop("meta", None)
    return values
