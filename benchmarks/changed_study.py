"""What a small change of a finished study costs: a changed caption, a changed mass, `check`, and nothing changed.

``python benchmarks/changed_study.py FOLDER`` works on a copy of the study in FOLDER, which must have been run. Each
case is the CPU time of the whole process and its children, the median of three, and its ratio to a fixed piece of work
(text, numbers and sorting in plain Python) that is measured before and after it: on a busy machine the ratios compare.
"""

from __future__ import annotations

import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

REPEATS = 3
DRAWN = "Si-Al-10"  # of the example study, in its Figure S2
WORK = """
import json
rows = [{"a": n, "b": [1.5 * n, f"x{n}"]} for n in range(20000)]
for _ in range(6):
    again = json.loads(json.dumps(rows, indent=1))
    ordered = {row["b"][1]: row for row in sorted(again, key=lambda row: row["b"][1])}
"""


def cpu_seconds(command: list[str], folder: Path) -> float:
    """CPU time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def changed_caption(study: Path) -> None:
    """Write a word before the first caption."""
    text = (study / "study.toml").read_text(encoding="utf-8")
    (study / "study.toml").write_text(text.replace('caption = "', 'caption = "Again: ', 1), encoding="utf-8")


def changed_mass(study: Path, cell: str = "") -> None:
    """Make an active mass of the table 1 % larger: that of a cell, or the first."""
    lines = (study / "cells.csv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("active_mass_mg")
    for place, line in enumerate(lines[1:], start=1):
        cells = line.split(",")
        if re.fullmatch(r"[\d.]+", cells[column]) and cell in {"", cells[0]}:
            cells[column] = f"{1.01 * float(cells[column]):.5g}"
            lines[place] = ",".join(cells)
            break
    (study / "cells.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def measured(study: Path, change: Callable[[Path], None] | None, verb: str) -> tuple[float, float]:
    """Median CPU time (s) of a verb after a change, and its ratio to the fixed work."""
    times, ratios = [], []
    for _ in range(REPEATS):
        if change:
            change(study)
        before = cpu_seconds([sys.executable, "-c", WORK], study)
        times.append(cpu_seconds([sys.executable, "-m", "halfcell", verb, "."], study))
        ratios.append(2.0 * times[-1] / (before + cpu_seconds([sys.executable, "-c", WORK], study)))
    return statistics.median(times), statistics.median(ratios)


def main() -> None:
    """Measure all cases and print a table."""
    cases = {
        "nothing changed": (None, "run"),
        "`check`": (None, "check"),
        "a changed caption": (changed_caption, "run"),
        "a changed mass: a table is made": (changed_mass, "run"),
        f"a changed mass: a figure of six panels is drawn ({DRAWN})": (partial(changed_mass, cell=DRAWN), "run"),
    }
    with tempfile.TemporaryDirectory() as name:
        study = Path(name) / "study"
        shutil.copytree(sys.argv[1], study)
        cpu_seconds([sys.executable, "-m", "halfcell", "run", "."], study)  # files are new here: their hashes, once
        print("| case | CPU s | ratio to the fixed work |\n|---|---|---|")
        for case, (change, verb) in cases.items():
            seconds, ratio = measured(study, change, verb)
            print(f"| {case} | {seconds:.2f} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
