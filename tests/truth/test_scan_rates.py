"""Series of scan rates: a reversible couple in solution, by semi-differentiation, not by the formula of the analysis.

For a reversible couple the current is the semi-derivative of the surface concentration,
``i = n F A C D^(1/2) d^(1/2)/dt^(1/2) [1 / (1 + exp(n F (E - E0) / R T))]`` (K. B. Oldham, Anal. Chem. 44 (1972) 196),
here by the Gruenwald algorithm. An adsorbed or capacitive current is proportional to the scan rate.
"""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import voltammetry
from halfcell.techniques.voltammetry import Settings, VoltammetryResult

AREA, CONCENTRATION = 0.07, 5e-6  # cm2, mol/cm3
THERMAL = 8.314462618 * 298.15 / 96485.33212


def _reversible(rate: float, diffusion: float) -> Measurement:
    """From 0.6 V to 0 V and back at `rate` (V/s); the couple lies at 0.3 V."""
    steps = 1500
    potential = np.concatenate((np.linspace(0.6, 0.0, steps + 1), np.linspace(0.0, 0.6, steps + 1)[1:]))
    time = 0.6 / rate / steps * np.arange(len(potential))
    reduced = 1.0 / (1.0 + np.exp((potential - 0.3) / THERMAL))
    weights = np.ones(len(time))
    for k in range(1, len(time)):
        weights[k] = weights[k - 1] * (k - 1.5) / k
    half = np.convolve(weights, reduced - reduced[0])[: len(time)] / np.sqrt(time[1])
    current = -96485.33212 * AREA * CONCENTRATION * np.sqrt(diffusion) * half
    columns = {"test_time_second": time, "voltage_volt": potential, "current_ampere": current}
    return Measurement(technique="voltammetry", columns=columns)


def _series(tests: list[Measurement], **settings: float) -> VoltammetryResult:
    assert voltammetry.TECHNIQUE.series is not None
    found = voltammetry.TECHNIQUE.series(tests, Settings(smoothing_mv=10.0, **settings))  # type: ignore[arg-type]
    result = found[0]
    assert isinstance(result, VoltammetryResult)
    return result


@pytest.mark.parametrize("diffusion", [1e-6, 7e-6])
def test_diffusion_gives_one_half_and_the_coefficient(diffusion: float) -> None:
    tests = [_reversible(rate, diffusion) for rate in (0.02, 0.05, 0.1, 0.2)]
    result = _series(tests, area_cm2=AREA, concentration_mol_per_cm3=CONCENTRATION)
    assert result["cathodic_b_value"].value == pytest.approx(0.5, abs=0.005)
    assert result["cathodic_diffusion_coefficient"].value == pytest.approx(diffusion, rel=0.03)


def test_a_current_proportional_to_the_rate_gives_one_and_no_coefficient() -> None:
    base = voltammetry.Parameters(materials=(("Sn", 850.0),), shift_volt=0.0)
    rates = (0.1, 0.3, 1.0, 3.0)
    tests = [
        voltammetry.simulate(voltammetry.Parameters(materials=base.materials, shift_volt=0.0, scan_rate_mv_s=rate), rng)
        for rate, rng in ((rate, np.random.default_rng(2)) for rate in rates)
    ]
    result = _series(tests, area_cm2=1.0, concentration_mol_per_cm3=1e-3)
    assert result["anodic_b_value"].value == pytest.approx(1.0, abs=0.02)
    assert "anodic_diffusion_coefficient" not in result.quantities
    assert "no_randles_sevcik" in {note.code for note in result.notes}


def test_three_rates_give_an_exponent_without_an_uncertainty() -> None:
    three = _series([_reversible(rate, 1e-6) for rate in (0.02, 0.1, 0.5)])
    assert three["cathodic_b_value"].std is None
    four = _series([_reversible(rate, 1e-6) for rate in (0.02, 0.05, 0.1, 0.5)])
    assert four["cathodic_b_value"].std is not None


