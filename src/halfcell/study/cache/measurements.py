"""Measurements stored as parquet, by the content of their file, its reader and the reader's version.

A text export or database of a cycler takes ten to seventy times as long to read as a parquet file of its columns, and
the same columns are needed again after a change of a mass or of a recipe. An entry consists of one parquet file per
measurement and of a JSON text with everything else. The text begins with its own hash and holds those of the parquet
files: an entry that is incomplete, damaged or of another form is ignored, and the raw file is read again.
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
from typing import TYPE_CHECKING, TypedDict, cast

from halfcell.core.measurement import Measurement
from halfcell.core.plugins import load, plugins
from halfcell.core.result import Note
from halfcell.core.source import Source
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.results import Store
from halfcell.study.cache.sealed import Damaged, sealed_text, unsealed_text
from halfcell.study.cache.store_files import FOLDER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.result import Level
    from halfcell.study.files.input_file import InputFile

MEASUREMENTS_FOLDER = "measured"
LARGEST = 2 * 2**30  # bytes that all entries of a study may take together
_FEWEST_RECORDS = 2000  # with fewer, reading the raw file again is as quick
_FORMAT = 1
_UNUSABLE = (OSError, ValueError, KeyError, TypeError, IndexError)


class _Description(TypedDict):
    """What a measurement holds besides the values of its columns."""

    technique: str
    columns: list[str]
    meta: dict[str, Json]
    notes: list[tuple[Level, str, str]]


class _StoredMeasurement(_Description):
    """A description with the parquet file of the columns and its hash."""

    file: str
    sha256: str


class _Entry(TypedDict):
    """The JSON text of an entry: the reader, the size of the raw file, and its measurements."""

    reader: str
    size: int
    measurements: list[_StoredMeasurement]


@dataclass(frozen=True)
class StoredMeasurements:
    """The measurements in the store of the study at `root`."""

    root: Path

    def load(self, file: InputFile, options: Mapping[str, Json]) -> tuple[Measurement, ...] | None:
        """The measurements of a file exactly as its reader returned them; None if they are not stored.

        Parameters
        ----------
        file
            The raw file with its hash and its reader.
        options
            What else determines how it is read: a column map.
        """
        path = self._entry_path(file, options)
        try:
            entry: _Entry = json.loads(unsealed_text(path.read_bytes()))
            source = Source(file.path, file.sha256, entry["reader"], entry["size"])
            measurements = tuple(_read_stored(path, stored, source) for stored in entry["measurements"])
            os.utime(path)
        except Damaged:
            Store(self.root).set_aside(path)
            return None
        except _UNUSABLE:
            return None
        return measurements

    def save(self, file: InputFile, options: Mapping[str, Json], measurements: Sequence[Measurement]) -> None:
        """Store the measurements of a file if that saves time, they can be restored exactly, and there is room."""
        reader = file.reader.split(" ")[0]
        if not reader or _is_quick(reader) or not worth_storing(self.root / file.path, measurements):
            return
        with suppress(OSError):  # without room or permission the file is read again next time
            self._write_entry(self._entry_path(file, options), measurements)

    def _write_entry(self, path: Path, measurements: Sequence[Measurement]) -> None:
        """Write an entry: first the parquet files, then the text that names them."""
        stored: list[_StoredMeasurement] = []
        for number, measurement in enumerate(measurements):
            content, name = _parquet(measurement.columns), f"{path.stem}-{number}.parquet"
            Store(self.root).write_file(path.with_name(name), content)
            stored.append({**_describe(measurement), "file": name, "sha256": hashlib.sha256(content).hexdigest()})
        source = measurements[0].source
        reader, size = (source.reader, source.size) if source else ("", 0)
        entry: _Entry = {"reader": reader, "size": size, "measurements": stored}
        text = json.dumps(entry, ensure_ascii=False)
        Store(self.root).write_file(path, sealed_text(text))

    def limit_size(self, largest: int = LARGEST) -> None:
        """Remove the entries that were not used for the longest time, until all take at most `largest` bytes.

        Parquet files that no text names (a run was killed before it wrote the text) are removed first. No other process
        may use the store meanwhile.
        """
        entries, folder = [], self.root / FOLDER / MEASUREMENTS_FOLDER
        for path in folder.glob("*/*.parquet"):
            if not path.with_name(f"{path.stem.rpartition('-')[0]}.json").exists():
                path.unlink(missing_ok=True)
        for text_path in folder.glob("*/*.json"):
            files = [text_path, *text_path.parent.glob(f"{text_path.stem}-*.parquet")]
            stats = [path.stat() for path in files]
            entries.append((stats[0].st_mtime, sum(stat.st_size for stat in stats), files))
        total = sum(size for _, size, _ in entries)
        for _, size, files in sorted(entries, key=lambda entry: entry[0]):
            if total <= largest:
                return
            for path in files:
                path.unlink(missing_ok=True)
            total -= size

    def _entry_path(self, file: InputFile, options: Mapping[str, Json]) -> Path:
        """Where the text of a file's entry is; the file's name counts, since a reader may use it."""
        key = digest(
            {
                "format": _FORMAT,
                "sha256": file.sha256,
                "reader": file.reader,
                "name": Path(file.path).name,
                "asked": dict(options),
            }
        )
        return self.root / FOLDER / MEASUREMENTS_FOLDER / key[:2] / f"{key}.json"


def _is_quick(reader: str) -> bool:
    """Whether a reader declares that it is as quick as reading parquet."""
    return reader in plugins("readers") and bool(getattr(load("readers", reader), "QUICK", False))


def worth_storing(path: Path, measurements: Sequence[Measurement]) -> bool:
    """Whether parquet is quicker than the file, and restores exactly what the reader returned."""
    if sum(len(measurement) for measurement in measurements) < _FEWEST_RECORDS:
        return False
    try:
        with path.open("rb") as file:
            if file.read(4) == b"PAR1":
                return False
    except OSError:
        return False
    return all(_can_be_restored(measurement) for measurement in measurements)


def _can_be_restored(measurement: Measurement) -> bool:
    """Whether all columns are plain numbers in one dimension, and everything else can be written as JSON and read."""
    for values in measurement.columns.values():
        if (
            values.ndim != 1
            or not values.dtype.isnative
            or values.dtype.kind not in "iufb"
            or values.dtype.str[1:] == "f2"
        ):
            return False
    description = _describe(measurement)
    try:
        text = json.dumps(description, ensure_ascii=False).encode()  # half a surrogate pair cannot be encoded
        return _is_same_json(description, json.loads(text))
    except (TypeError, ValueError):
        return False


def _is_same_json(one: object, other: object) -> bool:
    """Whether two JSON values are equal in value and in type."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_is_same_json(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_is_same_json(a, b) for a, b in zip(one, other, strict=True))
    return repr(one) == repr(other)


