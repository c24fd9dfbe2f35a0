"""A cluster whose workers die: ``python -m benchmarks.cluster 1000``.

A campaign of so many cells runs at home in one process, and then on Dask workers of this machine: one and two that see
the folder; two of which one is killed every three seconds while the scheduler is killed once; two that a stand-in for
SLURM's ``sbatch`` starts and that share a folder as their store and nothing else; two that share a store in S3 (a moto
server of this machine; needs ``moto[server]`` and ``s3fs``). All tables must be equal. Times are by the clock, so
nothing else should run.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import polars as pl
from benchmarks.campaign import write_cells

from halfcell.campaign.run import CampaignRequest, run_campaign
from halfcell.study import Cluster

KILL_AFTER = 3.0  # seconds between two kills of a worker, more where the cells take longer on a busy machine
KILLS = 5  # of workers while the cells would be analysed at home
KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
SBATCH = """#!{python}
import subprocess, sys
job = subprocess.Popen(["bash", sys.argv[-1]], start_new_session=True, cwd={folder!r},
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(f"Submitted batch job {{job.pid}}")
"""
SCANCEL = """#!{python}
import contextlib, os, signal, sys
for number in sys.argv[1:]:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(int(number), signal.SIGTERM)
"""


def main(count: int) -> None:
    """Run the campaign in each way, and print times and whether the tables are equal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "cells"
        root.mkdir()
        write_cells(root, count)
        home = _seconds(root, folder / "home", None)
        (folder / "home.seconds").write_text(f"{home:.2f}", encoding="utf-8")
        wanted = content(folder / "home")
        print("| where | s | cells per s | beside one worker | more than at home, ms per cell | tables equal |")
        print(f"|---|--:|--:|--:|--:|---|\n| one process at home | {home:.1f} | {count / home:.0f} | | | |", flush=True)
        one = 0.0
        for number, (way, run) in enumerate(WAYS.items()):
            seconds = run(folder, root, folder / str(number))
            if seconds is None:
                print(f"| {way} | moto and s3fs are not installed: not made | | | | |")
                continue
            one = one or seconds
            more = f"{1e3 * (seconds - home) / count:.1f}" if seconds is one else ""
            equal = "yes" if content(folder / str(number)) == wanted else "NO"
            told = f"| {way} | {seconds:.1f} | {count / seconds:.0f} | {one / seconds:.2f} | {more} | {equal} |"
            print(told, flush=True)


def _plain(workers: int) -> Callable[[Path, Path, Path], float]:
    def run(folder: Path, root: Path, out: Path) -> float:
        with _cluster(workers, folder) as processes:
            return _seconds(root, out, Cluster(processes.address))

    return run


def _killed(folder: Path, root: Path, out: Path) -> float:
    with _cluster(2, folder) as processes:
        over = threading.Event()
        pause = max(KILL_AFTER, float((folder / "home.seconds").read_text(encoding="utf-8")) / KILLS)
        killer = threading.Thread(target=_kill, args=(processes, over, pause))
        killer.start()
        try:
            return _seconds(root, out, Cluster(processes.address))
        finally:
            over.set()
            killer.join()


def _queue(folder: Path, root: Path, out: Path) -> float:
    """Two jobs of one worker each, as dask-jobqueue asks SLURM for them."""
    from dask_jobqueue import SLURMCluster

    programs = folder / "programs"
    programs.mkdir()
    for name, text in (("sbatch", SBATCH), ("scancel", SCANCEL)):
        (programs / name).write_text(text.format(python=sys.executable, folder=str(folder)), encoding="utf-8")
        (programs / name).chmod(0o755)
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    options = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with SLURMCluster(
        cores=1, processes=1, memory="2GB", walltime="00:20:00", scheduler_options=options, python=sys.executable,
        local_directory=str(folder), log_directory=str(folder), worker_extra_args=["--no-dashboard"],
    ) as cluster:  # fmt: skip
        cluster.scale(jobs=2)
        cluster.wait_for_workers(2, timeout=120)
        return _seconds(root, out, Cluster(cluster.scheduler_address, str(folder / "shared")))


def _s3(folder: Path, root: Path, out: Path) -> float | None:
    """Two workers that share a store in S3 and nothing else; None where the packages are not there."""
    if importlib.util.find_spec("moto") is None or importlib.util.find_spec("s3fs") is None:
        return None
    port = _free_port()
    os.environ.update({**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"})
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], **QUIET)
    try:
        _wait_for(port)
        make = "import boto3; boto3.client('s3').create_bucket(Bucket='lab')"
        subprocess.run([sys.executable, "-c", make], check=True)
        with _cluster(2, folder) as processes:
            return _seconds(root, out, Cluster(processes.address, "s3://lab/cells"))
    finally:
        server.kill()
        server.wait()


WAYS: Mapping[str, Callable[[Path, Path, Path], float | None]] = {
    "one worker": _plain(1),
    "two workers": _plain(2),
    f"two workers, one killed every {KILL_AFTER:.0f} s or more, the scheduler once": _killed,
    "two workers by `sbatch` (a stand-in), a folder as their only store": _queue,
    "two workers, a store in S3 (moto) and nothing else": _s3,
}


def _seconds(root: Path, out: Path, cluster: Cluster | None) -> float:
    begun = time.perf_counter()
    run_campaign(root, out, CampaignRequest(workers=1, cluster=cluster))
    return time.perf_counter() - begun


def content(out: Path) -> dict[str, str]:
    """The hash of each table, in the order of its rows' files."""
    found = {}
    for table in sorted(path.name for path in out.iterdir() if path.is_dir()):
        rows = pl.concat([pl.read_parquet(path) for path in (out / table).glob("*.parquet")], how="diagonal_relaxed")
        keys = [name for name in ("file", "result", "cycle", "quantity", "code", "text") if name in rows.columns]
        text = rows.select(sorted(rows.columns)).sort(keys).write_csv(float_precision=None)
        found[table] = hashlib.sha256(text.encode()).hexdigest()
    return found


class _Processes:
    """A scheduler and workers."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, _free_port()
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.start_scheduler()

    def start_scheduler(self) -> None:
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(self._port))

    def start_worker(self) -> None:
        scratch = ("--local-directory", str(self._folder / "scratch"))
        self.workers.append(self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", *scratch))

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"]
        return subprocess.Popen(command, cwd=self._folder, **QUIET)


@contextlib.contextmanager
def _cluster(workers: int, folder: Path) -> Iterator[_Processes]:
    """A cluster whose workers have told the scheduler that they are there, so that their start is not measured."""
    from distributed import Client

    processes = _Processes(folder)
    try:
        for _ in range(workers):
            processes.start_worker()
        with Client(processes.address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=120)
        yield processes
    finally:
        for process in (processes.scheduler, *processes.workers):
            process.kill()
            process.wait()


def _kill(processes: _Processes, over: threading.Event, pause: float) -> None:
    """Kill a worker every few seconds, and the scheduler (with its workers' connections) after the second."""
    kills = 0
    while not over.wait(pause):
        processes.workers.pop(0).kill()
        kills += 1
        if kills == 2:
            processes.scheduler.kill()
            processes.scheduler.wait()
            processes.start_scheduler()
            processes.workers.pop(0).kill()
            processes.start_worker()
        processes.start_worker()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as test:
            if test.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ["PYTHONPATH"] = os.pathsep.join([*sys.path[:1], os.environ.get("PYTHONPATH", "")])
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
