"""Pores: volumes only where there is a plateau, loops that cannot be, DFT, STSA, alpha-s on powders of known make."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.maths import monolayer, pores
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Parameters, Settings, SorptionResult, simulate
from halfcell.techniques.sorption.branches import Branch, Branches
from halfcell.techniques.sorption.isotherm_class import features, hysteresis, isotherm_type
from halfcell.techniques.sorption.loop_checks import loop_notes

CYLINDERS = Parameters(
    flat_area=0.1, pore_volume=0.5, pore_diameter_nm=8.0, pore_sd=1.15, curved=True, noise_cm3=0.0, points=120
)


def _codes(result: SorptionResult) -> dict[str, str]:
    return {note.code: note.level for note in result.notes}


def _run(parameters: Parameters, seed: int = 0) -> Measurement:
    return simulate(parameters, np.random.default_rng(seed))


def _shifted(run: Measurement, by: float, low: float = 0.0) -> Measurement:
    """The desorption moved by a part of the largest loading above a pressure."""
    loading = run["loading_cm3_stp_per_gram"].copy()
    down = (run["branch"] > 0.5) & (run["relative_pressure"] >= low)
    loading[down] += by * loading.max()
    return dataclasses.replace(run, columns={**run.columns, "loading_cm3_stp_per_gram": loading})


def test_no_pore_volume_without_a_plateau() -> None:
    """A flat powder (type II) has no pores; its uptake near p0 is set by where the measurement ends."""
    flat = sorption.analyse(_run(Parameters(flat_area=20.0, pore_volume=1e-9)), Settings())
    assert "pore_volume" not in flat.quantities
    assert _codes(flat)["no_plateau"] == "refused"
    full = sorption.analyse(_run(CYLINDERS), Settings())
    assert full["pore_volume"].value == pytest.approx(0.5, rel=0.01)


def test_a_loop_that_does_not_close_or_crosses_is_doubted() -> None:
    good = sorption.analyse(_run(CYLINDERS), Settings())
    assert {"open_loop", "crossing_loop"}.isdisjoint(_codes(good))
    assert _codes(sorption.analyse(_shifted(_run(CYLINDERS), 0.05), Settings()))["open_loop"] == "doubt"
    assert _codes(sorption.analyse(_shifted(_run(CYLINDERS), -0.05), Settings()))["crossing_loop"] == "doubt"


def test_bjh_has_errors_and_says_that_narrow_pores_come_out_too_narrow() -> None:
    result = sorption.analyse(_run(CYLINDERS), Settings(pore_limits_nm=(4.0, 300.0)))
    for name, true in (("bjh_volume_desorption", 0.5), ("bjh_mode_desorption", 8.0)):
        found = result[name]
        assert abs(found.value - true) < 3.0 * (found.std or 0.0)
    assert _codes(result)["bjh_narrow"] == "doubt"
    wide = dataclasses.replace(CYLINDERS, pore_diameter_nm=25.0)
    assert "bjh_narrow" not in _codes(sorption.analyse(_run(wide), Settings()))


def test_negative_cores_are_counted() -> None:
    """A film that is far too thick for the isotherm leaves negative cores."""
    pressure = np.linspace(0.1, 0.98, 60)[::-1]
    thickness = pores.harkins_jura(pressure)
    liquid = 0.3 / (1.0 + np.exp(-(pressure - 0.9) / 0.01)) + 1e-4 * thickness
    made = pores.bjh(pressure, liquid, 2.0 * thickness, (1.7, 300.0))
    assert made.negative > 0.05 * made.volume.sum()
    right = pores.bjh(pressure, liquid, 1e-3 * thickness, (1.7, 300.0))
    assert right.negative < 0.01 * right.volume.sum()


def _branch(pressure: np.ndarray, *steps: tuple[float, float, float]) -> Branch:
    loading = 20.0 + 10.0 * pressure
    for at, width, height in steps:
        loading = loading + height / (1.0 + np.exp(-(pressure - at) / width))
    return Branch(pressure=pressure, loading=loading)


@pytest.mark.parametrize(
    ("up", "down", "loop"),
    [
        (((0.75, 0.02, 100.0),), ((0.68, 0.02, 100.0),), "H1"),
        (((0.75, 0.05, 100.0),), ((0.47, 0.012, 100.0),), "H2(a)"),
        (((0.75, 0.05, 100.0),), ((0.6, 0.026, 100.0),), "H2(b)"),
        (((0.8, 0.02, 100.0),), ((0.72, 0.02, 60.0), (0.47, 0.01, 40.0)), "H5"),
        (((0.9, 0.012, 100.0),), ((0.74, 0.035, 100.0),), "H2(b)"),  # cells of a foam behind windows of many widths
        (((0.86, 0.018, 100.0),), ((0.66, 0.022, 100.0),), "H2(b)"),
        (((0.72, 0.018, 100.0),), ((0.465, 0.007, 100.0),), "H2(a)"),  # cages that all empty by cavitation
    ],
)
def test_loops_as_iupac_draws_them(up: tuple, down: tuple, loop: str) -> None:
    """M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051, fig. 3."""
    pressure = np.concatenate([np.geomspace(1e-3, 0.1, 10), np.linspace(0.12, 0.99, 90)])
    assert hysteresis(features(_branch(pressure, *up), _branch(pressure, *down))) == loop


def test_large_pores_that_are_full_are_type_iv() -> None:
    """They fill above p/p0 = 0.9, as a type II grows there, but end in a plateau."""
    pressure = np.concatenate([np.geomspace(1e-3, 0.1, 10), np.linspace(0.12, 0.995, 90)])
    film = 6.0 + 20.0 * pressure
    up, down = (
        Branch(pressure=pressure, loading=film + 100.0 / (1.0 + np.exp((at - pressure) / 0.006))) for at in (0.93, 0.89)
    )
    assert (isotherm_type(features(up, down)), hysteresis(features(up, down))) == ("IV(a)", "H1")
    open_ended = [Branch(pressure=pressure, loading=6.0 + 10.0 * pressure + 2.0 / (1.03 - pressure)) for _ in range(2)]
    assert isotherm_type(features(*open_ended)) == "II"


def test_a_gap_is_held_against_the_uptake_where_it_is() -> None:
    """3 cm3/g are 3 % of a mesoporous powder's uptake, but a seventh of what is adsorbed where the loop must close."""
    pressure = np.linspace(0.02, 0.98, 80)
    up = _branch(pressure, (0.75, 0.02, 100.0))
    below = _branch(pressure, (0.68, 0.02, 100.0))
    codes = []
    for gap in (0.0, 3.0):
        down = Branch(pressure=pressure, loading=below.loading + gap)
        codes.append([note.code for note in loop_notes(Branches(up=up, down=down))])
    assert codes == [[], ["open_loop"]]


