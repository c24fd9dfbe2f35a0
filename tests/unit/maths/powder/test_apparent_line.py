"""The line of a standard as a pseudo-Voigt fit sees it."""

from __future__ import annotations

import pytest

from halfcell.maths.powder.apparent_line import apparent_line
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.reciprocal_grid import Radiation

SINGLE = Radiation(lines=((0.15406, 1.0),))


def test_a_gaussian_instrument_has_its_own_width_and_no_lorentzian_share() -> None:
    width, share = apparent_line(Instrument(w=0.01), 60.0, SINGLE)
    assert width == pytest.approx(0.1, rel=0.01)
    assert share == pytest.approx(0.0, abs=0.02)


def test_a_lorentzian_instrument_is_a_lorentzian() -> None:
    width, share = apparent_line(Instrument(w=1e-6, y=0.1), 1e-3 + 40.0, SINGLE)
    assert share == pytest.approx(1.0, abs=0.05)
    assert width == pytest.approx(0.1 / 0.9397, rel=0.03)  # y / cos(20 degrees)


def test_axial_divergence_widens_the_lines_at_low_angles_more() -> None:
    def widened(angle: float) -> float:
        plain, smeared = Instrument(w=0.004), Instrument(w=0.004, axial=0.03)
        return apparent_line(smeared, angle, SINGLE)[0] / apparent_line(plain, angle, SINGLE)[0]

    assert widened(20.0) > widened(60.0) > 0.999
