"""Mesopores: films and menisci of nitrogen, cylinders that fill and empty, the t-plot, and weights of a kernel."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths import pores

PRESSURE = np.concatenate([np.linspace(0.05, 0.9, 120), 1.0 - np.geomspace(0.1, 0.005, 60)])


@pytest.mark.parametrize(
    ("film", "pressure", "nanometre"),
    [
        (pores.harkins_jura, 0.1, 0.3678),  # 13.99/(0.034 + 1) in angstrom^2
        (pores.harkins_jura, 0.5, 0.6462),
        (pores.halsey, 0.5, 0.6838),
        (pores.halsey, 0.8, 0.9980),
        (pores.carbon_black, 0.5, 0.6425),
    ],
)
def test_films_of_nitrogen_are_two_to_three_layers_thick_at_half_saturation(
    film: Callable[[np.ndarray], np.ndarray], pressure: float, nanometre: float
) -> None:
    """Gregg and Sing, Adsorption, Surface Area and Porosity (1982), chapter 3: a layer is 0.354 nm."""
    assert float(film(np.array([pressure]))[0]) == pytest.approx(nanometre, abs=2e-4)


def test_the_lower_closure_of_loops_is_at_pores_of_three_and_a_half_nanometres() -> None:
    """Nitrogen at 77 K cavitates at p/p0 = 0.42 (Groen et al., Micropor. Mesopor. Mater. 60 (2003) 1)."""
    at = np.array([0.42])
    assert (2.0 * (pores.kelvin_radius(at) + pores.harkins_jura(at))).item() == pytest.approx(3.4, abs=0.1)


def test_the_kelvin_factor_is_that_of_liquid_nitrogen() -> None:
    """8.85 mN/m, 34.7 cm3/mol, 77.35 K (Gregg and Sing 1982, table 3.2)."""
    assert pytest.approx(2.0 * 8.85e-3 * 34.7e-6 / (8.314 * 77.35) * 1e9, rel=0.01) == pores.KELVIN_NM


def test_a_volume_of_gas_is_one_of_liquid_by_the_density() -> None:
    """28.013 g/mol, 0.808 g/cm3, 22414 cm3/mol."""
    assert pytest.approx(28.013 / 0.808 / 22414.0, rel=1e-3) == pores.LIQUID_PER_GAS


def test_a_measured_film_goes_on_as_a_power_beyond_its_end() -> None:
    at = np.linspace(0.1, 0.8, 30)
    curve = np.column_stack([at, pores.halsey(at)])
    both = np.array([0.33, 0.8, 0.9, 0.97])
    assert pores.tabulated(both, curve) == pytest.approx(pores.halsey(both), rel=2e-3)


def _cylinders(diameters: tuple[float, ...], volumes: tuple[float, ...], pressure: np.ndarray) -> np.ndarray:
    """Liquid in cylinders: full where the meniscus and the film on the wall reach the axis, else the film alone."""
    film, meniscus = pores.harkins_jura(pressure), pores.kelvin_radius(pressure)
    held = np.zeros_like(pressure)
    for diameter, volume in zip(diameters, volumes, strict=True):
        radius = diameter / 2.0
        coated = 1.0 - np.clip(1.0 - film / radius, 0.0, None) ** 2
        held += volume * np.where(meniscus + film >= radius, 1.0, coated)
    return held


@pytest.mark.parametrize("diameter", [4.0, 8.0, 15.0, 30.0])
def test_cylinders_of_one_size_come_back(diameter: float) -> None:
    """Volume, and the wall's area 4 V/D of cylinders."""
    found = pores.bjh(PRESSURE, _cylinders((diameter,), (0.5,), PRESSURE), pores.harkins_jura(PRESSURE), (2.0, 100.0))
    peak = int(np.argmax(found.volume))
    assert found.narrow[peak] <= 1.01 * diameter
    assert found.wide[peak] >= 0.99 * diameter
    assert found.volume.sum() == pytest.approx(0.5, rel=0.06)
    assert found.area.sum() == pytest.approx(4e3 * 0.5 / diameter, rel=0.08)
    assert found.negative < 0.02


def test_cylinders_of_two_sizes_share_the_volume() -> None:
    liquid = _cylinders((5.0, 20.0), (0.2, 0.6), PRESSURE)
    found = pores.bjh(PRESSURE, liquid, pores.harkins_jura(PRESSURE), (2.0, 100.0))
    assert found.volume[found.diameter > 10.0].sum() == pytest.approx(0.6, rel=0.08)
    assert found.volume[found.diameter < 10.0].sum() == pytest.approx(0.2, rel=0.15)


def test_pores_beyond_the_limits_are_not_counted() -> None:
    liquid = _cylinders((5.0, 20.0), (0.2, 0.6), PRESSURE)
    found = pores.bjh(PRESSURE, liquid, pores.harkins_jura(PRESSURE), (10.0, 100.0))
    assert found.diameter.min() >= 10.0
    assert found.volume.sum() == pytest.approx(0.6, rel=0.1)


