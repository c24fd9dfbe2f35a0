"""Load cyclers' files with halfcell and with the bare library beneath, side by side in one run, as ratios.

The libraries beneath (fastnda, galvani, access-parser, polars) are halfcell's own dependencies: one environment. Give
another folder of files by HALFCELL_DATA. Run ``python benchmarks/loading.py``; ``--rows 10000000`` sets the largest
synthetic table, ``--quick`` leaves it out.

``keep`` is the time to keep what was read as a study does (parquet by content), ``kept`` that to read it from there,
and the ratio beside it how much sooner than from the file; where nothing is kept (parquet itself, .mpr) there is none.

CPU seconds are those of the process (the best of several turns, all imports done before); memory is what the process
gains at its highest point while it loads, measured in a fresh process each.
"""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from cpu_time import best_of
from cycler_files import unpacked
from ratios import record


def _fastnda(path: Path) -> None:
    import fastnda

    fastnda.read(path)


def _galvani(path: Path) -> None:
    from galvani import BioLogic

    data = BioLogic.MPRfile(io.BytesIO(path.read_bytes())).data  # a view of the bytes: what is used has to be copied
    for name in ("time/s", "Ewe/V", "I/mA", "(Q-Qo)/mA.h", "half cycle", "Ns", "Q charge/discharge/mA.h", "Ece/V"):
        np.asarray(data[name], dtype=np.float64)


def _access(path: Path) -> None:
    from access_parser import AccessParser

    AccessParser(str(path)).parse_table("Channel_Normal_Table")


def _polars_csv(path: Path) -> None:
    import polars as pl

    skipped = 6 if "Landt" in path.name else 0
    pl.read_csv(path, skip_rows=skipped, truncate_ragged_lines=True, infer_schema_length=None)


def _polars_pec(path: Path) -> None:
    import polars as pl

    lines = path.read_bytes().split(b"#END RESULTS CHECK")[0].count(b"\n") + 1
    pl.read_csv(path, skip_rows=lines, truncate_ragged_lines=True, infer_schema_length=None)


def _polars_parquet(path: Path) -> None:
    import polars as pl

    pl.read_parquet(path)


FILES: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("neware/nw4-120-1-6-53.ndax", _fastnda),
    ("neware/2-1-6_61_07005012.nda.zip", _fastnda),
    ("biologic/biol_old_datamodule2.mpr.gz", _galvani),
    ("arbin/20210210_FC_01_cc_02.res.gz", _access),
    ("landt/SINTEF_LiGrR2032_Landt.csv.gz", _polars_csv),
    ("neware/neware_uio.csv.gz", _polars_csv),
    ("pec/pec.csv.gz", _polars_pec),
    ("derived/20231115_rate_graphite_halfcell.bdf.parquet", _polars_parquet),
)


def bare_reader(path: Path) -> Callable[[Path], None] | None:
    """The library beneath that reads such a file; None where there is none."""
    readers = {".nda": _fastnda, ".ndax": _fastnda, ".mpr": _galvani, ".res": _access, ".parquet": _polars_parquet}
    return readers.get(path.suffix)


def _cpu(call: Callable[[Path], object], path: Path) -> float:
    return best_of({"": lambda: call(path)})[""]


def _kept(path: Path) -> tuple[float, float]:
    """CPU seconds to keep what was read as a study does, and to read it from there."""
    from halfcell.readers import read_all
    from halfcell.study.cache.measurements import StoredMeasurements
    from halfcell.study.files.input_file import InputFile

    found = read_all(path)
    with tempfile.TemporaryDirectory() as folder:
        file = InputFile(path=str(path), sha256="0" * 64, reader=f"{found[0].source.reader} 1")
        kept = StoredMeasurements(Path(folder))
        spent = _cpu(lambda _: kept.save(file, {}, found), path), _cpu(lambda _: kept.load(file, {}), path)
        return spent if kept.load(file, {}) else (float("nan"), float("nan"))


def synthetic(path: Path, rows: int, cycles: int = 1000) -> None:
    """A BDF parquet of constant-current cycles with the columns a cycler has."""
    import polars as pl

    place = np.arange(rows)
    phase = place * cycles / rows % 1.0
    charge = phase >= 0.5
    pl.DataFrame(
        {
            "test_time_second": place * 10.0,
            "voltage_volt": np.where(charge, 0.01 + 2 * (phase - 0.5), 1.0 - 1.98 * phase),
            "current_ampere": np.where(charge, 1e-3, -1e-3),
            "cycle_count": (place * cycles // rows).astype(np.int32) + 1,
            "step_id": charge.astype(np.int32) + 1,
        }
    ).write_parquet(path)


def _memory(how: str, path: Path) -> tuple[float, float]:
    """CPU seconds and megabytes gained at the highest point, in a fresh process."""
    command = [sys.executable, __file__, "--child", how, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    cpu, gained = done.stdout.split()
    return float(cpu), float(gained)


def _highest() -> int:
    """The most memory this process has had, in KiB (Linux; of a child, getrusage tells the parent's)."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1])


def _child(how: str, path: Path) -> None:
    from halfcell.readers import read_all

    call: Callable[[Path], object] = read_all if how == "halfcell" else _polars_parquet
    with tempfile.TemporaryDirectory() as folder:  # imports and warm-up
        small = Path(folder) / "a.parquet"
        synthetic(small, 1000, 10)
        call(small)
    before, start = _highest(), time.process_time()
    kept = call(path)
    print(time.process_time() - start, (_highest() - before) / 1024)
    del kept


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--child", nargs=2, metavar=("HOW", "PATH"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        _child(args.child[0], Path(args.child[1]))
        return
    from halfcell.readers import read_all

    logging.disable(logging.ERROR)
    heads = f"{'bare':>10}{'halfcell':>10}{'ratio':>7}{'keep':>9}{'kept':>9}{'ratio':>7}"
    print(f"{'file':<52}{'records':>9}{heads}   (CPU s)")
    with tempfile.TemporaryDirectory() as folder:
        for name, bare in FILES:
            path = unpacked(name, Path(folder))
            count = len(read_all(path)[0])
            alone, ours = _cpu(bare, path), _cpu(read_all, path)
            kind = "text" if path.suffix in (".csv", ".txt") else "binary"
            record(f"reading a cycler's {kind} file", "the library beneath, bare", alone, ours)
            keep, kept = _kept(path)
            each = f"{alone:>10.4f}{ours:>10.4f}{ours / alone:>7.2f}{keep:>9.4f}{kept:>9.4f}{ours / kept:>7.1f}"
            print(f"{name:<52}{count:>9}{each}")
        if args.quick:
            return
        head = f"{'synthetic BDF parquet, 5 columns':<52}{'bare':>10}{'halfcell':>10}{'ratio':>7}"
        print(f"\n{head}{'MB / million rows':>20}")
        for rows in (args.rows // 100, args.rows // 10, args.rows):
            path = Path(folder) / f"{rows}.parquet"
            synthetic(path, rows)
            alone, ours, gained = _memory("polars", path)[0], *_memory("halfcell", path)
            per = gained / rows * 1e6
            print(f"{rows:>12} rows{'':<35}{alone:>10.3f}{ours:>10.3f}{ours / alone:>7.2f}{per:>20.0f}")


if __name__ == "__main__":
    main()
