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

from halfcell.maths import exafs, exafs_background, exafs_transform
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
    """A Python that has larch; skipped where none is named."""
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
    back = exafs_background.background(energy, mu, normal)
    r, spectrum = exafs_transform.transform(back.chi, 2, (3.0, min(12.0, back.k[-1])), 1.0)
    magnitude = np.array(theirs["chir"])
    inside = (r[: len(magnitude)] >= 1.0) & (r[: len(magnitude)] <= 4.0)
    difference = np.abs(np.abs(spectrum)[: len(magnitude)] - magnitude)[inside]
    assert normal.step == pytest.approx(theirs["step"], rel=1e-3)
    assert difference.max() < 0.01 * magnitude[inside].max()


FEFFIT = """
import json, sys
import numpy as np
from larch import Group
from larch.fitting import param, param_group
from larch.xafs import autobk, feffit, feffit_dataset, feffit_transform, feffpath, pre_edge
from larch.xafs.feffrunner import feff6l
feff6l(folder=sys.argv[3])
data = json.load(open(sys.argv[1]))
group = Group(energy=np.array(data["energy"]), mu=np.array(data["mu"]))
pre_edge(group)
autobk(group, rbkg=1.0, kweight=1)
pars = param_group(amp=param(1, vary=True), de0=param(0, vary=True), s2=param(0.005, vary=True), dr=param(0, vary=True))
path = feffpath(sys.argv[3] + "/feff0001.dat", s02="amp", e0="de0", sigma2="s2", deltar="dr")
ranges = feffit_transform(kmin=3, kmax=float(min(17, group.k[-1])), kw=2, dk=1, window="hanning", rmin=1.4, rmax=3.0)
out = feffit(pars, feffit_dataset(data=group, pathlist=[path], transform=ranges))
json.dump({n: [float(p.value), float(p.stderr)] for n, p in out.params.items() if p.vary}, open(sys.argv[2], "w"))
"""
ATOMS = [(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if abs(x) + abs(y) + abs(z) == 2]
FEFF = "\n".join(
    ["TITLE Cu", "HOLE 1 1.0", "CONTROL 1 1 1 1", "PRINT 0 0 0 3", "RMAX 3.0", "POTENTIALS", "0 29 Cu", "1 29 Cu"]
    + ["ATOMS", "0 0 0 0", *(f"{1.805 * x} {1.805 * y} {1.805 * z} 1" for x, y, z in ATOMS)]
    + [f"{3.61 * x} {3.61 * y} {3.61 * z} 1" for x, y, z in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0))]
    + ["END", ""]
)


def test_first_shell_of_copper_as_feffit(data: Path, tmp_path: Path, larch: str) -> None:
    """Values within a fifth of feffit's own errors, errors within a fifth of feffit's."""
    from halfcell.readers import read
    from halfcell.techniques import exafs as technique

    scan = read(data / "spectra" / "xas" / "cu_metal_rt.xdi")
    arrays = {"energy": scan["energy_electronvolt"].tolist(), "mu": scan["absorption"].tolist()}
    (tmp_path / "in.json").write_text(json.dumps(arrays), encoding="utf-8")
    (tmp_path / "feff.inp").write_text(FEFF, encoding="ascii")
    arguments = [larch, "-c", FEFFIT, tmp_path / "in.json", tmp_path / "out.json", str(tmp_path)]
    subprocess.run(arguments, check=True, capture_output=True)
    theirs = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    path = technique.TECHNIQUE.references["path"](read(tmp_path / "feff0001.dat"), technique.Settings())
    settings = technique.Settings(path=path, r_range=(1.4, 3.0), k_range=(3.0, 17.0), fit_k_weights=(2,))
    ours = technique.analyse(scan, settings).quantities
    pairs = {
        "amp": (ours["amplitude"], path.degeneracy, 0.0),
        "de0": (ours["e0_shift"], 1.0, 0.0),
        "s2": (ours["mean_square_spread"], 1.0, 0.0),
        "dr": (ours["bond_length"], 1.0, path.half_length),
    }
    for name, (quantity, scale, offset) in pairs.items():
        value, error = theirs[name]
        assert (quantity.value - offset) / scale == pytest.approx(value, abs=0.2 * error), name
        assert (quantity.std or 0) / scale == pytest.approx(error, rel=0.2), name
