"""Decomposition kinetics: energies of simulated first-order reactions, their errors, and what is refused or doubted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import Refused
from halfcell.maths import isoconversional
from halfcell.readers.thermal import perkinelmer_tga
from halfcell.techniques import decomposition_kinetics as kinetics
from halfcell.techniques.decomposition_kinetics import KineticsResult, Parameters, Settings
from halfcell.techniques.decomposition_kinetics.simulate import peak_degc

RATES = (2.0, 5.0, 10.0, 20.0)
RUNS = 60
ENERGIES = ("kissinger_energy", "ozawa_energy", "friedman_energy")


def _analysed(seed: int, *, lag: float = 0.0, rates: tuple[float, ...] = RATES, **more: float) -> KineticsResult:
    rng = np.random.default_rng([seed, 29])
    lags = rng.normal(0.0, lag, len(rates)) if lag else np.zeros(len(rates))
    runs = [
        kinetics.simulate(Parameters(rate_degc_per_minute=rate, lag_degc=float(off), **more), rng)
        for rate, off in zip(rates, lags, strict=True)
    ]
    return kinetics.analyse_series(runs, Settings())[0]


@settings(max_examples=20, deadline=None)
@given(energy=st.floats(80.0, 300.0), log_a=st.floats(8.0, 20.0))
def test_exact_peaks_give_the_energy_and_the_prefactor(energy: float, log_a: float) -> None:
    """Kissinger's equation holds exactly at the peak of a first-order reaction (Anal. Chem. 29 (1957) 1702)."""
    rates = np.array(RATES)
    try:
        peaks = np.array([peak_degc(energy, log_a, rate) + 273.15 for rate in RATES])
    except ValueError:  # no peak between 300 and 2500 K
        return
    found = isoconversional.kissinger(rates, peaks, 0.0)
    assert found.energy == pytest.approx(energy, rel=1e-6)
    assert isoconversional.log10_prefactor(found) == pytest.approx(log_a, rel=1e-6)


@pytest.mark.parametrize("energy", [100.0, 180.0, 260.0])
def test_the_three_methods_agree_on_one_reaction(energy: float) -> None:
    log_a = {100.0: 6.5, 180.0: 14.0, 260.0: 20.5}[energy]
    result = _analysed(0, energy=energy, log10_prefactor=log_a)
    for name in ENERGIES:
        assert result[name].value == pytest.approx(energy, rel=0.02), name
    assert result["log10_prefactor"].value == pytest.approx(log_a, abs=0.4)
    assert "varying_energy" not in {note.code for note in result.notes}


def test_the_integral_is_exact_where_doyle_s_is_not() -> None:
    """At E/RT = 13 Doyle's 1.052 is 5 % off (Flynn 1983); the iterated factor is not."""
    rates, energy = np.array(RATES), 70.0
    temperatures = []
    for rate in RATES:  # a conversion of one half of a first-order reaction, by fine integration
        grid = np.linspace(300.0, 1200.0, 200_000)
        speed = 10.0**5.0 * 60.0 / rate * np.exp(-energy / (isoconversional.GAS_CONSTANT * grid))
        area = np.concatenate([[0.0], np.cumsum(0.5 * (speed[1:] + speed[:-1]) * np.diff(grid))])
        temperatures.append(float(np.interp(np.log(2.0), area, grid)))
    found = isoconversional.ozawa_flynn_wall(rates, np.array(temperatures), 0.0)
    assert found.energy == pytest.approx(energy, rel=5e-3)


@pytest.mark.slow
def test_coverage_with_temperatures_that_are_off() -> None:
    """Each run's temperature is off by 1 degC (standard deviation) on its own; figures of 200 runs in docs."""
    pulls: dict[str, list[float]] = {name: [] for name in (*ENERGIES, "log10_prefactor")}
    truths = dict.fromkeys(ENERGIES, 180.0) | {"log10_prefactor": 14.0}
    for seed in range(RUNS):
        result = _analysed(seed, lag=1.0)
        for name, true in truths.items():
            pulls[name].append((result[name].value - true) / (result[name].std or 1e-9))
    for name, values in pulls.items():
        inside = np.abs(values)
        print(name, np.mean(inside < 1.0), np.mean(inside < 2.0), np.mean(values))
        assert np.mean(inside < 1.0) > 0.55, name
        assert np.mean(inside < 2.0) > 0.88, name


def test_two_reactions_in_one_step_are_doubted() -> None:
    result = _analysed(0, energy=120.0, log10_prefactor=8.5, second_energy=260.0)
    assert result["energy_variation"].value > 20.0
    assert "varying_energy" in {note.code for note in result.notes if note.level == "doubt"}


@pytest.mark.parametrize("rates", [(10.0,), (5.0, 20.0), (10.0, 10.0, 10.5, 20.0)])
def test_fewer_than_three_rates_are_refused(rates: tuple[float, ...]) -> None:
    result = _analysed(0, rates=rates)
    assert set(result.quantities) == {"rate_count"}
    assert {note.code: note.level for note in result.notes}["too_few_rates"] == "refused"


def test_a_step_that_is_not_there_is_refused() -> None:
    run = kinetics.simulate(Parameters(), np.random.default_rng(0))
    with pytest.raises(Refused, match="no step 3"):
        kinetics.analyse_series([run], Settings(step=3))


def test_from_files_by_the_command_line_s_engine(tmp_path: Path) -> None:
    from halfcell import analyse

    paths = []
    for rate in RATES:
        path = tmp_path / f"{rate:g}.txt"
        run = kinetics.simulate(Parameters(rate_degc_per_minute=rate), np.random.default_rng(int(rate)))
        path.write_bytes(perkinelmer_tga.write(run))
        paths.append(path)
    result = analyse(paths, "decomposition_kinetics")
    assert result["kissinger_energy"].value == pytest.approx(180.0, rel=0.03)
    assert len(result.sources) == len(RATES)
