"""The text of an element of HTML or JATS, plain and with its raised and lowered parts; mathematics becomes text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.marked_text import MarkedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from halfcell.audit.extract.common.markup_tree import Element

_BREAKS = frozenset({"br", "p", "div", "li", "break", "tr"})
_NOT_READ = frozenset({"annotation", "annotation-xml", "tex-math", "script", "style", "desc", "title-alt"})
_RAISED = {"sup": "^", "sub": "_"}
_MATH_RAISED = {"msup": "^", "msub": "_"}
_INVISIBLE = re.compile("[\u2061-\u2064\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SUPER = re.compile(r"vertical-align:\s*(super|sub)", re.IGNORECASE)
_OPENS = ("[", "(", ",", "–", "-", " ref.", " Ref.", " refs.", " Refs.")


def element_text(element: Element) -> MarkedText:
    """The text of an element; line breaks in the source are spaces, <br> and paragraphs are line breaks."""
    return MarkedText(plain=_tidy(_pieces(element, mark=False)), marked=_tidy(_pieces(element, mark=True)))


def one_line(element: Element) -> str:
    """The plain text of an element on one line."""
    return element_text(element).plain.replace("\n", " ")


def loose_text(pieces: Iterable[Element | str]) -> str:
    """The plain text of elements and strings that follow each other, on one line."""
    return _tidy(text for piece in pieces for text in _piece(piece, mark=False)).replace("\n", " ")


def _tidy(pieces: Iterable[str]) -> str:
    text = re.sub(r"[ \t\r\f]+", " ", _INVISIBLE.sub("", "".join(pieces)))
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()


def _pieces(element: Element, mark: bool) -> Iterator[str]:
    for child in element.children:
        yield from _piece(child, mark)


def _piece(element: Element | str, mark: bool) -> Iterator[str]:
    """The texts of one child."""
    if isinstance(element, str):
        yield re.sub(r"\s+", " ", element)
        return
    name = element.name
    if name in _NOT_READ:
        return
    if name in _MATH_RAISED:
        yield from _scripts(element, _MATH_RAISED[name], mark)
    elif name == "mfrac":
        yield from _joined(element, "/", mark)
    elif name in {"td", "th"}:
        yield from (*_pieces(element, mark), " ")
    elif _place(element):
        inner = "".join(_pieces(element, mark=False)).strip()
        yield (f"{_place(element)}{{{inner}}}" if mark else inner) if inner else ""
    else:
        yield from _block(element, name, mark)


def _block(element: Element, name: str, mark: bool) -> Iterator[str]:
    if name in _BREAKS:
        yield "\n"
    yield from _pieces(element, mark)
    if name in _BREAKS - {"br", "break"}:
        yield "\n"


def _place(element: Element) -> str:
    """``^`` for a raised element, ``_`` for a lowered one, else empty; a number of a reference counts as raised."""
    if element.name in _RAISED:
        return _RAISED[element.name]
    if element.name == "span":
        found = _SUPER.search(element.get("style"))
        return ("^" if found[1].lower() == "super" else "_") if found else ""
    if element.name == "xref" and element.get("ref-type") in {"bibr", "table-fn", "fn"}:
        bare = not isinstance(element.before, str) or not element.before.rstrip().endswith(_OPENS)
        return "^" if bare and element.first_of(_RAISED) is None and _parent(element) != "sup" else ""
    return ""


def _parent(element: Element) -> str:
    return element.parent.name if element.parent is not None else ""


def _scripts(element: Element, place: str, mark: bool) -> Iterator[str]:
    """A base with what is raised or lowered beside it, in mathematics."""
    parts = element.own()
    if not parts:
        return
    yield from _piece(parts[0], mark)
    inner = "".join(text for part in parts[1:] for text in _piece(part, mark=False)).strip()
    yield f"{place}{{{inner}}}" if mark and inner else inner


def _joined(element: Element, sign: str, mark: bool) -> Iterator[str]:
    for index, part in enumerate(element.own()):
        yield sign if index else ""
        yield from _piece(part, mark)
