"""Small steps go to a cluster together, large ones alone, and the last ones are spread over all threads."""

from __future__ import annotations

from collections import deque

import pytest

from halfcell.study.execute.batches import BatchSizes
from halfcell.study.execute.jobs import Job
from halfcell.study.execute.step_job import compute_and_store
from halfcell.study.plan.identified_plan import Step


def _jobs(*techniques: str) -> deque[Job]:
    steps = (
        Step(id=str(n), technique=name, version="1", subject="A", settings=None) for n, name in enumerate(techniques)
    )
    return deque(Job(compute_and_store, step, step.id, step.technique) for step in steps)


def _learnt(seconds: float) -> BatchSizes:
    sizes = BatchSizes()
    sizes.observe(tuple(_jobs("cycling")), seconds)
    return sizes


@pytest.mark.parametrize(("seconds", "expected"), [(0.0, 32), (0.05, 10), (0.2, 2), (1.0, 1), (60.0, 1)])
def test_a_batch_is_half_a_second_of_work(seconds: float, expected: int) -> None:
    assert len(_learnt(seconds).next_batch(_jobs(*["cycling"] * 1000), 2, set())) == expected


def test_the_first_step_of_a_technique_goes_alone() -> None:
    assert len(_learnt(0.01).next_batch(_jobs(*["raman"] * 1000), 2, set())) == 1


def test_the_last_steps_are_spread_over_the_threads() -> None:
    assert len(_learnt(0.01).next_batch(_jobs(*["cycling"] * 17), 2, set())) == 2


def test_steps_of_another_technique_items_and_suspects_are_not_joined() -> None:
    jobs = _jobs(*["cycling"] * 3, "raman", *["cycling"] * 996)
    assert len(_learnt(0.01).next_batch(jobs, 2, set())) == 3
    jobs = _jobs(*["cycling"] * 1000)
    assert len(_learnt(0.01).next_batch(jobs, 2, {id(jobs[0])})) == 1
    assert len(_learnt(0.01).next_batch(jobs, 2, {id(jobs[4])})) == 4
    jobs.insert(2, Job(compute_and_store, "an item"))
    assert len(_learnt(0.01).next_batch(jobs, 2, set())) == 2
