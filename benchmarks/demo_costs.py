"""What the example study costs, part by part: raw files, analyses by technique, figures by format, the review page.

``python benchmarks/demo_costs.py`` works in a folder that it removes at its end. All is done in one process on a core,
so that each part is measured alone; CPU seconds, and the share of each part in their sum.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from halfcell import report
from halfcell.core.figure import Figure
from halfcell.example import write
from halfcell.render import print_figure
from halfcell.study import Study
from halfcell.study.cache.results import Store
from halfcell.study.execute.step_job import compute_and_store
from halfcell.study.items.compose import compose_item
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan

DRAWN = "figures drawn: SVG, PDF, PNG, CSV"
SUBMITTED = "submission: docx, pdf, xlsx, without the drawing"
costs: dict[str, float] = {}
Made = TypeVar("Made")


def timed(part: str, work: Callable[[], Made]) -> Made:
    """Do a piece of work and add its CPU time to a part."""
    begun = time.process_time()
    made = work()
    costs[part] = costs.get(part, 0.0) + time.process_time() - begun
    return made


def measure(folder: Path) -> None:
    """Write, plan, analyse, draw and submit the example study in a new folder."""
    timed("raw files simulated and written", partial(write, folder))
    plan = timed("planned, hashed, readers found", lambda: identify(checked_plan(folder / "study.toml")))
    steps = {step.id: step for item in plan.items for step in item.steps}
    for step in steps.values():
        timed(f"analyses: {step.technique}", partial(compute_and_store, step, folder))
    drawn = folder / "drawn"
    drawn.mkdir()
    for item in plan.items:
        content = timed("figures and tables composed", partial(compose_item, item, Store(folder))).content
        if isinstance(content, Figure):
            timed(DRAWN, partial(print_figure, content, drawn / item.spec.id))
    document = timed("document of the study", Study.load(folder).document)
    timed(SUBMITTED, partial(report.write, document, folder / "out", ("docx", "pdf", "xlsx")))
    costs[SUBMITTED] -= costs[DRAWN]  # a document that was made without a run draws its figures itself


def main() -> None:
    """Measure all parts and print a table, the largest first."""
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name) / "study")
    whole = sum(costs.values())
    print("| part | CPU s | share |\n|---|---|---|")
    for part, seconds in sorted(costs.items(), key=lambda pair: -pair[1]):
        print(f"| {part} | {seconds:.1f} | {seconds / whole:.0%} |")
    print(f"| all | {whole:.1f} | |")


if __name__ == "__main__":
    main()
