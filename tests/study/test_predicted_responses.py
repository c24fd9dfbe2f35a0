"""Voltammograms and spectra of a study carry the prediction of a card; a table sets both beside each other."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import halfcell
from halfcell.core.errors import StudyError
from halfcell.twin.instruments import raw_file
from halfcell.twin.techniques import predicted_response

CARD = Path(halfcell.__file__).parent / "twin" / "cards" / "composite-ncm811.toml"
STUDY = """\
title = "Responses"
[raw]
voltammetry = "raw/{cell}.mpt"
impedance = "raw/{cell}.z"
[settings.predicted_response]
part = "anode"
[[figure]]
id = "1"
technique = "voltammetry"
show = "voltammogram"
predict = "cards/c.toml"
[[figure]]
id = "2"
technique = "impedance"
show = "nyquist data"
predict = "cards/c.toml"
[[table]]
id = "1"
technique = "predicted_response"
cells = ["Z1"]
predict = "cards/c.toml"
"""
SWEEP = {"scan_rate_mv_s": 0.5, "cycles": 1, "step_mv": 5.0, "resistance_ohm": 8.0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A voltammogram and a spectrum of an anode whose cell has 3 ohm more than its card says."""
    for name in ("raw", "cards"):
        (tmp_path / name).mkdir()
    made = {
        "V1.mpt": predicted_response.Parameters(protocol="voltammetry", settings=SWEEP),
        "Z1.z": predicted_response.Parameters(values={"cell.resistance_ohm": 8.0}),
    }
    for name, parameters in made.items():
        scan = predicted_response.simulate(parameters, np.random.default_rng(0))
        (tmp_path / "raw" / name).write_bytes(raw_file(scan, name))
    (tmp_path / "cards" / "c.toml").write_bytes(CARD.read_bytes())
    rows = "cell,sample,kind,active_mass_mg,area_cm2\nV1,Composite,half,2.01,0.7854\nZ1,Composite,half,2.01,0.7854\n"
    (tmp_path / "cells.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def _numbers(root: Path) -> list[dict[str, str]]:
    with (root / "out" / "numbers.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_curves_stand_in_the_figures_and_values_in_the_table(folder: Path) -> None:
    """The spectrum at 100 kHz is the series resistance: 8 ohm measured, 5 ohm predicted, so -37 % or so."""
    halfcell.Study.load(folder).run()
    for figure, kind in (("1", "cycle 1"), ("2", "")):
        text = (folder / "out" / "figures" / f"{figure}.csv").read_text(encoding="utf-8-sig")
        assert "predicted" in text
        assert kind in text
    rows = [row for row in _numbers(folder) if row["technique"] == "predicted_response"]
    at_top = [float(row["value"]) for row in rows if row["unit"] == "%"]
    assert any(-42 < value < -34 for value in at_top)
    assert all("cards/c.toml@" in row["sources"] for row in rows)


def test_what_has_no_prediction_is_said(folder: Path) -> None:
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8").replace('show = "nyquist data"', 'show = "residuals"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        halfcell.Study.load(folder).run()
    assert "no prediction of 'residuals'" in " ".join(map(str, caught.value.problems))
