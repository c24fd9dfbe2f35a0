"""One fitted powder for the tests of the parts of a fit."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.scan import Scan, scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit, fit_whole_pattern

FITTED = Settings(instrument=LABORATORY, phases=("Si", "CoSi2"), background_degree=8, strain="none", halos="none")


@pytest.fixture(scope="session")
def powder() -> Scan:
    """A scan of silicon (9 nm) with CoSi2 in steps of 0.05 degrees."""
    grains = tuple(Crystallites(phase=n, height=h, column_length_nm=9) for n, h in (("Si", 700), ("CoSi2", 300)))
    made = diffraction.simulate(Parameters(phases=grains, step_degree=0.05), np.random.default_rng(1))
    return scan(made, FITTED)[0]


@pytest.fixture(scope="session")
def whole(powder: Scan) -> WholePatternFit:
    """Its fit, with a background of degree 8, no strain and no halos."""
    return fit_whole_pattern(powder, FITTED, ("Si", "CoSi2"), {})