def _describe(measurement: Measurement) -> _Description:
    """Everything of a measurement except the values of its columns."""
    notes = [[note.level, note.code, note.text] for note in measurement.notes]  # lists, as JSON returns them
    return {
        "technique": measurement.technique,
        "columns": list(measurement.columns),
        "meta": dict(measurement.meta),
        "notes": cast("list[tuple[Level, str, str]]", notes),
    }


def _parquet(columns: Mapping[str, NDArray[np.float64]]) -> bytes:
    """Columns as the content of a parquet file."""
    import numpy as np
    import polars as pl

    file = io.BytesIO()
    frame = pl.DataFrame({name: np.ascontiguousarray(values) for name, values in columns.items()})
    frame.write_parquet(file, compression="lz4", statistics=False)
    return file.getvalue()


def _read_stored(entry_path: Path, stored: _StoredMeasurement, source: Source) -> Measurement:
    """One measurement of an entry.

    Raises
    ------
    OSError
        If its parquet file is missing.
    Damaged
        If it is not the one that was written.
    """
    import polars as pl

    content = entry_path.with_name(stored["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != stored["sha256"]:
        raise Damaged
    frame = pl.read_parquet(io.BytesIO(content))
    return Measurement(
        technique=stored["technique"],
        columns={name: frame[name].to_numpy() for name in stored["columns"]},
        meta=stored["meta"],
        notes=tuple(Note(*note) for note in stored["notes"]),
        source=source,
    )
