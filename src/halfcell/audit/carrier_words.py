"""The ion that the cells of a document work with, from its words: sodium, potassium or lithium."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.context import Context
    from halfcell.core.printed_document import Paper
    from halfcell.materials.carriers import Carrier

_CELL = r"(?:[- ](?:ions?|metal|half|full|storage|cells?|batter|anodes?|cathodes?))"


def _words(metal: str, sign: str, short: str, process: str) -> re.Pattern[str]:
    """``sodium-ion``, ``Na-ion``, ``SIBs``, ``Na+/Na`` and ``Na/Na+``, ``desodiation``."""
    couple = rf"\b{sign}\+\s?/\s?{sign}\b|\b{sign}\s?/\s?{sign}\+"
    text = rf"\b{metal}{_CELL}|\b{sign}[- ]ion|(?-i:\b{short}s?\b)|{couple}|\b(?:de)?{process}"
    return re.compile(text, re.IGNORECASE)


_WORDS: tuple[tuple[Carrier, re.Pattern[str]], ...] = (
    ("Li", _words("lithium", "Li", "LIB", "lithiat")),
    ("Na", _words("sodium", "Na", "[SN]IB", "sodiat")),
    ("K", _words("potassium", "K", "[PK]IB", "potassiat")),
)


@cache
def carriers_named(text: str) -> frozenset[Carrier]:
    """The carriers that a text says of cells; sodium in the name of a salt or a binder does not count."""
    return frozenset(carrier for carrier, words in _WORDS if words.search(text))


def carriers(paper: Paper, around: Sequence[Context]) -> dict[str, Carrier]:
    """The carrier of each table's cells: what the nearest text that names one carrier alone says; lithium if none does.

    The nearest texts are caption and heads, the paragraphs that name the table, the abstract, then the whole document:
    that of a sodium cell names lithium, too.
    """
    whole = _of_document(paper)
    found: dict[str, Carrier] = {}
    for table, context in zip(paper.tables, around, strict=True):
        texts = (f"{context.caption} {context.heads}", context.paragraphs, context.abstract)
        named = [*(carriers_named(text) for text in texts), whole]
        found[table.name] = next((next(iter(one)) for one in named if len(one) == 1), "Li")
    return found


def _of_document(paper: Paper) -> frozenset[Carrier]:
    """What the text names; without that, what half of the captions do: one table may be about other cells."""
    in_text: frozenset[Carrier] = frozenset().union(*map(carriers_named, paper.paragraphs))
    found = [carriers_named(caption.text) for caption in paper.captions]
    told = [names for names in found if names]
    return in_text or (frozenset().union(*told) if 2 * len(told) >= len(found) else frozenset())
