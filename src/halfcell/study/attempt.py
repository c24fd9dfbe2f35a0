"""Attempt a piece of work: whatever goes wrong becomes a failure in one line, and the other work goes on."""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from halfcell.core.errors import HalfcellError
from halfcell.study.cache.results import FOLDER, Store

What = TypeVar("What")
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Attempt(Generic[Value]):
    """How a piece of work ended: its value, or why it failed."""

    value: Value | None = None
    failure: str = ""


def attempt(work: Callable[[What, Path], Value], what: What, root: Path) -> Attempt[Value]:
    """Do a piece of work in the study at `root`; any exception is its failure and does not stop other work."""
    try:
        return Attempt(value=work(what, root))
    except Exception as error:  # noqa: BLE001 (the one place: a failed item is reported, the others go on)
        return Attempt(failure=failure_text(error, root))


def failure_text(error: BaseException, root: Path) -> str:
    """One line for a failure; the traceback of an unexpected one is kept in a file."""
    if isinstance(error, HalfcellError):
        return str(error).replace(str(root) + os.sep, "")
    text = "".join(traceback.format_exception(error))
    name = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = root / FOLDER / "failures" / f"{type(error).__name__}-{name}.txt"
    Store(root).put(path, text)
    line = str(error).splitlines()[0] if str(error) else "no message"
    return f"{type(error).__name__}: {line} (hint: a bug; the details are in {path.relative_to(root).as_posix()})"
