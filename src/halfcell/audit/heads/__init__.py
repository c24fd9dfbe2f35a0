"""Heads of columns: a grammar with a lexicon reads them completely, or says why not."""

from __future__ import annotations

from halfcell.audit.heads.grammar import read_head
from halfcell.audit.heads.head import Head

__all__ = ["Head", "read_head"]
