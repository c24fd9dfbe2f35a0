"""What is asked of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.study.execute.cluster import Cluster
    from halfcell.study.execute.outcome import Progress

Publish = Callable[["Document", Path], tuple[Path, ...]]
"""Writes the report of a document into a folder and returns the files."""
OnProgress = Callable[["Progress"], None]
"""Is called with the progress of a run, for instance to show a bar."""


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What is asked of a run.

    Parameters
    ----------
    items
        Ids or names of items; none means all.
    workers
        Number of worker processes; 0 means one per CPU, 1 means this process.
    cluster
        The Dask cluster that does the work, if there is one.
    fresh
        Whether to compute everything again.
    publish
        Writes the report; without it there is none.
    on_progress
        Is called with the progress.
    """

    items: tuple[str, ...] = ()
    workers: int = 0
    cluster: Cluster | None = None
    fresh: bool = False
    publish: Publish | None = None
    on_progress: OnProgress | None = None
