"""Readers: one file per format, from raw instrument files to measurements.

A raw file is read by the one reader that recognises its content.

A reader is a module in one of the folders here (or an entry point in the group ``halfcell.readers``) with

* a docstring whose first line says what it reads,
* ``VERSION``: raised when it (or a module it shares with others) reads a file differently, so that studies read the
  file again,
* ``QUICK = True`` where reading a file is about as fast as reading a stored copy (a study then stores none),
* ``EXACT = True`` where it claims only files with an unmistakable mark of its own: it then wins over other readers,
* ``SUFFIXES``: the file name suffixes it accepts, lower case (``()`` = any),
* ``recognises(raw) -> bool``: looks at the content (`RawFile.head`), never only at the name, and never raises,
* ``parse(raw) -> tuple[Measurement, ...]``: fills in what the file knows, in canonical columns.

Path, hash and reader are added here. Third-party packages are imported inside functions.
"""

from __future__ import annotations

import dataclasses
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, cast

from halfcell.core.errors import HalfcellError, InputError, UnrecognisedFile
from halfcell.core.limits import MAX_READ_SECONDS
from halfcell.core.measurement import Measurement
from halfcell.core.near_files import near_files
from halfcell.core.plugins import described, load, plugins, printing_aside, report_once, working
from halfcell.core.raw import RawFile
from halfcell.core.result import Note
from halfcell.core.sidecar import described as description_beside
from halfcell.core.source import Source
from halfcell.core.time_limit import time_limit
from halfcell.core.unexpected_errors import Unexpected, guarded, unexpected
from halfcell.core.unpacked_size import check_archive
from halfcell.readers.common import text_tail
from halfcell.readers.common.converted import restored

__all__ = ["Reader", "find", "read", "read_all"]

_NOT_DATA = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"%PDF": "a PDF document (halfcell audit reads it)",
    b"{\\rtf": "a text document (RTF)",
    b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image",
    b"BM": "a BMP image",
    b"GIF8": "a GIF image",
}


