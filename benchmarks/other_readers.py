"""BioLogic and Neware files read by halfcell, ixdat, batplot and yadg: processor time and what comes out, in one run.

    IXDAT_PYTHON=... BATPLOT_PYTHON=... YADG_PYTHON=... python benchmarks/other_readers.py

Each reader is in a process of its own environment (``pip install ixdat requests``, ``batplot``, ``yadg``), reads the
file once to warm up, and then in five turns; the best counts. halfcell hashes each file and checks its values, too.
yadg gives every value an uncertainty by the digits of the file, which costs part of its time. A file that a program
cannot read is named with its own words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cpu_time import best_of
from cycler_files import unpacked
from ratios import record

FILES = (
    "biologic/biol_old_datamodule2.mpr.gz",
    "biologic/GCPL-0.mpr",
    "biologic/PEIS_244.mpr",
    "biologic/Pt_poly_cv_CUT.mpt",
    "neware/neware_uio.csv.gz",
)
TURNS = 5


def read_halfcell(path: Path) -> Callable[[], int]:
    """Rows of all measurements of the file."""
    from halfcell.readers import read_all

    return lambda: sum(map(len, read_all(path)))


def read_yadg(path: Path) -> Callable[[], int]:
    """Rows of yadg's tree."""
    from yadg.extractors import extract  # type: ignore[import-not-found,unused-ignore]

    kind = f"eclab{path.suffix}" if path.suffix in (".mpr", ".mpt") else "basic.csv"
    return lambda: int(extract(filetype=kind, path=str(path), timezone="UTC").sizes["uts"])


def read_ixdat(path: Path) -> Callable[[], int]:
    """Rows of ixdat's measurement."""
    from ixdat import Measurement  # type: ignore[import-not-found,unused-ignore]

    return lambda: len(Measurement.read(str(path), reader="biologic").t)


def read_batplot(path: Path) -> Callable[[], int]:
    """Rows of what batplot plots."""
    from batplot import readers_ec as theirs  # type: ignore[import-not-found,unused-ignore]

    if path.suffix == ".csv":
        return lambda: len(theirs.read_ec_csv_file(str(path), prefer_specific=False)[0])
    return lambda: len(theirs.read_mpt_file(str(path), mode="cv")[0])


CHILDREN = {"halfcell": read_halfcell, "yadg": read_yadg, "ixdat": read_ixdat, "batplot": read_batplot}


def child(name: str, path: Path) -> dict[str, Any]:
    """The rows that a reader finds, and its CPU seconds."""
    read = CHILDREN[name](path)
    return {"rows": read(), "seconds": best_of({name: read}, TURNS)[name]}


def run(python: str, name: str, path: Path) -> dict[str, Any]:
    """Let a child do its work; its last line is JSON."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    command = [python, __file__, "--child", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        return {"error": last.replace(f"{path.parent}/", "")[:90]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> None:
    """Print a table."""
    peers = {name: os.environ.get(f"{name.upper()}_PYTHON", "") for name in ("yadg", "ixdat", "batplot")}
    print("| file | program | rows | CPU s | times halfcell |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            path = unpacked(name, Path(folder))
            ours = run(sys.executable, "halfcell", path)
            for program, python in {"halfcell": sys.executable, **peers}.items():
                found = ours if program == "halfcell" else run(python, program, path) if python else {"error": "absent"}
                print(f"| {path.name} | {program} | {_told(found, ours)} |", flush=True)
                if program != "halfcell" and "error" not in found and "error" not in ours:
                    record(f"reading a {path.suffix} file", program, found["seconds"], ours["seconds"])


def _told(found: dict[str, Any], ours: dict[str, Any]) -> str:
    if "error" in found:
        return f"does not read it: {str(found['error']).replace('|', '/')} | | "
    return f"{found['rows']} | {found['seconds']:.4f} | {found['seconds'] / ours.get('seconds', float('nan')):.1f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        warnings.simplefilter("ignore")
        print(json.dumps(child(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
