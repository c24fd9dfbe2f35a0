"""Sorption: simulated isotherms give back area, C, volumes and pore size; what is unphysical is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.measurement import Measurement
from halfcell.maths import bet, pores
from halfcell.readers import read
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Parameters, Settings, simulate, true_area

POWDER = Parameters()


def test_bet_area_is_calibrated() -> None:
    pulls = []
    for seed in range(60):
        found = sorption.analyse(simulate(POWDER, np.random.default_rng(seed)), Settings())["bet_area"]
        assert found.value == pytest.approx(true_area(POWDER), rel=0.01)
        pulls.append((found.value - true_area(POWDER)) / found.std)
    assert abs(np.mean(pulls)) < 0.8
    assert np.std(pulls) < 1.5


@settings(max_examples=30, deadline=None)
@given(monolayer=st.floats(0.5, 500.0), c=st.floats(20.0, 2000.0))
def test_an_exact_bet_isotherm_gives_its_monolayer_and_c(monolayer: float, c: float) -> None:
    pressure = np.linspace(0.004, 0.4, 60)
    made = bet.scan(pressure, monolayer.bet_loading(pressure, monolayer, c))
    window = bet.window(made, *bet.best(made))
    assert window.monolayer == pytest.approx(monolayer, rel=1e-6)
    assert window.c == pytest.approx(c, rel=1e-4)
    assert window.criteria == (True, True, True, True)
    assert window.error < 0.01  # the isotherm reaches its monolayer where theory says


@settings(max_examples=15, deadline=None)
@given(factor=st.floats(0.05, 50.0))
def test_areas_and_volumes_scale_with_the_loading(factor: float) -> None:
    measured = simulate(POWDER, np.random.default_rng(1))
    columns = dict(measured.columns)
    columns["loading_cm3_stp_per_gram"] = columns["loading_cm3_stp_per_gram"] * factor
    scaled = sorption.analyse(Measurement(technique="sorption", columns=columns, meta=measured.meta), Settings())
    plain = sorption.analyse(measured, Settings())
    for name in ("bet_area", "pore_volume", "bjh_volume_adsorption", "external_area"):
        assert scaled[name].value == pytest.approx(plain[name].value * factor, rel=1e-6)
    assert scaled["bet_c"].value == pytest.approx(plain["bet_c"].value, rel=1e-6)
    assert scaled.isotherm_type == plain.isotherm_type


def test_bjh_gives_the_cylinders_back() -> None:
    """Cylinders of 8 nm and 0.5 cm3/g: volume and mode from the desorption, whose meniscus BJH assumes."""
    cylinders = Parameters(flat_area=0.1, pore_volume=0.5, pore_diameter_nm=8.0, pore_sd=1.15, curved=True)
    powder = dataclasses.replace(cylinders, noise_cm3=0.0, points=120)
    result = sorption.analyse(simulate(powder, np.random.default_rng(0)), Settings(pore_limits_nm=(4.0, 300.0)))
    assert result["bjh_volume_desorption"].value == pytest.approx(0.5, rel=0.005)
    assert result["bjh_mode_desorption"].value == pytest.approx(8.0, rel=0.05)
    assert result.isotherm_type == "IV(a)"
    assert result.hysteresis == "H1"


def test_micropores_are_the_t_plot_s_intercept() -> None:
    powder = Parameters(flat_area=30.0, pore_volume=1e-6, micropore_volume=0.05, noise_cm3=0.0, points=90)
    result = sorption.analyse(simulate(powder, np.random.default_rng(0)), Settings(t_range_nm=(0.35, 0.5)))
    assert result["micropore_volume"].value == pytest.approx(0.05, rel=0.1)


def test_a_window_with_negative_c_is_refused() -> None:
    pressure = np.linspace(0.05, 0.9, 40)
    loading = 100.0 + 2.0 * pressure  # a micropore plateau: C < 0 in the customary window
    columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": loading, "branch": np.zeros(40)}
    flat = Measurement(technique="sorption", columns=columns, meta={"adsorptive": "N2"})
    asked = sorption.analyse(flat, Settings(bet_window=(0.1, 0.3)))
    assert "bet_area" not in asked.quantities
    assert "negative_c" in {note.code for note in asked.notes if note.level == "refused"}
    free = sorption.analyse(flat, Settings())
    assert "no_bet_window" in {note.code for note in free.notes if note.level == "refused"}


def test_small_samples_and_other_gases_are_said() -> None:
    small = simulate(dataclasses.replace(POWDER, mass_g=0.05, noise_cm3=0.0), np.random.default_rng(0))
    result = sorption.analyse(small, Settings())
    assert result["absolute_area"].value == pytest.approx(0.05 * true_area(POWDER), rel=0.02)
    assert "small_area" in {note.code for note in result.notes}
    krypton = dataclasses.replace(small, meta={**small.meta, "adsorptive": "Kr"})
    codes = {note.code for note in sorption.analyse(krypton, Settings()).notes}
    assert "no_pore_volume" in codes


def test_a_kernel_is_used_only_on_its_own_surface(tmp_path: Path) -> None:
    """A toy kernel: pores that fill at their Kelvin pressure; the isotherm of one of them comes back as that one."""
    pressure = np.geomspace(1e-3, 0.98, 60)
    width = np.array([2.0, 4.0, 8.0, 16.0])
    radius = pores.kelvin_radius(pressure)[:, None] + pores.harkins_jura(pressure)[:, None]
    kernel = np.where(2.0 * radius >= width[None, :], 100.0, 30.0 * pressure[:, None])
    rows = ((0.0, *width), *(tuple(map(float, (p, *row))) for p, row in zip(pressure, kernel, strict=True)))
    columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": 0.7 * kernel[:, 2], "branch": np.zeros(60)}
    sample = Measurement(technique="sorption", columns=columns, meta={"adsorptive": "N2"})
    right = sorption.analyse(sample, Settings(kernel=rows, surface="carbon"))
    assert right.dft is not None
    widths, volumes = right.dft.width, right.dft.volume
    assert volumes[2] == pytest.approx(volumes.sum(), rel=1e-6)
    assert widths[2] == 8.0
    text = [",".join(["", *map(str, width)])] + [",".join(f"{v:.9g}" for v in row) for row in rows[1:]]
    path = tmp_path / "kernel.csv"
    path.write_text("\n".join(["# DFT kernel, Kelvin in cylinders, cm3(STP)/g", *text]), "utf-8")
    assert sorption.kernel(read(path), Settings())[0] == rows[0]
    assert np.allclose(np.array(sorption.kernel(read(path), Settings())), np.array(rows), rtol=1e-6)
    wrong = sorption.analyse(sample, Settings(kernel=rows, surface="silica"))
    assert wrong.dft is None
    assert "wrong_kernel" in {note.code for note in wrong.notes if note.level == "refused"}


def _loops(measured: Measurement, closes_at: float, part: float = 1.0) -> Measurement:
    """The desorption stays at the greatest loading (or goes a part of the way) down to a pressure, below it adsorbs."""
    pressure, loading = measured["relative_pressure"], measured["loading_cm3_stp_per_gram"].copy()
    up = measured["branch"] == 0
    down = ~up
    order = np.argsort(pressure[up])
    back = np.interp(pressure[down], pressure[up][order], loading[up][order])
    loading[down] = back + part * np.where(pressure[down] > closes_at, loading[up].max() - back, 0.0)
    return dataclasses.replace(measured, columns={**measured.columns, "loading_cm3_stp_per_gram": loading})


@pytest.mark.parametrize(
    ("closes_at", "part", "doubted"), [(0.46, 1.0, True), (0.46, 0.3, True), (0.46, 0.02, False), (0.7, 1.0, False)]
)
def test_a_loop_that_closes_where_nitrogen_cavitates_is_doubted(closes_at: float, part: float, doubted: bool) -> None:
    """Nitrogen at 77 K cavitates near p/p0 0.42 (Thommes et al., Pure Appl. Chem. 87 (2015) 1051)."""
    looped = _loops(simulate(dataclasses.replace(POWDER, noise_cm3=0.0), np.random.default_rng(2)), closes_at, part)
    notes = sorption.analyse(looped, Settings()).notes
    said = [note.text for note in notes if note.code == "tensile_strength" and note.level == "doubt"]
    assert any("The loop closes by" in text for text in said) is doubted


@pytest.mark.parametrize("doubted", [True, False])
def test_a_wall_larger_than_the_surface_is_doubted(doubted: bool) -> None:
    """Cylinders of 20 nm have 4 V/D of wall; a loop that cavitates feigns narrow ones, with more wall than surface."""
    cylinders = Parameters(flat_area=0.1, pore_volume=0.5, pore_diameter_nm=20.0, pore_sd=1.15, curved=True)
    powder = simulate(dataclasses.replace(cylinders, noise_cm3=0.0, points=120), np.random.default_rng(0))
    limits = Settings(pore_limits_nm=(2.5 if doubted else 4.0, 300.0))
    found = sorption.analyse(_loops(powder, 0.46) if doubted else powder, limits)
    said = [note.text for note in found.notes if note.code == "bjh_above_bet"]
    assert ["desorption" in text for text in said] == ([True] if doubted else [])


@pytest.mark.parametrize(
    ("factor", "level", "sign"), [(2.0, "doubt", "-50"), (0.5, "doubt", "+100"), (1.0, "info", "0.0")]
)
def test_an_external_area_unlike_that_of_the_report_is_doubted(factor: float, level: str, sign: str) -> None:
    measured = simulate(POWDER, np.random.default_rng(2))
    own = sorption.analyse(measured, Settings())["external_area"].value
    stated = dataclasses.replace(measured, meta={**measured.meta, "vendor": {"external_area": factor * own}})
    note = next(n for n in sorption.analyse(stated, Settings()).notes if n.code == "vendor_t_plot")
    assert note.level == level
    assert f"{sign}" in note.text


def test_pores_of_either_branch_are_those_of_its_volume() -> None:
    result = sorption.analyse(simulate(POWDER, np.random.default_rng(2)), Settings())
    for side in ("adsorption", "desorption"):
        pores_of_side = getattr(result, f"pores_{side}")
        assert pores_of_side.volume.sum() == pytest.approx(result[f"bjh_volume_{side}"].value, rel=0.02)
    assert result["bjh_volume_adsorption"].value != pytest.approx(result["bjh_volume_desorption"].value, rel=1e-6)
