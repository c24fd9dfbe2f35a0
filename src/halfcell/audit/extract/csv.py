"""Tables as text (.csv, .tsv): the first row is the head; every value keeps its digits."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.limits import MAX_PART, count, is_text
from halfcell.audit.extract.text import table
from halfcell.core.errors import InputError
from halfcell.core.paper import Paper

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

SUFFIXES = (".csv", ".tsv")
_LINES = 200_001
_LONGEST = 2**20  # characters of one cell


def recognises(raw: RawFile) -> bool:
    """Text with a separator in its first lines."""
    if not is_text(raw.head):
        return False
    first = raw.head[:4096].decode("utf-8", errors="replace").strip().splitlines()[:1]
    return bool(first) and any(mark in first[0] for mark in ",;\t|")


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read the one table of the file; its caption is the file's name."""
    text = raw.text(largest=MAX_PART)
    mark = _separator(text[:8192])
    csv.field_size_limit(_LONGEST)
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=mark), _LINES))
    except csv.Error as error:
        raise InputError(f"the table is damaged: {error}", hint="are the quotes closed?") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    count(sum(map(len, rows)), "")
    if not rows:
        raise InputError("the table is empty")
    progress(1, 1, "table")
    name = raw.path.stem
    return Paper(path=str(raw.path), format="csv", tables=(table(f"Table {name}", name, rows),))


def _separator(text: str) -> str:
    """The sign that stands most often in the first line."""
    first = text.strip().splitlines()[0]
    return max(",;\t|", key=first.count)
