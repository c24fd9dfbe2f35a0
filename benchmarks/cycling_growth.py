"""Cycling of large records: the per-cycle table at 0.1, 1 and 10 million rows, in chunks of numpy and in polars.

Usage::

    python benchmarks/cycling_growth.py [--most 10000000]

A synthetic full cell of 1,000 cycles CC-CV-rest-CC-rest with known charges, as a parquet file of five columns. Each way
runs in processes of its own, one thread each: CPU seconds (user and system) from the file to the finished numbers, the
best of three; megabytes are what the process grew by at its highest point. All imports and a small file come before.

``halfcell``
    The whole analysis: cycles found by charge, then capacity, energy, mean voltage, efficiency, CV share, rate,
    retention, completeness, profiles of one cycle.
``halfcell, half cycles``
    What polars does below: charge and energy of each half cycle, cycles found by charge.
``polars eager``, ``lazy``, ``streaming``
    Charge and energy of each half cycle in one group-by; cycles are given by the file's own column.
``polars lazy, found``, ``streaming, found``
    The same with cycles found by charge: runs of one sign in one step by a group-by, half cycles of them as halfcell's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

CYCLES = 1000
PHASES = {  # rows' share, seconds, sign of the current, volts at the beginning, change of volts
    "charge": (0.40, 3600.0, 1.0, 3.2, 1.0),
    "hold": (0.10, 600.0, 1.0, 4.2, 0.0),
    "rest": (0.05, 300.0, 0.0, 4.2, -0.05),
    "discharge": (0.40, 3800.0, -1.0, 4.1, -1.1),
    "rest again": (0.05, 300.0, 0.0, 3.0, 0.2),
}


def synthetic(path: Path, rows: int) -> None:
    """Write the parquet file."""
    import polars as pl

    rng = np.random.default_rng(0)
    parts, clock, step = [], 0.0, 0
    for cycle in range(CYCLES):
        for name, (share, seconds, sign, volts, change) in PHASES.items():
            count = max(int(share * rows // CYCLES), 3)
            x, span = (np.arange(count) + 1.0) / count, seconds * (1.0 - 2e-4 * cycle)
            size = sign * np.exp(-4.0 * x) if name == "hold" else np.full(count, sign)
            noise = 1.0 + 1e-5 * rng.standard_normal(count)
            step_cycle = np.full(count, float(step)), np.full(count, float(cycle))
            parts.append(np.stack([clock + span * x, size * noise, volts + change * x, *step_cycle]))
            clock, step = clock + span, step + 1
    names = ("test_time_second", "current_ampere", "voltage_volt", "step_count", "cycle_count")
    pl.DataFrame(dict(zip(names, np.concatenate(parts, axis=1), strict=True))).write_parquet(path)


def _columns(path: str) -> dict[str, Any]:
    import polars as pl

    names = pl.read_parquet_schema(path)
    return {name: pl.read_parquet(path, columns=[name])[name].to_numpy() for name in names}


def whole(path: str) -> list[float]:
    """Everything."""
    import halfcell.maths.rate_equation  # noqa: F401 (loaded before the clock starts)
    from halfcell.core.measurement import Measurement
    from halfcell.core.sample import CellKind
    from halfcell.techniques.cycling import Settings, analyse

    result = analyse(Measurement(technique="cycling", columns=_columns(path)), Settings(kind=CellKind.FULL))
    return [float(row["discharge_capacity"] or 0.0) / 1e3 for row in result.rows]


def halves(path: str) -> list[float]:
    """Charge and energy of half cycles, in chunks of numpy."""
    from halfcell.maths.current_record import Record
    from halfcell.maths.half_cycles import find_half_cycles, find_runs

    c = _columns(path)
    record = Record(
        time_s=c["test_time_second"], current_a=c["current_ampere"], voltage_v=c["voltage_volt"], step=c["step_count"]
    )
    found = find_half_cycles(find_runs(record))
    return [float(q) for q in found.charge_ah[found.direction < 0]]


def _flows(frame: Any) -> Any:
    """Charge (As) and energy (Ws) that reach each row: trapezoid inside a run, before it the first row's current."""
    import polars as pl

    current, volts = pl.col("current_ampere"), pl.col("voltage_volt")
    seconds = pl.col("test_time_second").diff().fill_null(0.0)
    sign = current.sign()
    begins = ((sign != sign.shift(1)) | (pl.col("step_count") != pl.col("step_count").shift(1))).fill_null(True)
    power = current * volts
    return frame.select(
        pl.when(begins).then(current * seconds).otherwise(0.5 * (current + current.shift(1)) * seconds).alias("charge"),
        pl.when(begins).then(power * seconds).otherwise(0.5 * (power + power.shift(1)) * seconds).alias("energy"),
        sign.alias("sign"),
        begins.alias("begins"),
        "cycle_count",
    )


