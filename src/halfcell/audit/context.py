"""What the text around a table says of its cells: where caption and rows do not tell their kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import is_anode, is_cathode
from halfcell.core.sample import CellKind

if TYPE_CHECKING:
    from halfcell.core.printed_document import Paper

_HALF = re.compile(r"\bhalf[ -]?cells?\b|\bcoin[ -]type half\b", re.IGNORECASE)
_FULL = re.compile(r"\bfull[ -]?cells?\b|\bpouch[ -]cells?\b", re.IGNORECASE)
_SYMMETRIC = re.compile(r"\bsymmetric(?:al)? cells?\b", re.IGNORECASE)
_SOLID = re.compile(r"\ball[ -]solid[ -]state\b|\bassl?bs?\b|\bsolid[ -]state (?:cell|batter)", re.IGNORECASE)
_ANODE = re.compile(r"\banodes?\b|\bnegative electrodes?\b", re.IGNORECASE)
_CATHODE = re.compile(r"\bcathodes?\b|\bpositive electrodes?\b", re.IGNORECASE)
_NAMED = re.compile(r"\bTable\s+((?:[A-Z]{1,3}[-.]?)?\d+(?:[.-]\d+)*[a-z]?)(?![\w])")
_HEADING = re.compile(r"^(?:\d+\.?\s*)?(?:abstract|summary)\b[\s.:—–-]*", re.IGNORECASE)
_PART = re.compile(
    r"^(?:background|objectives?|aims?|purpose|methods?|results?|findings|conclusions?)\b", re.IGNORECASE
)
LONGEST_HEADING = 60  # characters, chosen: headings are shorter, sentences mostly longer
MOST_OF_ABSTRACT = 8  # paragraphs, those of a structured abstract with their heads


@dataclass(frozen=True, kw_only=True)
class Context:
    """The texts around a table, the nearest first: its heads and notes, the paragraphs that name it, the abstract."""

    caption: str = ""
    heads: str = ""
    paragraphs: str = ""
    abstract: str = ""


def contexts(paper: Paper) -> list[Context]:
    """The context of each table, in their order; found in one pass over the text."""
    named: dict[str, list[str]] = {}
    for text in paper.paragraphs:
        for name in dict.fromkeys(_NAMED.findall(text)):
            named.setdefault(f"Table {name}", []).append(text)
    abstract = abstract_of(paper)
    return [
        Context(
            caption=table.caption,
            heads=" ".join([*(c.text for c in table.cells if c.row < (table.head_rows or 1)), *table.notes]),
            paragraphs=" ".join(named.get(table.name, ())) if table.caption else "",
            abstract=abstract,
        )
        for table in paper.tables
    ]


def abstract_of(paper: Paper) -> str:
    """The abstract: what follows the word, up to the next heading; empty without one."""
    for place, text in enumerate(paper.paragraphs):
        match = _HEADING.match(text)
        if match is None:
            continue
        if len(text) > LONGEST_HEADING:
            return text[match.end() :]
        found: list[str] = []
        for following in paper.paragraphs[place + 1 : place + 1 + MOST_OF_ABSTRACT]:
            if len(following) < LONGEST_HEADING and not following.endswith(".") and not _PART.match(following):
                break
            found.append(following)
        return " ".join(found)
    return ""


def kind_in_context(context: Context, subject: str) -> CellKind | None:
    """The kind of a row's cell from heads and notes, from the paragraphs that name its table, from the abstract.

    The first of them that names half cells, and no other kind, tells it; one that names several leaves it open. Which
    electrode is studied is told by the material, else by the words "anode" or "cathode" beside it. Full cells are only
    believed of the paragraphs, and not of a row that is about an anode material.
    """
    for text in (context.heads, context.paragraphs, context.abstract):
        half, full = bool(_HALF.search(text)), bool(_FULL.search(text))
        if half + full + bool(_SYMMETRIC.search(text)) > 1:
            return None
        solid = bool(_SOLID.search(text))
        if half:
            return _half(f"{text} {context.caption}", subject, solid)
        if full:
            believed = text == context.paragraphs and not is_anode(subject)
            return (CellKind.ASSLB if solid else CellKind.FULL) if believed else None
    return None


def _half(text: str, subject: str, solid: bool) -> CellKind | None:
    """The kind of a half cell: of an anode or of a cathode."""
    anode, cathode = bool(_ANODE.search(text)), bool(_CATHODE.search(text))
    if is_cathode(subject) or (cathode and not anode and not is_anode(subject)):
        return CellKind.ASSLB_CATHODE_HALF if solid else CellKind.CATHODE_HALF
    if is_anode(subject) or (anode and not cathode):
        return CellKind.ASSLB_HALF if solid else CellKind.HALF
    return None
