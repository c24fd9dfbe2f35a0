"""A unit that the caption states for the columns without one: "Fit of the spectra (all in Ω)"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.heads.grammar import read_head
from halfcell.core.units import PLAIN, parse

if TYPE_CHECKING:
    from halfcell.audit.heads import Head
    from halfcell.core.units import Unit

_WORDS = r"(?:all |values? |data |numbers? |resistances? |capacities |sizes? |given |are |in |units?:? )*"
_STATED = re.compile(rf"[(\[]{_WORDS}([^()\[\]\s,;=]{{1,12}}(?: [^()\[\]\s,;=]{{1,6}})?)[)\]]")
_IN_WORDS = re.compile(
    r"\b(?:all|values|data|units)(?: are)?(?: given)?(?: in|:) ([^()\[\]\s,;=]{1,12}?)(?=[\s.,;)]|$)"
)
LONGEST = 2_000  # characters of a caption that are read


def with_caption_unit(heads: tuple[Head, ...], caption: str) -> tuple[Head, ...]:
    """The heads; one without a unit that is a quantity in the unit of the caption gets it."""
    unit = _unit(caption[:LONGEST])
    if unit is None or sum(head.unit is not None and head.unit.fits(unit) for head in heads):
        return heads
    return tuple(_with(head, unit) for head in heads)


def _unit(caption: str) -> Unit | None:
    """The one unit that a caption states in brackets or words."""
    texts = [match.group(1) for pattern in (_STATED, _IN_WORDS) for match in pattern.finditer(caption)]
    units = [unit for text in texts if (unit := parse(text)) and unit.dimension != PLAIN.dimension]
    kinds = {(unit.dimension, unit.kind, unit.scale) for unit in units}
    return units[0] if len(kinds) == 1 else None


def _with(head: Head, unit: Unit) -> Head:
    """The head as read with the unit, if it then is a quantity."""
    if head.unit is not None or head.names or head.pair:
        return head
    found = read_head(f"{head.text} ({unit.text})")
    if not found.quantity or found.names or (head.quantity and found.base != head.base):
        return head
    return replace(found, text=head.text, label=head.label, group=head.group)
