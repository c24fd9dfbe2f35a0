"""Texts in files that spreadsheets open: a text from a raw file or a paper must not become a formula there."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN = r"(\d+\.?\d*|\.\d+)"
_NUMBER = re.compile(rf"[-+]?{_PLAIN}(\({_PLAIN}\))?([eE][-+]?\d+)?( ± {_PLAIN})?( ?%)?|[-+]?inf|[-+]")


def harmless(text: str) -> str:
    """The text, after an apostrophe if a spreadsheet would take it for a formula.

    Numbers (``-0.5``, ``-0.51(2)``, ``-2.3(1.4)``, ``-0.5 ± 0.1``) and a single sign stay as they are.
    """
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def harmless_row(cells: Iterable[object]) -> list[object]:
    """The cells of a row, their texts harmless."""
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]
