"""xraylarch as an oracle: |chi(R)| of every real spectrum within 1 % of larch's.

HALFCELL_LARCH names a Python that has xraylarch (it weighs 2 GB, so it has an environment of its own).
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from halfcell.maths import exafs
from halfcell.readers import read_all

pytestmark = pytest.mark.oracle

LARCH = """
import json, sys
import numpy as np
from larch import Group
from larch.xafs import autobk, pre_edge, xftf
data = json.load(open(sys.argv[1]))
group = Group(energy=np.array(data["energy"]), mu=np.array(data["mu"]))
pre_edge(group)
autobk(group, rbkg=1.0, kweight=1)
xftf(group, kweight=2, kmin=3, kmax=min(12, group.k[-1]), dk=1, window="hanning")
json.dump({"e0": float(group.e0), "step": float(group.edge_step), "chir": list(map(float, group.chir_mag))},
          open(sys.argv[2], "w"))
"""
SCANS = [("Sn.prj", n) for n in range(5)] + [
    (name, 0) for name in ("cu_metal_rt.xdi", "fe_metal_rt.xdi", "ni_metal_rt.xdi", "cu_10k.xmu", "FeO.prj")
]


@pytest.fixture(scope="module")
def larch() -> str:
    python = os.environ.get("HALFCELL_LARCH", "")
    if not python or not Path(python).is_file():
        pytest.skip("no larch: set HALFCELL_LARCH to a Python that has xraylarch")
    return python


@pytest.mark.parametrize(("name", "group"), SCANS)
def test_magnitude_within_a_per_cent(data: Path, tmp_path: Path, larch: str, name: str, group: int) -> None:
    scan = read_all(data / "spectra" / "xas" / name)[group]
    energy, mu = scan["energy_electronvolt"], scan["absorption"]
    (tmp_path / "in.json").write_text(json.dumps({"energy": energy.tolist(), "mu": mu.tolist()}), encoding="utf-8")
    subprocess.run([larch, "-c", LARCH, tmp_path / "in.json", tmp_path / "out.json"], check=True, capture_output=True)
    theirs = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    normal = exafs.normalise(energy, mu, theirs["e0"])
    back = exafs.background(energy, mu, normal)
    r, spectrum = exafs.transform(back.chi, 2, (3.0, min(12.0, back.k[-1])), 1.0)
    magnitude = np.array(theirs["chir"])
    inside = (r[: len(magnitude)] >= 1.0) & (r[: len(magnitude)] <= 4.0)
    difference = np.abs(np.abs(spectrum)[: len(magnitude)] - magnitude)[inside]
    assert normal.step == pytest.approx(theirs["step"], rel=1e-3)
    assert difference.max() < 0.01 * magnitude[inside].max()
