"""Readers: one file a format. A raw file is read by the one reader that recognises its content.

A reader is a module here (or an entry point in the group ``halfcell.readers``) with

* a docstring whose first line says what it reads,
* ``SUFFIXES``: the suffixes it may have, lower case (``()`` = any),
* ``recognises(raw) -> bool``: looks at the content (`RawFile.head`), never only at the name, and never raises,
* ``parse(raw) -> tuple[Measurement, ...]``: fills in what the file knows, in canonical columns.

Path, hash and reader are stamped here. Third parties are imported inside functions.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Protocol, cast

from halfcell.core.errors import HalfcellError, InputError, UnrecognisedFile
from halfcell.core.measurement import Measurement, Source
from halfcell.core.plugins import load, rooms
from halfcell.core.raw import RawFile

__all__ = ["Reader", "find", "read", "read_all"]


class Reader(Protocol):
    """What a reader's module offers."""

    SUFFIXES: tuple[str, ...]

    def recognises(self, raw: RawFile) -> bool:
        """Whether the content is of this format."""
        ...

    def parse(self, raw: RawFile) -> tuple[Measurement, ...]:
        """Read the measurements in the file."""
        ...


def find(raw: RawFile) -> tuple[str, Reader]:
    """Find the one reader that recognises a file.

    Raises
    ------
    UnrecognisedFile
        If none does, or several do; the error names who was asked or who claimed it.
    InputError
        If the file is missing or empty.
    """
    if not raw.path.is_file():
        raise InputError("no such file", str(raw.path), "check the path")
    if not raw.head:
        raise InputError("the file is empty", str(raw.path))
    asked = {name: cast(Reader, load("readers", name)) for name in rooms("readers")}
    fitting = {n: r for n, r in asked.items() if not r.SUFFIXES or raw.suffix in r.SUFFIXES}
    claims = [name for name, reader in fitting.items() if reader.recognises(raw)]
    if len(claims) == 1:
        return claims[0], fitting[claims[0]]
    if claims:
        raise UnrecognisedFile(f"several readers claim the file: {', '.join(claims)}", str(raw.path))
    tried = ", ".join(fitting) or f"no reader takes the suffix {raw.suffix or '(none)'}"
    raise UnrecognisedFile(
        "no reader recognises the file",
        str(raw.path),
        f"asked: {tried}; for plain columns name them in the study file",
    )


def read_all(path: str | Path) -> tuple[Measurement, ...]:
    """Read every measurement in a raw file.

    Raises
    ------
    InputError
        If the file is missing, of no known format, truncated or damaged; says where and a hint.
    """
    raw = RawFile(Path(path))
    name, reader = find(raw)
    try:
        measurements = reader.parse(raw)
    except HalfcellError as error:
        raise error.at(str(path)) from error
    if not measurements:
        raise InputError("the file holds no measurement", str(path), f"it was read as {name}")
    source = Source(str(path), raw.sha256(), name, raw.path.stat().st_size)
    return tuple(dataclasses.replace(m, source=source) for m in measurements)


def read(path: str | Path) -> Measurement:
    """Read a raw file that holds one measurement.

    Raises
    ------
    InputError
        As `read_all`, and if the file holds several measurements.
    """
    measurements = read_all(path)
    if len(measurements) > 1:
        kinds = ", ".join(m.technique for m in measurements)
        raise InputError(f"the file holds {len(measurements)} measurements ({kinds})", str(path), "use read_all")
    return measurements[0]
