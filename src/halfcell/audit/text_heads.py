"""What the words before a number in a text say of it: the grammar of column heads, on the end of a sentence's part."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from halfcell.audit.heads import Head, read_head

if TYPE_CHECKING:
    from halfcell.core.units import Unit

MOST_WORDS = 9  # before a number that can belong to what it is
_OPENS = re.compile(
    r"^(?:a|an|the|of|at|with|and|or|in|for|to|from|by|its|their|has|have|had|is|was|are|were|as|on|under|between|using"
    r"|deliver(?:s|ed|ing)?|show(?:s|ed|n|ing)?|exhibit(?:s|ed|ing)?|achiev(?:es?|ed|ing)|reach(?:es|ed|ing)?"
    r"|provid(?:es?|ed|ing)|giv(?:es?|en|ing)|gave|yield(?:s|ed|ing)?|retain(?:s|ed|ing)?|maintain(?:s|ed|ing)?"
    r"|display(?:s|ed|ing)?|present(?:s|ed|ing)?|possess(?:es|ed)?|obtain(?:s|ed)?|high|higher|highest|low|lower|stable"
    r"|excellent|superior|respective|corresponding|similar|remarkable|large|good|respectively|that|which|where|while)$",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?:\s*(?:\b(?:of|is|was|are|were|being|at|as high as|as low as|reached|reaches|equals)\b|[=:≈(]))+\s*$"
)


@cache
def text_head(before: str, unit: Unit) -> Head:
    """The head that the words before a number make with its unit; one without a quantity if they make none.

    The longest end of the words that the grammar reads completely counts, if it begins at an article, a preposition,
    a verb or a judging adjective: what is left out before it is no part of the quantity.
    """
    words = _JOINS.sub("", before).split()[-MOST_WORDS:]
    for start in range(len(words)):
        if start and not _OPENS.match(words[start - 1].strip("(),;")):
            continue
        head = read_head(f"{' '.join(words[start:])} ({unit.text})")
        if head.quantity and not head.names and head.unit is not None:
            return head
    return Head(text=before, label=before, unit=unit)