def test_two_rates_are_no_series() -> None:
    assert "cathodic_b_value" not in _series([_reversible(rate, 1e-6) for rate in (0.02, 0.1)]).quantities


def _mixed(rate_mv_s: float, surface: float, seed: int, noise: float = 2e-3, shift_v: float = 0.0) -> Measurement:
    """Two cycles: k1 v has the shape of a box, k2 v^(1/2) that of a peak, which moves by `shift_v` per decade."""
    rng = np.random.default_rng(seed)
    potential = np.concatenate([np.linspace(2.0, 0.0, 801), np.linspace(0.0, 2.0, 801)[1:]] * 2)
    down = np.gradient(potential) < 0
    time = 2.0 / (rate_mv_s / 1e3) / 800 * np.arange(len(potential))
    move = shift_v * np.log10(rate_mv_s) * np.where(down, -1.0, 1.0)
    peak = np.exp(-0.5 * ((potential - 0.8 - move) / 0.15) ** 2) / (0.15 * np.sqrt(2 * np.pi)) * 2.0
    current = np.where(down, -1.0, 1.0) * (surface * rate_mv_s + (1.0 - surface) * np.sqrt(rate_mv_s) * peak) * 1e-3
    current = current + noise * np.abs(current).max() * rng.standard_normal(len(current))
    columns = {"test_time_second": time, "voltage_volt": potential, "current_ampere": current}
    return Measurement(technique="voltammetry", columns=columns)


RATES = (0.2, 0.5, 1.0, 2.0, 5.0)


@pytest.mark.parametrize("surface", [0.1, 0.4, 0.8])
def test_the_capacitive_share_of_each_scan_rate(surface: float) -> None:
    """Both shapes have the area 2 V, so that the share at v is k v / (k v + (1 - k) v^(1/2)) but for the ends."""
    tests = [_mixed(rate, surface, seed) for seed, rate in enumerate(RATES)]
    results = voltammetry.TECHNIQUE.series(tests, Settings(smoothing_mv=10.0))  # type: ignore[misc]
    shares = [result["capacitive_share"] for result in results]
    expected = [100 * 0.94 * surface * v / (0.94 * surface * v + (1 - surface) * np.sqrt(v)) for v in RATES]
    assert [share.value for share in shares] == pytest.approx(expected, abs=1.0)
    assert all(abs(s.value - e) < 4 * float(s.std or 0.0) + 0.3 for s, e in zip(shares, expected, strict=True))


def test_a_reversible_couple_has_no_capacitive_share_and_a_capacitance_nothing_else() -> None:
    """Semi-differentiation: the whole current grows with the root of the rate."""
    couple = _series([_reversible(rate, 1e-6) for rate in (0.02, 0.05, 0.1, 0.2)])
    assert couple["capacitive_share"].value == pytest.approx(0.0, abs=3.0)
    pure = _series([_mixed(rate, 1.0, 7) for rate in RATES])
    assert pure["capacitive_share"].value == pytest.approx(100.0, abs=1.0)


def test_peaks_that_move_with_the_scan_rate_leave_the_share_as_it_is() -> None:
    still, moved = (_series([_mixed(rate, 0.3, 3, shift_v=shift) for rate in RATES]) for shift in (0.0, 0.15))
    assert moved["capacitive_share"].value == pytest.approx(still["capacitive_share"].value, abs=0.5)


def test_currents_that_grow_more_slowly_than_the_root_have_no_share() -> None:
    """A reaction that is slower than both: i = a v^0.2."""
    tests = []
    for rate in RATES:
        made = _mixed(1.0, 0.0, 3)
        columns = {**made.columns, "current_ampere": made["current_ampere"] * rate**0.2}
        columns["test_time_second"] = made["test_time_second"] / rate
        tests.append(Measurement(technique="voltammetry", columns=columns))
    result = _series(tests)
    assert "capacitive_share" not in result.quantities
    assert "no_capacitive_share" in {note.code for note in result.notes}
