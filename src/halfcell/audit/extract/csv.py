"""Tables as text (.csv, .tsv): the first row is the header; every value keeps its digits."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.captions import read_caption
from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.audit.extract.common.sheet_blocks import Sheet, take_sheet
from halfcell.audit.extract.common.signatures import is_text, signature
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_TEXT_FILE
from halfcell.core.printed_document import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

SUFFIXES = (".csv", ".tsv")
SEPARATORS = ",;\t|"
_MOST_LINES = 200_001  # one more than MAX_CELLS, so that a longer file is seen to be too long
_LONGEST = 2**20  # characters of one cell
_LOOK = 40  # lines that show the separator
_QUOTED = re.compile(r'"[^"\n]*"')


def recognises(raw: RawFile) -> bool:
    """Text with a separator in most of its first lines; a caption may stand above the table."""
    if not is_text(raw.head) or "HTML" in signature(raw.head).what:
        return False
    lines = _first_lines(raw.head[:4096].decode("utf-8", errors="replace"))
    return bool(lines) and 2 * sum(any(mark in line for mark in SEPARATORS) for line in lines) >= len(lines)


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read the table; without a caption above it, its caption is the name of the file."""
    text = raw.text(largest=MAX_TEXT_FILE)
    separator = _separator(text[:8192])
    check_cell_count(text.count(separator), "")
    csv.field_size_limit(_LONGEST)
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), _MOST_LINES))
    except csv.Error as error:
        raise InputError(f"the table is damaged: {error}", hint="is a quotation mark missing?") from error
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    check_cell_count(sum(map(len, filled)), "")
    if not filled:
        raise InputError("the table is empty")
    progress(1, 1, "table")
    name = raw.path.stem
    if not _has_lines_of_text(filled):
        return Paper(path=str(raw.path), format="csv", tables=(plain_table(f"Table {name}", name, filled),))
    builder = PaperBuilder()
    numbered = {place: _row(row) for place, row in enumerate(rows) if any(cell.strip() for cell in row)}
    take_sheet(Sheet(title=name, rows=numbered, spans={}), builder)
    return builder.paper(str(raw.path), "csv")


def _row(cells: Sequence[str]) -> dict[int, str]:
    return {place: cell.strip() for place, cell in enumerate(cells) if cell.strip()}


def _has_lines_of_text(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a caption stands above the table, as in a sheet that was saved as text."""
    first = _row(rows[0])
    said = len(first) == 1 or read_caption(" ".join(first.values())) is not None
    return len(rows) > 2 and said and max(map(len, rows)) > 1


def _first_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()][:_LOOK]


def _separator(text: str) -> str:
    """The separator that stands as often in most lines; of two, the one in more lines, then the more frequent one."""
    lines = [_QUOTED.sub("", line) for line in _first_lines(text)]

    def score(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines if mark in line)
        often, alike = counts.most_common(1)[0] if counts else (0, 0)
        return alike, often

    return max(SEPARATORS, key=score)
