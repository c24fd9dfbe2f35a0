"""The blocks of an HTML page in reading order: paragraphs and tables, without menus, references and layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.markup_text import loose_text, one_line
from halfcell.audit.extract.common.markup_tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPHS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "dd", "dt", "blockquote", "pre", "caption",
)  # fmt: skip
_HOLDS = frozenset({"table", *_PARAGRAPHS})
_APART = frozenset({"div", "section", "header", "footer", "article", "main", "aside", "td", "th", "center", "address"})
_BUTTONS = re.compile(
    r"^(?:full size (?:table|image)|open in (?:a )?new tab|view (?:larger|full)[\w ]*)$", re.IGNORECASE
)
NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "nav", "button", "select", "form", "svg", "object", "iframe"}
)
"""Scripts, menus and forms: elements of a page that are no text of it."""
_CELLS = frozenset({"td", "th"})
_REFERENCES = re.compile(r"^(?:references?|bibliography|ref-?list|ltx_bibliography|reference-?list|citation-?list)$")
_EQUATION = re.compile(r"equation|eqn|formula|disp-formula", re.IGNORECASE)
MOST_OF_PAGE = 0.6  # of a page's text: what holds more of it is no list of references


def without_references(page: Element) -> None:
    """Take lists of references out of a page."""
    lists = [element for element in page.elements() if _is_list_of_references(element)]
    lengths = _text_lengths(page) if lists else {}
    gone = {id(element) for element in lists if lengths[id(element)] < MOST_OF_PAGE * lengths[id(page)]}
    for parent in {id(element.parent): element.parent for element in lists if id(element) in gone}.values():
        if parent is not None:
            parent.children[:] = [child for child in parent.children if id(child) not in gone]


def _text_lengths(page: Element) -> dict[int, int]:
    """How many characters each element holds, by identity, in one pass."""
    inside = [page, *page.elements()]
    found = {id(one): sum(len(child) for child in one.children if isinstance(child, str)) for one in inside}
    for one in reversed(inside):
        if one.parent is not None:
            found[id(one.parent)] += found[id(one)]
    return found


def _is_list_of_references(element: Element) -> bool:
    if element.name not in {"section", "div", "ol", "ul"}:
        return False
    return any(_REFERENCES.match(name.lower()) for name in (element.get("id"), *element.get("class").split()))


def blocks(parent: Element) -> Iterator[Element | str]:
    """Tables as elements and paragraphs as texts, in order; a table inside a table stays in its cell."""
    holding = _holding(parent)
    stack: list[Iterator[Element | str]] = [iter(parent.children)]
    loose: list[Element | str] = []
    while stack:
        child = next(stack[-1], None)
        name = child.name if isinstance(child, Element) else ""
        is_block = name in _HOLDS or id(child) in holding
        if child is None or is_block or name in _APART:
            yield from _texts(loose)
            loose = []
        if child is None:
            stack.pop()
        elif isinstance(child, Element) and is_block:
            yield from _taken(child, name, stack)
        elif name in _APART:
            yield from _texts([child])
        else:
            loose.append(child)


def _texts(pieces: list[Element | str]) -> Iterator[str]:
    """What stands loose between blocks, unless it is blank or a button."""
    text = loose_text(pieces)
    if text and not _BUTTONS.match(text):
        yield text


def _taken(element: Element, name: str, stack: list[Iterator[Element | str]]) -> Iterator[Element | str]:
    """What one block gives; what only holds other blocks is opened."""
    if name == "table" and _is_equation(element):
        yield one_line(element)
    elif name == "table" and not is_layout(element):
        yield element
    elif name == "table":
        stack.append(iter([*element.own({"caption"}), *_own_cells(element)]))
    elif name in _PARAGRAPHS and element.first_of({"table"}) is None:
        yield one_line(element)
    else:
        stack.append(iter(element.children))


def _holding(parent: Element) -> set[int]:
    """The elements with a block inside, by identity; found in one pass, so that the time is linear."""
    found: set[int] = set()
    for block in parent.all_of(_HOLDS):
        for above in block.parents():
            if above is parent or id(above) in found:
                break
            found.add(id(above))
    return found


def is_layout(table: Element) -> bool:
    """Whether a table only arranges other things on the page: tables, or whole paragraphs."""
    if table.get("role") in {"presentation", "none"}:
        return True
    inner = table.all_of({"table"})
    cells = _own_cells(table)
    nested = [one for one in inner if len(one.all_of({"tr"})) > 1 and len(one.all_of(_CELLS)) > 3]
    return (bool(nested) and len(cells) <= 2 * len(nested)) or (bool(inner) and len(cells) == 1)


def _is_equation(table: Element) -> bool:
    """Whether a table only sets an equation with its number."""
    return any(_EQUATION.search(name) for name in table.get("class").split())


def _own_cells(table: Element) -> list[Element]:
    """The cells of a table without those of the tables inside it."""
    return [cell for cell in table.all_of(_CELLS) if cell.within({"table"}) is table]
