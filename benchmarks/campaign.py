"""Campaigns: time and memory for 100 to 10,000 cells, and queries: ``python -m benchmarks.campaign 100 1000 10000``.

Cells are simulated once and written many times with other masses, in three formats. Each campaign runs in a process of
its own: CPU seconds of ``run_campaign`` in one process, and the most memory that it had. Queries (seconds by the clock)
ask the largest campaign, and tables of ten million cycles. ``--figure docs/campaign.svg`` draws what was measured.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
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
_MANY, _PARTS, _EACH = 10_000_000, 40, 1000  # cycles of the large tables, their parts, cycles of a cell
_ALL = "select cell, max(cycle), avg(discharge_capacity) from cycles group by cell order by 3 desc limit 10"
_QUERIES = {
    "mean capacity of each cell, the ten best": _ALL,
    "count of the cycles below 80 %": "select count(*) from cycles where retention < 80",
    "one cell": "select cycle, discharge_capacity from cycles where cell = 'C7_3' and cycle < 20",
}


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


def write_cycles(folder: Path) -> None:
    """Write the tables of a campaign with ten million cycles."""
    import polars as pl

    rng, rows = np.random.default_rng(0), _MANY // _PARTS
    (folder / "cycles").mkdir(parents=True)
    for part in range(_PARTS):
        cells = np.repeat([f"C{part}_{k}" for k in range(rows // _EACH)], _EACH)
        names = {"file": cells, "result": np.ones(rows, dtype=int), "cell": cells}
        values = {"cycle": np.tile(np.arange(1, _EACH + 1), rows // _EACH), "retention": rng.normal(90, 5, rows)}
        capacities = {f"{way}charge_capacity": rng.normal(150, 5, rows) for way in ("", "dis")}
        frame = pl.DataFrame({**names, **values, **capacities})
        frame.write_parquet(folder / "cycles" / f"{part:06d}.parquet", compression="zstd")
    pl.DataFrame({"file": ["C0_0"]}).write_parquet(folder / "files.parquet")


def main(counts: list[int], figure: str = "") -> None:
    """Measure each number of cells, print one row of the table for each, and draw them if a figure is asked for."""
    rows = []
    print("| cells | first run, CPU s | s per cell | again, CPU s | largest memory, MB | query, s |")
    print("|--:|--:|--:|--:|--:|--:|")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            write_cells(Path(folder), count)
            command = [sys.executable, "-m", "benchmarks.campaign", "--child", folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            first, again, memory = json.loads(done.stdout)
            asked = _asked(Path(folder) / "campaign", _ALL)
        rows.append((count, first, again, memory))
        told = f"| {count:,} | {first:.1f} | {first / count:.4f} | {again:.2f} | {memory:.0f} | {asked:.3f} |"
        print(told, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        write_cycles(Path(folder))
        print(f"\n| query over {_MANY:,} cycles in {_PARTS} parts | s |\n|---|--:|")
        for name, sql in _QUERIES.items():
            print(f"| {name} | {_asked(Path(folder), sql):.3f} |")
    if figure:
        draw(rows, Path(figure))
        print(f"\n![CPU time and memory of campaigns of {min(counts):,} to {max(counts):,} cells]({Path(figure).name})")


def child(root: Path) -> None:
    """Run the campaign twice in this process, and print CPU seconds of both and the most memory (MB)."""
    spent = []
    for _ in range(2):
        begun = time.process_time()
        run_campaign(root, root / "campaign", CampaignRequest(workers=1))
        spent.append(time.process_time() - begun)
    print(json.dumps([*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def draw(rows: list[tuple[int, float, float, float]], path: Path) -> None:
    """Time and memory over the number of cells."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    mpl.rcParams.update({"svg.hashsalt": "halfcell", "svg.fonttype": "path", "font.size": 8})
    cells, first, again, memory = np.array(rows).T
    drawn = Figure(figsize=(6.3, 2.6), layout="constrained")
    time_axis, memory_axis = drawn.subplots(1, 2)
    time_axis.loglog(cells, first, "o-", color="#0072B2", label="first run")
    time_axis.loglog(cells, again, "s-", color="#D55E00", label="again, nothing changed")
    time_axis.loglog(cells, first[-1] / cells[-1] * cells, ":", color="0.5", label="in proportion to the cells")
    time_axis.set(xlabel="Cells", ylabel="CPU time (s)")
    time_axis.set_ylim(top=60 * float(first.max()))  # room for the legend
    time_axis.legend(frameon=False, loc="upper left")
    memory_axis.semilogx(cells, memory, "o-", color="#0072B2")
    memory_axis.set(xlabel="Cells", ylabel="Largest memory (MB)", ylim=(0, 1.25 * float(memory.max())))
    for axis in (time_axis, memory_axis):
        axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    time_axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    drawn.savefig(path, metadata={"Date": None})


def _asked(tables: Path, sql: str) -> float:
    """Seconds that a query takes, by the clock."""
    begun = time.perf_counter()
    query(tables, sql)
    return time.perf_counter() - begun


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    words = sys.argv[1:]
    if words[:1] == ["--child"]:
        child(Path(words[1]))
    else:
        place = words.index("--figure") if "--figure" in words else len(words)
        main([int(word) for word in words[:place]] or [100, 300, 1000], "".join(words[place + 1 :]))
