"""Figures and tables of layer thicknesses: their structure, compared with snapshots, and the common scale."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import layer_thickness
from halfcell.techniques.layer_thickness import LayerThicknessResult, Parameters, Settings, analyse_series, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[LayerThicknessResult]:
    """Two anodes in two states, of pixels of two sizes."""
    found = []
    for number, (pixel, swollen) in enumerate(((200.0, 40.0), (250.0, 22.0))):
        pictures = []
        for state, thickness in (("2 V", 16.0), ("0 V", swollen)):
            powder = Parameters(columns=400, rows=360, pixel_nm=pixel, thickness_um=thickness)
            made = simulate(powder, np.random.default_rng(number))
            pictures.append(dataclasses.replace(made, meta={**made.meta, "tags": {"state": state}}))
        analysed = analyse_series(pictures, Settings(collector_um=0.0))
        found += [one.stamped(label=f"A{number}, {one.state}", id=f"id{number}{one.state}") for one in analysed]
    return found


@pytest.mark.parametrize("show", layer_thickness.TECHNIQUE.figures)
def test_figures(results: Sequence[LayerThicknessResult], show: str) -> None:
    """Thickness with its error in the picture that it is of, and the change from the first state above the bars."""
    check(layer_thickness.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


def test_tables(results: Sequence[LayerThicknessResult]) -> None:
    """Thickness, unevenness and change of each state, with the number of pictures."""
    table = layer_thickness.TECHNIQUE.tables["thicknesses"](results)
    check(table, SNAPSHOTS / "table thicknesses.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}


def test_all_cross_sections_are_drawn_to_one_scale(results: Sequence[LayerThicknessResult]) -> None:
    figure = layer_thickness.TECHNIQUE.figures["cross-sections"](results)
    fields = {(round(p.x.high - p.x.low, 6), round(p.y.high - p.y.low, 6)) for p in figure.panels}
    assert len(fields) == 1
    assert figure.columns == 2
    bars = {layer.scale_bar for panel in figure.panels for layer in panel.layers if hasattr(layer, "scale_bar")}
    assert len(bars) == 1
