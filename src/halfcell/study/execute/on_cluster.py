"""The jobs that are on a Dask cluster: sent in batches, received, and sent again when a worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from halfcell.core.optional_dependencies import require
from halfcell.study.attempt import Attempt, attempt, failure_text, passed_on
from halfcell.study.cache.shared_store import SharedStore
from halfcell.study.execute.batches import BatchSizes
from halfcell.study.execute.cluster_job import do_batch
from halfcell.study.execute.far_step import compute_far_step, receive, send
from halfcell.study.execute.jobs import Event, Finished, Job, Started
from halfcell.study.plan.identified_plan import Step

_BATCHES_PER_THREAD: Final = 3  # sent at a time, so that no thread waits for the network


class OnCluster:
    """Sends the jobs of a queue to a cluster, and keeps those that are there by their futures.

    `alone` holds the jobs (by identity) that were on a worker when it died, whichever of them was the cause. They wait
    until all others are done, and each is then the only one on the cluster, so that the cause fails alone.
    """

    def __init__(
        self,
        client: Any,
        root: Path,
        shared: SharedStore | None,
        sizes: BatchSizes,
        alone: set[int],
        *,
        fresh: bool = False,
    ) -> None:
        self._client, self._root, self._shared = client, root, shared
        self._sizes, self._alone, self._fresh = sizes, alone, fresh
        self._sent: dict[Any, tuple[Job, ...]] = {}

    def work_through(self, jobs: deque[Job]) -> Generator[Event, None, tuple[Job, ...]]:
        """Do all jobs; returns those that were on the cluster when its scheduler went, none if all are done."""
        try:
            while jobs or self._sent:
                threads = sum(self._client.nthreads().values())
                yield from self._send(jobs, max(threads, 1))
                if self._sent:
                    yield Started(self._jobs_sent[: max(threads, 1)])
                    yield from self._receive(jobs)
        except (CancelledError, OSError):
            return self._jobs_sent
        finally:
            for future in self._sent:
                future.release()
        return ()

    @property
    def _jobs_sent(self) -> tuple[Job, ...]:
        return tuple(job for batch in self._sent.values() for job in batch)

    def _send(self, jobs: deque[Job], threads: int) -> Iterator[Event]:
        """Send batches until all threads have enough to do; with a shared store, items are made here."""
        while jobs and len(self._sent) < _BATCHES_PER_THREAD * threads:
            if self._sent and any(id(job) in self._alone for job in (jobs[0], *self._jobs_sent)):
                return
            if self._shared is None:
                self._submit(self._sizes.next_batch(jobs, threads, self._alone))
            elif not isinstance(jobs[0].what, Step) and jobs[0].far is None:
                job = jobs.popleft()
                yield Finished(job, attempt(job.work, job.what, self._root))
            else:
                batch = self._sizes.next_batch(jobs, threads, self._alone)
                known = [not self._fresh and self._fetch(job, self._shared) for job in batch]
                yield from (Finished(job, Attempt()) for job, is_known in zip(batch, known, strict=True) if is_known)
                self._submit(tuple(job for job, is_known in zip(batch, known, strict=True) if not is_known))

    def _submit(self, batch: tuple[Job, ...]) -> None:
        if not batch:
            return
        works = [self._far(job, self._shared) if self._shared else job for job in batch]
        future = self._client.submit(do_batch, works, None if self._shared else self._root, key=_key(batch), pure=False)
        self._sent[future] = batch

    def _far(self, job: Job, shared: SharedStore) -> Job:
        """The same job for a worker that has nothing of this study but what is in the shared store."""
        if job.far is not None:
            return job.far(job, self._root, shared)
        return replace(job, work=compute_far_step, what=send(job.what, self._root, shared, fresh=self._fresh))

    def _receive(self, jobs: deque[Job]) -> Iterator[Event]:
        """Wait for the next batch, and report how its jobs ended; those whose worker died go back into the queue."""
        done, _ = require("distributed", "cluster").wait(list(self._sent), return_when="FIRST_COMPLETED")
        for future in done:
            if future.cancelled():
                raise CancelledError
            batch, end = self._sent[future], _end(future)
            if not isinstance(end, BaseException):
                seconds, ends = end
                self._sizes.observe(batch, seconds)
                yield from map(self._finished, batch, ends)
            elif _has_died(end) and not all(id(job) in self._alone for job in batch):
                self._alone.update(id(job) for job in batch)
                jobs.extend(batch)
            else:
                text = "its worker died each time (out of memory?)" if _has_died(end) else ""
                text = text or failure_text(end, self._root)
                yield from (Finished(job, Attempt(failure=text)) for job in batch)
            del self._sent[future]
            future.release()

    def _finished(self, job: Job, end: Attempt[Any]) -> Finished:
        """How a job ended; the results of a step that was computed far away are fetched."""
        end = passed_on(end)
        is_step = isinstance(job.what, Step)
        if self._shared is not None and is_step and not end.failure and not self._fetch(job, self._shared):
            return Finished(job, Attempt(failure=f"its results are missing from the shared store {self._shared.url}"))
        return Finished(job, end)

    def _fetch(self, job: Job, shared: SharedStore) -> bool:
        """Fetch the results of a step that are in the shared store; other jobs have none there."""
        return isinstance(job.what, Step) and receive(job.what, self._root, shared)


def _end(future: Any) -> tuple[float, list[Attempt[Any]]] | BaseException:
    """What a batch gave, or the error with which it ended.

    A worker that dies after its batch and before the result is fetched lets the batch be done again: its error then
    comes with the result.
    """
    error = future.exception()
    if error is not None:
        return cast("BaseException", error)
    try:
        return cast("tuple[float, list[Attempt[Any]]]", future.result())
    except require("distributed", "cluster").KilledWorker as died:
        return cast("BaseException", died)


def _has_died(error: BaseException) -> bool:
    """Whether the workers of a job died, more often than the scheduler allows."""
    return type(error).__name__ == "KilledWorker"


def _key(batch: tuple[Job, ...]) -> str:
    """The name of a batch on the cluster."""
    return "-".join(job.key for job in batch)
