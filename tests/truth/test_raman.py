"""Raman: what is put into a spectrum comes out within its stated uncertainty, and the uncertainty is calibrated."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.techniques import raman


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.6])
def test_amorphous_fraction_within_a_hundredth(share: float) -> None:
    rng = np.random.default_rng(7)
    settings = raman.Settings(cross_section_ratio=1.0)
    parameters = raman.Parameters(amorphous_fraction=share)
    found = [raman.analyse(raman.simulate(parameters, rng), settings)["amorphous_fraction"] for _ in range(12)]
    assert np.mean([q.value for q in found]) == pytest.approx(share, abs=0.01)
    assert max(abs(q.value - share) / (q.std or 0) for q in found) < 3.5


def test_position_and_width_are_calibrated() -> None:
    rng = np.random.default_rng(11)
    parameters = raman.Parameters(position_per_cm=518.3, gauss_per_cm=3.0, lorentz_per_cm=5.0, amorphous_fraction=0.2)
    width = 0.5346 * 5.0 + np.sqrt(0.2166 * 25.0 + 9.0)
    pulls = []
    for _ in range(60):
        result = raman.analyse(raman.simulate(parameters, rng), raman.Settings())
        for name, true in (("Si.position", 518.3), ("Si.width", width)):
            pulls.append((result[name].value - true) / (result[name].std or 0))
    inside = np.mean(np.abs(pulls) < 1)
    assert 0.58 < inside < 0.78  # 68 % of 120 draws, three standard errors
    assert np.abs(pulls).max() < 4.5


def test_size_range_holds_every_models_size() -> None:
    rng = np.random.default_rng(3)
    wafer = raman.REFERENCES["wafer"](raman.simulate(raman.Parameters(), rng), raman.Settings())
    shifted = raman.Parameters(position_per_cm=518.5, lorentz_per_cm=6.0)
    result = raman.analyse(raman.simulate(shifted, rng), raman.Settings(wafer=wafer))
    assert result["Si.shift"].value == pytest.approx(-2.0, abs=4 * (result["Si.shift"].std or 0))
    sizes = [row["size_nm"] for row in result.rows if isinstance(row["size_nm"], float)]
    assert len(sizes) == 3
    assert result["Si.size_low"].value <= min(sizes) < max(sizes) <= result["Si.size_high"].value
    assert {"size_model_range", "heating_or_stress"} <= {note.code for note in result.notes}


def test_no_wafer_no_size() -> None:
    result = raman.analyse(raman.simulate(raman.Parameters(), np.random.default_rng(0)), raman.Settings())
    assert "Si.size_low" not in result.quantities
    assert "amorphous_fraction" not in result.quantities
    assert {n.code for n in result.notes if n.level == "refused"} == {"no_wafer", "cross_section_ratio_unknown"}


def test_carbon_ratio_by_area_and_by_height() -> None:
    rng = np.random.default_rng(5)
    parameters = raman.Parameters(counts=4e5, carbon_d=1.5, carbon_g=1.0, range_per_cm=(800, 2000))
    result = raman.analyse(raman.simulate(parameters, rng), raman.Settings(region="carbon"))
    for name, true in (("id_ig_area", 1.5), ("id_ig_height", 1.5 * 75 / 130), ("G.position", 1592.0)):
        assert result[name].value == pytest.approx(true, abs=4 * (result[name].std or 0))


def test_empty_window_is_refused() -> None:
    flat = raman.simulate(raman.Parameters(counts=0.0), np.random.default_rng(1))
    with pytest.raises(Refused, match="no line above the noise"):
        raman.analyse(flat, raman.Settings())
    with pytest.raises(InputError, match="set window_per_cm"):
        raman.analyse(flat, raman.Settings(window_per_cm=(2000.0, 2100.0)))
