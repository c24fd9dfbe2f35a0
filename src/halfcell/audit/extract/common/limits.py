"""Limits of what an audit reads, so that hostile or huge input ends with a clear error."""

from __future__ import annotations

from halfcell.core.errors import InputError

MAX_SECONDS = 300.0  # of computing for one document; a thesis of 200 pages takes less than 60
MAX_BYTES = 256 * 2**20  # of the file, chosen: no document is larger; bounds the memory
MAX_TEXT_FILE = 48 * 2**20  # of a text: read within 2 s and 500 MB
MAX_LINES = 1_000_000  # of a text, chosen: no document has more; bounds the time
MAX_NESTED = 100  # tables inside one another
MAX_HTML_TAGS = 400_000  # of a page, opening and closing ones
MAX_ATTRIBUTES = 1_000_000  # of all elements of a page; 3,000,000 take 1.3 GB
MAX_PARAGRAPH = 500_000  # characters; a longer one is data, and takes seconds to read
MAX_PARAGRAPHS = 400_000  # of a Word document, those of its cells included
MAX_STROKES = 20_000  # lines, rectangles and curves of one page of a PDF; more are a drawing, which takes seconds
MAX_OPERANDS = 1_500_000  # of the drawing operators of one page, and as many operators
MAX_CELLS = 200_000  # of all tables together
MAX_TAGS = 4_000_000  # of one part of XML
MAX_TEXT = 50_000  # characters of one cell of a source
MAX_SHEET_ROWS = 2_000  # of a sheet; more are data, no printed table
MAX_PAGES = 2_000  # of a PDF, chosen: longer than theses
MAX_PAGE_CHARS = 100_000  # of one page of a PDF


def check_paragraph(text: str) -> None:
    """Refuse a paragraph that is longer than any text.

    Raises
    ------
    InputError
        If `text` has more than `MAX_PARAGRAPH` characters.
    """
    if len(text) > MAX_PARAGRAPH:
        what = f"a paragraph has more than {MAX_PARAGRAPH} characters"
        raise InputError(what, hint="an audit reads documents, not data")


def check_cell_count(cells: int, where: str) -> None:
    """Refuse more cells than an audit reads.

    Raises
    ------
    InputError
        If `cells` is above `MAX_CELLS`.
    """
    if cells > MAX_CELLS:
        raise InputError(
            f"the tables have more than {MAX_CELLS} cells", where, "an audit reads printed tables; leave out raw data"
        )


def check_line_count(text: str) -> None:
    """Refuse a text of more lines than any document has.

    Raises
    ------
    InputError
        If `text` has more than `MAX_LINES`.
    """
    if text.count("\n") + text.count("\r") > MAX_LINES:
        what = f"the text has more than {MAX_LINES} lines, of text or cells"
        raise InputError(what, hint="an audit reads documents, not data")
