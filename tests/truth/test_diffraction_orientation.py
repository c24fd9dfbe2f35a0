"""Preferred orientation: shares of textured powders come back, and untextured ones get none."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from halfcell.materials.preferred_orientation import likely_axes, march_dollase
from halfcell.materials.texture_harmonics import harmonics
from halfcell.maths.powder.particle_absorption import brindley
from halfcell.readers import read
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, DiffractionResult, Parameters, Settings
from halfcell.techniques.diffraction.scan import lines_of, scan
from halfcell.techniques.diffraction.simulate import phase_pattern
from halfcell.techniques.diffraction.weight_shares import weights_of


def _mixture(*phases: Crystallites, share: float, seed: int = 22) -> DiffractionResult:
    """Two phases with `share` per cent by weight of the first, analysed with both set."""
    blank = Parameters(phases=phases, instrument=LABORATORY)
    measurement = diffraction.simulate(blank, np.random.default_rng(0))
    data, _ = scan(measurement, Settings())
    weight = weights_of(tuple(one.phase for one in phases), data)
    tops = np.array([phase_pattern(one, blank, data.two_theta).max() for one in phases])
    amounts = np.array([share, 100 - share]) / weight * tops
    heights = 3000 * amounts / amounts.max()
    made = tuple(
        Crystallites(**{**vars(one), "height": float(height)}) for one, height in zip(phases, heights, strict=True)
    )
    measured = diffraction.simulate(Parameters(phases=made, instrument=LABORATORY), np.random.default_rng(seed))
    settings = Settings(phases=tuple(one.phase for one in phases), instrument=LABORATORY)
    return diffraction.analyse(measured, settings)


def _phase(name: str, size: float, r: float = 1.0, b: float = 0.5) -> Crystallites:
    return Crystallites(phase=name, height=1.0, column_length_nm=size, orientation=r, displacement_factor=b)


@pytest.mark.parametrize("r", [0.4, 0.7])
def test_a_textured_graphite_does_not_hide_the_silicon(r: float) -> None:
    """With graphite at r = 0.4, 50 % of silicon came out as 20.2(9) % without a word."""
    result = _mixture(_phase("Si", 20), _phase("graphite", 25, r), share=50.0)
    share, found = result["Si.fraction"], result["graphite.march_dollase"]
    assert share.std is not None
    assert abs(share.value - 50) < 2.5 * share.std
    assert share.std < 6
    assert found.value == pytest.approx(r, abs=max(3 * (found.std or 0.0), 0.03))
    assert {"orientation"} & {note.code for note in result.notes}
    assert "Si.march_dollase" not in result.quantities


def test_a_texture_about_two_axes_needs_harmonics() -> None:
    """Half of the tin lies on (001), half on (100), which no one r describes; together there is as much as silicon."""
    parts = _phase("beta-Sn", 25, 0.45), dataclasses.replace(_phase("beta-Sn", 25, 0.5), axis=(1, 0, 0))
    blank = Parameters(phases=(_phase("Si", 20), *parts), instrument=LABORATORY)
    data, _ = scan(diffraction.simulate(blank, np.random.default_rng(0)), Settings())
    tops = np.array([phase_pattern(one, blank, data.two_theta).max() for one in blank.phases])
    amounts = np.array([50.0, 25.0, 25.0]) / weights_of(("Si", "beta-Sn", "beta-Sn"), data) * tops
    pairs = zip(blank.phases, 6000 * amounts / amounts.max(), strict=True)
    made = tuple(dataclasses.replace(one, height=float(height)) for one, height in pairs)
    measured = diffraction.simulate(dataclasses.replace(blank, phases=made), np.random.default_rng(22))
    result = diffraction.analyse(measured, Settings(phases=("Si", "beta-Sn"), instrument=LABORATORY))
    share = result["Si.fraction"]
    assert abs(share.value - 50) < 2.5 * (share.std or 0.0)
    assert (share.std or 0.0) < 5
    assert result["beta-Sn.texture_index"].value > 1.05
    assert "orientation" in {note.code for note in result.notes}


@pytest.mark.parametrize("name", ["Si", "graphite", "beta-Sn", "LiCoO2"])
def test_harmonics_have_the_mean_zero_and_describe_march(name: str) -> None:
    """Over many directions each has the mean 0; together they give the factor of a weak texture about one axis."""
    data, _ = scan(diffraction.simulate(Parameters(), np.random.default_rng(0)), Settings())
    hkl = lines_of(name, data)[1].hkl
    values = harmonics(name, hkl, 6)
    factor = march_dollase(name, hkl, likely_axes(name)[0], 0.85)
    left = factor - 1 - values @ np.linalg.lstsq(values, factor - 1, rcond=None)[0]
    assert np.abs(left).max() < 0.02
    assert values.shape[1] == {"Si": 2, "graphite": 4, "beta-Sn": 5, "LiCoO2": 6}[name]


@pytest.mark.parametrize("b", [0.5, 1.0, 2.0])
def test_moving_atoms_do_not_hide_an_argyrodite(b: float) -> None:
    """B of 2 angstrom^2 in Li6PS5Cl, as its diffuse sulfur and lithium have, made 42 of 50 wt%."""
    result = _mixture(_phase("Li6PS5Cl", 40, b=b), _phase("Si", 20), share=50.0)
    share = result["Li6PS5Cl.fraction"]
    assert share.std is not None
    assert abs(share.value - 50) < 2 * share.std
    assert 0.5 < share.std < 6  # B of each phase is not known better than by 0.5 angstrom^2
    if b == 2.0:
        fitted = result["Li6PS5Cl.displacement_factor"]
        assert fitted.value == pytest.approx(2.0, abs=2.5 * (fitted.std or 0.0))
    assert "crystalline_shares" in {note.code for note in result.notes}


def test_agreement_factors_of_a_right_model() -> None:
    """R_wp of Poisson counts alone is sqrt(N / sum y); R_B within a few per cent without texture (Young 1993)."""
    result = _mixture(_phase("Si", 20), _phase("CoSi2", 25), share=50.0)
    expected = 100 * np.sqrt(len(result.counts) / result.counts.sum())
    assert result["rwp"].value == pytest.approx(expected, rel=0.05)
    assert result["Si.r_bragg"].value < 6
    assert result["CoSi2.r_bragg"].value < 6


def test_a_powder_without_texture_gets_none() -> None:
    result = _mixture(_phase("Si", 20), _phase("graphite", 25), share=50.0)
    assert not any(name.endswith("march_dollase") for name in result.quantities)
    assert abs(result["Si.fraction"].value - 50) < 2.5 * (result["Si.fraction"].std or 0.0)


@pytest.mark.parametrize("name", ["graphite", "Si", "beta-Sn", "LiCoO2"])
@pytest.mark.parametrize("r", [0.5, 1.6])
def test_the_mean_over_all_directions_is_one(name: str, r: float) -> None:
    """Dollase (1986): the distribution is normalised; here over many reflections weighted by their multiplicities."""
    data, _ = scan(diffraction.simulate(Parameters(), np.random.default_rng(0)), Settings())
    hkl = lines_of(name, data)[1].hkl
    axis = likely_axes(name)[0]
    assert march_dollase(name, hkl, axis, 1.0) == pytest.approx(np.ones(len(hkl)))
    angle = np.linspace(0, np.pi / 2, 20001)
    density = (r**2 * np.cos(angle) ** 2 + np.sin(angle) ** 2 / r) ** -1.5
    assert np.trapezoid(density * np.sin(angle), angle) == pytest.approx(1.0, abs=1e-6)
    along = march_dollase(name, np.array([axis]), axis, r)[0]
    if name == "graphite":
        assert along == pytest.approx(r**-3)


def _tau(contrast: float, two_theta: float) -> float:
    """Brindley's integral over a sphere of radius 1 by Gauss quadrature: exp(-contrast (way in + way out)) / V dV."""
    nodes, weights = np.polynomial.legendre.leggauss(48)
    r, cosine = np.meshgrid((nodes + 1) / 2, nodes, indexing="ij")
    weight = np.outer(weights / 2, weights / 2) * 3 * r**2
    turns = 2 * np.pi * (np.arange(48) + 0.5) / 48
    angle, total = np.radians(two_theta), 0.0
    for turn in turns:
        sine = np.sqrt(1 - cosine**2)
        place = r * sine * np.cos(turn), r * sine * np.sin(turn), r * cosine
        out = place[2] * np.cos(angle) + place[0] * np.sin(angle)
        ways = -out + np.sqrt(1 - r**2 + out**2) + place[2] + np.sqrt(1 - r**2 + place[2] ** 2)
        total += float((weight * np.exp(-contrast * ways)).sum()) / len(turns)
    return total


