"""A subject that is missing from a figure or a table."""

from __future__ import annotations

from typing import NamedTuple


class MissingSubject(NamedTuple):
    """A subject that an item was asked to show and does not, by its printed label, and why."""

    label: str
    why: str
