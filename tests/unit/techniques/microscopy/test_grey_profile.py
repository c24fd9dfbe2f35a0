"""Grey values along a line."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.microscopy import Settings
from halfcell.techniques.microscopy.grey_profile import line_profile

RAMP = np.tile(np.arange(100.0) + 0.5, (60, 1))  # grey is the column, edges of pixels counted from 0


def test_a_ramp_is_read_at_its_columns() -> None:
    found = line_profile(RAMP, (2.0, 2.0), Settings(profile=(10.0, 30.0, 50.0, 30.0), profile_width=5))
    assert found is not None
    assert (found.grey[0], found.grey[-1]) == pytest.approx((10.0, 50.0))
    assert found.distance[-1] == pytest.approx(80.0)


def test_a_wider_line_averages_across_itself() -> None:
    noisy = RAMP + np.random.default_rng(0).normal(0.0, 5.0, RAMP.shape)
    narrow, wide = (
        line_profile(noisy, None, Settings(profile=(10.0, 30.0, 90.0, 30.0), profile_width=width)) for width in (1, 25)
    )
    assert narrow is not None
    assert wide is not None
    assert np.std(wide.grey - wide.columns) < 0.4 * np.std(narrow.grey - narrow.columns)


def test_without_a_line_there_is_no_profile() -> None:
    assert line_profile(RAMP, None, Settings()) is None


@pytest.mark.parametrize("line", [(10.0, 30.0, 10.0, 30.0), (10.0, 30.0, 101.0, 30.0), (-1.0, 0.0, 50.0, 10.0)])
def test_a_line_beyond_the_picture_is_an_error(line: tuple[float, float, float, float]) -> None:
    with pytest.raises(InputError, match="outside the picture"):
        line_profile(RAMP, None, Settings(profile=line))
