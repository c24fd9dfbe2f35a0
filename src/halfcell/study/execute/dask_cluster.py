"""Jobs on a Dask cluster (extra ``cluster``), which shares this file system, or a store and nothing else."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require
from halfcell.study.cache.shared_store import SharedStore
from halfcell.study.execute.batches import BatchSizes
from halfcell.study.execute.cluster import Cluster
from halfcell.study.execute.jobs import Event, Job
from halfcell.study.execute.on_cluster import OnCluster

_PATIENCE: Final = 300.0  # seconds that a run waits for a scheduler that has gone to come back
_FIRST_PATIENCE: Final = 30.0  # seconds that it waits for the first answer
_PAUSE: Final = 2.0  # seconds between two attempts to reach it
_GOODBYE: Final = 5.0  # seconds to take leave of a scheduler


@dataclass(frozen=True)
class DaskCluster:
    """Does jobs on a cluster, for the study at `root`.

    Where the cluster has a store, the workers need nothing else: raw files are put there and results fetched from
    there, and figures and tables are made here. Results that are in the store already are used, unless the run is
    `fresh`.
    """

    root: Path
    cluster: Cluster
    fresh: bool = False

    def work_through(self, jobs: deque[Job]) -> Iterator[Event]:
        """Do all jobs of the queue, see `Scheduler`.

        A worker that dies costs only time: its jobs are done by others, and a job with which workers die again and
        again fails alone. When the scheduler goes, the run waits for it to come back, and goes on with what is left.

        Raises
        ------
        MissingExtra
            If Dask is not installed.
        InputError
            If the scheduler does not answer, or does not come back.
        """
        distributed = require("distributed", "cluster")
        shared = SharedStore(self.cluster.store) if self.cluster.store else None
        if shared is not None:
            shared.check()
        sizes, alone, patience = BatchSizes(), set[int](), _FIRST_PATIENCE
        while True:
            with _client(distributed, self.cluster.address, patience) as client:
                work = OnCluster(client, self.root, shared, sizes, alone, fresh=self.fresh)
                lost = yield from work.work_through(jobs)
            if not lost:
                return
            jobs.extendleft(reversed(lost))
            patience = _PATIENCE


@contextmanager
def _client(distributed: ModuleType, address: str, patience: float) -> Iterator[Any]:
    """A client of the scheduler; what its library logs when the scheduler goes is left out, since the run tells it."""
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        client = _connected(distributed, address, patience)
        try:
            yield client
        finally:
            with suppress(OSError, TimeoutError):
                client.close(timeout=_GOODBYE)
    finally:
        log.setLevel(level)


def _connected(distributed: ModuleType, address: str, patience: float) -> Any:
    """A client of the scheduler, after as many attempts as the patience allows.

    Raises
    ------
    InputError
        If it does not answer in that time, or the address is none.
    """
    end = time.monotonic() + patience
    while True:
        try:
            return distributed.Client(address, timeout=max(end - time.monotonic(), 1.0))
        except ValueError as error:
            raise InputError(
                f"no address of a Dask scheduler: {error}", address, "for example tcp://host:8786"
            ) from error
        except (OSError, TimeoutError) as error:
            if time.monotonic() > end - _PAUSE:
                hint = "is it running? what was computed is kept; run again to go on"
                raise InputError("no Dask scheduler answers", address, hint) from error
            time.sleep(_PAUSE)
