"""Errors of a cycler: gains cancel in ratios of one direction, offsets grow with time, and intervals hold 68 %."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.unit.techniques.cycling.made_halves import half

from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.instrument_error import InstrumentError, error_notes, instrument_error, joined


def test_a_normal_error_alone_stays_what_it_is() -> None:
    assert joined(0.3) == pytest.approx(0.3)


@pytest.mark.parametrize("parts", [(1.0, 1.0), (1.0, 0.5), (1.0, 1.0, 1.0)])
def test_the_interval_of_a_sum_of_uniform_errors_holds_68_per_cent(parts: tuple[float, ...]) -> None:
    rng = np.random.default_rng(0)
    drawn = sum(rng.uniform(-1, 1, 400_000) * math.sqrt(3) * part for part in parts)
    assert np.mean(np.abs(drawn) < joined(0.0, *parts)) == pytest.approx(0.68, abs=0.025)


def test_a_single_uniform_error_is_widened_by_a_tenth() -> None:
    """Within 1.1 standard deviations of it lie 1.1 / sqrt 3, 64 %: the density is flat, 68 % would need 1.18."""
    assert joined(0.0, 2.0) == pytest.approx(2.2)


def test_limits_of_error_are_uniform() -> None:
    """The standard deviation of a uniform error within +-a is a / sqrt 3 (GUM, 4.3.7)."""
    found = instrument_error(Settings(current_accuracy_percent=0.1, current_offset_a=1e-6, voltage_accuracy_volt=5e-3))
    assert found is not None
    assert (found.gain, found.offset_a) == pytest.approx((1e-3 / math.sqrt(3), 1e-6 / math.sqrt(3)))
    assert found.mean_voltage_v == pytest.approx(5e-3 / math.sqrt(3), rel=0.15)


@pytest.mark.parametrize("given", [{"current_accuracy_percent": 0.1}, {"current_offset_a": 1e-6}, {}])
def test_without_both_limits_of_the_current_there_is_no_error(given: dict[str, float]) -> None:
    assert instrument_error(Settings(**given)) is None
    assert [note.code for note in error_notes(Settings(**given))] == ["instrument_error_unknown"]


def test_an_offset_moves_the_charge_by_its_product_with_the_time() -> None:
    found = InstrumentError(gain=0.0, offset_a=1e-6)
    assert found.charge_ah(half(1, duration_s=7200.0)) == pytest.approx(2e-6 * 1.1, rel=0.02)


def test_the_gain_cancels_in_the_ratio_of_two_charges_of_one_direction() -> None:
    error = InstrumentError(gain=1e-3, offset_a=0.0)
    assert error.same_way(half(1, 1.0e-3), half(1, 0.9e-3)) == pytest.approx(0.0, abs=1e-12)
    assert error.ratio(half(-1, 0.9e-3), half(1, 1.0e-3)) > 5e-4
