"""Readers: one file per format, from raw instrument files to measurements.

A reader is a module here (or an entry point in the group ``halfcell.readers``) with

* a docstring whose first line says what it reads,
* ``VERSION``: raised when it (or what it shares with others) reads a file otherwise than before, so that studies read
  that file again,
* where reading again is about as quick as reading a copy: ``QUICK = True`` (a study then keeps none),
* ``SUFFIXES``: the suffixes it may have, lower case (``()`` = any),
* ``recognises(raw) -> bool``: looks at the content (`RawFile.head`), never only at the name, and never raises,
* ``parse(raw) -> tuple[Measurement, ...]``: fills in what the file knows, in canonical columns.

Path, hash and reader are stamped here. Third parties are imported inside functions.
"""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path
from typing import Protocol, cast

from halfcell.core.errors import HalfcellError, InputError, UnrecognisedFile
from halfcell.core.measurement import Measurement, Source
from halfcell.core.plugins import load, plugins
from halfcell.core.raw import RawFile

__all__ = ["Reader", "find", "read", "read_all"]

_STRANGERS = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"%PDF": "a PDF document (halfcell audit reads it)",
    b"{\\rtf": "a text document (RTF)",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"BM": "a BMP picture",
    b"GIF8": "a GIF picture",
}


class Reader(Protocol):
    """What a reader's module offers."""

    VERSION: str
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
    _must_be_a_file(raw.path)
    if not raw.head:
        raise InputError("the file is empty", str(raw.path))
    asked = {name: cast(Reader, load("readers", name)) for name in plugins("readers")}
    fitting = {n: r for n, r in asked.items() if not r.SUFFIXES or raw.suffix in r.SUFFIXES}
    claims = [name for name, reader in fitting.items() if reader.recognises(raw)]
    if len(claims) == 1:
        return claims[0], fitting[claims[0]]
    if claims:
        raise UnrecognisedFile(f"several readers claim the file: {', '.join(claims)}", str(raw.path))
    raise UnrecognisedFile("no reader recognises the file", str(raw.path), _hint(raw, list(fitting)))


def _must_be_a_file(path: Path) -> None:
    """Say what is wrong with a path that cannot be read."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise InputError("no such file", str(path), "check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        raise InputError(f"cannot be opened: {reason}", str(path)[:200], "check the path") from error
    if stat.S_ISDIR(mode):
        raise InputError("this is a folder", str(path), "name one file; halfcell new looks through a folder")
    if not stat.S_ISREG(mode):
        raise InputError("this is not a plain file", str(path), "copy its content to a file")


def _hint(raw: RawFile, asked: list[str]) -> str:
    """Who was asked, and what the bytes are if they are of a kind that no instrument writes."""
    for magic, what in _STRANGERS.items():
        if raw.head.startswith(magic):
            return f"it is {what}; give the instrument's own file, with the numbers"
    packed = _packed(raw)
    if packed:
        return packed
    if raw.path.suffix.lower() == ".gz" and not raw.packer:
        return "its name ends in .gz but it is not packed with gzip"
    if b"\0" in raw.head and len(asked) < 2:
        return "a binary format that no reader knows; export it from the instrument's program as text or csv"
    tried = ", ".join(asked) or f"no reader takes the suffix {raw.suffix or '(none)'}"
    return f"asked: {tried}; for plain columns name them in the study file"


def _packed(raw: RawFile) -> str:
    """What a ZIP archive is that no reader takes: an office document, or damaged; else nothing."""
    import zipfile

    if not raw.head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(raw.path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return (
            "it begins as a ZIP archive (xlsx, ods, ...) and is damaged or cut off: copy it again, or export it again"
        )
    if "word/document.xml" in names:
        return "it is a Word document (halfcell audit reads it); give the instrument's own file, with the numbers"
    slides = any(name.startswith("ppt/") for name in names)
    return "it holds slides; give the instrument's own file, with the numbers" if slides else ""


def read_all(path: str | Path, reader: str = "") -> tuple[Measurement, ...]:
    """Read every measurement in a raw file.

    Parameters
    ----------
    path
        The file.
    reader
        The reader that is known to take it; without it all are asked.

    Raises
    ------
    InputError
        If the file is missing, of no known format, truncated or damaged; says where and a hint.
    """
    raw = RawFile(Path(path))
    if reader:
        _must_be_a_file(raw.path)
    name, taking = (reader, cast(Reader, load("readers", reader))) if reader else find(raw)
    try:
        measurements = taking.parse(raw)
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
