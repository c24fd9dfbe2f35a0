"""Predictions in a study: figures carry them, a table sets them beside what was measured, and each number is traced."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import halfcell
from halfcell.core.errors import StudyError
from halfcell.readers.common.biologic_text_writer import write
from halfcell.twin.techniques import prediction

CARD = Path(halfcell.__file__).parent / "twin" / "cards" / "graphite-ncm811.toml"
STUDY = """\
title = "Prediction"
[raw]
cycling = "raw/{cell}.mpt"
[settings.prediction]
draws = 8
[[figure]]
id = "1"
technique = "cycling"
show = "rate capability"
predict = "cards/g.toml"
[[table]]
id = "1"
predict = "cards/g.toml"
"""


@dataclass(frozen=True)
class Predicted:
    """A study with a prediction, and its folder."""

    root: Path

    def run(self) -> object:
        return halfcell.Study.load(self.root).run()

    def change(self, old: str, new: str) -> None:
        path = self.root / "study.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def predicted(tmp_path: Path) -> Predicted:
    """A cell whose diffusion is slower than the card says, with an uncertain content in the card."""
    for name in ("raw", "cards"):
        (tmp_path / name).mkdir()
    parameters = prediction.Parameters(values={"anode.diffusion_hours": 1.7}, current_ma_g=(18.0, 540.0), cycles=1)
    (tmp_path / "raw" / "C1.mpt").write_bytes(write(prediction.simulate(parameters, np.random.default_rng(0))))
    text = CARD.read_text(encoding="utf-8")
    assert "value = 0.7912, source" in text
    text = text.replace("value = 0.7912, source", "value = 0.7912, std = 0.01, source")
    (tmp_path / "cards" / "g.toml").write_text(text, encoding="utf-8")
    head = "cell,sample,kind,cathode_active_mass_mg,active_mass_std_mg,area_cm2\n"
    (tmp_path / "cells.csv").write_text(f"{head}C1,Graphite,full,12.18,0.05,0.7854\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return Predicted(tmp_path)


def test_measured_beside_predicted(predicted: Predicted) -> None:
    """The fast discharge falls short of the prediction; its z says by how much, and `why` names card and raw file."""
    predicted.run()
    with (predicted.root / "out" / "numbers.csv").open(encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    fast = {name: rows[f"1:Graphite, 2:{name}"] for name in ("capacity", "predicted_capacity", "capacity_z")}
    assert float(fast["predicted_capacity"]["value"]) > float(fast["capacity"]["value"]) + 3
    assert float(fast["capacity_z"]["value"]) < -1
    for row in fast.values():
        assert "raw/C1.mpt@" in row["sources"]
        assert "cards/g.toml@" in row["sources"]
    assert "Fig. 1:Graphite:largest_z" in rows
    assert "Fig. 1:Graphite:initial_discharge_capacity" in rows
    text = str(halfcell.Study.load(predicted.root).why("Table 1:Graphite, 2:predicted_capacity"))
    assert "file        cards/g.toml" in text
    assert "median over its uncertainties" in text
    svg = (predicted.root / "out" / "figures" / "1.svg").read_text(encoding="utf-8")
    assert "predicted" in svg


def test_predictions_are_kept_until_card_or_data_change(predicted: Predicted) -> None:
    assert predicted.run().computed == 2
    assert predicted.run().computed == 0
    card = predicted.root / "cards" / "g.toml"
    before = (predicted.root / "out" / "tables" / "1.csv").read_text(encoding="utf-8")
    card.write_text(card.read_text(encoding="utf-8").replace("value = 1.4765", "value = 1.7"), encoding="utf-8")
    assert predicted.run().computed == 1
    assert (predicted.root / "out" / "tables" / "1.csv").read_text(encoding="utf-8") != before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('show = "rate capability"', 'show = "dQ/dV"', "no prediction of 'dQ/dV'"),
        ("cards/g.toml", "cards/h.toml", "no such file 'cards/h.toml'"),
        ('id = "1"\npredict', 'id = "1"\nshow = "first cycle"\npredict', "carries no prediction"),
        ("predict", "predicts", "did you mean 'predict'"),
    ],
)
def test_mistakes(predicted: Predicted, old: str, new: str, words: str) -> None:
    predicted.change(old, new)
    with pytest.raises(StudyError) as caught:
        predicted.run()
    assert any(words in str(problem) for problem in caught.value.problems)


def test_a_card_with_mistakes_leaves_the_measured_figure(predicted: Predicted) -> None:
    card = predicted.root / "cards" / "g.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("active_mg", "active_mgg", 1), encoding="utf-8")
    outcome = predicted.run()
    items = {item.name: item for item in outcome.items}
    assert items["Table 1"].state == "failed"
    assert (predicted.root / "out" / "figures" / "1.svg").is_file()
    assert "anode.active_mg" in items["Table 1"].problem
