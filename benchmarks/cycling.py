"""Cycling: load + per-cycle table of real files beside the bare reader, cellpy and navani, in one run, as ratios.

Usage::

    python benchmarks/cycling.py            # the files below, of HALFCELL_DATA
    python benchmarks/cycling.py neware     # those with this word in their name

The peers live in environments of their own, named by variables: ``CELLPY_PYTHON`` (``pip install cellpy==1.0.3`` on
Python 3.11; for Arbin's .res the program mdb-export of mdbtools as well) and ``NAVANI_PYTHON`` (``pip install
navani``). The bare readers are in halfcell's own. cellpy gets the instrument and model that fit, navani finds its own.

Every reader runs in a process of its own, does the work once to warm up and then several times; the CPU seconds (user
and system) of the best turn count, one thread each. The bare reader and halfcell take turns in one process. cellpy's
object holds raw table, steps and summary; navani's table has capacities and efficiency; halfcell's has these, energies,
mean voltages, CV shares, rates, completeness, retention, profiles and dQ/dV of the first cycle.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from cpu_time import best_of
from cycler_files import unpacked
from ratios import record

FILES: tuple[tuple[str, str, dict[str, str]], ...] = (  # file, kind of the cell, what cellpy has to be told
    ("neware/nw4-120-1-6-53.ndax", "full", {"instrument": "neware_nda"}),
    ("neware/navani_test.ndax", "full", {"instrument": "neware_nda"}),
    ("neware/2-1-6_61_07005012.nda.zip", "full", {"instrument": "neware_nda"}),
    ("neware/TestFile.nda.zip", "full", {"instrument": "neware_nda"}),
    ("neware/nda_v22.nda.zip", "full", {"instrument": "neware_nda"}),
    ("neware/neware_uio.csv.gz", "half", {"instrument": "neware_txt", "model": "one"}),
    ("neware/nw_regular_export_ife_example.csv.gz", "full", {"instrument": "neware_txt", "model": "one"}),
    ("arbin/20160805_test001_45_cc_01.res.gz", "half", {"instrument": "arbin_res"}),
    ("arbin/20210210_FC_01_cc_02.res.gz", "full", {"instrument": "arbin_res"}),
    ("maccor/maccor_001.txt.gz", "full", {"instrument": "maccor_txt", "model": "one"}),
    ("maccor/maccor_three.txt.gz", "full", {"instrument": "maccor_txt", "model": "three"}),
    ("pec/pec.csv.gz", "full", {"instrument": "pec_csv"}),
    ("biologic/biol_old_datamodule2.mpr.gz", "full", {"instrument": "biologics_mpr"}),
    ("landt/SINTEF_LiGrR2032_Landt.csv.gz", "half", {"instrument": "custom"}),
    ("derived/20231115_rate_graphite_halfcell.bdf.parquet", "half", {"instrument": "batmo_bdf"}),
)
TURNS = 15


def child_halfcell(path: str, kind: str, _options: dict[str, str]) -> dict[str, Any]:
    """The bare reader, and halfcell from the file to the table."""
    sys.path.insert(0, str(Path(__file__).parent))
    from loading import bare_reader

    from halfcell.core.sample import CellKind
    from halfcell.readers import read_all
    from halfcell.techniques.cycling import Settings, analyse

    settings = Settings(kind=CellKind(kind))

    def ours() -> Any:
        return analyse(next(m for m in read_all(path) if m.technique == "cycling"), settings)

    bare = bare_reader(Path(path))
    spent = best_of({"halfcell": ours} | ({"bare": lambda: bare(Path(path))} if bare else {}), TURNS)
    rows = ours().rows
    return {**spent, "cycles": len(rows), "ce": [row["coulombic_efficiency"] for row in rows[:2]]}


def child_cellpy(path: str, kind: str, options: dict[str, str]) -> dict[str, Any]:
    """cellpy's cell with its summary."""
    import cellpy  # type: ignore[import-not-found,unused-ignore]

    mode = "anode" if kind == "half" else "full_cell"

    def theirs() -> Any:
        return cellpy.get(path, mass=1.0, cycle_mode=mode, **options)

    spent = best_of({"cellpy": theirs}, 3)
    summary = theirs().data.summary
    return {**spent, "cycles": len(summary), "ce": [float(v) for v in list(summary["coulombic_efficiency"])[:2]]}


def child_navani(path: str, _kind: str, _options: dict[str, str]) -> dict[str, Any]:
    """navani's table and summary."""
    import navani.echem as ec  # type: ignore[import-not-found,unused-ignore]

    def theirs() -> Any:
        return ec.cycle_summary(ec.echem_file_loader(path))

    spent = best_of({"navani": theirs}, 3)
    summary = theirs()
    return {**spent, "cycles": len(summary), "ce": [float(v) for v in summary["CE"][:2]]}


CHILDREN = {"halfcell": child_halfcell, "cellpy": child_cellpy, "navani": child_navani}


def run(python: str, name: str, path: Path, kind: str, options: dict[str, str]) -> dict[str, Any]:
    """Let a child do its work; its last line is JSON."""
    command = [python, __file__, "--child", name, str(path), kind, json.dumps(options)]
    one = {**os.environ, "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=one)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["?"])[-1][:110]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main(words: list[str]) -> None:
    """Print the table."""
    peers = {"cellpy": os.environ.get("CELLPY_PYTHON", ""), "navani": os.environ.get("NAVANI_PYTHON", "")}
    with tempfile.TemporaryDirectory() as folder:
        for name, kind, options in FILES:
            if words and not any(word in name for word in words):
                continue
            path = unpacked(name, Path(folder))
            ours = run(sys.executable, "halfcell", path, kind, {})
            print(f"\n{name} ({kind})")
            if "error" in ours:
                print(f"  halfcell fails: {ours['error']}")
                continue
            if "bare" in ours:
                print(
                    f"  {'bare reader':<12}{ours['bare']:>9.4f} s; halfcell is {ours['halfcell'] / ours['bare']:.2f} x"
                )
            print(f"  {'halfcell':<12}{ours['halfcell']:>9.4f} s  {ours['cycles']} cycles, CE {ours['ce']}")
            for peer, python in peers.items():
                if python:
                    _say(peer, run(python, peer, path, kind, options), ours["halfcell"])


def _say(peer: str, found: dict[str, Any], ours: float) -> None:
    if "error" in found:
        print(f"  {peer:<12}fails: {found['error']}")
    else:
        cpu = found[peer]
        record("a cycler's file to the table of its cycles", peer, cpu, ours)
        print(f"  {peer:<12}{cpu:>9.4f} s  {cpu / ours:.1f} x halfcell  {found['cycles']} cycles, CE {found['ce']}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        print(json.dumps(CHILDREN[sys.argv[2]](sys.argv[3], sys.argv[4], json.loads(sys.argv[5]))))
    else:
        main(sys.argv[1:])
