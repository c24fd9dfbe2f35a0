"""Columns that hold the uncertainties of the column before them: ``± Capacity (mAh/g)`` behind ``Capacity (mAh/g)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.heads import Head

_SPREAD = re.compile(r"^\s*(?:±|\+/-|\+-)\s*")


def spread_columns(heads: Sequence[Head]) -> dict[int, int]:
    """Column of uncertainties -> the column that they belong to, by their heads: the same words behind ``±``."""
    found = {}
    for column, head in enumerate(heads):
        bare = _SPREAD.sub("", head.text)
        if column and bare != head.text and bare in {heads[column - 1].text, ""}:
            found[column] = column - 1
    return found
