"""What is asked of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.study.execute.outcome import Progress

Publish = Callable[["Document", Path], tuple[Path, ...]]  # writes the report of a document into a folder
Tell = Callable[["Progress"], None]


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What is asked of a run.

    `items` are ids or names of items (none means all), `workers` and `scheduler` say where the work is done, with
    `fresh` everything is computed again; `publish` writes the report, `tell` is called with the progress.
    """

    items: tuple[str, ...] = ()
    workers: int = 0
    scheduler: str = ""
    fresh: bool = False
    publish: Publish | None = None
    tell: Tell | None = None
