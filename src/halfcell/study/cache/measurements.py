"""Measurements read before, kept as parquet by the content of their file, its reader and the reader's version.

A text or database of a cycler takes ten to seventy times as long to read as the parquet of its columns; a new mass or a
new recipe needs the same columns again. An entry is a few parquet files (a measurement each) and a JSON text with what
is no column, which begins with its own hash and holds those of the parquet files: whatever is half-written, damaged or
of another shape is not there, and the file is read again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.core.plugins import load, plugins
from halfcell.core.result import Note
from halfcell.core.source import Source
from halfcell.study.cache.results import FOLDER, Store, digest

if TYPE_CHECKING:
    from halfcell.study.files.input_file import InputFile

NAME = "measured"
LARGEST = 2 * 2**30  # bytes that a study's entries may take together
_LEAST = 2000  # records below which reading again is as quick
_FORMAT = 1
_BROKEN = (OSError, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True)
class Kept:
    """The measurements kept in the store of the study at `root`."""

    root: Path

    def load(self, file: InputFile, asked: Mapping[str, Any]) -> tuple[Measurement, ...] | None:
        """The measurements of a file as its reader gave them, to the bit; None where they are not kept.

        Parameters
        ----------
        file
            The raw file with its hash and its reader.
        asked
            What else decides how it is read: a column map.
        """
        place = self._place(file, asked)
        try:
            mark, _, text = place.read_text(encoding="utf-8").partition("\n")
            if hashlib.sha256(text.encode()).hexdigest() != mark:
                return None
            told = json.loads(text)
            source = Source(file.path, file.sha256, told["reader"], told["size"])
            found = tuple(_measurement(place, part, source) for part in told["measurements"])
            os.utime(place)
        except _BROKEN:
            return None
        return found

    def save(self, file: InputFile, asked: Mapping[str, Any], measurements: Sequence[Measurement]) -> None:
        """Keep the measurements of a file if that is of use, they come back as they are, and there is room."""
        name = file.reader.split(" ")[0]
        if not name or _quick(name) or not worth_keeping(self.root / file.path, measurements):
            return
        with suppress(OSError):  # without room or right the file is read again next time
            self._write(self._place(file, asked), measurements)

    def _write(self, place: Path, measurements: Sequence[Measurement]) -> None:
        """Write an entry: the parquet files first, then the text that names them."""
        parts = []
        for number, measurement in enumerate(measurements):
            content, name = _parquet(measurement.columns), f"{place.stem}-{number}.parquet"
            Store(self.root).put(place.with_name(name), content)
            parts.append(_told(measurement) | {"file": name, "sha256": hashlib.sha256(content).hexdigest()})
        source = measurements[0].source
        told = {"reader": source.reader if source else "", "size": source.size if source else 0, "measurements": parts}
        text = json.dumps(told, ensure_ascii=False)
        Store(self.root).put(place, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")

    def bound(self, largest: int = LARGEST) -> None:
        """Remove what was not used for the longest time until all together takes at most `largest` bytes.

        Parquet files that no text names (a run was killed between the two) go first. Nobody else may be at work.
        """
        entries, folder = [], self.root / FOLDER / NAME
        for path in folder.glob("*/*.parquet"):
            if not path.with_name(f"{path.stem.rpartition('-')[0]}.json").exists():
                path.unlink(missing_ok=True)
        for place in folder.glob("*/*.json"):
            files = [place, *place.parent.glob(f"{place.stem}-*.parquet")]
            sizes = [path.stat() for path in files]
            entries.append((sizes[0].st_mtime, sum(stat.st_size for stat in sizes), files))
        total = sum(size for _, size, _ in entries)
        for _, size, files in sorted(entries, key=lambda entry: entry[0]):
            if total <= largest:
                return
            for path in files:
                path.unlink(missing_ok=True)
            total -= size

    def _place(self, file: InputFile, asked: Mapping[str, Any]) -> Path:
        """Where the entry of a file is; its name counts, since a reader may tell it."""
        key = digest(
            {
                "format": _FORMAT,
                "sha256": file.sha256,
                "reader": file.reader,
                "name": Path(file.path).name,
                "asked": dict(asked),
            }
        )
        return self.root / FOLDER / NAME / key[:2] / f"{key}.json"


def _quick(reader: str) -> bool:
    """Whether a reader says that it is as quick as a copy."""
    return reader in plugins("readers") and bool(getattr(load("readers", reader), "QUICK", False))


def worth_keeping(path: Path, measurements: Sequence[Measurement]) -> bool:
    """Whether parquet is quicker than the file, and gives back exactly what the reader gave."""
    if sum(len(measurement) for measurement in measurements) < _LEAST:
        return False
    try:
        with path.open("rb") as file:
            if file.read(4) == b"PAR1":
                return False
    except OSError:
        return False
    return all(_storable(measurement) for measurement in measurements)


def _storable(measurement: Measurement) -> bool:
    """Whether all columns are plain numbers in one dimension, and all else is the same after a turn through JSON."""
    for values in measurement.columns.values():
        if (
            values.ndim != 1
            or not values.dtype.isnative
            or values.dtype.kind not in "iufb"
            or values.dtype == np.float16
        ):
            return False
    told = _told(measurement)
    try:
        text = json.dumps(told, ensure_ascii=False).encode()  # half a pair of signs has no bytes
        return _same(told, json.loads(text))
    except (TypeError, ValueError):
        return False


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal in value and in type."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return repr(one) == repr(other)


def _told(measurement: Measurement) -> dict[str, Any]:
    """What of a measurement is no column."""
    return {
        "technique": measurement.technique,
        "columns": list(measurement.columns),
        "meta": dict(measurement.meta),
        "notes": [[note.level, note.code, note.text] for note in measurement.notes],
    }


def _parquet(columns: Mapping[str, Any]) -> bytes:
    import polars as pl

    file = io.BytesIO()
    frame = pl.DataFrame({name: np.ascontiguousarray(values) for name, values in columns.items()})
    frame.write_parquet(file, compression="lz4", statistics=False)
    return file.getvalue()


def _measurement(place: Path, told: Mapping[str, Any], source: Source) -> Measurement:
    """One measurement of an entry.

    Raises
    ------
    OSError, ValueError
        If its columns are missing or not those that were written.
    """
    import polars as pl

    content = place.with_name(told["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise ValueError("damaged")
    frame = pl.read_parquet(io.BytesIO(content))
    return Measurement(
        technique=told["technique"],
        columns={name: frame[name].to_numpy() for name in told["columns"]},
        meta=told["meta"],
        notes=tuple(Note(*note) for note in told["notes"]),
        source=source,
    )
