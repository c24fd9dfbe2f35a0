"""Cycling: per-cycle table of large records and growth with rows; load + table beside cellpy, navani, fastnda alone.

Usage::

    python benchmarks/cycling.py                      # growth at 0.1, 1, 10 million rows
    python benchmarks/cycling.py FILE ...             # load + per-cycle table of real files, beside the peers

The peers live in environments of their own, named by variables: ``CELLPY_PYTHON`` (``pip install cellpy==1.0.3`` on
Python 3.11) and ``NAVANI_PYTHON`` (``pip install navani``). fastnda is in halfcell's own. Every run is a process of its
own; times are CPU seconds of user and system: of files warm (each process does the work twice and reports the second
time), of growth from reading the parquet file, a column at a time, to the finished table, best of three; memory is what
the process grew by.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CYCLES = 1000

SYNTHETIC = """
import sys, numpy as np, polars as pl
rows, cycles, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
per = rows // cycles
shares = {"cc_charge": 0.40, "cv": 0.10, "rest1": 0.05, "cc_discharge": 0.40, "rest2": 0.05}
counts = {name: max(int(share * per), 3) for name, share in shares.items()}
rng = np.random.default_rng(0)
parts, clock, step = [], 0.0, 0
for cycle in range(cycles):
    fade = 1.0 - 2e-4 * cycle
    for name, count in counts.items():
        x = (np.arange(count) + 1.0) / count
        span, sign = {"cc_charge": (3600.0, 1.0), "cv": (600.0, 1.0), "rest1": (300.0, 0.0),
                      "cc_discharge": (3800.0, -1.0), "rest2": (300.0, 0.0)}[name]
        span *= fade
        current = sign * np.exp(-4.0 * x) if name == "cv" else np.full(count, sign)
        volts = {"cc_charge": 3.2 + x, "cv": 4.2 + 0 * x, "rest1": 4.2 - 0.05 * x,
                 "cc_discharge": 4.1 - 1.1 * x, "rest2": 3.0 + 0.2 * x}[name]
        parts.append(np.stack([clock + span * x, current * (1 + 1e-5 * rng.standard_normal(count)), volts,
                               np.full(count, float(step)), np.full(count, float(cycle))]))
        clock, step = clock + span, step + 1
table = np.concatenate(parts, axis=1)
names = ["test_time_second", "current_ampere", "voltage_volt", "step_count", "cycle_count"]
pl.DataFrame(dict(zip(names, table))).write_parquet(path)
"""

OURS = """
import json, resource, sys, time
import polars as pl
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings, analyse

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0

def work():
    names = pl.read_parquet_schema(sys.argv[1])
    columns = {name: pl.read_parquet(sys.argv[1], columns=[name])[name].to_numpy() for name in names}
    return analyse(Measurement(technique="cycling", columns=columns), Settings(kind=CellKind.FULL))

import halfcell.maths.rate_equation  # modules are loaded before the clock starts
base, begun = peak(), time.process_time()
result = work()
print(json.dumps({"cpu": time.process_time() - begun, "mb": peak() - base, "cycles": len(result.rows)}))
"""

FILE_OURS = """
import json, sys, time
from halfcell.core.sample import CellKind
from halfcell.readers import read
from halfcell.techniques.cycling import Settings, analyse
for _ in range(2):
    begun = time.process_time()
    result = analyse(read(sys.argv[1]), Settings(kind=CellKind(sys.argv[2])))
    spent = time.process_time() - begun
ce = [row["coulombic_efficiency"] for row in result.rows]
print(json.dumps({"cpu": spent, "cycles": len(result.rows), "ce": ce[:3]}))
"""

FILE_FASTNDA = """
import json, sys, time, fastnda
for _ in range(2):
    begun = time.process_time()
    frame = fastnda.read(sys.argv[1])
    spent = time.process_time() - begun
print(json.dumps({"cpu": spent, "cycles": 0, "ce": []}))
"""

FILE_CELLPY = """
import json, sys, time, logging, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
import cellpy
mode = "anode" if sys.argv[2] == "half" else "full_cell"
for _ in range(2):
    begun = time.process_time()
    cell = cellpy.get(sys.argv[1], mass=1.0, cycle_mode=mode)
    spent = time.process_time() - begun
summary = cell.data.summary
print(json.dumps({"cpu": spent, "cycles": len(summary), "ce": list(summary["coulombic_efficiency"])[:3]}))
"""

FILE_NAVANI = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import navani.echem as ec
for _ in range(2):
    begun = time.process_time()
    table = ec.echem_file_loader(sys.argv[1])
    summary = ec.cycle_summary(table)
    spent = time.process_time() - begun
print(json.dumps({"cpu": spent, "cycles": len(summary), "ce": [float(v) for v in summary["CE"][:3]]}))
"""


def run(python: str, script: str, *arguments: str) -> dict[str, object]:
    """Run a script in an interpreter of its own; its last line is JSON."""
    done = subprocess.run([python, "-c", script, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["?"])[-1][:90]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def growth() -> None:
    """Rows against CPU and memory."""
    print(f"{'rows':>12} {'CPU s':>8} {'s per million':>14} {'MB':>8} {'MB per million':>15} {'cycles':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (100_000, 1_000_000, 10_000_000):
            path = str(Path(folder) / f"{rows}.parquet")
            subprocess.run([sys.executable, "-c", SYNTHETIC, str(rows), str(CYCLES), path], check=True)
            found = [run(sys.executable, OURS, path) for _ in range(3)]
            cpu = min(float(str(one["cpu"])) for one in found)
            memory = max(float(str(one["mb"])) for one in found)
            millions = rows / 1e6
            each = f"{rows:>12} {cpu:>8.3f} {cpu / millions:>14.3f} {memory:>8.0f} {memory / millions:>15.1f}"
            print(each, f"{found[0]['cycles']!s:>7}")


def files(paths: list[str]) -> None:
    """Load and per-cycle table of real files, beside the peers."""
    peers = {
        "halfcell": (sys.executable, FILE_OURS),
        "fastnda alone": (sys.executable, FILE_FASTNDA),
        "cellpy": (os.environ.get("CELLPY_PYTHON", ""), FILE_CELLPY),
        "navani": (os.environ.get("NAVANI_PYTHON", ""), FILE_NAVANI),
    }
    for path in paths:
        name, _, kind = path.partition("=")
        print(f"\n{Path(name).name} ({kind or 'full'})")
        base = None
        for peer, (python, script) in peers.items():
            if not python or (peer == "fastnda alone" and ".nda" not in name):
                continue
            found = run(python, script, name, kind or "full")
            if "error" in found:
                print(f"  {peer:<14} fails: {found['error']}")
                continue
            cpu = float(str(found["cpu"]))
            base = base or cpu
            print(f"  {peer:<14} {cpu:8.3f} s  {cpu / base:7.2f} x  {found['cycles']} cycles  CE {found['ce']}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        files(sys.argv[1:])
    else:
        growth()
