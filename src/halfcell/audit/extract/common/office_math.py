"""Mathematics of Word (OMML) as text, plain and with raised and lowered parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.extract.common.marked_text import MarkedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SCRIPTS = {"sSup": ("sup", "^"), "sSub": ("sub", "_")}
DEEPEST = 50  # parts inside one another


def math_text(element: Element) -> MarkedText:
    """The text of a formula: ``x^{2}`` for a raised part, ``a/b`` for a fraction."""
    return MarkedText("".join(_pieces(element, False, 0)), "".join(_pieces(element, True, 0)))


def _pieces(element: Element, mark: bool, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    for child in element:
        name = str(child.tag).removeprefix(MATH)
        if name == "t":
            yield child.text or ""
        elif name in _SCRIPTS:
            part, sign = _SCRIPTS[name]
            yield from _part(child, "e", mark, depth)
            inner = "".join(_part(child, part, False, depth))
            yield f"{sign}{{{inner}}}" if mark and inner else inner
        elif name == "f":
            yield from (*_part(child, "num", mark, depth), "/", *_part(child, "den", mark, depth))
        elif name == "d":
            yield from ("(", *_pieces(child, mark, depth + 1), ")")
        else:
            yield from _pieces(child, mark, depth + 1)


def _part(element: Element, name: str, mark: bool, depth: int) -> Iterator[str]:
    found = element.find(f"{MATH}{name}")
    if found is not None:
        yield from _pieces(found, mark, depth + 1)
