"""How much is drawn on a page of a PDF, counted before the page is read: a drawing of 100,000 lines takes minutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page

_SHAPE = re.compile(rb"(?<=[\s\d.])(?:re|[lcvy])(?=\s)")  # rectangle, line, curves
DEEPEST = 3  # drawings placed inside drawings


def drawn_shapes(page: Page) -> int:
    """The number of lines, rectangles and curves on a page, those of drawings that are placed on it included."""
    contents = page.page_obj.contents
    streams = [_resolved(one) for one in contents] + list(_placed(page.page_obj.resources, DEEPEST))
    return sum(len(_SHAPE.findall(stream.get_data())) for stream in streams if hasattr(stream, "get_data"))


def _placed(resources: Any, depth: int) -> Iterator[Any]:
    """The drawings (form XObjects) that a page or a drawing places."""
    named = _resolved(_resolved(resources or {}).get("XObject")) if depth else None
    for one in (named or {}).values():
        form = _resolved(one)
        attributes = getattr(form, "attrs", {})
        if getattr(attributes.get("Subtype"), "name", "") == "Form":
            yield form
            yield from _placed(attributes.get("Resources"), depth - 1)


def _resolved(found: Any) -> Any:
    """What a reference in a PDF refers to."""
    from pdfminer.pdftypes import resolve1

    return resolve1(found)
