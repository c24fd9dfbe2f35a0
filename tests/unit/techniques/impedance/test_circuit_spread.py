"""The spread of a number over circuits: by their BIC, tempered where residuals are systematic."""

from __future__ import annotations

import math

import pytest

from halfcell.techniques.impedance.circuit_spread import spread_over_circuits


def test_a_circuit_that_fits_as_well_counts_in_full() -> None:
    """Two circuits with the same BIC, 10 ohm apart: the rms distance from the first is 10/sqrt(2)."""
    assert spread_over_circuits((0.0, 50.0), [(0.0, 60.0)], 1.0) == pytest.approx(10 / math.sqrt(2))


def test_a_circuit_far_behind_does_not_count() -> None:
    assert spread_over_circuits((0.0, 50.0), [(40.0, 60.0)], 1.0) < 1e-3
    assert spread_over_circuits((0.0, 50.0), [(40.0, 60.0)], 5.0) > 1.0  # systematic residuals: BIC is too sure


def test_alone_there_is_no_spread() -> None:
    assert spread_over_circuits((0.0, 50.0), [], 1.0) == 0.0
