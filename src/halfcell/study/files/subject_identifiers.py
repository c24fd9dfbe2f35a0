"""Identifiers of samples, cells and instruments in the tables: IGSN, notebook entries, instruments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import InputError
from halfcell.core.identifiers import address

if TYPE_CHECKING:
    from halfcell.core.sample import Cell, Sample
    from halfcell.study.files.subjects import Subjects

IDENTIFIERS: Final = ("igsn", "eln_url", "instrument_pid")  # columns that both tables may have


def identifiers_of(meta: Mapping[str, str]) -> dict[str, str]:
    """The identifiers among the other columns of a row, as addresses; what is none is left out."""
    found = {}
    for name in IDENTIFIERS:
        try:
            found[name] = address(meta.get(name, ""))
        except ValueError:
            continue
    return found


def wrong_identifiers(subjects: Subjects) -> list[InputError]:
    """Identifiers in the tables that no browser could follow."""
    problems = []
    tables: tuple[tuple[str, Mapping[str, Cell] | Mapping[str, Sample]], ...] = (
        ("sample", subjects.samples),
        ("cell", subjects.cells),
    )
    for kind, records in tables:
        for name, record in records.items():
            for column in IDENTIFIERS:
                text = record.meta.get(column, "")
                try:
                    address(text) if text else None
                except ValueError as error:
                    problems.append(InputError(str(error), subjects.place(kind, name, column)))
    return problems
