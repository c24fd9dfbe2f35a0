"""Cell cards as files of a study: whole, cut off, and TOML of something else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import halfcell
from halfcell.core.errors import InputError, UnrecognisedFile
from halfcell.twin.card import card_from_facts
from halfcell.twin.cards import load_card

CARD = Path(halfcell.__file__).parent / "twin" / "cards" / "graphite-ncm811.toml"


def test_a_card_is_read_with_its_values_by_path() -> None:
    found = halfcell.read(CARD)
    assert found.technique == "cell_card"
    assert found.source.reader == "cell_card"
    values = dict(zip(found.meta["paths"], found["value"].tolist(), strict=True))
    assert values["anode.active_mg"] == 6.89
    assert values["anode.graphite.share"] == 1.0
    assert np.isnan(found["std"]).all()
    assert "measured" not in found.meta["card"]
    assert card_from_facts(found.meta["card"]).values == load_card("graphite-ncm811").values


def test_a_card_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "cut.toml"
    path.write_text(CARD.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    with pytest.raises(InputError, match="no TOML"):
        halfcell.read(path)


def test_other_toml_is_no_card(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text('title = "x"\n[cell]\n[anode]\n', encoding="utf-8")
    with pytest.raises(UnrecognisedFile, match="no reader recognises the file"):
        halfcell.read(path)
