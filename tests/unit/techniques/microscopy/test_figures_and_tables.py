"""Figures and tables of microscopy: their structure, compared with snapshots, and what a panel declares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError
from halfcell.core.figure import Image, Shape, Text
from halfcell.core.measurement import Measurement
from halfcell.techniques import microscopy
from halfcell.techniques.microscopy import MicroscopyResult, Parameters, Settings, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"
PANEL = {
    "crop": (0, 0, 400, 300),
    "regions": ((150.0, 150.0, 200.0),),
    "phases": ("Si", "CoSi2"),
    "contrast": (2.0, 98.0),
    "gamma": 0.8,
    "bar_nm": 2.0,
    "bar_place": "lower right",
    "bar_colour": "yellow",
    "marks": ((20.0, 20.0, 80.0, 60.0), (300.0, 200.0, 380.0, 280.0)),
    "inset": (100.0, 100.0, 180.0, 180.0),
    "profile": (10.0, 10.0, 210.0, 160.0),
}


def _analysed(made: Measurement, **settings: object) -> MicroscopyResult:
    return microscopy.TECHNIQUE.analyse(made, Settings(**settings))


@pytest.fixture(scope="module")
def results() -> Sequence[MicroscopyResult]:
    """A picture with all that a panel can have, and one without a scale."""
    made = simulate(Parameters(), np.random.default_rng(4))
    bare = Measurement(technique="microscopy", columns={"image": made["image"][:200, :300]}, meta={})
    found = (_analysed(made, **PANEL), _analysed(bare, profile=(0.0, 0.0, 100.0, 0.0)))
    return [one.stamped(label=f"A{n}", id=f"id{n}") for n, one in enumerate(found)]


@pytest.mark.parametrize("show", microscopy.TECHNIQUE.figures)
def test_figures(results: Sequence[MicroscopyResult], show: str) -> None:
    """Spacings hold the error of the scale; a picture without a scale has distances in pixels and says so."""
    check(microscopy.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", microscopy.TECHNIQUE.tables)
def test_tables(results: Sequence[MicroscopyResult], show: str) -> None:
    """Pixel and field with the error of the scale, spacings with it too, phases by their chi squared."""
    check(microscopy.TECHNIQUE.tables[show](results), SNAPSHOTS / f"table {show}.json")


def test_a_panel_shows_what_it_declares(results: Sequence[MicroscopyResult]) -> None:
    panel = microscopy.TECHNIQUE.figures["micrograph"](results[:1]).panels[0]
    image = next(layer for layer in panel.layers if isinstance(layer, Image))
    assert image.values.shape == (300, 400)
    assert (image.scale_bar, image.bar_look) == ((2.0, "2 nm"), ("lower right", "yellow"))
    assert {layer.text for layer in panel.layers if isinstance(layer, Text)} == {"1", "2", "ROI1"}
    assert panel.inset is not None
    frames = [layer for layer in panel.layers if isinstance(layer, Shape)]
    left, right = frames[0].x.min() / 0.0206, frames[0].x.max() / 0.0206
    assert (left, right) == pytest.approx((20.0, 80.0))


def test_a_picture_without_a_scale_says_so(results: Sequence[MicroscopyResult]) -> None:
    panel = microscopy.TECHNIQUE.figures["micrograph"](results[1:]).panels[0]
    assert "uncalibrated" in {layer.text for layer in panel.layers if isinstance(layer, Text)}
    assert all(layer.scale_bar is None for layer in panel.layers if isinstance(layer, Image))


@pytest.mark.parametrize(("field", "length"), [(1000.0, 250.0), (999.0, 200.0), (40.0, 10.0), (8.1, 2.0), (3e6, 5e5)])
def test_a_scale_bar_has_a_round_length(field: float, length: float) -> None:
    from halfcell.techniques.common.picture_panel import round_length

    assert round_length(field) == pytest.approx(length)


def test_a_profile_follows_its_line() -> None:
    grey = np.add.outer(np.arange(50.0), np.zeros(80))  # grey value = row
    made = Measurement(technique="microscopy", columns={"image": grey}, meta={})
    profile = _analysed(made, profile=(40.0, 10.5, 40.0, 30.5), profile_width=9.0).profile
    assert profile is not None
    assert profile.grey == pytest.approx(np.arange(10.0, 31.0))
    assert profile.distance[-1] == pytest.approx(20.0)


@pytest.mark.parametrize("line", [(0.0, 0.0, 900.0, 0.0), (5.0, 5.0, 5.0, 5.0), (-1.0, 0.0, 10.0, 10.0)])
def test_a_line_outside_the_picture_is_refused(line: tuple[float, float, float, float]) -> None:
    made = Measurement(technique="microscopy", columns={"image": np.zeros((50, 80))}, meta={})
    with pytest.raises(HalfcellError, match="outside the picture"):
        _analysed(made, profile=line)


@pytest.mark.parametrize(("stated", "code"), [(None, "scale_set"), (5.05, "scale_set"), (10.0, "scales_disagree")])
def test_a_drawn_bar_calibrates_and_is_held_against_the_file(stated: float | None, code: str) -> None:
    """A bar of 20 pixels for 100 nm: 5 nm per pixel, read to a pixel; a file that says 10 nm contradicts it."""
    meta = {"pixel_height_nm": stated, "pixel_width_nm": stated} if stated else {}
    made = Measurement(technique="microscopy", columns={"image": np.eye(60)}, meta=meta)
    found = _analysed(made, scale_bar_pixels=20.0, scale_bar_nm=100.0)
    assert found["pixel_size"].value == pytest.approx(5.0)
    assert found["pixel_size"].std == pytest.approx(5.0 * np.hypot(0.03, 0.025))
    assert code in {note.code for note in found.notes}
