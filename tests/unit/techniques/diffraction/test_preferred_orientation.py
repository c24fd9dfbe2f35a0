"""Preferred orientation of a powder that has none."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.diffraction.preferred_orientation import Orientation, oriented, turning
from halfcell.techniques.diffraction.scan import Scan, lines_of
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_a_powder_without_texture_has_an_r_of_one_within_its_error(whole: WholePatternFit, powder: Scan) -> None:
    _, found = oriented(whole.fit, powder, 0, "Si")
    assert found is not None
    assert abs(found.r - 1.0) < max(4 * found.std, 0.1)


def test_without_an_orientation_no_intensity_is_turned(powder: Scan) -> None:
    assert (turning("Si", powder, None) == 1.0).all()


def test_an_r_of_one_turns_nothing(powder: Scan) -> None:
    count = len(lines_of("Si", powder)[1].hkl)
    found = turning("Si", powder, Orientation(axis=(1, 1, 1), r=1.0, std=0.0, slope=0.0))
    assert found == pytest.approx(np.ones(count))
