"""A run on a Dask cluster gives the bytes of a run at home, whatever happens to workers and scheduler."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import halfcell
from halfcell.campaign.run import CampaignRequest, run_campaign
from halfcell.cli import main
from halfcell.readers.impedance import zplot
from halfcell.study import Cluster
from halfcell.techniques import impedance
from study_environment import environment

pytestmark = pytest.mark.slow


FEW_DEATHS = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}


class DaskProcesses:
    """A scheduler and workers as processes of this machine."""

    def __init__(self, folder: Path, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._folder, self._environment = folder, environment(log, FAKE_SLEEP="0.3", **FEW_DEATHS)
        self._scheduler: subprocess.Popen[bytes] | None = None
        self._workers: list[subprocess.Popen[bytes]] = []
        self.runs: list[subprocess.Popen[str]] = []

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    def start_scheduler(self) -> None:
        self._scheduler = self._process("dask_scheduler", "--host", "127.0.0.1", "--port", str(self._port))

    def start_worker(self, nanny: str = "--no-nanny") -> None:
        words = (self.address, "--nthreads", "1", nanny, "--local-directory", str(self._folder / "scratch"))
        self._workers.append(self._process("dask_worker", *words))

    def kill_worker(self) -> None:
        _end(self._workers.pop(0))

    def kill_scheduler(self) -> None:
        assert self._scheduler is not None
        _end(self._scheduler)

    def end(self) -> None:
        for process in filter(None, [self._scheduler, *self._workers, *self.runs]):
            _end(process)

    def _process(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        self._folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"]
        with (self._folder / f"{module}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=log, stderr=log)


def _end(process: subprocess.Popen[Any]) -> None:
    process.kill()
    process.communicate()


@pytest.fixture
def dask(tmp_path: Path, plugin: Path) -> Iterator[DaskProcesses]:
    """A cluster of one worker whose analyses take 0.3 s each."""
    pytest.importorskip("distributed")
    processes = DaskProcesses(tmp_path / "cluster", plugin)
    processes.start_scheduler()
    processes.start_worker()
    yield processes
    processes.end()


@pytest.fixture
def run(dask: DaskProcesses) -> Callable[..., subprocess.Popen[str]]:
    """Start a run on the cluster as people do."""

    def start(root: Path, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "halfcell", "run", "--no-report", "--study", str(root)]
        command += ["--scheduler", dask.address, *words]
        pipe = subprocess.PIPE
        dask.runs.append(subprocess.Popen(command, env=dask._environment, stdout=pipe, stderr=pipe, text=True))
        return dask.runs[-1]

    return start


def _finished(process: subprocess.Popen[str]) -> str:
    _, text = process.communicate(timeout=240)
    assert process.returncode == 0, text
    return text


def _outputs(root: Path) -> dict[str, bytes]:
    paths = (path for path in (root / "out").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def _at_home(write: Callable[..., Path], cells: int) -> dict[str, bytes]:
    root = write("home", cells)
    halfcell.Study.load(root).run(workers=1)
    return _outputs(root)


def _analyses(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def _wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def _stored(root: Path) -> int:
    return len(list((root / ".halfcell" / "results").rglob("*.results")))


def test_workers_that_share_the_folder(write, run) -> None:
    expected = _at_home(write, 4)
    other = write("other", 4)
    _finished(run(other))
    assert _outputs(other) == expected


def test_workers_that_share_a_store_and_nothing_else(write, run, plugin, tmp_path, monkeypatch) -> None:
    expected = _at_home(write, 6)
    other = write("other", 6)
    plugin.unlink()
    _finished(run(other, "--store", str(tmp_path / "shared")))
    assert _outputs(other) == expected
    assert len(_analyses(plugin)) == 7
    third = write("third", 6)
    text = _finished(run(third, "--store", str(tmp_path / "shared")))  # what a colleague computed is not computed again
    assert _outputs(third) == expected
    assert len(_analyses(plugin)) == 7, text


def test_an_error_far_away_names_the_file_of_the_study(write, run, tmp_path) -> None:
    root = write("other", 4)
    (root / "raw" / "A2.wgt").write_text("weights\nabc\n", encoding="utf-8")
    process = run(root, "--store", str(tmp_path / "shared"))
    _, text = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "raw/A2.wgt" in text
    assert "halfcell-" not in text


def test_a_file_that_is_damaged_in_the_store_is_told_and_stored_again(write, run, tmp_path) -> None:
    expected = _at_home(write, 3)
    other = write("other", 3)
    _finished(run(other, "--store", str(tmp_path / "shared")))
    shutil.rmtree(tmp_path / "shared" / "results")
    for path in (path for path in (tmp_path / "shared" / "files").rglob("*") if path.is_file()):
        path.write_bytes(path.read_bytes().replace(b"weights", b"weighty"))
    third = write("third", 3)
    process = run(third, "--store", str(tmp_path / "shared"))
    _, text = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "is damaged in the shared store" in text
    _finished(run(third, "--store", str(tmp_path / "shared")))
    assert _outputs(third) == expected


def test_a_sweep_and_spectra_of_impedance_go_the_same_way(dask, tmp_path) -> None:
    """A worker that shares only a store gives the numbers of home; points that are in the store need no worker."""
    (tmp_path / "spectra").mkdir()
    for n in range(6):
        parameters = impedance.Parameters(circuit="R0-p(R1,CPE1)", values=(5.0, 80.0 + n, 1e-5, 0.85))
        measured = impedance.simulate(parameters, np.random.default_rng(n))
        (tmp_path / "spectra" / f"C{n}.z").write_bytes(zplot.write(measured))
    shared = Cluster(dask.address, str(tmp_path / "shared"))
    run_campaign(tmp_path / "spectra", tmp_path / "home", CampaignRequest(workers=1))
    assert run_campaign(tmp_path / "spectra", tmp_path / "far", CampaignRequest(cluster=shared)).failed == 0
    home, far = (pl.read_parquet(tmp_path / name / "quantities").sort("file", "quantity") for name in ("home", "far"))
    assert far.equals(home)
    assert home["quantity"].n_unique() > 2
    sweep = ["twin", "sweep", "graphite-ncm811", "--vary", "loading=0.5:2:4", "--current", "90", "--out"]
    far_words = ["--scheduler", dask.address, "--store", shared.store]
    assert main([*sweep, str(tmp_path / "home.parquet"), "--workers", "1"]) == 0
    assert main([*sweep, str(tmp_path / "far.parquet"), *far_words]) == 0
    dask.kill_worker()
    assert main([*sweep, str(tmp_path / "again.parquet"), *far_words]) == 0
    for name in ("far", "again"):
        assert pl.read_parquet(tmp_path / f"{name}.parquet").equals(pl.read_parquet(tmp_path / "home.parquet"))


def test_workers_that_die_cost_only_time(write, run, dask) -> None:
    expected = _at_home(write, 20)
    other = write("other", 20)
    dask.start_worker()
    process = run(other)
    for number in range(1, 4):
        _wait_for(lambda number=number: _stored(other) >= 4 * number)
        dask.kill_worker()
        dask.start_worker()
    _finished(process)
    assert _outputs(other) == expected


def test_a_file_with_which_every_worker_dies_fails_alone(write, run, dask) -> None:
    root = write("other", 12)
    (root / "raw" / "A3.wgt").write_text("weights\n!\n", encoding="utf-8")
    dask.kill_worker()
    dask.start_worker("--nanny")  # a worker that is started again when it dies
    process = run(root)
    _, text = process.communicate(timeout=240)
    assert process.returncode == 1
    assert "its worker died each time" in text
    assert _stored(root) == 12  # eleven cells, and A1 once more with another factor


def test_a_worker_with_another_version_refuses(plugin) -> None:
    from halfcell.study.execute.cluster_job import do_batch
    from halfcell.study.execute.jobs import Job
    from halfcell.study.execute.step_job import compute_and_store
    from halfcell.study.plan.identified_plan import Step

    step = Step(id="ab", technique="weighing", version="0 of another", subject="A1", settings=None)
    _, (end,) = do_batch([Job(compute_and_store, step)], None)
    assert "this study needs weighing 0 of another" in end.failure


def test_a_scheduler_that_is_started_again_goes_on_with_what_is_left(write, run, dask, plugin) -> None:
    expected = _at_home(write, 12)
    other = write("other", 12)
    plugin.unlink()
    process = run(other)
    _wait_for(lambda: _stored(other) >= 4)
    dask.kill_scheduler()
    dask.kill_worker()
    dask.start_scheduler()
    dask.start_worker()
    _finished(process)
    assert _outputs(other) == expected
    assert len(_analyses(plugin)) <= 13 + 1  # the one that was being computed when its worker was killed


def test_a_client_that_is_killed_resumes(write, run, plugin) -> None:
    expected = _at_home(write, 12)
    other = write("other", 12)
    process = run(other)
    _wait_for(lambda: _stored(other) >= 4)
    process.kill()
    process.communicate()
    text = _finished(run(other))
    assert _outputs(other) == expected
    assert int(text.split(" reused")[0].rsplit(" ", 1)[-1]) >= 4


def test_a_scheduler_that_does_not_answer_is_named(write, plugin, monkeypatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("halfcell.study.execute.dask_cluster._FIRST_PATIENCE", 1.0)
    root = write("other", 2)
    with pytest.raises(halfcell.HalfcellError, match=r"tcp://127\.0\.0\.1:1: no Dask scheduler answers"):
        halfcell.Study.load(root).run(scheduler="tcp://127.0.0.1:1")


def test_a_store_that_cannot_be_opened_is_named(write, plugin, tmp_path) -> None:
    pytest.importorskip("distributed")
    (tmp_path / "file").write_text("", encoding="utf-8")
    cluster = halfcell.study.Cluster("tcp://127.0.0.1:1", str(tmp_path / "file" / "store"))
    with pytest.raises(halfcell.HalfcellError, match="the shared store cannot be written"):
        halfcell.Study.load(write("other", 2)).run(scheduler=cluster)


def test_a_store_in_s3(write, run, tmp_path, monkeypatch, dask) -> None:
    """The store of an object server (moto, in this machine); needs the packages moto[server] and s3fs."""
    pytest.importorskip("s3fs")
    pytest.importorskip("moto.server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_ENDPOINT_URL": endpoint}
    dask._environment.update(keys)
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], stderr=subprocess.DEVNULL)
    try:
        expected = _at_home(write, 4)
        _wait_for(lambda: _answers(port))
        make = "import boto3; boto3.client('s3', region_name='us-east-1').create_bucket(Bucket='lab')"
        subprocess.run([sys.executable, "-c", make], env={**os.environ, **keys}, check=True)
        dask.kill_worker()
        dask.start_worker()
        other = write("other", 4)
        _finished(run(other, "--store", "s3://lab/studies"))
        assert _outputs(other) == expected
    finally:
        _end(server)


def _answers(port: int) -> bool:
    with socket.socket() as test:
        return test.connect_ex(("127.0.0.1", port)) == 0
