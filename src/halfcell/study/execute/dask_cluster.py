"""Jobs on a Dask cluster that shares this file system (extra ``cluster``)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from halfcell.core.optional_dependencies import require
from halfcell.study.execute.jobs import Event, Job, several_at_once

_LEAST_JOBS = 4  # sent to a cluster at a time, however few threads it has
_JOBS_PER_THREAD = 4  # sent to a cluster at a time, so that no thread waits for the network


@dataclass(frozen=True)
class DaskCluster:
    """Does jobs on the cluster of the Dask scheduler at `address`, for the study at `root`."""

    root: Path
    address: str

    def work_through(self, jobs: deque[Job]) -> Iterator[Event]:
        """Do all jobs of the queue, see `Scheduler`.

        Raises
        ------
        MissingExtra
            If Dask is not installed.
        """
        client = require("distributed", "cluster").Client(self.address)
        with client, client.get_executor(pure=False) as pool:
            workers = max(_JOBS_PER_THREAD * sum(client.nthreads().values()), _LEAST_JOBS) - 1
            yield from several_at_once(jobs, self.root, pool, workers=workers, waiting=1)
