"""Refuse documents with more of something than any document has, so that huge input ends with a clear error."""

from __future__ import annotations

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_CELLS, MAX_LINES, MAX_PARAGRAPH, MAX_WORD


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
