"""PDF documents (.pdf): ruled tables by their lines, others by white gaps below a caption; scans are refused."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.document_reader import DocumentReader
from halfcell.audit.extract.common.pdf.drawn_shapes import page_work
from halfcell.audit.extract.common.pdf.stream_sizes import check_stream_sizes
from halfcell.audit.extract.common.pdf.without_lines import leave_lines_out
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_BYTES, MAX_OPERANDS, MAX_PAGE_CHARS, MAX_PAGES, MAX_STROKES
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page

    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".pdf",)


class _Kept(Enum):
    """What of a page is read."""

    ALL = auto()
    TEXT = auto()
    NOTHING = auto()


def recognises(raw: RawFile) -> bool:
    """The signature of a PDF within the first kilobyte."""
    return b"%PDF" in raw.head[:1024]


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read page by page: captions, ruled tables, tables below a caption, paragraphs.

    Raises
    ------
    InputError
        If the file is damaged, needs a password, or has no text (a scan).
    """
    check_stream_sizes(raw.read(largest=MAX_BYTES))
    reader = DocumentReader()
    notes: list[Note] = []
    total = 1
    for number, total, page, kept in _pages(raw):
        if kept is not _Kept.NOTHING:
            reader.page(page, number)
        if kept is not _Kept.ALL:
            notes.append(_left_out(number, kept))
        progress(number, total, "page")
    if sum(note.code == "page_not_read" for note in notes) == total:
        what = f"every page has more than {MAX_STROKES} lines and curves, or {MAX_OPERANDS} numbers to draw with"
        raise InputError(what, hint="print the text and tables only")
    paper = reader.paper(str(raw.path))
    return replace(paper, notes=(*paper.notes, *notes))


def _left_out(number: int, kept: _Kept) -> Note:
    """The note for a page that was not read, or without its lines."""
    cause = f"it has more than {MAX_STROKES} lines and curves, or {MAX_OPERANDS} numbers to draw with"
    if kept is _Kept.TEXT:
        what = f"page {number} was read without its lines: {cause}; a ruled table on it is read by its white gaps"
        return Note("info", "lines_not_read", what)
    return Note("doubt", "page_not_read", f"page {number} was not read: {cause}, and its tables are not checked")


def _as_readable(page: Page, number: int) -> _Kept:
    """What of a page can be read: all of it, its text without the lines of a huge drawing, or nothing.

    Raises
    ------
    InputError
        If it has more characters than a page of text.
    """
    work, kept = page_work(page), _Kept.ALL
    if work.is_drawing:
        leave_lines_out(page)
        work, kept = page_work(page), _Kept.TEXT
    if work.is_drawing:
        return _Kept.NOTHING
    if work.is_text_figure or len(page.chars) > MAX_PAGE_CHARS:
        what = f"page {number} has more than {MAX_PAGE_CHARS} characters"
        raise InputError(what, hint="leave out figures that consist of text")
    return kept


def _pages(raw: RawFile) -> Iterator[tuple[int, int, Page, _Kept]]:
    """Number, number of pages, page, and what of it can be read, one at a time.

    The memory of a page is freed after it.
    """
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    broken = (
        *(PDFException, PdfminerException, MalformedPDFException, ValueError, KeyError, TypeError, IndexError, OSError),
        *(AttributeError, RecursionError, AssertionError, OverflowError, NotImplementedError),
    )
    try:
        with raw.path.open("rb") as file, pdfplumber.open(file) as document:
            total = len(document.pages)
            if total > MAX_PAGES:
                raise InputError(f"the document has {total} pages", hint=f"the audit reads up to {MAX_PAGES}")
            for number, page in enumerate(document.pages, start=1):
                yield number, total, page, _as_readable(page, number)
                page.close()
    except broken as error:
        if isinstance(error, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(error):
            raise InputError("the PDF is encrypted", hint="save it without a password") from error
        raise InputError("the PDF is damaged or truncated", hint="copy it again, or print it to a new PDF") from error
