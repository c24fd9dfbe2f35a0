"""Batches whose results cannot be fetched any more, since their worker died after it had done them."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

import pytest

from halfcell.study.attempt import Attempt
from halfcell.study.execute.batches import BatchSizes
from halfcell.study.execute.jobs import Finished, Job
from halfcell.study.execute.on_cluster import OnCluster

distributed = pytest.importorskip("distributed")


class Future:
    """Done without an error; fetching the result does it again, and with the job 1 its worker dies `deaths` times."""

    def __init__(self, client: Client, jobs: list[Job]) -> None:
        self._client, self._jobs = client, jobs

    def cancelled(self) -> bool:
        return False

    def exception(self) -> None:
        return None

    def release(self) -> None:
        return None

    def result(self) -> tuple[float, list[Attempt[Any]]]:
        if self._client.deaths and any(job.what == 1 for job in self._jobs):
            self._client.deaths -= 1
            raise distributed.KilledWorker("a batch", None, 4)
        return 0.1, [Attempt(value=job.what) for job in self._jobs]


class Client:
    """A cluster of one thread."""

    def __init__(self, deaths: int) -> None:
        self.deaths = deaths

    def nthreads(self) -> dict[str, int]:
        return {"worker": 1}

    def submit(self, _work: Any, jobs: list[Job], _root: Any, **_options: Any) -> Future:
        return Future(self, jobs)


@pytest.mark.parametrize(("deaths", "failed"), [(0, 0), (1, 0), (2, 1)])
def test_a_batch_whose_result_is_lost_is_done_again(
    deaths: int, failed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Once: its jobs go alone, and are done; one with which workers die alone, too, fails alone."""
    monkeypatch.setattr(distributed, "wait", lambda futures, **_: (futures, []))
    work = OnCluster(Client(deaths), tmp_path, None, BatchSizes(), set())
    jobs = deque(Job(lambda what, _root: what, n, str(n)) for n in range(3))
    ends = [event for event in work.work_through(jobs) if isinstance(event, Finished)]
    assert sorted(end.job.what for end in ends) == [0, 1, 2]
    assert [end.attempt.failure for end in ends].count("its worker died each time (out of memory?)") == failed
