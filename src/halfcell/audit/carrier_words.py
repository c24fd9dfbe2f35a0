"""The ion that the cells of a document work with, from its words: sodium and potassium are told from lithium."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    """The carriers that a text says of cells; sodium in the name of a salt or of a binder is none."""
    return frozenset(carrier for carrier, words in _WORDS if words.search(text))


def carrier_of(paper: Paper, table: str) -> Carrier:
    """The carrier of a table's cells: the one that its caption or heads name, else the only one of the document.

    Lithium where several or none are named.
    """
    found = paper.table(table)
    texts = [found.caption, *(cell.text for cell in found.cells if cell.row < (found.head_rows or 1))] if found else []
    named = carriers_named(" ".join(texts))
    if len(named) != 1:
        every = (*paper.paragraphs, *(caption.text for caption in paper.captions))
        named = frozenset().union(*(carriers_named(text) for text in every)) if every else frozenset()
    return next(iter(named)) if len(named) == 1 else "Li"
