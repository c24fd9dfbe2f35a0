"""A page whose drawings would take too long to read, without their lines and curves: the text that is set remains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from halfcell.audit.extract.common.pdf.drawn_shapes import DEEPEST, forms_of, resolved
from halfcell.audit.extract.common.pdf.stream_sizes import unpacked

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST = 16 * 2**20  # bytes of drawing operators of one page: 1 s
_STRING_OR_PATH = re.compile(
    rb"(\((?:[^()\\]|\\.)*+\))|(?<![-+.\d])(?:[-+.\d]++\s++){2,6}+(?:re|[mlcvy])(?![^\s/(\[<])", re.DOTALL
)


def leave_lines_out(page: Page) -> None:
    """Take the operators that draw lines, rectangles and curves out of a page and of what is placed on it.

    The streams of the page are changed as the reader of the PDF holds them; the file stays as it is. Nothing is changed
    beyond `MOST`.
    """
    room = MOST
    for one in page.page_obj.contents:
        room = _strip(resolved(one), room)
    _strip_forms(page.page_obj.resources, DEEPEST, room, set())


def _strip_forms(resources: Any, depth: int, room: int, seen: set[int]) -> int:
    """Strip the drawings among the resources, and those inside them; returns the bytes that may still be stripped."""
    for form in forms_of(resources).values():
        if depth > 0 and id(form) not in seen:
            seen.add(id(form))
            room = _strip(form, room)
            room = _strip_forms(form.attrs.get("Resources"), depth - 1, room, seen)
    return room


def _strip(stream: Any, room: int) -> int:
    """Strip one stream if it has room; returns the room that is left."""
    content = unpacked(stream)
    if content and len(content) <= room:
        stream.data, stream.rawdata = _STRING_OR_PATH.sub(lambda found: found[1] or b" ", content), None
    return room - len(content)
