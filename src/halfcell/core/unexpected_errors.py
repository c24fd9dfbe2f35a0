"""Exceptions that nobody expected: one line for the user, the traceback in a file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")
_FOLDER: ContextVar[Path | None] = ContextVar("_FOLDER", default=None)


class Unexpected(NamedTuple):
    """An exception: itself, what it says in one line, the file with its traceback (None where it was not written)."""

    error: BaseException
    text: str
    report: Path | None = None

    def __str__(self) -> str:
        """The line, and where to look further."""
        return f"{self.text} ({self.details})" if self.report else self.text

    @property
    def details(self) -> str:
        """Where to look further, for a hint."""
        return f"the details are in {self.report}" if self.report else "the details could not be written to a file"


def guarded(work: Callable[[], T], *expected: type[BaseException]) -> T | Unexpected:
    """Call code that may raise anything: damaged files, code of other packages, defects of halfcell.

    Parameters
    ----------
    work
        The call, without arguments.
    expected
        Exceptions that pass: the caller handles them. An interruption by the user always passes.

    Returns
    -------
    object
        What `work` returns, or the `Unexpected` in its place. Libraries also raise what is not an `Exception`: a
        module that calls ``sys.exit()`` when it is imported, a panic in a Rust extension.
    """
    try:
        return work()
    except BaseException as error:  # the one place for code that may raise anything
        if isinstance(error, (KeyboardInterrupt, GeneratorExit, *expected)):
            raise
        return unexpected(error)


def unexpected(error: BaseException) -> Unexpected:
    """An exception in one line, with its traceback written to a file; errors of halfcell say all in their line."""
    from halfcell.core.errors import HalfcellError

    report = None if isinstance(error, HalfcellError) else _write_report(error)
    return Unexpected(error, one_line(error), report)


@contextmanager
def reports_in(folder: Path) -> Iterator[None]:
    """Have tracebacks written to a folder, for instance of a study, instead of the temporary folder."""
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def one_line(error: BaseException) -> str:
    """The kind of an exception and the first line of its message; of an error of halfcell its own text alone."""
    from halfcell.core.errors import HalfcellError

    lines = str(error).strip().splitlines()
    line = lines[0] if lines else "no message"
    return line if isinstance(error, HalfcellError) else f"{type(error).__name__}: {line}"


def _write_report(error: BaseException) -> Path | None:
    """Write versions, command line and traceback to a file; the same defect is always written to the same file."""
    import hashlib
    import platform
    import traceback

    from halfcell import __version__

    trace = "".join(traceback.format_exception(error))
    name = f"{type(error).__name__}-{hashlib.sha256(trace.encode(errors='replace')).hexdigest()[:8]}.txt"
    facts = (
        f"halfcell {__version__}, Python {platform.python_version()} on {platform.platform()}",
        f"command: {' '.join(sys.argv)}",
    )
    try:
        path = _folder() / name
        path.write_text("\n".join((*facts, "", trace)), encoding="utf-8", errors="replace")
    except OSError:
        return None
    return path


def _folder() -> Path:
    """The folder for reports: the one that was set, else the user's own in the temporary folder."""
    import os
    import tempfile
    from pathlib import Path

    chosen = _FOLDER.get()
    if chosen is not None:
        chosen.mkdir(parents=True, exist_ok=True)
        return chosen
    user = os.getuid() if hasattr(os, "getuid") else "reports"
    folder = Path(tempfile.gettempdir()) / f"halfcell-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and folder.lstat().st_uid != user:
        return Path(tempfile.mkdtemp(prefix="halfcell-"))  # somebody else made a folder of this name
    return folder
