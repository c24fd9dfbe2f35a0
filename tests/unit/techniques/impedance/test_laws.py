"""Laws of impedance: the order of the frequencies changes nothing, and a resistance per area is R times the area."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import impedance
from halfcell.techniques.impedance import TWO_ARCS, ImpedanceResult, Parameters, Settings

FAST = Settings(circuit=TWO_ARCS, compare=False)


@cache
def _spectrum() -> Measurement:
    return impedance.simulate(Parameters(), np.random.default_rng(11))


@cache
def _plain() -> ImpedanceResult:
    return impedance.analyse(_spectrum(), FAST)


@settings(max_examples=6)
@given(seed=st.integers(0, 2**32 - 1), turned=st.booleans())
def test_the_order_of_the_frequencies_does_not_matter(seed: int, turned: bool) -> None:
    count = len(_spectrum())
    order = np.arange(count)[::-1] if turned else np.random.default_rng(seed).permutation(count)
    columns = {name: values[order] for name, values in _spectrum().columns.items()}
    result = impedance.analyse(dataclasses.replace(_spectrum(), columns=columns), FAST)
    assert result.quantities.keys() == _plain().quantities.keys()
    for name, quantity in _plain().quantities.items():
        assert result[name].value == pytest.approx(quantity.value, rel=1e-4), name


@settings(max_examples=6)
@given(area=st.floats(0.01, 100.0), kind=st.sampled_from([None, CellKind.HALF, CellKind.SYMMETRIC]))
def test_a_resistance_per_area_is_that_of_one_electrode(area: float, kind: CellKind | None) -> None:
    """R A; in a symmetric cell, whose two electrodes are in series, R A/2, but for the electrolyte between them."""
    result = impedance.analyse(_spectrum(), dataclasses.replace(FAST, area_cm2=area, kind=kind))
    electrodes = 2.0 if kind is CellKind.SYMMETRIC else 1.0
    for name in ("Rint", "Rct"):
        expected = _plain()[name].value * area / electrodes
        assert result[f"{name}.area_specific"].value == pytest.approx(expected, rel=1e-9)
    assert result["Rs.area_specific"].value == pytest.approx(_plain()["Rs"].value * area, rel=1e-9)
    assert result["Rct"].value == _plain()["Rct"].value


@pytest.mark.parametrize("seed", range(3))
def test_uncertainties_in_proportion_to_the_impedance_are_weights_by_its_modulus(seed: int) -> None:
    """The same weights stated in two ways: the same fit, whose misfit is that of its noise."""
    spectrum = impedance.simulate(Parameters(noise_percent=0.2), np.random.default_rng(seed))
    modulus = np.hypot(spectrum["real_impedance_ohm"], spectrum["imaginary_impedance_ohm"])
    stated = dataclasses.replace(spectrum, columns={**spectrum.columns, "impedance_std_ohm": 2e-3 * modulus})
    plain = impedance.analyse(spectrum, FAST)
    result = impedance.analyse(stated, dataclasses.replace(FAST, weighting="sigma"))
    assert result["Rct"].value == pytest.approx(plain["Rct"].value, rel=1e-3)
    assert result["lack_of_fit"].value == pytest.approx(plain["lack_of_fit"].value, rel=0.05)
    assert 0.8 < result["lack_of_fit"].value < 1.2


def test_a_value_lies_between_its_ends_and_the_curve_runs_over_all_frequencies() -> None:
    result = _plain()
    for name, low, high in zip(result.names, result.low, result.high, strict=True):
        assert low < high, name
        if name in result.quantities:
            assert low <= result[name].value <= high, name
    assert result.curve[0] == pytest.approx(result.fitted[np.argmax(result.frequency)], rel=1e-6)
    assert result.curve[-1] == pytest.approx(result.fitted[np.argmin(result.frequency)], rel=1e-6)
