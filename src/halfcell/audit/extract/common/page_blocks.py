"""The blocks of an HTML page in reading order: paragraphs and tables, without menus, references and layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.markup_text import loose_text, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

_PARAGRAPHS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "dd", "dt", "blockquote", "pre", "caption",
)  # fmt: skip
_HOLDS = ["table", *_PARAGRAPHS]
_APART = frozenset({"div", "section", "header", "footer", "article", "main", "aside", "td", "th", "center", "address"})
_BUTTONS = re.compile(
    r"^(?:full size (?:table|image)|open in (?:a )?new tab|view (?:larger|full)[\w ]*)$", re.IGNORECASE
)
_NO_TEXT = ["script", "style", "noscript", "template", "nav", "button", "select", "form", "svg", "object", "iframe"]
_REFERENCES = re.compile(r"^(?:references?|bibliography|ref-?list|ltx_bibliography|reference-?list|citation-?list)$")
_EQUATION = re.compile(r"equation|eqn|formula|disp-formula", re.IGNORECASE)
MOST_OF_PAGE = 0.6  # of a page's text: what holds more of it is no list of references


def without_what_is_no_text(soup: Tag) -> None:
    """Take scripts, menus, forms and lists of references out of a page."""
    for element in soup(_NO_TEXT):
        element.decompose()
    whole = 0
    for element in soup.find_all(_is_list_of_references):
        if element.decomposed:
            continue
        whole = whole or len(soup.get_text())
        if len(element.get_text()) < MOST_OF_PAGE * whole:
            element.decompose()


def _is_list_of_references(element: Tag) -> bool:
    classes = element.get("class") or []
    names = [str(element.get("id", "")), *([classes] if isinstance(classes, str) else classes)]
    return element.name in {"section", "div", "ol", "ul"} and any(_REFERENCES.match(name.lower()) for name in names)


def blocks(parent: Tag) -> Iterator[Tag | str]:
    """Tables as elements and paragraphs as texts, in order; a table inside a table stays in its cell."""
    holding = _holding(parent)
    stack: list[Iterator[object]] = [iter(parent.children)]
    loose: list[object] = []
    while stack:
        child = next(stack[-1], None)
        name = getattr(child, "name", None)
        is_block = name in _HOLDS or id(child) in holding
        if child is None or is_block or name in _APART:
            yield from _texts(loose)
            loose = []
        if child is None:
            stack.pop()
        elif is_block:
            yield from _taken(child, str(name), stack)
        elif name in _APART:
            yield from _texts([child])
        else:
            loose.append(child)


def _texts(pieces: list[object]) -> Iterator[str]:
    """What stands loose between blocks, unless it is blank or a button."""
    text = loose_text(pieces)
    if text and not _BUTTONS.match(text):
        yield text


def _taken(element: Tag, name: str, stack: list[Iterator[object]]) -> Iterator[Tag | str]:
    """What one block gives; what only holds other blocks is opened."""
    if name == "table" and _is_equation(element):
        yield one_line(element)
    elif name == "table" and not is_layout(element):
        yield element
    elif name == "table":
        stack.append(iter([*element.find_all("caption", recursive=False), *_own_cells(element)]))
    elif name in _PARAGRAPHS and not element.find("table"):
        yield one_line(element)
    else:
        stack.append(iter(element.children))


def _holding(parent: Tag) -> set[int]:
    """The elements with a block inside, by identity; found in one pass, so that the time is linear."""
    found: set[int] = set()
    for block in parent.find_all(_HOLDS):
        for above in block.parents:
            if above is parent or id(above) in found:
                break
            found.add(id(above))
    return found


def is_layout(table: Tag) -> bool:
    """Whether a table only arranges other things on the page: tables, or whole paragraphs."""
    if str(table.get("role", "")) in {"presentation", "none"}:
        return True
    inner = table.find_all("table")
    cells = _own_cells(table)
    nested = [one for one in inner if len(one.find_all("tr")) > 1 and len(one.find_all(["td", "th"])) > 3]
    return (bool(nested) and len(cells) <= 2 * len(nested)) or (bool(inner) and len(cells) == 1)


def _is_equation(table: Tag) -> bool:
    """Whether a table only sets an equation with its number."""
    classes = table.get("class") or []
    return any(_EQUATION.search(name) for name in ([classes] if isinstance(classes, str) else classes))


def _own_cells(table: Tag) -> list[Tag]:
    """The cells of a table without those of the tables inside it."""
    return [cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table]
