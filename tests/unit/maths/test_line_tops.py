"""The top of a line with a tail and its full width at half maximum."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.line_shapes import tailed_voigt, voigt_width
from halfcell.maths.line_tops import top_and_width

X = np.linspace(-80.0, 60.0, 5601)


def test_top_and_width_without_and_with_a_tail() -> None:
    top, width = top_and_width((3.0, 2.0), 0.0, 0.0)
    assert (top, width) == (pytest.approx(0.0, abs=1e-9), pytest.approx(voigt_width(3.0, 2.0), rel=1e-3))
    y = tailed_voigt(X, 0.0, (3.0, 2.0), 6.0, 0.5)
    top, width = top_and_width((3.0, 2.0), 6.0, 0.5)
    assert top == pytest.approx(X[np.argmax(y)], abs=X[1] - X[0])
    above = X[y > y.max() / 2]
    assert width == pytest.approx(np.ptp(above), abs=3 * (X[1] - X[0]))
