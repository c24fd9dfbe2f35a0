"""Records of a study as the bytes of a file: a JSON text, and behind it the bytes of the arrays."""

from __future__ import annotations

import json
from typing import Any, Final

from halfcell.core.errors import PluginError
from halfcell.core.result import Result
from halfcell.study.cache.record_codec import Encoded, decode, encode
from halfcell.study.cache.sealed import Damaged
from halfcell.study.cache.step_results import StepResults

_FORMAT: Final = 1  # raised when the form changes
_OTHER_FORM = (AttributeError, ImportError, IndexError, TypeError, ValueError, KeyError, RecursionError)


def results_as_bytes(results: StepResults) -> bytes:
    """The results as bytes; `results_from_bytes` restores them exactly.

    Raises
    ------
    PluginError
        If a result holds something that cannot be stored.
    """
    try:
        return record_as_bytes(results)
    except TypeError as error:
        names = ", ".join(sorted({result.technique for result in results.results}))
        hint = "results hold numbers, texts, arrays, lists, mappings with texts as keys, and frozen dataclasses"
        raise PluginError(f"{names}: {error}", hint=hint) from error


def results_from_bytes(content: bytes) -> StepResults | None:
    """The results that were stored; None if they are in an older form, or a class has other fields now.

    Raises
    ------
    Damaged
        If this is not what `results_as_bytes` makes.
    """
    stored = record_from_bytes(content)
    is_whole = isinstance(stored, StepResults) and all(isinstance(one, Result) for one in stored.results)
    return stored if is_whole else None


def record_as_bytes(record: object) -> bytes:
    """A frozen record as bytes; `record_from_bytes` restores it exactly.

    Raises
    ------
    TypeError
        If it holds something that cannot be stored.
    """
    encoded = encode(record)
    head = json.dumps({"format": _FORMAT, "size": len(encoded.arrays), "tree": encoded.tree}, ensure_ascii=True)
    return head.encode() + b"\n" + encoded.arrays


def record_from_bytes(content: bytes) -> Any:
    """The record that was stored; None if it is in an older form, or a class has other fields now.

    Raises
    ------
    Damaged
        If this is not what `record_as_bytes` makes.
    """
    text, found, arrays = content.partition(b"\n")
    try:
        head = json.loads(text)
        if not found or head["size"] != len(arrays):
            raise Damaged
        if head["format"] != _FORMAT:
            return None
        return decode(Encoded(head["tree"], arrays))
    except _OTHER_FORM:
        return None
