"""The types of what a JSON file can hold, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


def number_or_none(value: object) -> float | None:
    """A number as a float; None for anything else, also for true and false."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
