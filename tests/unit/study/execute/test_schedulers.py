"""Schedulers: jobs put in front come next; one that fails, or kills its process, fails alone; a run can be left."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from halfcell.study.execute.jobs import Finished, Job, Scheduler, Started
from halfcell.study.execute.local_processes import ThisProcess
from halfcell.study.execute.scheduler import scheduler_for
from study_environment import PLUGIN


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Job]:
    """Make a job of a word: see `fake_jobs`."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    import fake_jobs

    return lambda word: Job(fake_jobs.do, word)


@pytest.fixture(params=[1, 2])
def scheduler(request: pytest.FixtureRequest, tmp_path: Path) -> Scheduler:
    """A scheduler of that many processes."""
    return scheduler_for(tmp_path, workers=request.param)


def _ends(scheduler: Scheduler, jobs: deque[Job]) -> dict[str, str | None]:
    """Word of each job -> its value, or the first words of its failure."""
    finished = [event for event in scheduler.work_through(jobs) if isinstance(event, Finished)]
    assert not jobs
    assert len({event.job.what for event in finished}) == len(finished), "each job ends once"
    return {event.job.what: event.attempt.value or event.attempt.failure.split(" (hint")[0] for event in finished}


def test_a_job_that_raises_fails_alone(scheduler: Scheduler, job: Callable[[str], Job], tmp_path: Path) -> None:
    ends = _ends(scheduler, deque(map(job, ("a", "raise", "b"))))
    assert ends == {"a": "A", "raise": "RuntimeError: raise", "b": "B"}
    (kept,) = (tmp_path / ".halfcell/failures").iterdir()
    assert "Traceback" in kept.read_text(encoding="utf-8")


def test_jobs_put_in_front_come_next(scheduler: Scheduler, job: Callable[[str], Job]) -> None:
    jobs, order = deque(map(job, [f"first {number}" for number in range(9)])), list[str]()
    for event in scheduler.work_through(jobs):
        if isinstance(event, Finished):
            order.append(event.job.what)
            if len(order) == 1:
                jobs.appendleft(job("urgent"))
    assert len(order) == 10
    assert order[-1] != "urgent", "only the few jobs that were in the pool already come before it"


def test_what_is_being_worked_on_is_reported_before_it_ends(scheduler: Scheduler, job: Callable[[str], Job]) -> None:
    events = list(scheduler.work_through(deque(map(job, "abc"))))
    seen: set[str] = set()
    for event in events:
        if isinstance(event, Started):
            seen |= {one.what for one in event.jobs}
            assert len(event.jobs) <= 2
    assert isinstance(events[0], Started)
    one_by_one = isinstance(scheduler, ThisProcess)
    assert seen == {"a", "b", "c"} if one_by_one else {"a", "b"} <= seen, "a short job may end before it is reported"


def test_jobs_that_kill_their_process_fail_alone(job: Callable[[str], Job], tmp_path: Path) -> None:
    words = ("a", "die 1", "b", "c", "die 2", "d")
    ends = _ends(scheduler_for(tmp_path, workers=2), deque(map(job, words)))
    assert ends == {word: "the worker process crashed" if "die" in word else word.upper() for word in words}


def test_nothing_is_started_for_no_jobs(scheduler: Scheduler) -> None:
    assert not [event for event in scheduler.work_through(deque()) if isinstance(event, Finished)]
    assert not multiprocessing.active_children()


def test_workers_are_killed_when_the_run_is_left(job: Callable[[str], Job], tmp_path: Path) -> None:
    """As on Ctrl-C: whoever stops listening does not wait for what the workers do."""
    events = scheduler_for(tmp_path, workers=2).work_through(deque(map(job, ("sleep 1", "a", "sleep 2", "sleep 3"))))
    finished = next(event for event in events if isinstance(event, Finished))
    assert finished.job.what == "a"
    begin = time.perf_counter()
    events.close()
    assert time.perf_counter() - begin < 20
    assert not multiprocessing.active_children()
