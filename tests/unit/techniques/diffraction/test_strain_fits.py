"""Whether the lines of a phase can tell strain from size."""

from __future__ import annotations

import dataclasses

from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.strain_fits import gain_of, reaches
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_lines_over_a_factor_of_two_in_s_tell_size_from_strain(powder: Scan) -> None:
    assert reaches(powder, "Si")


def test_lines_of_a_short_scan_do_not(powder: Scan) -> None:
    near = powder.two_theta < 50.0
    short = dataclasses.replace(powder, two_theta=powder.two_theta[near], counts=powder.counts[near])
    assert not reaches(short, "Si")


def test_a_fit_gains_nothing_over_itself(whole: WholePatternFit) -> None:
    assert gain_of(whole.fit, whole.fit) == 0.0
