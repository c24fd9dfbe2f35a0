"""Reflections of a phase within a scan."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.techniques.diffraction.scan import Scan, lines_of, positions


def test_silicon_has_its_lines_where_the_standard_has_them(powder: Scan) -> None:
    """28.443, 47.304, 56.124 degrees of Cu K-alpha-1 (NIST SRM 640c)."""
    _, listed = lines_of("Si", powder)
    found = np.sort(positions(listed, powder))
    for place in (28.443, 47.304, 56.124):
        assert np.abs(found - place).min() < 0.01


def test_only_the_strongest_groups_have_amplitudes_of_their_own(powder: Scan) -> None:
    assert lines_of("CoSi2", powder, strongest=2)[0].columns == 3


def test_a_phase_without_a_line_in_the_scan_is_refused(powder: Scan) -> None:
    near = powder.two_theta < 25.0
    part = dataclasses.replace(powder, two_theta=powder.two_theta[near], counts=powder.counts[near])
    with pytest.raises(Refused, match="no line between"):
        lines_of("Si", part)


def test_the_noise_of_counts_is_that_of_their_level(powder: Scan) -> None:
    assert np.median(powder.noise / np.maximum(powder.counts, 1.0)) == pytest.approx(1.0, abs=0.1)
