"""A record as the text that restores it: what is planned is kept without importing the technique that it is for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from halfcell.study.cache.record_codec import Encoded, decode, encode


@dataclass(frozen=True)
class StoredValue:
    """A value as JSON; `restored` makes it again."""

    text: str


def as_stored(value: object) -> StoredValue:
    """A value without arrays as its text.

    Raises
    ------
    TypeError
        If it holds arrays, or something else that cannot be kept so.
    """
    encoded = encode(value)
    if encoded.arrays:
        raise TypeError("a value with arrays is not kept as a text")
    return StoredValue(json.dumps(encoded.tree))


def restored(value: object) -> object:
    """The value itself, restored where it is kept as its text."""
    return decode(Encoded(json.loads(value.text), b"")) if isinstance(value, StoredValue) else value