class Reader(Protocol):
    """What the module of a reader provides."""

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

    A reader that fails instead of answering is reported once and counts as one that does not recognise the file.

    Raises
    ------
    UnrecognisedFile
        If none does, or several do; the error names the readers that were tried, that failed, or that recognise it.
    InputError
        If the file is missing or empty.
    """
    _must_be_a_file(raw.path)
    if not raw.head:
        raise InputError("the file is empty", str(raw.path))
    _check_archive(raw)
    known = {name: cast(Reader, module) for name, module in working("readers")}
    fitting = {n: r for n, r in known.items() if not r.SUFFIXES or raw.suffix in r.SUFFIXES}
    answers = {name: _answer(name, reader, raw) for name, reader in fitting.items()}
    claims = [name for name, answer in answers.items() if answer is True]
    claims = [name for name in claims if getattr(fitting[name], "EXACT", False)] or claims
    if len(claims) == 1:
        return claims[0], fitting[claims[0]]
    if claims:
        hint = f'choose one: --reader {claims[0]}, or reader = "{claims[0]}" beside the pattern in the study file'
        raise UnrecognisedFile(f"several readers claim the file: {', '.join(claims)}", str(raw.path), hint)
    failed = {name: answer.text for name, answer in answers.items() if isinstance(answer, Unexpected)}
    also = "".join(f"; {described('readers', name)} failed: {text}" for name, text in failed.items())
    raise UnrecognisedFile(f"no reader recognises the file{also}", str(raw.path), _hint(raw, fitting))


def _answer(name: str, reader: Reader, raw: RawFile) -> bool | Unexpected:
    """Whether a reader recognises a file; one that fails instead of answering is reported once."""
    expected = () if plugins("readers")[name].is_foreign else (HalfcellError, OSError)
    with printing_aside("readers", name):
        answer = guarded(lambda: bool(reader.recognises(raw)), *expected)
    if isinstance(answer, Unexpected):
        what = f"{described('readers', name)} failed to look at {raw.path.name}: {answer}"
        report_once("readers", name, what)
    return answer


def _must_be_a_file(path: Path) -> None:
    """Refuse a path that is not a regular file.

    Raises
    ------
    InputError
        If it is missing, a folder, or something else that cannot be read.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise InputError("no such file", str(path), near_files(path)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        raise InputError(f"cannot be opened: {reason}", str(path)[:200], "check the path") from error
    if stat.S_ISDIR(mode):
        raise InputError("this is a folder", str(path), "give one file; halfcell new searches a folder")
    if not stat.S_ISREG(mode):
        raise InputError("this is not a regular file", str(path), "copy its content to a file")


def _check_archive(raw: RawFile) -> None:
    """Refuse an archive that a reader opens itself (``.ndax``, ``.xlsx`` ...) if it unpacks to too much.

    Raises
    ------
    InputError
        If it does.
    """
    if not raw.packer and raw.head.startswith(b"PK\x03\x04"):
        check_archive(raw.path)


def _hint(raw: RawFile, tried: Mapping[str, Reader]) -> str:
    """Which readers were tried, or what the file is if no instrument writes files of its kind."""
    for magic, what in _NOT_DATA.items():
        if raw.head.startswith(magic):
            return f"it is {what}; give the instrument's own file, with the numbers"
    packed = _packed(raw)
    if packed:
        return packed
    if raw.path.suffix.lower() == ".gz" and not raw.packer:
        return "its name ends in .gz but it is not compressed with gzip"
    if b"\0" in raw.head and not any(reader.SUFFIXES for reader in tried.values()):
        return "unknown binary format; export it from the instrument's software as text or csv"
    names = ", ".join(tried) or f"no reader accepts the suffix {raw.suffix or '(none)'}"
    return f"tried: {names}; for a plain table, name its columns in the study file"


def _packed(raw: RawFile) -> str:
    """What a ZIP archive that no reader recognises is: an office document, or damaged; otherwise nothing."""
    import zipfile

    if not raw.head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(raw.path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "it starts like a ZIP archive (xlsx, ods, ...) but is damaged or truncated: copy or export it again"
    if "word/document.xml" in names:
        return "it is a Word document (halfcell audit reads it); give the instrument's own file, with the numbers"
    slides = any(name.startswith("ppt/") for name in names)
    return "it contains slides; give the instrument's own file, with the numbers" if slides else ""


def read_all(path: str | Path, reader: str = "") -> tuple[Measurement, ...]:
    """Read every measurement in a raw file.

    Parameters
    ----------
    path
        The file.
    reader
        The reader to use; without it, the one that recognises the file.

    Raises
    ------
    InputError
        If the file is missing, of unknown format, truncated or damaged, or takes more than ten minutes of computing.
    """
    hint = f"it is damaged, or larger than what is read within {MAX_READ_SECONDS / 60:g} minutes: read it in parts"
    with time_limit(MAX_READ_SECONDS, "reading", str(path), hint):
        return _read_all(path, reader)


def _read_all(path: str | Path, reader: str) -> tuple[Measurement, ...]:
    """Read every measurement in a raw file, however long it takes."""
    raw = RawFile(Path(path))
    if reader:
        _must_be_a_file(raw.path)
        _check_archive(raw)
    name, module = (reader, cast(Reader, load("readers", reader))) if reader else find(raw)
    try:
        measurements = _doubted(name, module, raw, _parsed(name, module, raw))
    except HalfcellError as error:
        if reader and _answer(name, module, raw) is not True:
            what = f"{described('readers', name)} was named but does not recognise the content: {error.what}"
            raise InputError(what, str(path), "name another reader, or none") from error
        raise error.at(str(path)) from error
    if not measurements:
        raise InputError("the file contains no measurement", str(path), f"it was read as {name}")
    source = Source(str(path), raw.sha256(), name, raw.path.stat().st_size)
    if len(measurements) == 1:
        measurements = (restored(measurements[0], description_beside(raw.path)),)
    return tuple(dataclasses.replace(m, source=source) for m in measurements)


def _doubted(name: str, module: Reader, raw: RawFile, made: tuple[Measurement, ...]) -> tuple[Measurement, ...]:
    """Measurements with the doubts about a damaged text that the reader did not find itself.

    A text that ends within a number is read again without its last line. Readers of cyclers look for broken rows.
    """
    known = {note.code for m in made for note in m.notes}
    doubts: tuple[Note, ...] = ()
    if not known & text_tail.CODES:
        end = text_tail.last_line(raw)
        doubts = (end.note,) if end.note else ()
        if end.bytes_left_out:
            made = _parsed(name, module, dataclasses.replace(raw, bytes_left_out=end.bytes_left_out))
    if not any(m.technique == "cycling" for m in made):
        doubts += text_tail.broken_lines(raw)
    return tuple(dataclasses.replace(m, notes=(*m.notes, *doubts)) for m in made)


def _parsed(name: str, reader: Reader, raw: RawFile) -> tuple[Measurement, ...]:
    """What a reader makes of a file.

    Raises
    ------
    InputError
        As the reader says; of any other exception in one line, with its traceback in a file.
    """
    made: tuple[Measurement, ...] | Unexpected
    try:
        with printing_aside("readers", name):
            made = guarded(lambda: _only_measurements(reader.parse(raw)), HalfcellError, OSError)
    except OSError as error:
        if error.errno is not None:
            raise  # of the system: no permission, no space left
        made = unexpected(error)
    if isinstance(made, Unexpected):
        what = f"{described('readers', name)} failed: {made.text}"
        hint = f"the file is damaged, or this is a defect of the reader; {made.details}"
        raise InputError(what, hint=hint) from made.error
    return made


def _only_measurements(made: object) -> tuple[Measurement, ...]:
    """What a reader returned, if it is what a reader has to return."""
    if not isinstance(made, list | tuple) or not all(isinstance(one, Measurement) for one in made):
        raise TypeError("it did not return a tuple of measurements")
    return tuple(made)


def read(path: str | Path) -> Measurement:
    """Read a raw file that contains one measurement.

    Raises
    ------
    InputError
        As `read_all`, and if the file contains several measurements.
    """
    measurements = read_all(path)
    if len(measurements) > 1:
        kinds = ", ".join(m.technique for m in measurements)
        raise InputError(f"the file contains {len(measurements)} measurements ({kinds})", str(path), "use read_all")
    return measurements[0]
