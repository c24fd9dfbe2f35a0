"""Tables as text (.csv, .tsv): the first row is the header; every value keeps its digits."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.limits import MAX_TEXT_FILE, check_cell_count
from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.audit.extract.common.signatures import is_text
from halfcell.core.errors import InputError
from halfcell.core.printed_document import Paper

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

SUFFIXES = (".csv", ".tsv")
_MOST_LINES = 200_001  # one more than MAX_CELLS, so that a longer file is seen to be too long
_LONGEST = 2**20  # characters of one cell


def recognises(raw: RawFile) -> bool:
    """Text with a separator in its first line."""
    if not is_text(raw.head):
        return False
    first = raw.head[:4096].decode("utf-8", errors="replace").strip().splitlines()[:1]
    return bool(first) and any(mark in first[0] for mark in ",;\t|")


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read the table; its caption is the name of the file."""
    text = raw.text(largest=MAX_TEXT_FILE)
    separator = _separator(text[:8192])
    check_cell_count(text.count(separator), "")
    csv.field_size_limit(_LONGEST)
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), _MOST_LINES))
    except csv.Error as error:
        raise InputError(f"the table is damaged: {error}", hint="is a quotation mark missing?") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    check_cell_count(sum(map(len, rows)), "")
    if not rows:
        raise InputError("the table is empty")
    progress(1, 1, "table")
    name = raw.path.stem
    return Paper(path=str(raw.path), format="csv", tables=(plain_table(f"Table {name}", name, rows),))


def _separator(text: str) -> str:
    """The separator that is most frequent in the first line."""
    first = text.strip().splitlines()[0]
    return max(",;\t|", key=first.count)