def _kernel(count: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pores that fill at their Kelvin pressure: pressures, widths, loadings (cm3 STP per cm3/g of pores)."""
    pressure = np.geomspace(1e-2, 0.98, 80)
    width = np.geomspace(2.0, 30.0, count)
    radius = pores.kelvin_radius(pressure)[:, None] + pores.harkins_jura(pressure)[:, None]
    share = 1.0 / (1.0 + np.exp(-(np.log(2.0 * radius) - np.log(width[None, :])) / 0.05))
    film = np.minimum(4.0 * pores.harkins_jura(pressure)[:, None] / width[None, :], 1.0)
    return pressure, width, np.maximum(share, film * (1.0 - share)) / pores.LIQUID_PER_GAS


def test_a_smooth_distribution_comes_back_through_a_kernel() -> None:
    pressure, width, kernel = _kernel()
    true = np.exp(-0.5 * (np.log(width / 8.0) / 0.25) ** 2)
    true *= 0.4 / true.sum()
    loading = kernel @ true * (1.0 + 2e-3 * np.random.default_rng(0).normal(size=len(pressure)))
    rows = ((0.0, *map(float, width)), *((float(p), *map(float, row)) for p, row in zip(pressure, kernel, strict=True)))
    columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": loading, "branch": np.zeros(len(pressure))}
    run = Measurement(technique="sorption", columns=columns, meta={"adsorptive": "N2"})
    result = sorption.analyse(run, Settings(kernel=rows, surface="carbon"))
    assert result["dft_volume"].value == pytest.approx(0.4, rel=0.02)
    assert result["dft_mode"].value == pytest.approx(8.0, rel=0.15)
    assert result.dft is not None
    area = float(np.trapezoid(result.dft.per_log_width, np.log10(width)))
    assert area == pytest.approx(0.4, rel=0.05)  # dV/dlog w integrates to the volume
    rough = pores.fit_kernel(pressure, loading, pressure, kernel).rough
    assert np.abs(np.diff(result.dft.volume, 2)).sum() < 0.3 * np.abs(np.diff(rough / rough.sum() * 0.4, 2)).sum()
    for show in ("pore sizes", "DFT fit"):
        assert sorption.TECHNIQUE.figures[show]([result.stamped(label="x", id="x")]).panels


def test_stsa_of_a_carbon_black() -> None:
    """A powder whose film is ASTM D6556's own: 100 m2/g; with micropores the area stays and only the volume grows."""
    pressure = np.linspace(0.02, 0.6, 60)
    for micropores in (0.0, 0.05):
        liquid = micropores + 100.0 * 1e-3 * pores.carbon_black(pressure)
        columns = {
            "relative_pressure": pressure,
            "loading_cm3_stp_per_gram": liquid / pores.LIQUID_PER_GAS,
            "branch": np.zeros(len(pressure)),
        }
        run = Measurement(technique="sorption", columns=columns, meta={"adsorptive": "N2"})
        result = sorption.analyse(run, Settings(surface="carbon"))
        assert result["stsa"].value == pytest.approx(100.0, rel=1e-3)
        assert "stsa" not in sorption.analyse(run, Settings()).quantities


@pytest.mark.parametrize(("area", "micropores"), [(50.0, 0.0), (50.0, 0.1), (10.0, 0.02)])
def test_alpha_s_against_a_nonporous_reference(area: float, micropores: float) -> None:
    """Film and micropores add up: the slope is the area, the intercept the micropores, whatever the film's law."""
    pressure = np.linspace(0.01, 0.9, 90)
    reference = 20.0 * monolayer.bet_loading(np.minimum(pressure, 0.35), 1.0, 120.0) / monolayer.area(1.0, 0.162)
    reference = reference * np.where(pressure > 0.35, pores.halsey(pressure) / pores.halsey(np.array(0.35)), 1.0)
    pairs = tuple((float(p), float(n)) for p, n in zip(pressure, reference, strict=True))
    loading = reference * area / 20.0 + micropores / pores.LIQUID_PER_GAS
    columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": loading, "branch": np.zeros(len(pressure))}
    run = Measurement(technique="sorption", columns=columns, meta={"adsorptive": "N2"})
    result = sorption.analyse(run, Settings(alpha_reference=pairs))
    assert result["alpha_area"].value == pytest.approx(area, rel=0.01)
    assert result["alpha_micropore_volume"].value == pytest.approx(micropores, abs=1e-3)
    assert sorption.TECHNIQUE.figures["alpha-s plot"]([result.stamped(label="x", id="x")]).panels
