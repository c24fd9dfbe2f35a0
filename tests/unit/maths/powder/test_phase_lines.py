"""Reflections of a phase: where they are, and how they move with the cell."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.phase_lines import Lines, one_column

# 200 and 101 of beta-Sn, a = 0.58318, c = 0.31819 nm (Swanson, Tatge 1953): 1/d^2 = (h^2 + k^2)/a^2 + l^2/c^2
TIN = Lines(
    name="Sn", parts=np.array([[4 / 0.58318**2, 1 / 0.58318**2], [0.0, 1 / 0.31819**2]]),
    intensity=np.ones(2), column=np.array([0, 1]),
)  # fmt: skip


def test_spacings_are_those_of_the_powder_diffraction_file() -> None:
    """d(200) = 2.915, d(101) = 2.793 angstrom (PDF 4-673)."""
    place, _ = TIN.places(np.zeros(2))
    assert 10 / place == pytest.approx([2.915, 2.793], abs=2e-3)


def test_a_cell_that_is_longer_by_one_per_cent_has_lines_that_are_lower_by_one_per_cent() -> None:
    one, _ = TIN.places(np.zeros(2))
    longer, _ = TIN.places(np.full(2, 0.01))
    assert longer * 1.01 == pytest.approx(one)


def test_slopes_are_those_of_the_places() -> None:
    _, slope = TIN.places(np.zeros(2))
    for free in range(2):
        step = np.eye(2)[free] * 1e-6
        expected = (TIN.places(step)[0] - TIN.places(-step)[0]) / 2e-6
        assert slope[free] == pytest.approx(expected, abs=1e-6)


def test_fixed_relative_intensities_are_one_amplitude() -> None:
    assert (TIN.columns, one_column(TIN).columns) == (2, 1)
