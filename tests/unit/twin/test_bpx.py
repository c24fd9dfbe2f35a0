"""BPX files: functions are computed without running code, and a broken file is one line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from halfcell.cli import main
from halfcell.core.errors import InputError
from halfcell.twin.bpx import evaluated, read_bpx
from halfcell.twin.bpx_writer import bpx_facts
from halfcell.twin.card import card_from_facts
from halfcell.twin.card_writer import card_text
from halfcell.twin.cards import load_card
from halfcell.twin.cell import discharge
from halfcell.twin.predict import predict
from halfcell.twin.sizes import NODES

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


@pytest.mark.parametrize("name", ["graphite-ncm811", "composite-lpsc-ncm811"])
def test_a_written_card_predicts_the_same(tmp_path: Path, name: str) -> None:
    """With all its classes of sizes, phases, branches and its resistance, a card comes back from BPX as it was."""
    card = load_card(name)
    path = tmp_path / "cell.json"
    path.write_text(json.dumps(bpx_facts(card, NODES).facts), encoding="utf-8")
    gram = card.value("cathode.active_mg") * 1e-6
    currents = (18.0, 540.0)
    done = discharge(read_bpx(path, 2).cell, np.array(currents) * gram)
    rows = predict(card, currents).rows
    assert done.capacity / gram == pytest.approx([row.capacity for row in rows], rel=1e-3)
    assert done.mean_volt == pytest.approx([row.mean_volt for row in rows], abs=1e-3)


def test_a_card_with_electrolyte(tmp_path: Path) -> None:
    facts = tomllib.loads(card_text(load_card("graphite-ncm811")))
    facts["electrolyte"] = {
        name: {"value": value, "source": "test"}
        for name, value in {
            "concentration_mol_per_m3": 1000.0, "diffusion_m2_per_s": 3e-10, "conductivity_s_per_m": 1.0,
            "transference": 0.3, "thermodynamic_factor": 1.0, "bruggeman": 1.5, "anode_um": 80.0, "separator_um": 20.0,
            "cathode_um": 60.0, "anode_porosity": 0.35, "separator_porosity": 0.5, "cathode_porosity": 0.3,
        }.items()
    }  # fmt: skip
    card = card_from_facts(facts)
    path = tmp_path / "cell.json"
    made = bpx_facts(card, NODES)
    assert made.facts["Header"]["Model"] == "SPMe"
    path.write_text(json.dumps(made.facts), encoding="utf-8")
    gram = card.value("cathode.active_mg") * 1e-6
    done = discharge(read_bpx(path).cell, np.array([540.0]) * gram)
    row = predict(card, [540.0]).rows[0]
    assert done.capacity[0] / gram == pytest.approx(row.capacity, rel=2e-3)
    assert done.mean_volt[0] == pytest.approx(row.mean_volt, abs=1e-3)


def test_what_is_lost_is_said(capsys, tmp_path: Path) -> None:
    path = tmp_path / "cell.json"
    assert main(["twin", "bpx", "composite-lpsc-ncm811", "--out", str(path), "--current", "18"]) == 0
    out, err = capsys.readouterr()
    assert "of the file" in out
    for words in ("only R^2/D is known", "no series resistance", "no solid electrolyte", "median stands for all sizes"):
        assert words in err
    assert "masses" in err
    facts = json.loads(path.read_text(encoding="utf-8"))
    assert set(facts["Parameterisation"]["Negative electrode"]["Particle"]) == {"Si", "Sn", "graphite"}
    assert main(["twin", "bpx", "graphite-ncm811"]) == 2
    assert main(["twin", "bpx", "graphite-ncm811", "--out", str(path), "--classes", "0"]) == 2


def test_a_written_file_is_valid_for_its_standard(tmp_path: Path) -> None:
    bpx = pytest.importorskip("bpx")
    path = tmp_path / "cell.json"
    path.write_text(json.dumps(bpx_facts(load_card("composite-ncm811"), 3).facts), encoding="utf-8")
    assert bpx.parse_bpx_file(path).header.bpx == "1.1.0"
