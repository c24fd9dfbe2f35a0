"""Which process does the jobs of a small run: files that the last run analysed are harmless, all others are not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from halfcell.study import run
from halfcell.study.execute.local_processes import LocalProcesses, ThisProcess
from halfcell.study.run_request import RunRequest

LOCK = {
    "steps": {
        "a" * 64: {
            "technique": "cycling",
            "version": "7",
            "sources": {"raw/A1.csv": "1" * 64},
            "readers": {"raw/A1.csv": "bdf 6"},
        }
    }
}


def step(technique: str = "cycling", version: str = "7", sha256: str = "1" * 64, reader: str = "bdf 6") -> Any:
    return SimpleNamespace(
        technique=technique,
        version=version,
        files=(SimpleNamespace(sha256=sha256, reader=reader, path="raw/A1.csv"),),
        references={},
    )


def scheduler(monkeypatch: pytest.MonkeyPatch, steps: tuple[Any, ...], items: int = 1, **request: Any) -> Any:
    monkeypatch.setattr(run, "read_lock", lambda _: LOCK)
    state: Any = SimpleNamespace(steps=steps, items_left=items)
    return run._scheduler(state, Path("study"), RunRequest(**request))


def test_another_setting_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(scheduler(monkeypatch, (step(),)), ThisProcess)
    assert isinstance(scheduler(monkeypatch, ()), ThisProcess)


@pytest.mark.parametrize(
    "changed", [{"sha256": "2" * 64}, {"reader": "bdf 7"}, {"version": "8"}, {"technique": "voltammetry"}]
)
def test_what_is_new_is_done_in_another_process(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> None:
    found = scheduler(monkeypatch, (step(**changed),))
    assert isinstance(found, LocalProcesses)
    assert found.workers == 1
    assert isinstance(scheduler(monkeypatch, (step(), step(**changed))), LocalProcesses)


def test_a_technique_of_another_package_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = SimpleNamespace(package="halfcell-weights")
    monkeypatch.setattr(run, "plugins", lambda _: {"cycling": foreign})
    assert isinstance(scheduler(monkeypatch, (step(),)), LocalProcesses)


def test_many_items_and_asked_for_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(scheduler(monkeypatch, (step(), step()), items=2), ThisProcess)
    monkeypatch.setattr("halfcell.study.execute.scheduler.cpu_count", lambda: 2)
    assert scheduler(monkeypatch, (step(), step()), items=3) == LocalProcesses(Path("study"), 2)
    assert scheduler(monkeypatch, (step(),), workers=3) == LocalProcesses(Path("study"), 3)
