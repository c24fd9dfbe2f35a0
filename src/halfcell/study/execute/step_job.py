"""The job of one step: compute its results and store them."""

from __future__ import annotations

from pathlib import Path

from halfcell.study.cache.results import Store
from halfcell.study.execute.step import compute_step
from halfcell.study.plan.identified_plan import Step


def compute_and_store(step: Step, root: Path) -> None:
    """Compute the results of a step and store them in the study at `root`, unless another worker has done so."""
    store = Store(root)
    if store.load_results(step.id) is None:
        store.save_results(step.id, compute_step(step, root))
