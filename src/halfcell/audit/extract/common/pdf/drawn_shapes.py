"""How much a page of a PDF makes its reader do, counted before it is read: 100,000 lines or characters take minutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from halfcell.audit.extract.common.document_counts import check_count
from halfcell.audit.extract.common.pdf.letter_maps import check_letter_maps
from halfcell.audit.extract.common.pdf.stream_sizes import unpacked
from halfcell.core.limits import MAX_CONTENT_PARTS, MAX_OPEN, MAX_OPERANDS, MAX_PAGE_CHARS, MAX_RECTANGLES, MAX_STROKES

if TYPE_CHECKING:
    from pdfplumber.page import Page

_SHAPE = re.compile(rb"(?<=[\s\d.])(?:re|[lcvy])(?=\s)")  # rectangle, line, curves
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]*+>", re.DOTALL)
_PLACED = re.compile(rb"/([^\s/<>()\[\]{}%]+)\s+Do\b")
_BETWEEN = b" \t\r\n\f\0[]<>(/"  # between operators and operands, one at least
DEEPEST = 8  # drawings placed inside drawings
_ENDLESS = 10**12  # more than any limit of what a page draws


class Work(NamedTuple):
    """What a page draws: lines, rectangles and curves; characters at most; operators and operands at most.

    `rectangles` are counted among the shapes, too; `opened` are brackets of strings that are not closed.
    """

    shapes: int = 0
    characters: int = 0
    operands: int = 0
    rectangles: int = 0
    opened: int = 0

    def added(self, other: Work, times: int) -> Work:
        """This, and something else that is drawn several times."""
        return Work(*(one + times * more for one, more in zip(self, other, strict=True)))

    @property
    def is_drawing(self) -> bool:
        """Whether the page is a drawing that takes too long to read."""
        flood = self.shapes > MAX_STROKES or self.rectangles > MAX_RECTANGLES or self.opened > MAX_OPEN
        return flood or self.operands > MAX_OPERANDS

    @property
    def is_text_figure(self) -> bool:
        """Whether more characters are set than a page of text has."""
        return self.characters > MAX_PAGE_CHARS


def page_work(page: Page) -> Work:
    """What a page draws, with the drawings that are placed on it, each as often as it is placed."""
    check_letter_maps(page.page_obj.resources)
    check_count(len(page.page_obj.contents), MAX_CONTENT_PARTS, "streams on one page")
    contents = b"\n".join(unpacked(resolved(one)) for one in page.page_obj.contents)
    return _work(contents, page.page_obj.resources, DEEPEST, {})


def _work(content: bytes, resources: Any, depth: int, known: dict[tuple[int, int], Work]) -> Work:
    """What a content stream draws; what is `known` was counted at that depth before."""
    strings = _STRING.findall(content)
    characters = sum(len(one) // (2 if one.startswith(b"<") else 1) for one in strings)
    shapes = _SHAPE.findall(content)
    found = Work(
        shapes=len(shapes),
        characters=characters,
        operands=len(content) - len(content.translate(None, _BETWEEN)),
        rectangles=shapes.count(b"re"),
        opened=max(content.count(b"(") - content.count(b")"), 0),
    )
    placed: dict[bytes, int] = {}
    for match in _PLACED.finditer(content):
        placed[match[1]] = placed.get(match[1], 0) + 1
    for name, form in (forms_of(resources) if placed else {}).items():
        times = placed.get(name.encode("latin-1", "replace"), 0)
        if times:
            found = found.added(_form(form, resources, depth, known), times)
    return found


def _form(form: Any, resources: Any, depth: int, known: dict[tuple[int, int], Work]) -> Work:
    """What a drawing that is placed draws; one that holds itself draws without end."""
    if depth == 0:
        return Work(shapes=_ENDLESS, operands=_ENDLESS)
    key = (id(form), depth)
    if key not in known:
        known[key] = _work(unpacked(form), form.attrs.get("Resources", resources), depth - 1, known)
    return known[key]


def forms_of(resources: Any) -> dict[str, Any]:
    """The drawings by their names that the resources of a page, or of a drawing, hold."""
    named = resolved(resolved(resources or {}).get("XObject")) or {}
    return {name: form for name, one in named.items() if _is_form(form := resolved(one))}


def _is_form(found: Any) -> bool:
    return getattr(getattr(found, "attrs", {}).get("Subtype"), "name", "") == "Form"


def resolved(found: Any) -> Any:
    """What a reference in a PDF refers to."""
    from pdfminer.pdftypes import resolve1

    return resolve1(found)
