"""A subject: the sample or the cell that raw files, results and numbers belong to."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """A cell or a sample: `kind` is ``cell`` or ``sample``; both are empty where no file and no name is involved."""

    kind: str
    name: str
