"""A cluster whose workers die: ``python -m benchmarks.cluster 1000``.

A campaign of so many cells runs at home, on one and on two Dask workers of this machine, and on two workers of which
one is killed every three seconds while the scheduler is killed once. The tables must be equal; times are wall times, so
nothing else should run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from benchmarks.campaign import write_cells

from halfcell.campaign.run import CampaignRequest, run_campaign
from halfcell.study import Cluster

PORT = 18790
ADDRESS = f"tcp://127.0.0.1:{PORT}"
KILL_AFTER = 3.0  # seconds between two kills of a worker


def main(count: int) -> None:
    """Run the campaign in each way, and print times and whether the tables are equal."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "cells"
        root.mkdir()
        write_cells(root, count)
        home = _seconds(root, Path(folder) / "home", None)
        wanted = _content(Path(folder) / "home")
        print(f"{count} cells; at home in one process: {home:.1f} s", flush=True)
        for workers in (1, 2):
            with _cluster(workers, Path(folder)):
                seconds = _seconds(root, Path(folder) / f"w{workers}", Cluster(ADDRESS))
            equal = _content(Path(folder) / f"w{workers}") == wanted
            print(f"{workers} workers: {seconds:.1f} s, tables equal: {equal}", flush=True)
        with _cluster(2, Path(folder)) as processes:
            over = threading.Event()
            killer = threading.Thread(target=_kill, args=(processes, over))
            killer.start()
            seconds = _seconds(root, Path(folder) / "killed", Cluster(ADDRESS))
            over.set()
            killer.join()
        equal = _content(Path(folder) / "killed") == wanted
        print(f"2 workers, one killed every {KILL_AFTER:.0f} s, the scheduler once: {seconds:.1f} s, equal: {equal}")


def _seconds(root: Path, out: Path, cluster: Cluster | None) -> float:
    begun = time.perf_counter()
    run_campaign(root, out, CampaignRequest(workers=1, cluster=cluster))
    return time.perf_counter() - begun


def _content(out: Path) -> dict[str, str]:
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
        self._folder = folder
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(PORT))
        self.workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> None:
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(PORT))

    def start_worker(self) -> None:
        scratch = str(self._folder / "scratch")
        self.workers.append(
            self._start("dask_worker", ADDRESS, "--nthreads", "1", "--no-nanny", "--local-directory", scratch)
        )

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"]
        return subprocess.Popen(command, cwd=self._folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def _cluster(workers: int, folder: Path) -> Iterator[_Processes]:
    processes = _Processes(folder)
    for _ in range(workers):
        processes.start_worker()
    time.sleep(8)  # until they know each other, so that it is not part of the time
    try:
        yield processes
    finally:
        for process in (processes.scheduler, *processes.workers):
            process.kill()
            process.wait()


def _kill(processes: _Processes, over: threading.Event) -> None:
    """Kill a worker every three seconds, and the scheduler (with its workers' connections) after the second."""
    kills = 0
    while not over.wait(KILL_AFTER):
        processes.workers.pop(0).kill()
        kills += 1
        if kills == 2:
            processes.scheduler.kill()
            processes.scheduler.wait()
            processes.start_scheduler()
            processes.workers.pop(0).kill()
            processes.start_worker()
        processes.start_worker()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ["PYTHONPATH"] = os.pathsep.join([*sys.path[:1], os.environ.get("PYTHONPATH", "")])
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
