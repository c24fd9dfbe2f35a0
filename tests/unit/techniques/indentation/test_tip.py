"""The tip of an indenter: its area, what was assumed, and where an ideal tip is no tip."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.indentation import Settings
from halfcell.techniques.indentation.raw_tests import RawTest
from halfcell.techniques.indentation.tip import tip_of

NOTHING = np.zeros(0)


def _test(**meta: object) -> RawTest:
    return RawTest(number=1, time=NOTHING, depth=NOTHING, load=NOTHING, meta=meta)


def test_an_ideal_berkovich_tip_has_24_5_times_the_square_of_the_depth() -> None:
    """W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564."""
    found = tip_of(_test(), Settings())
    assert found.area_at(1e-6) == pytest.approx(24.5e-12)
    assert found.is_ideal
    assert [note.code for note in found.notes] == ["ideal_tip", "assumed_poisson"]


def test_an_area_function_has_powers_two_one_and_a_half() -> None:
    """A = C0 h^2 + C1 h + C2 h^(1/2) in nm."""
    found = tip_of(_test(), Settings(tip_area_nm=(24.5, 1000.0, 200.0)))
    assert found.area_at(400e-9) == pytest.approx((24.5 * 400**2 + 1000 * 400 + 200 * 20) * 1e-18)


def test_what_is_set_comes_before_the_file_and_that_before_an_assumption() -> None:
    own = _test(poisson_ratio=0.3)
    assert tip_of(own, Settings()).poisson == 0.3
    assert tip_of(own, Settings(poisson_ratio=0.2)).poisson == 0.2
    assert tip_of(own, Settings()).poisson_doubt == 0.0
