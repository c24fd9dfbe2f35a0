"""The scheduler of a run: this process, several local processes, or a Dask cluster."""

from __future__ import annotations

from pathlib import Path

from halfcell.study.execute.dask_cluster import DaskCluster
from halfcell.study.execute.jobs import Scheduler
from halfcell.study.execute.local_processes import LocalProcesses, ThisProcess, cpu_count


def scheduler_for(root: Path, workers: int = 0, address: str = "") -> Scheduler:
    """Choose what does the jobs of a study.

    Parameters
    ----------
    root
        The study's folder.
    workers
        Number of worker processes; 0 means one per CPU, 1 means this process alone.
    address
        Address of a Dask scheduler; then the jobs are done on its cluster.
    """
    if address:
        return DaskCluster(root, address)
    count = workers or cpu_count()
    return ThisProcess(root) if count == 1 else LocalProcesses(root, count)
