"""The ion that the cells of a document work with, from its words: sodium and potassium are told from lithium."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from halfcell.audit.context import abstract_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """The carrier of a table's cells: what the nearest text that names one carrier alone says; lithium if none does.

    The nearest texts are caption and heads, the paragraphs that name the table, the abstract, then the whole document:
    that of a sodium cell names lithium, too.
    """
    for text in _scopes(paper, table):
        named = carriers_named(text)
        if len(named) == 1:
            return next(iter(named))
    every = (*paper.paragraphs, *(caption.text for caption in paper.captions))
    whole: frozenset[Carrier] = frozenset().union(*(carriers_named(text) for text in every))
    return next(iter(whole)) if len(whole) == 1 else "Li"


def _scopes(paper: Paper, table: str) -> Iterator[str]:
    found = paper.table(table)
    if found is not None:
        yield " ".join([found.caption, *(cell.text for cell in found.cells if cell.row < (found.head_rows or 1))])
        if found.caption:
            name = re.compile(rf"\b{re.escape(found.name)}(?![\d.]*\d)")
            yield " ".join(text for text in paper.paragraphs if found.name in text and name.search(text))
    yield abstract_of(paper)
