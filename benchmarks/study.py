"""A second run with nothing changed: halfcell beside Snakemake and doit on the same number of raw files.

    python benchmarks/study.py --peer /path/to/env/bin/python [--files 1000]

The peers live in an environment of their own: ``python -m venv ENV && ENV/bin/pip install snakemake doit``. Each tool
gets a study of N small raw files, one step per file and one table over all: halfcell with the made-up technique of its
tests, the peers with a rule that counts lines. CPU seconds of a fresh process and its children, median of five runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ratios import record

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "tests" / "study" / "plugin"

WORKS = ("the first run", "a second run with nothing changed", "a run with one file changed")
SNAKEFILE = """names = [f"A{n}" for n in range(%d)]
rule all:
    input: "out/table.csv"
rule step:
    input: "raw/{name}.wgt"
    output: "out/{name}.txt"
    shell: "wc -l < {input} > {output}"
rule table:
    input: expand("out/{name}.txt", name=names)
    output: "out/table.csv"
    run:
        open(output[0], "w").write(str(len(input)))
"""

DODO = """DOIT_CONFIG = {"verbosity": 0}
names = [f"A{n}" for n in range(%d)]
def count(source, target):
    open(target, "w").write(str(len(open(source).readlines())))
def table(target):
    open(target, "w").write(str(len(names)))
def task_step():
    for name in names:
        source, target = f"raw/{name}.wgt", f"out/{name}.txt"
        yield {"name": name, "file_dep": [source], "targets": [target], "actions": [(count, [source, target])]}
def task_table():
    return {"file_dep": [f"out/{name}.txt" for name in names], "targets": ["out/table.csv"],
            "actions": [(table, ["out/table.csv"])]}
"""


def study(folder: Path, files: int) -> None:
    """Write the study and the peers' files."""
    (folder / "raw").mkdir(parents=True)
    (folder / "out").mkdir()
    for number in range(files):
        (folder / "raw" / f"A{number}.wgt").write_text(f"weights\n{number}\n")
    (folder / "cells.csv").write_text("cell,active_mass_mg\n" + "".join(f"A{n},1.5\n" for n in range(files)))
    items = '[raw]\nweighing = "raw/{cell}.wgt"\n[[table]]\nid = "S1"\ntechnique = "weighing"\n'
    (folder / "study.toml").write_text(items)
    (folder / "Snakefile").write_text(SNAKEFILE % files)
    (folder / "dodo.py").write_text(DODO % files)


def seconds(command: Sequence[str], folder: Path, repeat: int = 1) -> float:
    """Median CPU time of a command in a fresh process, with its children."""
    path = os.pathsep.join([str(ROOT / "src"), str(PLUGIN)])
    env = {**os.environ, "PYTHONPATH": path, "FAKE_LOG": os.devnull}
    if command[0] != sys.executable:
        del env["PYTHONPATH"]
    times = []
    for _ in range(repeat):
        begin = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", default="", help="Python of the environment with snakemake and doit")
    parser.add_argument("--files", type=int, default=1000)
    args = parser.parse_args()
    commands = {"halfcell": [sys.executable, "-m", "halfcell", "run", "--no-report"]}
    if args.peer:
        commands["doit"] = [args.peer, "-m", "doit"]
        commands["snakemake"] = [args.peer, "-m", "snakemake", "--cores", "2", "--quiet", "all"]
    print(f"{args.files} raw files    first run   second run   one file changed   second run, ratio to halfcell")
    own: tuple[float, float, float] = (0.0, 0.0, 0.0)
    for name, command in commands.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "study"
            study(folder, args.files)
            first = seconds(command, folder)
            second = seconds(command, folder, 5)
            (folder / "raw" / "A7.wgt").write_text("weights\n77\n78\n")
            changed = seconds(command, folder)
        if name == "halfcell":
            own = (first, second, changed)
        else:
            for work, theirs, ours in zip(WORKS, (first, second, changed), own, strict=True):
                record(f"{work} of a study of small files", name, theirs, ours)
        print(f"{name:<14} {first:11.2f} s {second:10.3f} s {changed:16.2f} s {second / own[1]:28.1f}", flush=True)


if __name__ == "__main__":
    main()
