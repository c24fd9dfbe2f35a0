"""Bounds on what is read from any file: bytes, cells, nesting, expansion, seconds; for data and for documents.

All are here, and are checked before anything is allocated that they bound: sizes by `unpacked_size`, workbooks by
`workbook_bounds`, computing by `time_limit`, documents by the extractors. What a format itself bounds (angles of
a goniometer, the words of a head) stands with its reader.
"""

from __future__ import annotations

from typing import Final

# Any file
MAX_UNPACKED: Final = 4 * 2**30  # bytes that any file may unpack to
MAX_HARMLESS: Final = 256 * 2**20  # bytes that it may unpack to, however well it is packed
MAX_DENSITY: Final = 200  # times its own size that a larger one may unpack to
MAX_MEMBERS: Final = 100_000  # of an archive
MAX_DESCRIPTION: Final = 64 * 2**20  # bytes of the description beside a converted file
MAX_PICTURE_DESCRIPTION: Final = 2**20  # bytes of the text that a microscope writes beside a picture

# Raw data
MAX_READ_SECONDS: Final = 600.0  # of computing for one file
MAX_APART_SECONDS: Final = 300.0  # of the clock, for a library in a process of its own
MAX_APART_MEMORY: Final = 12 * 2**30  # bytes of addresses of that process: three times what a file may unpack to
MAX_SCAN: Final = 10_000_000  # points of one diffractogram
MAX_SPECTRA: Final = 100_000  # of one file
MAX_PIXELS: Final = 2**28  # of one picture
MAX_VALUES: Final = 2**31  # of one map or one dataset
MAX_PROJECT: Final = 256 * 2**20  # bytes of an unpacked project of Athena

# Workbooks, as data and as documents
MAX_ROWS: Final = 1_048_576  # that a sheet of any spreadsheet program has at most; a file may state a billion
MAX_SPANNED_CELLS: Final = 50_000_000  # that the sheets of a workbook may span together, the empty ones included
MAX_WORKBOOK_SHEETS: Final = 1_000
MAX_WORKBOOK_PARTS: Final = {
    "xl/worksheets/": 768 * 2**20,
    "xl/sharedStrings.xml": 64 * 2**20,
    "xl/styles.xml": 16 * 2**20,
}
"""Bytes that a part of a workbook may unpack to, by the start of its name."""
MAX_WORKBOOK_PIECE: Final = 2 * 2**20  # bytes of the XML of one row, or of what follows the rows; both become one tree
MAX_WORKBOOK_OTHER: Final = 16 * 2**20  # bytes of a part that is no sheet, and becomes a tree
MAX_WITHOUT_DIMENSIONS: Final = 8 * 2**20  # bytes of a sheet that must state its dimensions, or it is parsed twice

# Documents
MAX_PART: Final = 96 * 2**20  # bytes that one part (``.docx``, ``.xlsx``) may unpack to: more is data, no text
MAX_DOCUMENT: Final = 512 * 2**20  # bytes that all parts may unpack to together, with its pictures
MAX_SECONDS: Final = 300.0  # of computing for one document; a thesis of 200 pages takes less than 60
MAX_BYTES: Final = 256 * 2**20  # of the file, chosen: no document is larger; bounds the memory
MAX_TEXT_FILE: Final = 48 * 2**20  # of a text: read within 2 s and 500 MB
MAX_LINES: Final = 150_000  # of a text; a thesis of 200 pages has 10,000
MAX_NESTED: Final = 100  # tables inside one another
MAX_DEPTH: Final = (
    250  # elements inside one another; articles and pages have less than 60, nested tables four per table
)
MAX_HTML_TAGS: Final = 400_000  # of a page, opening and closing ones
MAX_ATTRIBUTES: Final = 1_000_000  # of all elements of a page; 3,000,000 take 1.3 GB
MAX_PARAGRAPH: Final = 500_000  # characters; a longer one is data, and takes seconds to read
MAX_PARAGRAPHS: Final = 60_000  # of a document, or lines of a text; a thesis of 200 pages has 10,000 lines
MAX_WORD: Final = 20_000  # characters without a blank
MAX_WORD_PARAGRAPHS: Final = 260_000  # those of its cells included
MAX_RUNS: Final = 300_000  # pieces of text of one look in a Word document; a thesis of 200 pages has less than 100,000
MAX_DOCUMENT_TEXT: Final = 3_000_000  # characters of all paragraphs, 1,000 pages
MAX_TABLES: Final = 2_000  # of a document, chosen: a thesis has some 100
MAX_FOOTNOTES: Final = 2_000  # of one table
MAX_STROKES: Final = 20_000  # lines, rectangles and curves of one page of a PDF; more are a drawing
MAX_RECTANGLES: Final = 5_000  # of one page; the search for ruled tables compares each with each
MAX_LETTERS: Final = 300_000  # to which the fonts of one page give meanings; 65,536 is the whole plane
MAX_MAP: Final = 2 * 2**20  # bytes of such a map
MAX_LINKS: Final = 20_000  # of a PDF
MAX_CONTENT_PARTS: Final = 2_000  # streams of one page
MAX_OPEN: Final = 10_000  # brackets of strings on one page that are not closed
MAX_OPERANDS: Final = 300_000  # of the drawing operators of one page, and as many operators
MAX_CELLS: Final = 30_000  # of all tables together: 2 s; a thesis of 200 pages has some 10,000
MAX_COLUMNS: Final = 500  # of one table
MAX_TAGS: Final = 1_500_000  # and comments, of one part of XML
MAX_TEXT: Final = 50_000  # characters of one cell of a source
MAX_SHEET_ROWS: Final = 2_000  # of a sheet; more are data, no printed table
MAX_SHEETS: Final = 100  # of a workbook
MAX_PAGES: Final = 2_000  # of a PDF, chosen: longer than theses
MAX_STREAMS: Final = 100_000  # of a PDF
MAX_OBJECTS: Final = 1_000_000  # of a PDF
MAX_FILTERS: Final = 3  # by which one stream of a PDF is packed
MAX_PREDICTOR_COLUMNS: Final = 1_000_000  # of a stream of a PDF, which allocates a row of them
MAX_SLOW_STREAM: Final = 400_000  # bytes of a stream that Python unpacks by steps, before and after
MAX_PAGE_CHARS: Final = 100_000  # of one page of a PDF
