"""Indices above the lines of a pattern of one phase, and the cards of phases below a figure."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.figure import Line, Text
from halfcell.materials.phases import phases
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import DiffractionResult, Parameters, Settings


@pytest.fixture(scope="module")
def silicon() -> DiffractionResult:
    """A powder of silicon, analysed."""
    made = diffraction.simulate(Parameters(), np.random.default_rng(1))
    return dataclasses.replace(diffraction.analyse(made, Settings(phases=("Si",))), label="powder")


def _labels(result: DiffractionResult) -> dict[str, float]:
    (panel,) = diffraction.FIGURES["pattern"]([result]).panels
    return {one.text: one.x for one in panel.layers if isinstance(one, Text) and one.text != result.label}


def test_the_lines_of_silicon_have_their_indices(silicon: DiffractionResult) -> None:
    """PDF 27-1402: 28.442, 47.302, 56.121, 69.130 and 76.377 degrees (Cu K alpha 1)."""
    labels = _labels(silicon)
    known = {"111": 28.442, "220": 47.302, "311": 56.121, "400": 69.130, "331": 76.377}
    assert labels.keys() >= known.keys()
    for name, place in known.items():
        assert labels[name] == pytest.approx(place, abs=0.06)


def test_labels_stand_above_the_curve_and_inside_the_panel(silicon: DiffractionResult) -> None:
    (panel,) = diffraction.FIGURES["pattern"]([silicon]).panels
    (curve,) = (layer for layer in panel.layers if isinstance(layer, Line))
    for one in (layer for layer in panel.layers if isinstance(layer, Text) and layer.text != "powder"):
        assert one.y > curve.y[np.abs(curve.x - one.x) < 0.3].max()
        assert one.y < (panel.y.high or 0.0)


def test_patterns_of_several_or_doubtful_phases_have_no_labels(silicon: DiffractionResult) -> None:
    """A label without a phase would be read as that of the wrong one."""
    ticks = silicon.ticks["Si"]
    assert _labels(dataclasses.replace(silicon, ticks={"Si": ticks, "CoSi2": ticks})) == {}
    assert _labels(dataclasses.replace(silicon, doubtful=("Si",))) == {}


def test_lines_in_one_place_are_named_together_and_close_ones_not_at_all(silicon: DiffractionResult) -> None:
    place, height = silicon.ticks["Si"]
    first = int(np.argmax(height))
    for apart, words in ((0.0, "111/x"), (0.3, "")):
        beside = (np.r_[place, place[first] + apart], np.r_[height, 0.9 * height[first]])
        names = (*silicon.hkl["Si"], "x")
        labels = _labels(dataclasses.replace(silicon, ticks={"Si": beside}, hkl={"Si": names}))
        assert ("111" in labels, words in labels) == (False, bool(words))


def test_the_cards_of_phases_are_below_the_figure(silicon: DiffractionResult) -> None:
    """COD 9008565: silicon, a = 5.4307 angstrom (Wyckoff 1963)."""
    note = "Entries of the phases in the Crystallography Open Database: Si 9008565."
    assert diffraction.FIGURES["pattern"]([silicon]).notes == (note,)
    assert diffraction.FIGURES["pattern"]([dataclasses.replace(silicon, cards={})]).notes == ()


def test_cards_have_seven_digits_and_are_each_of_one_phase() -> None:
    cards = [one.cod for one in phases().values() if one.cod]
    assert len(set(cards)) == len(cards)
    assert all(1_000_000 <= card <= 9_999_999 for card in cards)
