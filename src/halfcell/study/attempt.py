"""Attempt a piece of work: whatever goes wrong becomes a failure in one line, and the other work goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from halfcell.core.errors import HalfcellError
from halfcell.core.plugins import Kind, report_once, reported
from halfcell.core.unexpected_errors import Unexpected, guarded, reports_in, unexpected
from halfcell.study.cache.store_files import FOLDER

What = TypeVar("What")
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Attempt(Generic[Value]):
    """How a piece of work ended: its value, or why it failed.

    `reports` are the plug-ins that its process found not to work.
    """

    value: Value | None = None
    failure: str = ""
    reports: tuple[tuple[Kind, str, str], ...] = ()


def attempt(work: Callable[[What, Path], Value], what: What, root: Path) -> Attempt[Value]:
    """Do a piece of work in the study at `root`; any exception is its failure and does not stop other work."""
    with reports_in(root / FOLDER / "failures"):
        end = guarded(lambda: work(what, root))
    if isinstance(end, Unexpected):
        return Attempt(failure=_text(end, root), reports=reported())
    return Attempt(value=end, reports=reported())


def passed_on(end: Attempt[Value]) -> Attempt[Value]:
    """An attempt of a worker process, after this process has reported the plug-ins that do not work there."""
    for kind, name, problem in end.reports:
        report_once(kind, name, problem)
    return end


def failure_text(error: BaseException, root: Path) -> str:
    """One line for a failure; the traceback of an unexpected one is kept in a file."""
    with reports_in(root / FOLDER / "failures"):
        return _text(unexpected(error), root)


def _text(failure: Unexpected, root: Path) -> str:
    """One line, with paths as seen from the study's folder; for a defect also where its traceback is."""
    defect = "" if isinstance(failure.error, HalfcellError) else f" (hint: a defect; {failure.details})"
    return f"{failure.text}{defect}".replace(str(root) + os.sep, "")
