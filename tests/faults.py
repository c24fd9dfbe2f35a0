"""Let the n-th operation on the files of a study (write, sync, rename ...) fail, or kill the process."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest import mock

KILLED: Final = 9
"""Exit status of a process that was killed at an operation."""
FAULTS: Final = {"disk full": errno.ENOSPC, "input/output error": errno.EIO, "killed": 0}
"""What happens at the operation -> number of the error; 0: the process is killed."""
_WRITING: Final = frozenset("wxa+")
_SYSTEM: Final = {"replace": "rename", "rename": "rename", "fsync": "sync", "mkdir": "folder", "unlink": "remove"}
Call = Callable[..., Any]


@contextmanager
def failing(root: Path, at: int, number: int) -> Iterator[list[str]]:
    """Let the operation of that number below a folder fail with that error, once; yields the kinds of those so far.

    A write that fails has written half of its content. With error 0 the process is killed, without any clean-up.
    """
    counter = _Counter(os.path.join(os.path.realpath(root), ""), at, number)
    with ExitStack() as stack:
        for name, kind in _SYSTEM.items():
            stack.enter_context(mock.patch.object(os, name, counter.counted(kind, getattr(os, name))))
        for module in (io, builtins):
            stack.enter_context(mock.patch.object(module, "open", counter.opened(module.open)))
        for name in ("write_bytes", "write_text"):
            stack.enter_context(mock.patch.object(Path, name, counter.written(getattr(Path, name))))
        yield counter.done


class _Counter:
    """Counts operations below a folder, and lets one of them fail."""

    def __init__(self, below: str, at: int, number: int) -> None:
        self._below, self._at, self._number = below, at, number
        self.done: list[str] = []

    def counted(self, kind: str, what: Call) -> Call:
        """An operation of the system on a path or an open file."""

        def call(place: Any, *args: Any, **options: Any) -> Any:
            if self._fails(kind, place):
                self._fail(place)
            return what(place, *args, **options)

        return call

    def opened(self, what: Call) -> Call:
        """`open`, which counts if it is for writing."""

        def call(place: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if not isinstance(place, int) and _WRITING & set(mode) and self._fails("open", place):
                self._fail(place)
            return what(place, mode, *args, **options)

        return call

    def written(self, what: Call) -> Call:
        """A method that writes a whole file."""

        def call(path: Path, content: Any, *args: Any, **options: Any) -> Any:
            if self._fails("write", path):
                what(path, content[: len(content) // 2], *args, **options)
                self._fail(path)
            return what(path, content, *args, **options)

        return call

    def _fails(self, kind: str, place: object) -> bool:
        if not _real(place).startswith(self._below):
            return False
        self.done.append(kind)
        return len(self.done) == self._at

    def _fail(self, place: object) -> None:
        if not self._number:
            os._exit(KILLED)
        raise OSError(self._number, os.strerror(self._number), None if isinstance(place, int) else os.fspath(place))


def _real(place: object) -> str:
    """The path of a file, also of one that is open."""
    return os.path.realpath(f"/proc/self/fd/{place}" if isinstance(place, int) else os.fspath(place))  # type: ignore[arg-type]
