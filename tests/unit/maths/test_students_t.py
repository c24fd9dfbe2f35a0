"""Student's factor."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.students_t import students_factor


def test_students_factor_is_that_of_the_tables() -> None:
    """t_68 = 1.837 and t_95 = 12.706 for one degree of freedom (tables); 1 for many."""
    assert students_factor(1) == pytest.approx(np.sqrt(1.837 * 12.706 / 1.96), rel=1e-3)
    assert students_factor(100000) == pytest.approx(1.0, abs=1e-4)