@pytest.mark.parametrize("contrast", [-0.3, -0.1, -0.01, 0.0, 0.01, 0.1, 0.3])
def test_brindley_is_his_integral(contrast: float) -> None:
    """The same integral by another method; the angle moves it by less than 0.5 % up to a contrast of 0.1, 2.5 % at 0.3.

    The mean way of a ray in and out of a sphere is 3/2 R, twice the mean distance 3/4 R from a point to the surface.
    """
    found = brindley(contrast, 2e4)  # a radius of 1 cm
    assert found == pytest.approx(_tau(contrast, 90.0), rel=2e-3)
    for two_theta in (20.0, 60.0, 120.0, 160.0):
        assert found == pytest.approx(_tau(contrast, two_theta), rel=0.005 if abs(contrast) <= 0.1 else 0.025)
    if abs(contrast) <= 0.01:
        assert found == pytest.approx(1.0 - 1.5 * contrast, abs=2e-4)


@pytest.mark.slow
def test_coarse_grains_of_a_heavy_oxide_are_corrected(data: Path) -> None:
    """0.6007 g NiO and 0.4008 g Bi2O3, 60.0 % NiO by weight: without the grains it is in doubt and 13 % off."""
    measurement = read(data / "spectra" / "xrd" / "dara_NiO_0p6007-Bi2O3_0p4008--8min.xrdml")
    settings = Settings(phases=("NiO", "Bi2O3"), grain_um={"NiO": 2.0, "Bi2O3": 5.0})
    plain = diffraction.analyse(measurement, dataclasses.replace(settings, grain_um={}))["NiO.fraction"]
    found = diffraction.analyse(measurement, settings)["NiO.fraction"]
    assert 55 < found.value < plain.value
    assert (found.std or 0.0) > (plain.std or 0.0)