def given(path: str, how: str) -> list[float]:
    """Charge and energy by the file's own cycle numbers."""
    import polars as pl

    frame = pl.read_parquet(path).lazy() if how == "eager" else pl.scan_parquet(path)
    table = (
        _flows(frame)
        .group_by("cycle_count")
        .agg(
            *(
                pl.col(what).filter(pl.col("sign") * side > 0).sum().alias(f"{what} {side}")
                for what in ("charge", "energy")
                for side in (1, -1)
            )
        )
        .collect(engine="streaming" if how == "streaming" else "in-memory")
        .sort("cycle_count")
    )
    return [-q / 3600.0 for q in table["charge -1"].to_list()]


def found(path: str, how: str) -> list[float]:
    """Runs by a group-by, half cycles from their charges."""
    import polars as pl

    from halfcell.maths.half_cycles import Runs, find_half_cycles

    table = (
        _flows(pl.scan_parquet(path))
        .with_columns(pl.col("begins").cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(pl.col("charge").sum(), pl.col("energy").sum(), pl.col("sign").first(), pl.len())
        .collect(engine="streaming" if how == "streaming" else "in-memory")
        .sort("run")
    )
    stop = np.cumsum(table["len"].to_numpy().astype(np.int64))
    charge, energy = (table[name].to_numpy() / 3600.0 for name in ("charge", "energy"))
    runs = Runs(
        start=stop - table["len"].to_numpy(),
        stop=stop,
        sign=table["sign"].to_numpy(),
        charge_ah=charge,
        energy_wh=energy,
        duration_s=np.ones(len(stop)),
    )
    cycles = find_half_cycles(runs)
    return [float(q) for q in cycles.charge_ah[cycles.direction < 0]]


WAYS: dict[str, Callable[[str], list[float]]] = {
    "halfcell": whole,
    "halfcell, half cycles": halves,
    "polars eager": lambda path: given(path, "eager"),
    "polars lazy": lambda path: given(path, "lazy"),
    "polars streaming": lambda path: given(path, "streaming"),
    "polars lazy, found": lambda path: found(path, "lazy"),
    "polars streaming, found": lambda path: found(path, "streaming"),
}


def _highest() -> float:
    """The most memory this process has had, in MB (Linux)."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024.0


def child(way: str, path: str) -> None:
    """Warm up on a small file, then work once."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.parquet"
        synthetic(small, 20 * CYCLES)
        WAYS[way](str(small))
    before, start = _highest(), time.process_time()
    values = WAYS[way](path)
    spent = time.process_time() - start
    print(json.dumps({"cpu": spent, "mb": _highest() - before, "cycles": len(values), "sum": sum(values)}))


def measured(way: str, path: Path, turns: int = 3) -> tuple[float, float, int, float]:
    """CPU seconds, MB, number of cycles and the sum of their discharge capacities (Ah)."""
    one = {**os.environ, "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    command = [sys.executable, __file__, "--child", way, str(path)]
    told = [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=one).stdout)
        for _ in range(turns)
    ]
    return min(t["cpu"] for t in told), max(t["mb"] for t in told), told[0]["cycles"], told[0]["sum"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000_000)
    parser.add_argument("--child", nargs=2, metavar=("WAY", "PATH"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(*args.child)
        return
    with tempfile.TemporaryDirectory() as folder:
        for rows in (args.most // 100, args.most // 10, args.most):
            path = Path(folder) / f"{rows}.parquet"
            synthetic(path, rows)
            heads = f"{'CPU s':>8}{'s/million':>11}{'MB':>7}{'MB/million':>12}{'cycles':>8}  sum Qdis (Ah)"
            print(f"\n{rows:>12,} rows{'':<11}{heads}")
            for way in WAYS:
                cpu, memory, cycles, total = measured(way, path)
                each = f"{cpu:>8.3f}{cpu / rows * 1e6:>11.3f}{memory:>7.0f}{memory / rows * 1e6:>12.0f}{cycles:>8}"
                print(f"{way:<28}{each}  {total:.6f}")


if __name__ == "__main__":
    main()
