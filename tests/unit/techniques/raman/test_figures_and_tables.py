"""Raman: scaling and shift of the data scale and shift the answer; the figure's structure."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.figure import Area, Line, Text
from halfcell.core.measurement import Measurement
from halfcell.techniques import raman

BASE = raman.simulate(raman.Parameters(amorphous_fraction=0.3), np.random.default_rng(2))
PLAIN = raman.analyse(BASE, raman.Settings(cross_section_ratio=1.0))


@settings(max_examples=4, deadline=None)
@given(gain=st.floats(0.01, 100.0), shift=st.floats(-5.0, 5.0))
def test_scaling_and_shift(gain: float, shift: float) -> None:
    columns = {
        "raman_shift_per_cm": BASE["raman_shift_per_cm"] + shift,
        "intensity_count": gain * BASE["intensity_count"],
    }
    window = (400.0 + shift, 600.0 + shift)
    moved = raman.analyse(
        Measurement(technique="raman", columns=columns), raman.Settings(cross_section_ratio=1.0, window_per_cm=window)
    )
    assert moved["Si.position"].value == pytest.approx(PLAIN["Si.position"].value + shift, abs=0.01)
    assert moved["Si.width"].value == pytest.approx(PLAIN["Si.width"].value, rel=0.01)
    assert moved["amorphous_fraction"].value == pytest.approx(PLAIN["amorphous_fraction"].value, abs=0.02)


def test_figure_structure() -> None:
    figure = raman.FIGURES["spectrum"](
        [dataclasses.replace(PLAIN, label="Si"), dataclasses.replace(PLAIN, label="Si/C")]
    )
    (panel,) = figure.panels
    assert panel.x.title == "Raman shift (cm^{−1})"
    assert panel.y.no_numbers
    assert sum(isinstance(layer, Area) for layer in panel.layers) == 2
    assert [layer.label for layer in panel.layers if isinstance(layer, Line) and layer.label] == ["Si", "Si/C"]
    assert [layer.text.splitlines()[0] for layer in panel.layers if isinstance(layer, Text)] == ["Si", "Si/C"]


def test_figure_and_table_give_the_share_in_one_unit() -> None:
    (panel,) = raman.FIGURES["spectrum"]([PLAIN]).panels
    (words,) = (layer.text for layer in panel.layers if isinstance(layer, Text))
    assert f"a-Si area share {PLAIN['amorphous_area_share']}" in words
    (row,) = raman.TABLES["silicon line"]([PLAIN]).rows
    assert row[-1] is not None
    assert row[-1].text == str(PLAIN["amorphous_area_share"])


def test_no_share_above_the_noise_is_doubted_with_its_limit() -> None:
    none = raman.simulate(raman.Parameters(amorphous_fraction=0.0), np.random.default_rng(1))
    result = raman.analyse(none, raman.Settings())
    assert [n.level for n in result.notes if n.code == "amorphous_not_seen"] == ["doubt"]
    (panel,) = raman.FIGURES["spectrum"]([result]).panels
    assert not any("a-Si" in layer.text for layer in panel.layers if isinstance(layer, Text))


def test_table_prints_uncertainties() -> None:
    table = raman.TABLES["silicon line"]([dataclasses.replace(PLAIN, label="Si", id="abc")])
    entries = [entry for entry in table.rows[0] if entry is not None]
    assert "(" in entries[1].text
    assert entries[1].origin == "abc:Si.position"
    assert entries[3].text == "-"
    assert "wafer" in entries[3].doubt
