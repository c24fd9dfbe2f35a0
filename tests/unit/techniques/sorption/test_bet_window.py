"""The window of the BET line: set, the instrument's, or found."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.maths.monolayer import bet_loading
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.bet_window import chosen_window
from halfcell.techniques.sorption.branches import Branch

PRESSURE = np.concatenate([np.linspace(0.01, 0.35, 35), np.linspace(0.4, 0.95, 12)])
BRANCH = Branch(pressure=PRESSURE, loading=bet_loading(PRESSURE, 10.0, 100.0))


def _isotherm(**vendor: object) -> Measurement:
    return Measurement(technique="sorption", columns={"relative_pressure": PRESSURE}, meta={"vendor": vendor})


def _range(settings: Settings, measurement: Measurement | None = None) -> tuple[float, float] | None:
    found = chosen_window(BRANCH, measurement or _isotherm(), settings)
    return None if found.points is None else (float(PRESSURE[found.points[0]]), float(PRESSURE[found.points[1]]))


def test_a_window_that_is_set_is_taken() -> None:
    assert _range(Settings(bet_window=(0.05, 0.2))) == pytest.approx((0.05, 0.2), abs=0.011)


def test_the_window_of_the_instrument_is_taken_where_it_is_asked_for() -> None:
    asked = Settings(bet_method="instrument")
    assert _range(asked, _isotherm(bet_window=[0.05, 0.25])) == pytest.approx((0.05, 0.25), abs=0.011)


def test_an_instrument_without_a_window_is_refused() -> None:
    found = chosen_window(BRANCH, _isotherm(), Settings(bet_method="instrument"))
    assert [note.code for note in found.findings.notes] == ["no_instrument_window"]


def test_a_found_window_holds_the_pressure_of_its_monolayer() -> None:
    """p_m = 1 / (1 + sqrt C) = 0.0909 for C = 100 (criterion 3 of Rouquerol)."""
    found = _range(Settings())
    assert found is not None
    assert found[0] < 1 / 11 < found[1]


def test_noise_of_the_loadings_still_finds_a_window() -> None:
    loading = BRANCH.loading * (1.0 + np.random.default_rng(0).normal(0.0, 0.01, len(PRESSURE)))
    noisy = dataclasses.replace(BRANCH, loading=loading)
    found = chosen_window(noisy, _isotherm(), Settings())
    assert found.points is not None
    assert found.noise == pytest.approx(0.1, rel=0.7)
