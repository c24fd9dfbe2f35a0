"""Lines that are fitted one by one."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.single_lines import line_quantities, measured_lines, scherrer_lines, single_lines

from .conftest import FITTED


def test_lines_of_silicon_are_found_with_their_indices(powder: Scan) -> None:
    found = dict(measured_lines("Si", powder))
    assert found["111"].position == pytest.approx(28.44, abs=0.1)


def test_the_scherrer_size_is_shape_factor_over_width(powder: Scan) -> None:
    lines = single_lines("Si", powder, FITTED)
    chosen = scherrer_lines(lines, np.zeros(0), FITTED)
    found, _ = line_quantities("Si", lines, chosen, FITTED)
    sizes = [0.9 / line.fwhm_s[0] for line in chosen if line.fwhm_s is not None]
    assert min(sizes) <= found["Si.scherrer_size"].value <= max(sizes)


def test_three_lines_at_most_make_the_scherrer_size(powder: Scan) -> None:
    assert len(scherrer_lines(single_lines("Si", powder, FITTED), np.zeros(0), FITTED)) <= 3


def test_a_line_beside_that_of_another_phase_is_not_taken(powder: Scan) -> None:
    lines = single_lines("Si", powder, FITTED)
    first = scherrer_lines(lines, np.zeros(0), FITTED)[0]
    others = np.array([first.peak.position + 0.1])
    assert first.hkl not in [line.hkl for line in scherrer_lines(lines, others, FITTED)]


def test_without_a_line_there_is_no_size() -> None:
    found, notes = line_quantities("Si", (), (), FITTED)
    assert not found
    assert [note.code for note in notes] == ["no_scherrer_size"]