def test_what_flows_back_below_the_film_is_told() -> None:
    """An isotherm without pores, whose film is thinner than assumed: cores below zero are empty, and named."""
    found = pores.bjh(PRESSURE, np.zeros_like(PRESSURE), pores.harkins_jura(PRESSURE), (2.0, 100.0))
    assert found.volume.sum() == 0.0
    liquid = _cylinders((20.0,), (0.6,), PRESSURE)
    drained = np.where(PRESSURE < 0.5, liquid.min(), liquid)
    assert pores.bjh(PRESSURE, liquid + 0.5 * (0.5 - PRESSURE), pores.harkins_jura(PRESSURE), (2.0, 100.0)).negative > 0
    assert pores.bjh(PRESSURE, drained, pores.harkins_jura(PRESSURE), (2.0, 100.0)).volume.sum() > 0


@settings(max_examples=10)
@given(factor=st.floats(0.01, 100.0), seed=st.integers(0, 9))
def test_pores_scale_with_the_loading_and_need_no_order(factor: float, seed: int) -> None:
    liquid = _cylinders((5.0, 20.0), (0.2, 0.6), PRESSURE)
    order = np.random.default_rng(seed).permutation(len(PRESSURE))
    one = pores.bjh(PRESSURE, liquid, pores.harkins_jura(PRESSURE), (2.0, 100.0))
    other = pores.bjh(PRESSURE[order], factor * liquid[order], pores.harkins_jura(PRESSURE[order]), (2.0, 100.0))
    assert other.volume == pytest.approx(factor * one.volume, rel=1e-9)
    assert other.diameter == pytest.approx(one.diameter, rel=1e-12)


def test_the_density_over_the_logarithm_adds_up_to_the_volume() -> None:
    found = pores.bjh(
        PRESSURE, _cylinders((5.0, 20.0), (0.2, 0.6), PRESSURE), pores.harkins_jura(PRESSURE), (2.0, 100.0)
    )
    widths = np.log10(found.wide) - np.log10(found.narrow)
    assert float(found.per_log_diameter @ widths) == pytest.approx(found.volume.sum(), rel=1e-12)


def test_a_t_plot_parts_micropores_from_the_outer_surface() -> None:
    """A film of 1 nm on 40 m2 is 0.04 cm3; 0.15 cm3 lie in micropores that are full."""
    thickness = np.linspace(0.3, 0.6, 8)
    rows = pores.t_plot(thickness, 0.15 + 40e-3 * thickness, fewest=4)
    assert len(rows) == sum(8 - n + 1 for n in range(4, 9))
    assert rows[:, 1].max() == 7
    assert np.all(rows[:, 1] - rows[:, 0] >= 3)
    assert rows[:, 2] == pytest.approx(40.0, rel=1e-9)
    assert rows[:, 3] == pytest.approx(0.15, rel=1e-9)
    assert rows[:, 4] == pytest.approx(1.0, abs=1e-12)


def _kernel(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Pores that fill at one pressure each, over a thousandth of saturation to saturation."""
    pressure = np.geomspace(1e-3, 0.99, 80)
    filling = np.geomspace(3e-3, 0.9, count)
    return pressure, 1.0 / (1.0 + (filling / pressure[:, None]) ** 6)


def test_the_weights_of_a_few_pores_come_back() -> None:
    pressure, kernel = _kernel(5)
    truth = np.array([0.0, 3.0, 0.0, 7.0, 1.0])
    found = pores.fit_kernel(pressure, kernel @ truth, pressure, kernel)
    assert found.weights == pytest.approx(truth, abs=1e-6)
    assert found.misfit == found.least_misfit == pytest.approx(0.0, abs=1e-6)


def test_neighbouring_pores_do_not_take_the_noise_in_turns() -> None:
    """Of many pores with noise: the smoothed weights lie closer to the truth, with a misfit of a tenth more at most."""
    pressure, kernel = _kernel(30)
    truth = np.exp(-0.5 * ((np.arange(30) - 12) / 4.0) ** 2)
    loading = kernel @ truth + np.random.default_rng(4).normal(0.0, 0.03, len(pressure))
    found = pores.fit_kernel(pressure, loading, pressure, kernel)
    assert np.linalg.norm(found.weights - truth) < 0.5 * np.linalg.norm(found.rough - truth)
    assert found.least_misfit < found.misfit <= 1.1 * found.least_misfit + 1e-3 * loading.max()
    assert np.all(found.weights >= 0)
    assert found.weights.sum() == pytest.approx(truth.sum(), rel=0.03)


def test_points_outside_the_kernel_are_not_fitted() -> None:
    pressure, kernel = _kernel(5)
    more = np.concatenate([[1e-5], pressure, [0.999]])
    loading = np.concatenate([[50.0], kernel @ np.ones(5), [90.0]])
    found = pores.fit_kernel(more, loading, pressure, kernel)
    assert len(found.pressure) == len(pressure)
    assert found.weights == pytest.approx(np.ones(5), abs=1e-6)
    assert found.fitted == pytest.approx(kernel @ np.ones(5), abs=1e-6)
