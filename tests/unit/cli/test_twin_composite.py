"""`halfcell twin composite`: Tables S1 and S2 of the document from their recipes, and recipes that are none."""

from __future__ import annotations

import json

import pytest

from halfcell.cli import main

RECIPES = {
    "Si": (["--part", "Si=100"], 3275.4),
    "Si/Sn-10": (["--part", "Si=90", "--part", "Sn=10"], 3129.2),
    "Si/Sn-20": (["--part", "Si=80", "--part", "Sn=20"], 2955.7),
    "Si/a-Sn/FeSi2": (["--milled", "70,10,20,Fe"], 1763.1),
    "Si/a-Sn/CoSi2": (["--milled", "70,10,20,Co"], 1771.5),
    "Si/a-Sn/NiSi2": (["--milled", "70,10,20,Ni"], 1756.9),
}
"""Recipe (wt%) and charge capacity of Tables S1 and S2 (mAh/g); 70:10:20 is the nominal composition."""


@pytest.mark.parametrize("name", RECIPES)
def test_capacities_of_the_document_with_one_utilisation(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, printed = RECIPES[name]
    assert main(["twin", "composite", *words, "--utilisation", "0.939", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["capacity_mah_per_g"] == pytest.approx(printed, rel=0.03)


def test_uncertainties_and_measured_capacities(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--part", "Si=60+-1", "--part", "C=40:250", "--utilisation", "0.9+-0.02"]
    assert main(["twin", "composite", *words]) == 0
    assert " +- " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "needs a recipe"), (["--part", "Si"], "is no part"), (["--part", "Si=much"], "is no number"),
        (["--milled", "70,10,20"], "is no recipe"), (["--milled", "10,10,80,Co"], "would bind"),
        (["--part", "Si=60"], "sum to 0.6"),
    ],
)  # fmt: skip
def test_what_is_no_recipe(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["twin", "composite", *words]) != 0
    assert said in capsys.readouterr().err
