"""Columns of a table that are no field of a sample or a cell, but are called nearly like one."""

from __future__ import annotations

import dataclasses
from difflib import get_close_matches

from halfcell.core.sample import Cell, Sample


def near_head(head: str) -> str:
    """A question if a head that is no field resembles the name of one (``knd``); empty if it resembles none."""
    known = [item.name for record in (Cell, Sample) for item in dataclasses.fields(record) if item.name != "meta"]
    close = get_close_matches(head, sorted({*known, "cell"}), n=1, cutoff=0.75)
    words = set(head.split("_")) - {"", "of", "the", "electrode"}
    close = close or [name for name in known if words and words <= set(name.split("_"))]
    return f"did you mean {close[0]!r}?" if close else ""
