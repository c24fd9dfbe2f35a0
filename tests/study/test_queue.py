"""A run on workers that a queue starts, as dask-jobqueue asks SLURM for them; here `sbatch` is a script of the test."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import halfcell
from halfcell.campaign.run import CampaignRequest, run_campaign
from halfcell.study import Cluster
from study_environment import environment

pytestmark = pytest.mark.slow

# A queue that starts each job at once, in a group of processes of its own, and writes down its number.
SBATCH = """#!{python}
import os, subprocess, sys
job = subprocess.Popen(["bash", sys.argv[-1]], start_new_session=True, cwd={folder!r}, stdout=subprocess.DEVNULL,
                       stderr=open({folder!r} + "/job.log", "ab"))
print(job.pid, file=open({folder!r} + "/jobs", "a"))
print(f"Submitted batch job {{job.pid}}")
"""
SCANCEL = """#!{python}
import contextlib, os, signal, sys
for number in sys.argv[1:]:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(int(number), signal.SIGTERM)
"""


@pytest.fixture
def queue(tmp_path: Path, plugin: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A SLURM cluster of two jobs of one worker each, whose `sbatch` and `scancel` stand first on the path."""
    jobqueue = pytest.importorskip("dask_jobqueue")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in (("sbatch", SBATCH), ("scancel", SCANCEL)):
        (programs / name).write_text(text.format(python=sys.executable, folder=str(tmp_path)), encoding="utf-8")
        (programs / name).chmod(0o755)
    for name, value in environment(plugin, FAKE_SLEEP="0.3", PATH=f"{programs}:{os.environ['PATH']}").items():
        monkeypatch.setenv(name, value)
    options = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    cluster = jobqueue.SLURMCluster(
        cores=1, processes=1, memory="1GB", walltime="00:10:00", scheduler_options=options, python=sys.executable,
        local_directory=str(tmp_path), log_directory=str(tmp_path), worker_extra_args=["--no-dashboard"],
    )  # fmt: skip
    cluster.scale(jobs=2)
    yield cluster
    cluster.close()
    for number in (tmp_path / "jobs").read_text().split():
        _kill(int(number))


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _outputs(root: Path) -> dict[str, bytes]:
    paths = (path for path in (root / "out").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_workers_that_slurm_starts(write: Callable[..., Path], queue: Any, tmp_path: Path, plugin: Path) -> None:
    home = write("home", 6)
    halfcell.Study.load(home).run(workers=1)
    other = write("other", 6)
    plugin.unlink()
    command = [sys.executable, "-m", "halfcell", "run", "--no-report", "--study", str(other)]
    command += ["--scheduler", queue.scheduler_address, "--store", str(tmp_path / "shared")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    assert _outputs(other) == _outputs(home)
    assert len(plugin.read_text().splitlines()) == 7
    assert len((tmp_path / "jobs").read_text().split()) >= 2


def test_a_campaign_whose_workers_share_only_a_store(queue: Any, tmp_path: Path, plugin: Path) -> None:
    cells = tmp_path / "cells"
    (cells / "batch").mkdir(parents=True)
    for n in range(12):
        (cells / "batch" / f"C{n}.wgt").write_text(f"weights\n{n}\n{n + 2}\n", encoding="utf-8")
    (cells / "batch" / "C12.wgt").write_text("weights\nabc\n", encoding="utf-8")
    run_campaign(cells, tmp_path / "home", CampaignRequest(workers=1))
    plugin.unlink()
    cluster = Cluster(queue.scheduler_address, str(tmp_path / "shared"))
    outcome = run_campaign(cells, tmp_path / "far", CampaignRequest(cluster=cluster))
    assert (outcome.analysed, outcome.failed) == (13, 1)
    assert len(plugin.read_text().splitlines()) == 12
    for table in ("files", "cells", "quantities", "notes"):
        home, far = (_table(tmp_path / name, table) for name in ("home", "far"))
        assert far == home
    (failure,) = {row["failure"] for row in _table(tmp_path / "far", "files") if row["state"] == "failed"}
    assert "batch/C12.wgt" in failure
    assert "halfcell-" not in failure


def _table(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table of a campaign, in the order of their files."""
    paths = [folder / f"{name}.parquet"] if name == "files" else sorted((folder / name).glob("*.parquet"))
    rows = [row for path in paths for row in pl.read_parquet(path).iter_rows(named=True)]
    return sorted(rows, key=lambda row: str((row["file"], row.get("quantity"), row.get("code"))))
