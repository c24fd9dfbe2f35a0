"""BET and BJH beside pyGAPS, Oliver-Pharr beside micromechanics; one run.

    HALFCELL_PYGAPS=/path/to/python HALFCELL_MICROMECHANICS=/path/to/python python benchmarks/powders.py

pyGAPS and micromechanics have environments of their own; each gets the same arrays (or file) and is timed by CPU after
a warm-up, the best of several turns. pyGAPS fits one window of its own choice, halfcell all windows of at least
eleven points with Rouquerol's criteria; so pyGAPS is also asked for every one of these windows, which is the same work.
BETSI, which fits all windows as well, needs NumPy 1 and Qt and is not run.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from cpu_time import best_of
from ratios import record

from halfcell.maths import bet, monolayer, pores
from halfcell.readers import read, read_all
from halfcell.techniques import indentation, sorption

DATA = Path(os.environ.get("HALFCELL_DATA", "../shared/data")) / "materials"
ISOTHERMS = (
    *(f"betsi/{p.name}" for p in sorted((DATA / "sorption/betsi").glob("*.csv"))),
    "MCM-41 N2 77K.json",
    "NaY N2 77K.json",
    "SiO2 N2 77K.json",
)

PYGAPS = """
import json, logging, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
import numpy as np
from pygaps.characterisation.area_bet import area_BET_raw
import pygaps
from pygaps.characterisation.psd_meso import psd_mesoporous
given = json.load(open(sys.argv[1]))
out = {}
def timed(work, turns=9):
    found, best = work(), float("inf")
    for _ in range(turns):
        start, count, spent = time.process_time(), 0, 0.0
        while spent < 0.02:
            work(); count += 1; spent = time.process_time() - start
        best = min(best, spent / count)
    return found, best
for name, (p, q) in given["bet"].items():
    p, q = np.array(p), np.array(q) / 22413.97
    found, seconds = timed(lambda: area_BET_raw(p, q, 0.162))
    low, high = found[6], found[7]
    inside = (q * (1 - p))[low:high + 1]
    ends = [(p[i], p[j]) for i in range(len(p)) for j in range(i + 10, len(p))]
    start = time.process_time()
    for window in ends:
        try: area_BET_raw(p, q, 0.162, p_limits=window)
        except Exception: pass
    every = time.process_time() - start
    out[name] = [float(found[0]), seconds, bool(np.all(np.diff(inside) >= 0)), float(found[8]), len(ends), every]
for name, (p, v) in given["bjh"].items():
    isotherm = pygaps.PointIsotherm(
        pressure=p[::-1], loading=(np.array(v)[::-1] / 34.67e-3).tolist(), branch="des", material="x",
        adsorbate="nitrogen", temperature=77.355, pressure_mode="relative", pressure_unit=None,
        loading_basis="molar", loading_unit="mmol", material_basis="mass", material_unit="g", temperature_unit="K")
    def work():
        return psd_mesoporous(isotherm, psd_model="BJH", pore_geometry="cylinder", branch="des",
                              thickness_model="Harkins/Jura", kelvin_model="Kelvin", p_limits=(0.1, 1.0))
    found, seconds = timed(work, 5)
    out[name] = [float(np.sum(found["pore_volume"] if "pore_volume" in found else found["pore_volumes"])), seconds]
json.dump(out, open(sys.argv[2], "w"))
"""

MICROMECHANICS = """
import contextlib, io, json, sys, time
import numpy as np
from micromechanics.indentation import Indentation
start = time.process_time()
with contextlib.redirect_stdout(io.StringIO()):
    test = Indentation(sys.argv[1], nuMat=0.18)
    moduli, hard = [], []
    while True:
        test.analyse(); moduli += list(test.modulus); hard += list(test.hardness)
        if not test.testList:
            break
        test.nextTest()
json.dump([float(np.median(moduli)), float(np.median(hard)), time.process_time() - start], open(sys.argv[2], "w"))
"""


def timed(work: Callable[[], Any], turns: int = 9) -> tuple[Any, float]:
    """Result and CPU seconds of the best turn."""
    return work(), best_of({"": work}, turns)[""]


def peer(python: str, code: str, argument: str) -> Any:
    """Run a peer's code; what it writes as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        environment = os.environ | {"MPLBACKEND": "agg"}
        subprocess.run([python, "-c", code, argument, str(out)], check=True, capture_output=True, env=environment)
        return json.loads(out.read_text("utf-8"))


