"""What the instrument's width leaves open of a size."""

from __future__ import annotations

import dataclasses

import pytest

from halfcell.techniques.diffraction import LABORATORY, Settings
from halfcell.techniques.diffraction.instrument_doubt import by_instrument, largest_size
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

from .conftest import FITTED

WIDE = dataclasses.replace(FITTED, instrument=LABORATORY.adjusted({"width_std": 0.01}))


def test_the_doubt_grows_with_the_square_of_the_size(powder: Scan) -> None:
    assert by_instrument(20.0, powder, WIDE) == pytest.approx(4 * by_instrument(10.0, powder, WIDE))


def test_without_an_instrument_there_is_no_doubt_by_it(powder: Scan) -> None:
    assert by_instrument(20.0, powder, Settings()) == 0.0


def test_a_sharper_instrument_reaches_larger_sizes(whole: WholePatternFit) -> None:
    sharper = LABORATORY.adjusted({"w": 0.2 * LABORATORY.w, "x": 0.0, "y": 0.3 * LABORATORY.y})
    usual = largest_size(whole.fit, "Si", FITTED)
    assert largest_size(whole.fit, "Si", dataclasses.replace(FITTED, instrument=sharper)) > 1.5 * usual
    assert largest_size(whole.fit, "Si", Settings()) == 300.0
