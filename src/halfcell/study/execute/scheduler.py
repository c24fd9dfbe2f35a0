"""The runner: jobs in local processes (or on a Dask cluster); a job that fails, or kills its worker, fails alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from halfcell.core.errors import HalfcellError, PluginWarning
from halfcell.core.extras import require
from halfcell.core.plugins import Kind, report_once, reported
from halfcell.core.unexpected import Unexpected, guarded, reports_in, unexpected
from halfcell.study.cache.results import FOLDER, Store
from halfcell.study.execute.step import compute
from halfcell.study.items.compose import produce
from halfcell.study.records import Made, Step, Task


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """How a job ended: its value, or why it failed; `reports` are the plug-ins that its process found not to work."""

    value: Any = None
    failure: str = ""
    reports: tuple[tuple[Kind, str, str], ...] = ()


def do_step(step: Step, root: Path) -> None:
    """Compute a step and keep its results."""
    Store(root).save(step.id, compute(step, root))


def do_item(task: Task, root: Path) -> Made:
    """Make an item's files and keep the record."""
    return produce(task, root)


def attempt(work: Callable[[Any, Path], Any], job: Any, root: Path) -> Attempt:
    """Do a job; whatever goes wrong is its own failure, in one line, and does not stop the others."""
    with reports_in(root / FOLDER / "failures"):
        end = guarded(lambda: work(job, root))
    if isinstance(end, Unexpected):
        return Attempt(failure=_said(end, root), reports=reported())
    return Attempt(value=end, reports=reported())


def _heard(end: Attempt) -> Attempt:
    """A job's end, after this process has said what the worker did not: which plug-ins do not work."""
    for kind, name, problem in end.reports:
        report_once(kind, name, problem)
    return end


def _said(failure: Unexpected, root: Path) -> str:
    """One line for a failure, with paths as seen from the study's folder; of a defect also where its traceback is."""
    defect = "" if isinstance(failure.error, HalfcellError) else f" (hint: a defect; {failure.details})"
    return f"{failure.text}{defect}".replace(str(root) + os.sep, "")


@dataclass(frozen=True)
class Job:
    """A piece of work: a function of this or another module, and what it is done to."""

    work: Callable[[Any, Path], Any]
    what: Any


_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
After = Callable[[Job, Attempt], Iterable[Job]]
Begun = Callable[["tuple[Job, ...]"], None]


@dataclass(frozen=True)
class Crew:
    """Workers for the jobs of one run; `begun` hears which jobs are at work."""

    root: Path
    workers: int = 0
    scheduler: str = ""
    begun: Begun = lambda _: None

    def work(self, jobs: Iterable[Job], after: After) -> None:
        """Do every job; `after` hears how each ended and may give more, which are done first.

        If a worker dies, what was left is done one by one in processes of their own, so that the cause is found.
        """
        left = deque(jobs)
        if not left:
            return
        if not self.scheduler and (self.workers or processors()) == 1:
            _in_turn(left, after, self._here)
            return
        running: dict[Future[Attempt], Job] = {}
        try:
            with self._executor() as (pool, limit):
                self._together(pool, limit, left, running, after)
        except BrokenProcessPool:
            left.extendleft(reversed(running.values()))
            _in_turn(left, after, self._alone)

    def _here(self, job: Job) -> Attempt:
        """Do one job in this process."""
        self.begun((job,))
        return attempt(job.work, job.what, self.root)

    def _together(
        self, pool: Executor, limit: int, left: deque[Job], running: dict[Future[Attempt], Job], after: After
    ) -> None:
        """Keep the pool busy: few jobs in flight, so that what follows from a job comes next."""
        try:
            while left or running:
                while left and len(running) < limit:
                    job = left.popleft()
                    running[pool.submit(attempt, job.work, job.what, self.root)] = job
                self.begun(tuple(running.values())[: limit - 1])  # one more waits, so that no worker does
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        raise error
                    done = self._failed(error) if error else _heard(future.result())
                    left.extendleft(reversed(tuple(after(running.pop(future), done))))
        finally:
            for future in running:
                future.cancel()

    def _failed(self, error: BaseException) -> Attempt:
        """The end of a job that did not come back from its worker."""
        with reports_in(self.root / FOLDER / "failures"):
            return Attempt(failure=_said(unexpected(error), self.root))

    def _alone(self, job: Job) -> Attempt:
        """Do one job in a process of its own: if it dies, this job is the cause."""
        self.begun((job,))
        with _processes(1) as pool:
            try:
                return _heard(pool.submit(attempt, job.work, job.what, self.root).result())
            except BrokenProcessPool:
                hint = "out of memory? a script that runs a study needs: if __name__ == '__main__':"
                return Attempt(failure=f"the process that did this died (hint: {hint})")

    @contextmanager
    def _executor(self) -> Iterator[tuple[Executor, int]]:
        """The cluster's executor or local processes, and how many jobs are to be in flight."""
        if self.scheduler:
            client = require("distributed", "cluster").Client(self.scheduler)
            with client, client.get_executor(pure=False) as pool:
                yield pool, max(4 * sum(client.nthreads().values()), 4)
        else:
            count = self.workers or processors()
            with _processes(count) as pool, _leaving_at_once():
                yield pool, count + 1


@contextmanager
def _leaving_at_once() -> Iterator[None]:
    """On Ctrl-C end the workers that were started since, instead of waiting for what they do."""
    import multiprocessing

    before = set(multiprocessing.active_children())
    try:
        yield
    except KeyboardInterrupt:
        for child in set(multiprocessing.active_children()) - before:
            child.kill()
        raise


def _in_turn(left: deque[Job], after: After, do: Callable[[Job], Attempt]) -> None:
    while left:
        job = left.popleft()
        left.extendleft(reversed(tuple(after(job, do(job)))))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processes(count: int) -> ProcessPoolExecutor:
    """Fresh processes (never forked: threads of libraries would hang), one thread of arithmetic each."""
    import multiprocessing

    for name in _ONE_THREAD:  # here, before they start: numpy reads it once, when it is imported
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(
        max_workers=max(count, 1), mp_context=multiprocessing.get_context("spawn"), initializer=_begin
    )


def _begin() -> None:
    """Set up a worker: deaf to Ctrl-C (the run hears it), and gone when the run is gone."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore", PluginWarning)  # the parent process says it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: Any) -> None:
    parent.join()
    sys.stderr.flush()
    os._exit(1)
