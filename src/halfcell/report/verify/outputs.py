"""The tables, figures and documents of an archive beside those made anew: the same bytes, the same content, or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from halfcell.report.verify.content import first_difference, is_compared

if TYPE_CHECKING:
    from halfcell.report.verify.archive import Archive

State = Literal["same bytes", "same content", "drawn differently", "differs", "not made"]
OUT: Final = "out/"
NOT_HERE: Final = frozenset({"numbers.csv", "settings.json", "datapackage.json", "cells.battinfo.jsonld"})
"""Files of ``out`` that are compared number by number, that hold hashes of these, or that a run does not write."""


@dataclass(frozen=True, kw_only=True)
class OutputCompared:
    """A file in ``out`` and how it compares with the one made anew; `where` is the first difference."""

    path: str
    state: State
    where: str = ""


def compare_outputs(archive: Archive, root: Path) -> tuple[OutputCompared, ...]:
    """Compare every table, figure and document of an archive with that of the study computed anew in a folder."""
    names = [name for name in archive.entries if name.startswith(OUT) and name.removeprefix(OUT) not in NOT_HERE]
    return tuple(_compared(archive, root, sorted(names)))


def _compared(archive: Archive, root: Path, names: list[str]) -> Iterator[OutputCompared]:
    for name in names:
        path = root / name
        if not path.is_file():
            yield OutputCompared(path=name, state="not made")
        elif archive.sha256(name) == hashlib.sha256(path.read_bytes()).hexdigest():
            yield OutputCompared(path=name, state="same bytes")
        elif not is_compared(name):
            yield OutputCompared(path=name, state="drawn differently")
        else:
            where = first_difference(name, archive.read(name), path.read_bytes())
            yield OutputCompared(path=name, state="differs" if where else "same content", where=where)
