"""A run that is killed at any moment: the next one completes it, to the same bytes, and computes nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from halfcell.study.cache.store_files import FOLDER
from study_environment import environment

CELLS = 6


def _start(root: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a run; ``REPORT`` in the environment says whether it writes the report too."""
    report = [] if environment.get("REPORT") else ["--no-report"]
    command = [sys.executable, "-m", "halfcell", "run", *report, "--workers", "2", "--study", str(root)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _outputs(root: Path) -> dict[str, bytes]:
    paths = [*(root / "out").rglob("*"), root / "study.lock"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def _stored(root: Path) -> set[str]:
    return {path.stem for path in (root / FOLDER / "results").rglob("*.results")}


def _killed_and_completed(root: Path, moment: float, environment: dict[str, str], log: Path) -> dict[str, bytes]:
    """Kill a run after some seconds, look that nothing half-written is there, complete it."""
    process = _start(root, environment)
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.2)  # its workers see that it is gone
    kept = _stored(root)
    log.write_text("")
    assert _start(root, environment).wait() == 0
    analyses = len(log.read_text().splitlines())
    assert analyses == CELLS + 1 - len(kept), "what was stored is not computed again"
    return _outputs(root)


def _try_moments(moments: list[float], write, environment: dict[str, str], log: Path, expected) -> None:
    for number, moment in enumerate(moments):
        root = write(f"killed-{number}", cells=CELLS)
        assert _killed_and_completed(root, moment, environment, log) == expected, f"killed after {moment:.2f} s"


def _undisturbed(root: Path, env: dict[str, str]) -> tuple[dict[str, bytes], float]:
    """Outputs of an undisturbed run, and how long it took."""
    begin = time.perf_counter()
    assert _start(root, env).wait() == 0
    return _outputs(root), time.perf_counter() - begin


def _tables_only(root: Path) -> Path:
    """The study with three tables in place of its figures: drawing takes the most of the time."""
    path = root / "study.toml"
    text = path.read_text(encoding="utf-8").replace('[[figure]]\nid = "S1"', '[[figure]]\nid = "S3"')
    path.write_text(text.replace("[[figure]]", "[[table]]"), encoding="utf-8")
    return root


@pytest.mark.slow
def test_killed_at_four_moments(write, plugin) -> None:
    env = environment(plugin, FAKE_SLEEP="0.1")

    def make(name: str, cells: int) -> Path:
        return _tables_only(write(name, cells=cells))

    expected, seconds = _undisturbed(make("undisturbed", CELLS), env)
    assert {"out/tables/S1.csv", "out/tables/S2.csv", "out/tables/S3.csv", "study.lock"} <= set(expected)
    _try_moments([seconds * part for part in (0.25, 0.5, 0.7, 0.9)], make, env, plugin, expected)


@pytest.mark.slow
def test_killed_at_twenty_random_moments(write, plugin) -> None:
    env = environment(plugin, FAKE_SLEEP="0.1", REPORT="1")
    expected, seconds = _undisturbed(write("undisturbed", cells=CELLS), env)
    assert "out/review.html" in expected
    rng = random.Random(20)
    _try_moments([rng.uniform(0.05, seconds) for _ in range(20)], write, env, plugin, expected)
