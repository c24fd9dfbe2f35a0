"""Ring patterns of public data with known answers: bismuth with a beam stop, a gold grating without a scale."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.readers import read
from halfcell.techniques.electron_diffraction import Settings
from halfcell.techniques.load import load_technique

SAED = load_technique("electron_diffraction")
# A prototype's joint fit of the gold grating gave 0.010007(3) 1/angstrom per px, an ellipse of 3.45 to 3.73 %; pyxem's
# notebook, by another way, 3.4 % (MANIFEST of the data folder).
GOLD_SCALE, GOLD_ELLIPSE = 0.10007, 3.45


def _gold(data: Path) -> Measurement:
    return read(data / "microscopy" / "saed" / "au_xgrating_20cm.tif")


def test_bismuth_rings_have_the_ratios_of_a_hexagonal_net(data: Path) -> None:
    """hk0 rings of a textured film: 1 : sqrt(3) : 2 : sqrt(7) within 0.2 %, with a beam stop over the centre."""
    bismuth = read(data / "materials" / "em" / "bismuth.dm3")
    result = SAED.analyse(bismuth, Settings(phases=("Bi",), least_radius=32.0, greatest_radius=125.0))
    radii = np.array([row["radius"] for row in result.rows], dtype=float)
    expected = np.sqrt([1.0, 3.0, 4.0, 7.0])
    assert len(radii) >= 4
    for ratio in expected:
        assert np.abs(radii / radii[0] / ratio - 1.0).min() < 2e-3
    assert any(note.code == "shadow" for note in result.notes)
    assert any(note.code == "no_scale" for note in result.notes)


@pytest.mark.parametrize("stop", [False, True])
def test_gold_gives_scale_and_ellipse_with_and_without_a_beam_stop(data: Path, stop: bool) -> None:
    gold = _gold(data)
    if stop:
        picture = gold["image"].copy()
        picture[:140, 118:138] = 0.0
        gold = dataclasses.replace(gold, columns={"image": picture})
    result = SAED.analyse(gold, Settings(standard="Au", least_radius=30.0))
    scale = result["pixel_size_reciprocal"]
    assert scale.value == pytest.approx(GOLD_SCALE, rel=1e-3)
    assert abs(scale.value - GOLD_SCALE) < 2.0 * (scale.std or 0.0)
    assert result["ellipticity"].value == pytest.approx(GOLD_ELLIPSE, abs=0.3)
    assert result["centre_row"].value == pytest.approx(128.2, abs=0.35)
    assert result["centre_column"].value == pytest.approx(127.4, abs=0.2)


@pytest.mark.parametrize("least", [25.0, 35.0, 40.0])
@pytest.mark.parametrize("greatest", [None, 120.0])
def test_gold_has_its_scale_whichever_rings_are_looked_at(data: Path, least: float, greatest: float | None) -> None:
    """From 40 px on 111 is cut: single rings fit 0.155 1/nm per px as well, the whole profile does not."""
    result = SAED.analyse(_gold(data), Settings(standard="Au", least_radius=least, greatest_radius=greatest))
    assert result["pixel_size_reciprocal"].value == pytest.approx(GOLD_SCALE, rel=1.5e-3)


@pytest.mark.parametrize("start", [(139.4, 128.0), (118.9, 119.5), (127.4, 116.1), (135.8, 136.4)])
def test_gold_is_centred_from_any_start_within_12_px(data: Path, start: tuple[float, float]) -> None:
    free = SAED.analyse(_gold(data), Settings(standard="Au", least_radius=30.0))
    result = SAED.analyse(_gold(data), Settings(standard="Au", least_radius=30.0, centre=start))
    for name in ("centre_row", "centre_column"):
        assert result[name].value == pytest.approx(free[name].value, abs=0.05)


def test_a_standard_that_does_not_fit_is_refused(data: Path) -> None:
    with pytest.raises(Refused, match="standard"):
        SAED.analyse(_gold(data), Settings(standard="Au", least_radius=100.0, greatest_radius=112.0))
