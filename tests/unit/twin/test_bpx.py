"""BPX files: functions are computed without running code, and a broken file is one line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from halfcell.cli import main
from halfcell.core.errors import InputError
from halfcell.twin.bpx import evaluated, read_bpx

X = np.array([0.1, 0.5])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (0.3, [0.3, 0.3]),
        ("0.3", [0.3, 0.3]),
        ("2 * exp(-3 * x) - x ** 2 / 4", 2 * np.exp(-3 * X) - X**2 / 4),
        (" -tanh(4.0e0 * (x - 0.2))", -np.tanh(4 * (X - 0.2))),
        ({"x": [0, 1], "y": [4.0, 3.0]}, [3.9, 3.5]),
    ],
)
def test_functions(text: object, expected: object) -> None:
    assert evaluated(text, X) == pytest.approx(np.array(expected))


@pytest.mark.parametrize("text", ["__import__('os')", "y + 1", "x.shape", "exp", "1 +", "print(x)"])
def test_other_code_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not understood"):
        evaluated(text, X)


SIDE = {
    "Particle radius [m]": 5e-6, "Thickness [m]": 8e-5, "Diffusivity [m2.s-1]": "3e-14 * (1 - x / 2)",
    "Conductivity [S.m-1]": 10.0, "Surface area per unit volume [m-1]": 3.6e5, "Porosity": 0.3,
    "Transport efficiency": 0.16, "Reaction rate constant [mol.m-2.s-1]": 1e-5,
}  # fmt: skip


def _bpx() -> dict:
    """A cell of invented numbers with straight open-circuit potentials."""
    negative = {"OCP [V]": "0.3 - 0.25 * x", "Minimum stoichiometry": 0.02, "Maximum stoichiometry": 0.9}
    positive = {"OCP [V]": "4.3 - 0.9 * x", "Minimum stoichiometry": 0.15, "Maximum stoichiometry": 0.9}
    return {
        "Header": {"Title": "Invented"},
        "Parameterisation": {
            "Cell": {
                "Reference temperature [K]": 298.15, "Lower voltage cut-off [V]": 3.0, "Electrode area [m2]": 0.1,
                "Upper voltage cut-off [V]": 4.2, "Nominal cell capacity [A.h]": 5.0, "Density [kg.m-3]": 2000.0,
                "Number of electrode pairs connected in parallel to make a cell": 1,
            },
            "Electrolyte": {
                "Initial concentration [mol.m-3]": 1000, "Cation transference number": 0.3,
                "Conductivity [S.m-1]": "x / 1000", "Diffusivity [m2.s-1]": 3e-10,
            },
            "Negative electrode": SIDE | negative | {"Maximum concentration [mol.m-3]": 30000},
            "Positive electrode": SIDE | positive | {"Maximum concentration [mol.m-3]": 50000},
            "Separator": {"Thickness [m]": 2e-5, "Porosity": 0.45, "Transport efficiency": 0.3},
        },
    }  # fmt: skip


def test_a_cell(tmp_path: Path, capsys) -> None:
    """The anode holds F A L (a R / 3) c / 3600 = 96485 x 0.1 x 8e-5 x 0.6 x 30000 / 3600 = 3.859 Ah, 0.9 full."""
    path = tmp_path / "cell.json"
    path.write_text(json.dumps(_bpx()), encoding="utf-8")
    made = read_bpx(path)
    assert made.cell.anode.capacity[0] == pytest.approx(3.859, abs=1e-3)
    assert "Cell: Density [kg.m-3] is not used" in made.losses
    assert "Negative electrode: Diffusivity [m2.s-1] is taken in the middle of its range" in made.losses
    assert main(["twin", "predict", str(path), "--current", "0.05", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["capacity_ampere_hour"] == pytest.approx(0.9 * 3.859, rel=0.02)
    assert main(["twin", "predict", str(path), "--current", "2"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Invented\n")
    assert "is not used" in err
    assert main(["twin", "predict", str(path)]) == 2


@pytest.mark.parametrize("content", ["{", "[]", "{}", json.dumps({"Parameterisation": {"Cell": {}}})])
def test_broken_files(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cell.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"cell\.json"):
        read_bpx(path)
