"""A second run with nothing changed: halfcell beside Snakemake and doit on the same number of raw files.

    python benchmarks/study.py --peer /path/to/env/bin/python [--files 1000]

The peers live in an environment of their own: ``python -m venv ENV && ENV/bin/pip install snakemake doit``. Each tool
gets a study of N small raw files, one step per file and one table over all: halfcell with the made-up technique of its
tests, the peers with a rule that counts lines. Times are the median of five runs of a fresh process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "tests" / "study" / "plugin"

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
    """Median time of a command in a fresh process."""
    path = os.pathsep.join([str(ROOT / "src"), str(PLUGIN)])
    env = {**os.environ, "PYTHONPATH": path, "FAKE_LOG": os.devnull}
    if command[0] != sys.executable:
        del env["PYTHONPATH"]
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", type=Path, help="Python of the environment with snakemake and doit")
    parser.add_argument("--files", type=int, default=1000)
    args = parser.parse_args()
    commands = {"halfcell": [sys.executable, "-m", "halfcell", "run", "--no-report"]}
    if args.peer:
        commands["doit"] = [str(args.peer), "-m", "doit"]
        commands["snakemake"] = [str(args.peer), "-m", "snakemake", "--cores", "2", "--quiet", "all"]
    print(f"{args.files} raw files    first run   second run   one file changed   second run, ratio to halfcell")
    own = 0.0
    for name, command in commands.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "study"
            study(folder, args.files)
            first = seconds(command, folder)
            second = seconds(command, folder, 5)
            (folder / "raw" / "A7.wgt").write_text("weights\n77\n78\n")
            changed = seconds(command, folder)
        own = own or second
        print(f"{name:<14} {first:11.2f} s {second:10.3f} s {changed:16.2f} s {second / own:28.1f}")


if __name__ == "__main__":
    main()
