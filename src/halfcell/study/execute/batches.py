"""Batches of small jobs, so that sending them costs little beside the work."""

from __future__ import annotations

from collections import deque
from typing import Final

from halfcell.study.execute.jobs import Job

_SECONDS: Final = 0.5  # of work in a batch: sending one takes some milliseconds
_LARGEST: Final = 32  # jobs of a batch
_ROUNDS: Final = 4  # batches that must be left for each thread, so that all threads end at about the same time


class BatchSizes:
    """How many jobs of a group go together, by the time that jobs of it took so far; at first one."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def observe(self, batch: tuple[Job, ...], seconds: float) -> None:
        """Learn from the time that the jobs of a batch took on their worker."""
        group, each = batch[0].group, seconds / len(batch)
        self._seconds[group] = (self._seconds.get(group, each) + each) / 2

    def next_batch(self, jobs: deque[Job], threads: int, alone: set[int]) -> tuple[Job, ...]:
        """Take the next jobs from the front of the queue: some of one group, or one.

        Parameters
        ----------
        jobs
            The queue; it has at least one job.
        threads
            How many jobs the cluster does at a time.
        alone
            The jobs (by identity) that are to be sent alone.
        """
        batch = [jobs.popleft()]
        size = self._size(batch[0], threads, len(jobs), alone)
        while jobs and len(batch) < size and _go_together(batch[0], jobs[0], alone):
            batch.append(jobs.popleft())
        return tuple(batch)

    def _size(self, first: Job, threads: int, left: int, alone: set[int]) -> int:
        if not first.group or id(first) in alone:
            return 1
        each = self._seconds.get(first.group, _SECONDS)
        return min(_LARGEST, int(_SECONDS / max(each, 1e-3)), left // (_ROUNDS * max(threads, 1)))


def _go_together(first: Job, other: Job, alone: set[int]) -> bool:
    return other.group == first.group and id(other) not in alone
