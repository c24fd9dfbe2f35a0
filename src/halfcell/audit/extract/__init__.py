"""Extractors: document -> tables and captions, one file per format; every cell keeps its printed string.

An extractor is a module here (or an entry point in the group ``halfcell.extractors``) with

* a docstring whose first line says what it reads,
* ``SUFFIXES``: the suffixes it may have, lower case,
* ``recognises(raw) -> bool``: looks at the content (`RawFile.head`) and never raises,
* ``extract(raw, progress) -> Paper``: `progress(done, total, what)` may be called as often as it likes.

The suffix names the format and the content must agree, so that a file with a wrong name is reported, not misread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from halfcell.audit.extract.common.signatures import signature
from halfcell.core.errors import HalfcellError, InputError, UnrecognisedFile
from halfcell.core.limits import MAX_BYTES, MAX_DOCUMENT
from halfcell.core.plugins import described, printing_aside, report_once, working
from halfcell.core.raw import RawFile
from halfcell.core.unexpected_errors import Unexpected, guarded
from halfcell.core.unpacked_size import check_archive

if TYPE_CHECKING:
    from halfcell.core.printed_document import Paper

__all__ = ["Extractor", "Progress", "extract", "find"]

Progress = Callable[[int, int, str], None]


class Extractor(Protocol):
    """What the module of an extractor provides."""

    SUFFIXES: tuple[str, ...]

    def recognises(self, raw: RawFile) -> bool:
        """Whether the content has this format."""
        ...

    def extract(self, raw: RawFile, progress: Progress) -> Paper:
        """Read tables and captions."""
        ...


def _recognises(name: str, extractor: Extractor, raw: RawFile) -> bool:
    """Whether an extractor takes a file; one that fails instead of answering is reported once and does not."""
    with printing_aside("extractors", name):
        answer = guarded(lambda: extractor.recognises(raw), HalfcellError)
    if isinstance(answer, Unexpected):
        what = f"{described('extractors', name)} failed to look at {raw.path.name}: {answer}"
        report_once("extractors", name, what)
        return False
    return answer


def silent(done: int, total: int, what: str) -> None:
    """Report no progress."""


def extract(path: str | Path, progress: Progress = silent) -> Paper:
    """Read the tables and captions of a document.

    Raises
    ------
    InputError
        If the file is missing, empty, too large, damaged or encrypted, or not what its name says.
    """
    raw = RawFile(Path(path))
    name, extractor = find(raw)
    try:
        with printing_aside("extractors", name):
            paper = guarded(lambda: extractor.extract(raw, progress), HalfcellError)
    except HalfcellError as error:
        raise error.at(str(path)) from error
    if isinstance(paper, Unexpected) and isinstance(paper.error, MemoryError):
        raise InputError("reading it needs more memory than there is", str(path), "leave out pictures and raw data")
    if isinstance(paper, Unexpected):
        what = f"{described('extractors', name)} failed: {paper.text}"
        hint = f"the file is damaged, or this is a defect of the extractor; {paper.details}"
        raise InputError(what, str(path), hint) from paper.error
    return paper


def find(raw: RawFile) -> tuple[str, Extractor]:
    """Find the extractor of a file by its suffix; its content must agree.

    Raises
    ------
    UnrecognisedFile
        If no extractor reads this suffix, or the content has another format.
    InputError
        If the file is missing, empty or too large.
    """
    where = str(raw.path)
    if not raw.path.is_file():
        raise InputError("no such file", where, "check the path")
    if raw.path.stat().st_size > MAX_BYTES:
        raise InputError(f"the file is larger than {MAX_BYTES >> 20} MiB", where, "leave out pictures and raw data")
    if not raw.head:
        raise InputError("the file is empty", where)
    if raw.head.startswith(b"PK\x03\x04"):
        check_archive(raw.path, MAX_DOCUMENT)
    known = {name: cast(Extractor, module) for name, module in working("extractors")}
    fitting = [(n, e) for n, e in known.items() if raw.suffix in e.SUFFIXES]
    for name, extractor in fitting:
        if _recognises(name, extractor, raw):
            return name, extractor
    kind = signature(raw.head)
    if not fitting:
        taken = ", ".join(sorted({s for e in known.values() for s in e.SUFFIXES}))
        what = f"no extractor reads {raw.suffix or 'a file without suffix'}"
        raise UnrecognisedFile(what, where, f"formats that can be read: {taken}")
    raise UnrecognisedFile(f"the file is named {raw.suffix} but is {kind.what}", where, kind.hint)
