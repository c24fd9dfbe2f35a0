"""Campaigns: time and memory for 100 to 10,000 cells, and the time of queries: ``python -m benchmarks.campaign 1000``.

Cells are simulated once and written many times with other masses and noise, in three formats. The number of files is an
argument; ``--figure docs/campaign.svg`` draws what was measured. The page docs/benchmarks.md has it.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from halfcell.campaign.query import query
from halfcell.campaign.run import CampaignRequest, run_campaign
from halfcell.readers.cycling import bdf, biologic_mpt
from halfcell.techniques.cycling import Parameters, simulate

_KINDS = 25  # cells that are simulated; the others are copies of them with another mass
_QUERY = "select cell, max(cycle), avg(discharge_capacity) from cycles group by cell order by 3 desc limit 10"


def write_cells(root: Path, count: int) -> None:
    """Write raw files of `count` cells in three formats, a hundred in a folder, and their table."""
    rng = np.random.default_rng(20)
    rows = ["cell,kind,active_mass_mg"]
    measured = [simulate(Parameters(cycles=5, active_mass_mg=1.0 + 0.02 * n), rng) for n in range(_KINDS)]
    contents = [
        {".mpt": biologic_mpt.write(one), ".bdf.csv": bdf.write(one), ".bdf.parquet": bdf.write(one, "parquet")}
        for one in measured
    ]
    for number in range(count):
        folder, name = root / f"batch{number // 100:03d}", f"C{number:06d}"
        folder.mkdir(parents=True, exist_ok=True)
        suffix, content = list(contents[number % _KINDS].items())[number % 3]
        (folder / f"{name}{suffix}").write_bytes(content)
        rows.append(f"{name},half,{(1.0 + 0.02 * (number % _KINDS)) * rng.normal(1.0, 0.01):.4f}")
    (root / "cells.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main(counts: list[int], figure: str = "") -> None:
    """Measure each number of cells, print one row of the table for each, and draw them if a figure is asked for."""
    rows = []
    print("| cells | first run, CPU s | s per cell | again, CPU s | largest memory, MB | query, s |")
    print("|---|---|---|---|---|---|")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_cells(root, count)
            first = _cpu(lambda root=root: run_campaign(root, root / "campaign", CampaignRequest(workers=1)))
            again = _cpu(lambda root=root: run_campaign(root, root / "campaign", CampaignRequest(workers=1)))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            begun = time.perf_counter()
            query(root / "campaign", _QUERY)
            asked = time.perf_counter() - begun
        rows.append((count, first, again, memory))
        print(f"| {count} | {first:.1f} | {first / count:.4f} | {again:.2f} | {memory:.0f} | {asked:.3f} |", flush=True)
    if figure:
        _draw(rows, Path(figure))


def _draw(rows: list[tuple[int, float, float, float]], path: Path) -> None:
    """Time and memory over the number of cells."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib.figure import Figure

    mpl.rcParams.update({"svg.hashsalt": "halfcell", "svg.fonttype": "path", "font.size": 8})
    cells, first, again, memory = np.array(rows).T
    drawn = Figure(figsize=(6.3, 2.6), layout="constrained")
    time_axis, memory_axis = drawn.subplots(1, 2)
    time_axis.loglog(cells, first, "o-", color="#0072B2", label="first run")
    time_axis.loglog(cells, again, "s-", color="#D55E00", label="again, nothing changed")
    time_axis.loglog(cells, first[-1] / cells[-1] * cells, ":", color="0.5", label="in proportion to the cells")
    time_axis.set(xlabel="Cells", ylabel="CPU time (s)")
    time_axis.legend(frameon=False)
    memory_axis.semilogx(cells, memory, "o-", color="#0072B2")
    memory_axis.set(xlabel="Cells", ylabel="Largest memory (MB)", ylim=(0, 1.25 * float(memory.max())))
    drawn.savefig(path, metadata={"Date": None})


def _cpu(work: object) -> float:
    """CPU seconds of a call in this process."""
    begun = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - begun


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    words = sys.argv[1:]
    place = words.index("--figure") if "--figure" in words else len(words)
    main([int(word) for word in words[:place]] or [100, 300, 1000], "".join(words[place + 1 :]))
