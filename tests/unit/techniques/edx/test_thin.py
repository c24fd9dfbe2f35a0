"""Thin films by Cliff and Lorimer's ratios."""

from __future__ import annotations

import pytest

from halfcell.techniques.edx.lines import line_families
from halfcell.techniques.edx.thin import calculated_factor, film_shares, stated_factors


def test_shares_are_counts_times_factors_over_their_sum() -> None:
    """C_A / C_B = k_AB I_A / I_B (G. Cliff, G. W. Lorimer, J. Microsc. 103 (1975) 203)."""
    counts = {"Fe Ka": (2000.0, 0.0), "Pt La": (1000.0, 0.0)}
    factors = {"Fe Ka": (1.0, 0.0), "Pt La": (4.0, 0.0)}
    found = film_shares(counts, factors, {"Fe Ka": "Fe", "Pt La": "Pt"})
    assert (found["Fe"].value, found["Pt"].value) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_both_parts_of_two_have_one_error() -> None:
    counts = {"Fe Ka": (2000.0, 45.0), "Pt La": (1000.0, 32.0)}
    found = film_shares(counts, {"Fe Ka": (1.0, 0.05), "Pt La": (4.0, 0.05)}, {"Fe Ka": "Fe", "Pt La": "Pt"})
    assert found["Fe"].std == pytest.approx(found["Pt"].std)


def test_factors_by_hand_are_read_by_line() -> None:
    assert stated_factors(("Fe Ka = 1.2", "Pt La = 3.9")) == {"Fe Ka": 1.2, "Pt La": 3.9}


def test_a_calculated_factor_rises_with_the_mass_of_the_element() -> None:
    silicon, iron = (next(f for f in line_families([e], 15.0, 200.0) if f.line == "Ka") for e in ("Si", "Fe"))
    assert calculated_factor(iron, 200.0)[0] > calculated_factor(silicon, 200.0)[0]
