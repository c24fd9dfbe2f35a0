"""What halfcell wrote of a file when it converted it, put back into the measurement that is read from it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from halfcell.core.result import Note
from halfcell.core.sidecar import KEY

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile


def restored(measurement: Measurement, own: dict[str, Any] | None) -> Measurement:
    """A measurement with the meta and the notes of its description; unchanged without one of its technique.

    The description wins over what a reader finds in the file, which has no place for all; the mark of simulated data
    stays if either has it.
    """
    if own is None or own.get("technique") != measurement.technique:
        return measurement
    known = {(note.code, note.text) for note in measurement.notes}
    kept = tuple(Note(n["level"], n["code"], n["text"]) for n in own["notes"] if (n["code"], n["text"]) not in known)
    mark = {"simulated": True} if measurement.is_simulated or own.get("simulated") else {}
    meta = {**measurement.meta, **own["meta"], **mark}
    return dataclasses.replace(measurement, meta=meta, notes=(*kept, *measurement.notes))


def in_parquet(raw: RawFile) -> dict[str, Any] | None:
    """The description among the key-values of a parquet file; None without one."""
    import polars as pl

    try:
        with raw.on_disk() as path:
            text = pl.read_parquet_metadata(path).get(KEY)
        own = json.loads(text) if text else None
    except (pl.exceptions.PolarsError, OSError, ValueError):
        return None
    return own if isinstance(own, dict) else None
