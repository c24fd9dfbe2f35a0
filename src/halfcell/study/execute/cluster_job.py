"""What a worker of a cluster does: the jobs of a batch, after a look whether it has the same halfcell."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from halfcell import __version__
from halfcell.core.errors import InputError
from halfcell.study.attempt import Attempt, attempt
from halfcell.study.cache.declared_versions import installed_version
from halfcell.study.execute.far_step import FarStep
from halfcell.study.execute.jobs import Job
from halfcell.study.plan.identified_plan import Step


def do_batch(jobs: Sequence[Job], root: Path | None) -> tuple[float, list[Attempt[Any]]]:
    """Do the jobs of a batch, each for itself: one that fails does not stop the others.

    Parameters
    ----------
    jobs
        The jobs.
    root
        The study's folder; None where this machine has none of it.

    Returns
    -------
    tuple
        The seconds that they took, and how each ended.
    """
    begun = time.perf_counter()
    folder = Path(tempfile.gettempdir()) if root is None else root
    ends = [attempt(_do, job, folder) for job in jobs]
    return time.perf_counter() - begun, ends


def _do(job: Job, root: Path) -> object:
    """Do one job.

    Raises
    ------
    InputError
        If this machine would compute its step with another version.
    """
    step = job.what.step if isinstance(job.what, FarStep) else job.what
    if isinstance(step, Step) and installed_version(step.technique) != step.version:
        found = f"{step.technique} {installed_version(step.technique) or '(none)'} of halfcell {__version__}"
        raise InputError(
            f"the worker has {found}, this study needs {step.technique} {step.version}",
            hint="install the same halfcell on all machines",
        )
    return job.work(job.what, root)
