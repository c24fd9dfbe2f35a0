"""How peaks go with the scan rate."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.voltammetry import Settings
from halfcell.techniques.voltammetry.scan_rate_series import analyse_series

RATES = (0.1, 0.2, 0.5, 1.0)
SETTINGS = Settings(active_mass_mg=1.0)


def _measured(rate: float, power: float) -> Measurement:
    """A Gaussian peak in either sweep whose current goes with a power of the rate (mV/s)."""
    potential = np.concatenate([np.linspace(1.0, 0.0, 1001), np.linspace(0.001, 1.0, 1000)] * 2)
    time = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(potential)))]) / (1e-3 * rate)
    sign = np.concatenate([np.full(1001, -1.0), np.full(1000, 1.0)] * 2)
    current = sign * 1e-3 * rate**power * np.exp(-(((potential - 0.5) / 0.06) ** 2))
    columns = {
        "test_time_second": time,
        "potential_volt": potential,
        "voltage_volt": potential,
        "current_ampere": current,
    }
    return Measurement(technique="voltammetry", columns=columns)


@pytest.mark.parametrize("power", [0.5, 0.8, 1.0])
def test_the_exponent_of_the_peaks_comes_back(power: float) -> None:
    """i = a v^b: 0.5 by diffusion, 1 at surfaces (H. Lindström et al., J. Phys. Chem. B 101 (1997) 7717)."""
    found = analyse_series([_measured(rate, power) for rate in RATES], SETTINGS)[0].quantities
    for branch in ("anodic", "cathodic"):
        assert found[f"{branch}_b_value"].value == pytest.approx(power, abs=0.02)


def test_two_rates_have_no_exponent() -> None:
    found = analyse_series([_measured(rate, 0.5) for rate in RATES[:2]], SETTINGS)[0].quantities
    assert "anodic_b_value" not in found


def test_the_order_of_the_rates_does_not_matter() -> None:
    measured = [_measured(rate, 0.7) for rate in RATES]
    one, other = (analyse_series(each, dataclasses.replace(SETTINGS))[0] for each in (measured, measured[::-1]))
    assert one["anodic_b_value"].value == pytest.approx(other["anodic_b_value"].value)
