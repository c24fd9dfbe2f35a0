"""Scherrer size and column length of one powder agree, or are both doubted."""

from __future__ import annotations

import pytest

from halfcell.core.quantity import Quantity
from halfcell.techniques.diffraction.size_agreement import size_contradiction
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

from .conftest import FITTED


def _doubted(whole: WholePatternFit, ratio: float) -> bool:
    found = {
        "Si.scherrer_size": Quantity(10.0 * ratio, "nm", 0.1),
        "Si.column_length": Quantity(10.0, "nm", 0.1),
        "Si.size_sigma": Quantity(0.3, "", 0.02),
    }
    return bool(size_contradiction(whole, "Si", found, FITTED, overlaps=False))


@pytest.mark.parametrize(("ratio", "doubted"), [(0.8, True), (1.1, False), (1.3, False), (1.8, True)])
def test_ratios_between_spheres_of_one_size_and_a_lorentzian_are_possible(
    whole: WholePatternFit, ratio: float, doubted: bool
) -> None:
    """0.9 / 0.83 = 1.08 to 0.9 pi / 2 = 1.41."""
    assert _doubted(whole, ratio) is doubted


def test_one_size_alone_contradicts_nothing(whole: WholePatternFit) -> None:
    only = {"Si.column_length": Quantity(10.0, "nm", 0.1)}
    assert size_contradiction(whole, "Si", only, FITTED, overlaps=False) == ()
