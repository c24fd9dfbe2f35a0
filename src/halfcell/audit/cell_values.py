"""The numbers of one cell: one, two of a pair, or one with its cycle and rate; what is not read is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.printed_cells import Content, read_cell
from halfcell.core.units import parse

if TYPE_CHECKING:
    from halfcell.audit.heads import Head
    from halfcell.core.printed_document import PrintedCell

_CYCLE = re.compile(r"\b[XxNn]\s*=\s*(\d+)|^(?:after\s+)?(\d+)\s*(?:st|nd|rd|th)?\s*(?:cycles?|cyc\.?|th)?$")
_AT = re.compile(r"^(.+?)\s*@\s*(.+)$")
_AFTER = re.compile(r"^(.+?)\s+after\s+(\d+)\s*(?:cycles?)?$", re.IGNORECASE)
_SLASH = re.compile(r"^([~≈<>]?\s*\d[\d.,]*)\s*/\s*([~≈<>]?\s*\d[\d.,]*)(?:\s*/\s*(.+))?$")
_LETTER = re.compile(r"^([+-]?\d[\d.,]*)\s?([a-h])$")
_RATE = re.compile(r"^\d+(?:\.\d+)?\s?C$|^C/\d+|\bm?A\s?g|\bA/g")


@dataclass(frozen=True, kw_only=True)
class Value:
    """One number of a cell: what it is, its content, and the cycle and condition that the cell states with it."""

    quantity: str
    content: Content
    cycle: int | None = None
    at: str = ""


def values(head: Head, cell: PrintedCell, letters: bool = False) -> tuple[Value, ...]:
    """The numbers of a cell under a head.

    Parameters
    ----------
    head, cell
        The head of the column, and the cell.
    letters
        Whether a letter behind a number is a footnote mark: the other cells of the column say so.
    """
    content = read_cell(cell.text, cell.markup)
    text = " ".join(cell.text.split())
    if content.number is not None and not (head.pair and "/" in text):
        first = Value(quantity=head.quantity, content=content, cycle=None if head.beside else _cycle(content, head))
        return (first, *_beside(head, content))
    return _pair(head, text) or _with_condition(head, text) or (_lettered(head, text) if letters else ())


def _beside(head: Head, content: Content) -> tuple[Value, ...]:
    """The share in brackets behind a number, below a head that names it: ``171.8 (84.5 %)``."""
    found = [read_cell(remark) for remark in content.remarks] if head.beside else []
    shares = [replace(one, unit=one.unit or parse("%")) for one in found if one.number is not None]
    return (Value(quantity=head.beside, content=shares[0]),) if len(shares) == 1 else ()


def is_lettered(text: str) -> bool:
    """Whether a text is a number with one letter behind it."""
    return bool(_LETTER.match(text.strip()))


def _cycle(content: Content, head: Head) -> int | None:
    """The number of the cycle in brackets after a number: ``(X=100)``; a bare number only where cycles are meant."""
    for remark in content.remarks:
        match = _CYCLE.search(remark)
        if match and (match.group(1) or not remark.isdigit() or _counts_cycles(head)):
            return int(match.group(1) or match.group(2))
    return None


def _counts_cycles(head: Head) -> bool:
    """Whether a number in brackets below a head is one of cycles: the head, or its quantity, says so."""
    return "cycle" in head.text.lower() or head.base in {"capacity_retention", "capacity"}


def _pair(head: Head, text: str) -> tuple[Value, ...]:
    """``3916.2/3275.4`` below two quantities; ``1142/100/0.5C`` is a capacity after 100 cycles at 0.5C."""
    match = _SLASH.match(text)
    if match is None:
        return ()
    one, two = read_cell(match.group(1)), read_cell(match.group(2))
    if head.pair and not match.group(3):
        cycles = head.cycles or (None, None)
        both = zip(head.pair, (one, two), cycles, strict=True)
        return tuple(Value(quantity=name, content=c, cycle=cycle) for name, c, cycle in both if c.number)
    whole = two.number is not None and two.number.value.denominator == 1 and two.number.value > 1
    if whole and two.number and one.number and _counts_cycles(head) and not head.pair:
        return (Value(quantity=head.quantity, content=one, cycle=int(two.number.value), at=match.group(3) or ""),)
    return ()


def _with_condition(head: Head, text: str) -> tuple[Value, ...]:
    """``3916.2@0.1C``, ``1142 after 100 cycles``."""
    match = _AT.match(text)
    if match:
        content = read_cell(match.group(1))
        return (Value(quantity=head.quantity, content=content, at=match.group(2)),) if content.number else ()
    match = _AFTER.match(text)
    content = read_cell(match.group(1)) if match else Content(kind="text")
    if match and content.number:
        return (Value(quantity=head.quantity, content=content, cycle=int(match.group(2))),)
    return ()


def _lettered(head: Head, text: str) -> tuple[Value, ...]:
    """``3916.2a``: a footnote letter that lost its place."""
    match = _LETTER.match(text)
    content = read_cell(match.group(1)) if match else Content(kind="text")
    if content.number is None:
        return ()
    doubt = "a letter behind the number is taken for a footnote mark"
    return (Value(quantity=head.quantity, content=replace(content, doubt=doubt)),)
