"""The scheduler of a run: this process, several local processes, or a Dask cluster."""

from __future__ import annotations

from pathlib import Path

from halfcell.study.execute.cluster import Cluster
from halfcell.study.execute.jobs import Scheduler
from halfcell.study.execute.local_processes import LocalProcesses, ThisProcess, cpu_count


def scheduler_for(root: Path, workers: int = 0, cluster: Cluster | None = None, *, fresh: bool = False) -> Scheduler:
    """Choose what does the jobs of a study.

    Parameters
    ----------
    root
        The study's folder.
    workers
        Number of worker processes; 0 means one per CPU, 1 means this process alone.
    cluster
        The Dask cluster that does the jobs, if there is one.
    fresh
        Whether results in the cluster's store are not to be used.
    """
    if cluster is not None:
        from halfcell.study.execute.dask_cluster import DaskCluster  # here: a run at home needs none of it

        return DaskCluster(root, cluster, fresh=fresh)
    count = workers or cpu_count()
    return ThisProcess(root) if count == 1 else LocalProcesses(root, count)
