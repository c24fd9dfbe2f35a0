"""Jobs, and the schedulers that do them: a scheduler takes jobs from a queue and reports which begin and end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from halfcell.study.attempt import Attempt, attempt, failure_text, passed_on

if TYPE_CHECKING:
    from halfcell.study.cache.shared_store import SharedStore


@dataclass(frozen=True)
class Job:
    """A piece of work: a function of a module (it is sent to other processes), and what it is done to.

    `key` names it on a cluster. Jobs of one `group` take about the same time, and small ones are sent together; one
    without a group goes alone. `far` gives the same job for a worker that has nothing of this folder but what is in a
    shared store; a job without it is done here where the workers share only a store.
    """

    work: Callable[[Any, Path], object]
    what: Any
    key: str = ""
    group: str = ""
    far: Callable[[Job, Path, SharedStore], Job] | None = None


@dataclass(frozen=True)
class Started:
    """The jobs that are being worked on now."""

    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class Finished:
    """A job that has ended, and how."""

    job: Job
    attempt: Attempt[Any]


Event = Started | Finished


class Scheduler(Protocol):
    """Does jobs: in this process, in processes of this computer, or on a cluster."""

    def work_through(self, jobs: deque[Job]) -> Iterator[Event]:
        """Do all jobs, from the front of the queue on, and report each one that begins and each one that ends.

        Jobs that are put into the queue while this goes on are done, too; those put in front come next. A job that
        fails, or that kills its process, fails alone.
        """
        ...


def one_after_another(jobs: deque[Job], do: Callable[[Job], Attempt[Any]]) -> Iterator[Event]:
    """Do the jobs of a queue one at a time."""
    while jobs:
        job = jobs.popleft()
        yield Started((job,))
        yield Finished(job, do(job))


def several_at_once(jobs: deque[Job], root: Path, pool: Executor, workers: int, waiting: int) -> Iterator[Event]:
    """Do the jobs of a queue in a pool of workers.

    Few jobs are in the pool at a time, so that those put in front of the queue meanwhile come next. If a worker dies,
    the jobs that were in the pool go back into the queue.

    Parameters
    ----------
    jobs
        The queue.
    root
        The study's folder.
    pool
        What runs the jobs.
    workers
        How many jobs it runs at a time.
    waiting
        How many more are sent to it, so that no worker is idle.

    Raises
    ------
    BrokenProcessPool
        If a worker died.
    """
    sent: dict[Future[Attempt[object]], Job] = {}
    try:
        while jobs or sent:
            while jobs and len(sent) < workers + waiting:
                future = pool.submit(attempt, jobs[0].work, jobs[0].what, root)
                sent[future] = jobs.popleft()
            yield Started(tuple(sent.values())[:workers])
            for future in wait(sent, return_when=FIRST_COMPLETED).done:
                end = _end(future, root)
                yield Finished(sent.pop(future), end)
    except BrokenProcessPool:
        _put_in_front(jobs, sent.values())
        raise
    finally:
        for future in sent:
            future.cancel()


def _end(future: Future[Attempt[object]], root: Path) -> Attempt[object]:
    """How the job of a finished future ended.

    Raises
    ------
    BrokenProcessPool
        If a worker died.
    """
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        raise error
    return Attempt(failure=failure_text(error, root)) if error else passed_on(future.result())


def _put_in_front(jobs: deque[Job], others: Iterable[Job]) -> None:
    jobs.extendleft(reversed(tuple(others)))
