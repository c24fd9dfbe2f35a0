"""EXAFS chain (normalisation, background, transform) beside xraylarch, in one run: ratio of times and of |chi(R)|.

    HALFCELL_LARCH=/path/to/python-with-xraylarch python benchmarks/exafs.py [FOLDER OF SCANS]

xraylarch has an environment of its own (2 GB). Both get the same arrays and the same E0, are warmed up, and are timed
in turns; what is printed is the median of 15 turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from ratios import record

from halfcell.core.errors import HalfcellError
from halfcell.maths import exafs, exafs_background, exafs_transform
from halfcell.readers import read_all

THEIRS = """
import json, sys, time
import numpy as np
from larch import Group
from larch.xafs import autobk, pre_edge, xftf
scans = json.load(open(sys.argv[1]))
out = {}
for name, scan in scans.items():
    times = []
    for _ in range(16):
        group = Group(energy=np.array(scan["energy"]), mu=np.array(scan["mu"]))
        start = time.process_time()
        pre_edge(group)
        autobk(group, rbkg=1.0, kweight=1)
        xftf(group, kweight=2, kmin=3, kmax=min(12, group.k[-1]), dk=1, window="hanning")
        times.append(time.process_time() - start)
    out[name] = {"e0": float(group.e0), "chir": list(map(float, group.chir_mag)), "times": times[1:]}
json.dump(out, open(sys.argv[2], "w"))
"""


def scans(folder: Path) -> dict[str, dict[str, list[float]]]:
    """All absorption scans of a folder."""
    found = {}
    for path in sorted(folder.iterdir()):
        try:
            measurements = read_all(path)
        except HalfcellError:
            continue
        for number, m in enumerate(measurements):
            if m.technique == "xas":
                name = f"{path.name}:{number}"
                found[name] = {"energy": m["energy_electronvolt"].tolist(), "mu": m["absorption"].tolist()}
    return found


def ours(energy: np.ndarray, mu: np.ndarray, e0: float) -> tuple[float, np.ndarray]:
    """Median time (s, CPU) and |chi(R)| of our chain."""
    times = []
    for _ in range(16):
        start = time.process_time()
        normal = exafs.normalise(energy, mu, e0)
        back = exafs_background.background(energy, mu, normal)
        _, spectrum = exafs_transform.transform(back.chi, 2, (3.0, min(12.0, back.k[-1])), 1.0)
        times.append(time.process_time() - start)
    return statistics.median(times[1:]), np.abs(spectrum)


def main() -> None:
    """Run both and print the table."""
    larch = os.environ.get("HALFCELL_LARCH", "")
    if not larch:
        print("xraylarch is not there: nothing is quoted (HALFCELL_LARCH names a Python that has it)")
        return
    default = Path(os.environ.get("HALFCELL_DATA", "../shared/data")) / "spectra" / "xas"
    data = scans(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
    with tempfile.TemporaryDirectory() as folder:
        given, got = Path(folder) / "in.json", Path(folder) / "out.json"
        given.write_text(json.dumps(data), encoding="utf-8")
        subprocess.run([larch, "-c", THEIRS, given, got], check=True, capture_output=True)
        theirs = json.loads(got.read_text(encoding="utf-8"))
    print(f"{'scan':24} {'larch ms':>9} {'ours ms':>9} {'ratio':>7} {'max |d chi(R)| / max':>21}")
    for name, scan in data.items():
        other = theirs[name]
        seconds, magnitude = ours(np.array(scan["energy"]), np.array(scan["mu"]), other["e0"])
        reference = np.array(other["chir"])
        r = np.pi / (exafs_transform.STEP * exafs_transform.POINTS) * np.arange(len(reference))
        inside = (r > 1) & (r < 4)
        worst = np.abs(magnitude[: len(reference)] - reference)[inside].max() / reference[inside].max()
        median = statistics.median(other["times"])
        record("normalisation, background and transform of a scan", "larch", median, seconds)
        print(f"{name:24} {1e3 * median:9.2f} {1e3 * seconds:9.2f} {median / seconds:7.1f} {worst:21.1e}")


if __name__ == "__main__":
    main()
