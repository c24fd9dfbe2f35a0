"""The first peak of |chi(R)|."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.exafs.chi_of_r import first_peak

R = np.arange(0.0, 6.0, 0.03)


def test_the_top_of_a_peak_is_found_between_the_points() -> None:
    found = first_peak(R, 0.5 * np.exp(-(((R - 2.047) / 0.25) ** 2)), (1.0, 3.0))
    assert (found.position, found.height) == (pytest.approx(2.047, abs=1e-3), pytest.approx(0.5, rel=1e-3))


def test_a_rise_towards_the_end_of_the_range_is_no_peak() -> None:
    magnitude = 0.3 * np.exp(-(((R - 2.0) / 0.2) ** 2)) + 0.9 * np.exp(-(((R - 3.4) / 0.3) ** 2))
    assert first_peak(R, magnitude, (1.0, 3.0)).position == pytest.approx(2.0, abs=0.02)


def test_the_strongest_of_two_peaks_is_the_one() -> None:
    magnitude = 0.3 * np.exp(-(((R - 1.5) / 0.15) ** 2)) + 0.5 * np.exp(-(((R - 2.5) / 0.15) ** 2))
    assert first_peak(R, magnitude, (1.0, 3.0)).position == pytest.approx(2.5, abs=0.01)