def branches() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Adsorption branches, cleaned as halfcell does."""
    made = {}
    for name in ISOTHERMS:
        up = sorption.analyse(read(DATA / "sorption" / name), sorption.Settings()).adsorption
        made[name] = (up.pressure, up.loading)
    return made


def cylinders() -> tuple[np.ndarray, np.ndarray]:
    """Desorption of 0.5 cm3/g of 8 nm cylinders, as liquid."""
    powder = sorption.Parameters(flat_area=0.1, pore_volume=0.5, pore_diameter_nm=8.0, pore_sd=1.15, curved=True)
    measured = sorption.simulate(powder, np.random.default_rng(0))
    down = measured["branch"] > 0.5
    order = np.argsort(measured["relative_pressure"][down])
    liquid = measured["loading_cm3_stp_per_gram"][down][order] * pores.LIQUID_PER_GAS
    return measured["relative_pressure"][down][order], liquid


def areas(given: dict[str, tuple[np.ndarray, np.ndarray]], theirs: dict[str, Any]) -> None:
    """BET: one window against all windows."""
    heads = f"{'windows':>8} {'pyGAPS, ms':>11} {'ours m2/g':>10} {'all, ms':>8} {'ratio, one':>11} {'ratio, all':>11}"
    print(f"{'isotherm':22} {'pyGAPS m2/g':>12} {'R':>7} {'rising':>7} {'one, ms':>8} {heads}")
    for name, (p, n) in given.items():
        made, seconds = timed(lambda p=p, n=n: bet.scan(p, n))
        best = bet.best(made)
        area = monolayer.area(bet.window(made, *best).monolayer, 0.162) if best else float("nan")
        value, other, rising, r, windows, every = theirs[name]
        record("a BET area, one window (halfcell: all windows)", "pyGAPS", other, seconds)
        record("BET areas over all windows of an isotherm", "pyGAPS, window by window", every, seconds)
        print(
            f"{name:22} {value:12.1f} {r:7.4f} {'yes' if rising else 'NO':>7} {1e3 * other:8.2f} {windows:8d}"
            f" {1e3 * every:11.1f} {area:10.1f} {1e3 * seconds:8.2f} {other / seconds:11.2f} {every / seconds:11.0f}"
        )
    print()


def volumes(given: dict[str, tuple[np.ndarray, np.ndarray]], theirs: dict[str, Any]) -> None:
    """BJH in cylinders, Harkins and Jura's thickness."""
    print(f"{'BJH desorption':22} {'pyGAPS cm3/g':>13} {'ms':>7} {'ours cm3/g':>11} {'ms':>6} {'ratio':>6}")
    for name, (p, v) in given.items():
        found, seconds = timed(lambda p=p, v=v: pores.bjh(p, v, pores.harkins_jura(p), (1.7, 300.0)), 5)
        value, other = theirs[name][:2]
        record("pores by BJH", "pyGAPS", other, seconds)
        print(
            f"{name:22} {value:13.4f} {1e3 * other:7.2f} {found.volume.sum():11.4f} {1e3 * seconds:6.2f}"
            f" {other / seconds:6.1f}"
        )
    print()


def quartz(python: str) -> None:
    """Fused quartz: read ten tests of five unloadings and fit them all."""
    path = DATA / "indentation/FQ.xls"
    modulus, hardness, other = peer(python, MICROMECHANICS, str(path))
    work = lambda: indentation.analyse(indentation.join(read_all(path)), indentation.Settings())  # noqa: E731
    found, seconds = timed(work, 3)
    print(f"{'FQ.xls':22} {'E GPa':>8} {'H GPa':>8} {'CPU s':>8}")
    print(f"{'micromechanics':22} {modulus:8.2f} {hardness:8.3f} {other:8.2f}")
    values = found["modulus"].value, found["hardness"].value
    record("ten tests of an indenter, read and fitted", "micromechanics", other, seconds)
    print(
        f"{'halfcell':22} {values[0]:8.2f} {values[1]:8.3f} {seconds:8.2f}   ratio {other / seconds:.1f}; energies too"
    )


def main() -> None:
    """Run all and print the tables."""
    gaps, micro = os.environ.get("HALFCELL_PYGAPS", ""), os.environ.get("HALFCELL_MICROMECHANICS", "")
    if gaps:
        sorbents(gaps)
    else:
        print("pyGAPS is not there: nothing is quoted (HALFCELL_PYGAPS names a Python that has it)\n")
    if micro:
        quartz(micro)
    else:
        print("micromechanics is not there: nothing is quoted (HALFCELL_MICROMECHANICS names a Python that has it)")


def sorbents(gaps: str) -> None:
    """BET and BJH beside pyGAPS."""
    isotherms = branches()
    tristar = sorption.analyse(read(DATA / "sorption/Sample_A.xls"), sorption.Settings()).desorption
    bjh = {"cylinders 0.5, 8 nm": cylinders()}
    if tristar is not None:
        bjh["TriStar Sample_A"] = (tristar.pressure, tristar.loading * pores.LIQUID_PER_GAS)
    given = {
        kind: {k: [a.tolist() for a in v] for k, v in of.items()} for kind, of in (("bet", isotherms), ("bjh", bjh))
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(given, file)
    theirs = peer(gaps, PYGAPS, file.name)
    Path(file.name).unlink()
    areas(isotherms, theirs)
    volumes(bjh, theirs)


if __name__ == "__main__":
    main()
