"""The current of 1C: what it comes from, and what speaks against it."""

from __future__ import annotations

import math

import pytest
from tests.unit.techniques.cycling.made_halves import cycle

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.c_rate import one_c

CATHODE = CellKind.CATHODE_HALF


def test_a_stated_current_of_1c_is_taken() -> None:
    assert one_c(Settings(kind=CATHODE, one_c_ma=1.5), [cycle(1)]).ampere == pytest.approx(1.5e-3)


def test_a_specific_current_is_multiplied_by_the_mass() -> None:
    """150 mA/g of 10 mg are 1.5 mA."""
    settings = Settings(kind=CATHODE, one_c_ma_per_g=150.0, active_mass_mg=10.0)
    assert one_c(settings, [cycle(1)]).ampere == pytest.approx(1.5e-3)


def test_a_rate_above_500_c_is_refused() -> None:
    found = one_c(Settings(kind=CATHODE, one_c_ma=1e-4), [cycle(1)])
    assert [note.code for note in found.against] == ["c_rate_impossible"]
    assert math.isnan(found.ampere)


@pytest.mark.parametrize(("one_c_ma", "doubted"), [(1.0, False), (90.0, False), (110.0, True), (0.05, True)])
def test_a_current_that_would_fill_the_cell_in_minutes_or_weeks_is_doubted(one_c_ma: float, doubted: bool) -> None:
    """The cell holds 1 mAh: 0.01 to 10 times what 1C moves in an hour passes."""
    found = one_c(Settings(kind=CATHODE, one_c_ma=one_c_ma), [cycle(1)])
    assert bool(found.against) is doubted
