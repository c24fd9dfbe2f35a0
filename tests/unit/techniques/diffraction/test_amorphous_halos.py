"""Halos are added where they are, and only there."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.maths.powder.pattern_fit import fit_pattern
from halfcell.techniques.diffraction.amorphous_halos import with_halos
from halfcell.techniques.diffraction.fit_restart import ended
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_crystals_alone_get_no_halo(whole: WholePatternFit, powder: Scan) -> None:
    assert with_halos(whole.fit, powder) is whole.fit


def test_a_halo_that_is_added_to_the_counts_is_found_at_its_place(whole: WholePatternFit, powder: Scan) -> None:
    halo = 300.0 * np.exp(-4 * np.log(2) * ((powder.two_theta - 38.0) / 6.0) ** 2)
    counts = powder.counts + np.random.default_rng(0).poisson(halo)
    glassy = dataclasses.replace(powder, counts=counts)
    start = fit_pattern(whole.fit.pattern.model, glassy.counts, glassy.variance, start=ended(whole.fit))
    found = with_halos(start, glassy)
    assert found.value("hump0.centre") == pytest.approx(38.0, abs=3.0)
