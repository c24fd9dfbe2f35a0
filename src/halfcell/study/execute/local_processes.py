"""Jobs on this computer: in this process, or in several of its own; a job that kills its process fails alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from halfcell.core.errors import PluginWarning
from halfcell.core.memory import collect_rarely
from halfcell.study.attempt import Attempt, attempt, passed_on
from halfcell.study.execute.jobs import Event, Job, one_after_another, several_at_once
from halfcell.techniques.one_thread import VARIABLES

_ONE_THREAD = (*VARIABLES, "POLARS_MAX_THREADS")


@dataclass(frozen=True)
class ThisProcess:
    """Does jobs one after another in this process, for the study at `root`."""

    root: Path

    def work_through(self, jobs: deque[Job]) -> Iterator[Event]:
        """Do all jobs of the queue, see `Scheduler`."""
        return one_after_another(jobs, lambda job: attempt(job.work, job.what, self.root))


@dataclass(frozen=True)
class LocalProcesses:
    """Does jobs in several processes of this computer, for the study at `root`."""

    root: Path
    workers: int

    def work_through(self, jobs: deque[Job]) -> Iterator[Event]:
        """Do all jobs of the queue, see `Scheduler`.

        If a worker process dies, the remaining jobs are done one by one, each in a process of its own, so that the one
        that is the cause fails alone.
        """
        try:
            with _processes(self.workers) as pool, _killed_when_interrupted():
                yield from several_at_once(jobs, self.root, pool, workers=self.workers, waiting=1)
        except BrokenProcessPool:
            yield from one_after_another(jobs, self._in_own_process)

    def _in_own_process(self, job: Job) -> Attempt[object]:
        with _processes(1) as pool, _killed_when_interrupted():
            try:
                return passed_on(pool.submit(attempt, job.work, job.what, self.root).result())
            except BrokenProcessPool:
                hint = "out of memory? a script that runs a study needs: if __name__ == '__main__':"
                return Attempt(failure=f"the worker process crashed (hint: {hint})")


def cpu_count() -> int:
    """How many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _killed_when_interrupted() -> Iterator[None]:
    """Kill the workers started since when the run is interrupted or given up, instead of waiting for them."""
    import multiprocessing

    before = set(multiprocessing.active_children())
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit):
        for child in set(multiprocessing.active_children()) - before:
            child.kill()
        raise


def _processes(count: int) -> ProcessPoolExecutor:
    """New processes (not forked: threads of libraries would hang), each with one thread for arithmetic."""
    import multiprocessing

    for name in _ONE_THREAD:  # here, before they start: numpy reads it once, when it is imported
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(
        max_workers=max(count, 1), mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker
    )


def _begin_worker() -> None:
    """Set up a worker: it ignores SIGINT, which the parent process handles, and exits when the parent has exited."""
    import multiprocessing

    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore", PluginWarning)  # the parent process reports it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with, args=(parent,), daemon=True).start()


def _exit_with(parent: BaseProcess) -> None:
    parent.join()
    sys.stderr.flush()
    os._exit(1)
