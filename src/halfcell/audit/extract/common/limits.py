"""Limits of what an audit reads, so that hostile or huge input ends with a clear error."""

from __future__ import annotations

from halfcell.core.errors import InputError

MAX_SECONDS = 300.0  # of computing for one document; a thesis of 200 pages takes less than 60
MAX_BYTES = 256 * 2**20  # of the file, chosen: no document is larger; bounds the memory
MAX_TEXT_FILE = 48 * 2**20  # of a text: read within 2 s and 500 MB
MAX_LINES = 150_000  # of a text; a thesis of 200 pages has 10,000
MAX_NESTED = 100  # tables inside one another
MAX_HTML_TAGS = 400_000  # of a page, opening and closing ones
MAX_ATTRIBUTES = 1_000_000  # of all elements of a page; 3,000,000 take 1.3 GB
MAX_PARAGRAPH = 500_000  # characters; a longer one is data, and takes seconds to read
MAX_PARAGRAPHS = 60_000  # of a document, or lines of a text; a thesis of 200 pages has 10,000 lines
MAX_WORD = 20_000  # characters without a blank
MAX_WORD_PARAGRAPHS = 260_000  # those of its cells included
MAX_RUNS = 300_000  # pieces of text of one look in a Word document; a thesis of 200 pages has less than 100,000
MAX_DOCUMENT_TEXT = 3_000_000  # characters of all paragraphs, 1,000 pages
MAX_TABLES = 2_000  # of a document, chosen: a thesis has some 100
MAX_FOOTNOTES = 2_000  # of one table
MAX_STROKES = 20_000  # lines, rectangles and curves of one page of a PDF; more are a drawing, which takes seconds
MAX_RECTANGLES = 5_000  # of one page; the search for ruled tables compares each with each
MAX_LETTERS = 300_000  # to which the fonts of one page give meanings; 65,536 is the whole plane
MAX_MAP = 2 * 2**20  # bytes of such a map
MAX_LINKS = 20_000  # of a PDF
MAX_CONTENT_PARTS = 2_000  # streams of one page
MAX_OPEN = 10_000  # brackets of strings on one page that are not closed
MAX_OPERANDS = 300_000  # of the drawing operators of one page, and as many operators
MAX_CELLS = 30_000  # of all tables together: 2 s; a thesis of 200 pages has some 10,000
MAX_COLUMNS = 500  # of one table
MAX_TAGS = 1_500_000  # and comments, of one part of XML
MAX_TEXT = 50_000  # characters of one cell of a source
MAX_SHEET_ROWS = 2_000  # of a sheet; more are data, no printed table
MAX_SHEETS = 100  # of a workbook
MAX_PAGES = 2_000  # of a PDF, chosen: longer than theses
MAX_STREAMS = 100_000  # of a PDF
MAX_OBJECTS = 1_000_000  # of a PDF
MAX_FILTERS = 3  # by which one stream of a PDF is packed
MAX_PREDICTOR_COLUMNS = 1_000_000  # of a stream of a PDF, which allocates a row of them
MAX_SLOW_STREAM = 400_000  # bytes of a stream that Python unpacks step by step (run lengths, LZW), before and after
MAX_PAGE_CHARS = 100_000  # of one page of a PDF


def check_paragraph(text: str) -> None:
    """Refuse a paragraph that is longer than any text.

    Raises
    ------
    InputError
        If `text` has more than `MAX_PARAGRAPH` characters, or more than `MAX_WORD` without a blank.
    """
    if len(text) > MAX_PARAGRAPH:
        what = f"a paragraph has more than {MAX_PARAGRAPH} characters"
        raise InputError(what, hint="an audit reads documents, not data")
    if len(text) > MAX_WORD and max(map(len, text.split()), default=0) > MAX_WORD:
        what = f"a text has more than {MAX_WORD} characters without a blank"
        raise InputError(what, hint="an audit reads documents, not data")


def check_count(count: int, most: int, what: str) -> None:
    """Refuse a document with more of something than any document has.

    Raises
    ------
    InputError
        If `count` is above `most`; `what` names the things in plural.
    """
    if count > most:
        raise InputError(f"the document has more than {most} {what}", hint="an audit reads documents, not data")


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
