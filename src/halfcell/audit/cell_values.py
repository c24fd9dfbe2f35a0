"""The numbers of one cell: one, two of a pair, or one with its cycle and rate; what is not read is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.printed import Printed
from halfcell.core.printed_cells import Content, read_cell
from halfcell.core.units import parse

if TYPE_CHECKING:
    from halfcell.audit.heads import Head
    from halfcell.core.printed_document import PrintedCell

_CYCLE = re.compile(
    r"\b[XxNn]\s*=\s*(\d+)|^(?:after\s+)?(\d+)\s*(?:st|nd|rd|th)?\s*(?:cycles?|cyc\.?|th)?$|"
    r"(?<![\d.])(\d+)\s*(?:st|nd|rd|th)?\s*(?:cycles?|cyc\.?)(?![a-z])"
)
PAIR = 2  # numbers that two quantities of one column have
_GLUED = re.compile(r"\d\((\d{1,3})\)")  # digits right behind a number are its uncertainty
_AT = re.compile(r"^(.+?)\s*@\s*(.+)$")
_AFTER = re.compile(
    r"^(.+?)(?:\s+after\s+(\d+)\s*(?:cycles?)?|\s*[,;]\s*(\d+)\s*(?:cycles?|st|nd|rd|th)(?: cycles?)?|%/(\d+))$",
    re.IGNORECASE,
)
_SLASH = re.compile(r"^([~≈<>]?\s*\d[\d.,]*)\s*(?:/|→|->|⟶)\s*([~≈<>]?\s*\d[\d.,]*)(?:\s*/\s*(.+))?$")
RATIO_HEAD = re.compile(r"^(?:(?:molar |atomic )?ratio (?:of )?)?[A-Z][a-z]?(?:\s?[:/]\s?[A-Z][a-z]?){2,6}\b")
_RATIO = re.compile(r"^\d+(?:\.\d+)?(?:\s?[:/∶]\s?\d+(?:\.\d+)?){2,6}$")
_PERCENT = re.compile(r"\s*\d+(?:\.\d+)?\s?%\s*")
_LETTER = re.compile(r"^([+-]?\d[\d.,]*)\s?([a-h])$")
_PART_OF_C = re.compile(r"^1? ?C ?/ ?([1-9]\d{0,2})$")
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
    if head.base == "c_rate" and (part := _PART_OF_C.match(text)):
        content = Content(kind="number", number=Printed(_decimal(int(part.group(1)))), unit=parse("C"))
    if content.number is not None and not (head.pair and _SLASH.match(text)):
        content = _with_uncertainty(content, head, text)
        first = Value(
            quantity=head.quantity, content=content, cycle=None if head.beside else _cycle(content, head, text)
        )
        return (first, *_beside(head, content))
    return (
        _ratio(head, text)
        or _pair(head, text)
        or _with_condition(head, text)
        or (_lettered(head, text) if letters else ())
    )


def _ratio(head: Head, text: str) -> tuple[Value, ...]:
    """``0.80:0.10:0.10`` below ``Ni:Co:Mn``: one number per element."""
    if not RATIO_HEAD.match(head.text.strip()) or not _RATIO.match(text):
        return ()
    return tuple(Value(quantity="", content=read_cell(part.strip())) for part in re.split(r"[:/∶]", text))


def _decimal(part: int) -> str:
    """1 over a whole number with four digits: C/20 is 0.05000 C."""
    places = 3 + len(str(part))
    return f"{1 / part:.{places}f}"


def _beside(head: Head, content: Content) -> tuple[Value, ...]:
    """The share in brackets behind a number, below a head that names it: ``171.8 (84.5 %)``."""
    said = content.remarks if head.beside else [remark for remark in content.remarks if _PERCENT.fullmatch(remark)]
    shares = [_share(one) for remark in said if (one := read_cell(remark)).number is not None]
    return (Value(quantity=head.beside or "share_beside", content=shares[0]),) if len(shares) == 1 else ()


def _share(content: Content) -> Content:
    """The second number of a cell, in per cent unless it says otherwise."""
    return replace(content, unit=content.unit or parse("%"))


def is_lettered(text: str) -> bool:
    """Whether a text is a number with one letter behind it."""
    return bool(_LETTER.match(text.strip()))


def _cycle(content: Content, head: Head, text: str) -> int | None:
    """The number of the cycle in brackets after a number: ``(X=100)``; a bare number only where cycles are meant.

    ``[12]`` is a reference, ``n=3`` behind a spread the number of samples.
    """
    for remark in content.remarks:
        for part in (remark, *re.split(r"\s*[,;]\s*", remark)):
            match = _CYCLE.search(part)
            if match is None or (content.spread and match.group(1)):
                continue
            bare = part.isdigit()
            beside = part == remark or any(_RATE.search(other) for other in re.split(r"\s*[,;]\s*", remark))
            if not bare or (_counts_cycles(head) and f"[{remark}]" not in text and beside):
                return int(next(group for group in match.groups() if group))
    return None


def _with_uncertainty(content: Content, head: Head, text: str) -> Content:
    """``83.6(4)`` is 83.6 ± 0.4, unless the head speaks of cycles."""
    glued = _GLUED.search(text)
    if content.number is None or content.spread or glued is None or "cycle" in head.text.lower():
        return content
    places = content.number.decimals
    digits = glued.group(1).rjust(places + 1, "0")
    power = content.number.text.lower().partition("e")
    spread = (f"{digits[:-places]}.{digits[-places:]}" if places else digits) + "".join(power[1:])
    rest = tuple(remark for remark in content.remarks if remark != glued.group(1))
    return replace(content, spread=Printed(spread), remarks=rest)


def _counts_cycles(head: Head) -> bool:
    """Whether a number in brackets below a head is one of cycles: the head, or its quantity, says so."""
    return "cycle" in head.text.lower() or head.base in {"capacity_retention", "capacity"}


def _pair(head: Head, text: str) -> tuple[Value, ...]:
    """``3916.2/3275.4`` below two quantities; ``1142/100/0.5C`` is a capacity after 100 cycles at 0.5C."""
    match = _SLASH.match(text)
    if match is None:
        return ()
    if len(head.pair) > PAIR:
        return _several(head, text)
    one, two = read_cell(match.group(1)), read_cell(match.group(2))
    if head.beside and not match.group(3) and one.number and two.number:
        return (Value(quantity=head.quantity, content=one), Value(quantity=head.beside, content=_share(two)))
    if head.pair and not match.group(3):
        cycles = head.cycles or (None, None)
        both = zip(head.pair, (one, two), cycles, strict=True)
        return tuple(Value(quantity=name, content=c, cycle=cycle) for name, c, cycle in both if c.number)
    return _of_cycles(head, one, two, match.group(3) or "")


def _of_cycles(head: Head, one: Content, two: Content, at: str) -> tuple[Value, ...]:
    """``1142/100`` is a capacity after 100 cycles; below a head that says its cycle, ``412/289`` are two results."""
    if one.number is None or two.number is None or head.pair:
        return ()
    if head.cycle is not None and not at:
        return (Value(quantity=head.quantity, content=one), Value(quantity="pair_beside", content=two))
    whole = two.number.value.denominator == 1 and two.number.value > 1
    if whole and _counts_cycles(head):
        return (Value(quantity=head.quantity, content=one, cycle=int(two.number.value), at=at),)
    return ()


def _several(head: Head, text: str) -> tuple[Value, ...]:
    """``587/412/203`` below ``Capacity in cycle 1/50/100``."""
    parts = [read_cell(part) for part in re.split(r"\s*/\s*", text)]
    cycles = head.cycles or (None,) * len(head.pair)
    if len(parts) != len(head.pair) or any(part.number is None for part in parts):
        return ()
    return tuple(
        Value(quantity=name, content=part, cycle=cycle)
        for name, part, cycle in zip(head.pair, parts, cycles, strict=True)
    )


def _with_condition(head: Head, text: str) -> tuple[Value, ...]:
    """``3916.2@0.1C``, ``1142 after 100 cycles``."""
    match = _AT.match(text)
    if match:
        content = read_cell(match.group(1))
        return (Value(quantity=head.quantity, content=content, at=match.group(2)),) if content.number else ()
    match = _AFTER.match(text)
    content = read_cell(match.group(1)) if match else Content(kind="text")
    if match and content.number:
        cycle = next(int(group) for group in match.groups()[1:] if group)
        return (Value(quantity=head.quantity, content=content, cycle=cycle),)
    return ()


def _lettered(head: Head, text: str) -> tuple[Value, ...]:
    """``3916.2a``: a footnote letter that lost its place."""
    match = _LETTER.match(text)
    content = read_cell(match.group(1)) if match else Content(kind="text")
    if content.number is None:
        return ()
    doubt = "a letter behind the number is taken for a footnote mark"
    return (Value(quantity=head.quantity, content=replace(content, doubt=doubt)),)
