"""What capacities are per, and with how many digits they are printed."""

from __future__ import annotations

import pytest
from tests.unit.techniques.cycling.made_halves import half

from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.capacity_scale import mah_decimals, scale_of


def test_a_milliampere_hour_on_five_milligrams_is_200_per_gram() -> None:
    scale, notes = scale_of(Settings(active_mass_mg=5.0))
    assert scale.of(half(1, 1e-3)).value == pytest.approx(200.0)
    assert [note.code for note in notes] == ["mass_basis"]


def test_without_a_mass_capacities_per_gram_are_refused_and_those_in_mah_are_given() -> None:
    scale, notes = scale_of(Settings())
    assert (scale.of(half(1, 1e-3)).value, scale.unit) == (pytest.approx(1.0), "mAh")
    assert [(note.level, note.code) for note in notes] == [("refused", "mass_missing")]


@pytest.mark.parametrize("mass", [0.0, -1.2])
def test_a_mass_of_zero_or_less_is_refused(mass: float) -> None:
    scale, notes = scale_of(Settings(active_mass_mg=mass))
    assert scale.unit == "mAh"
    assert [note.code for note in notes] == ["mass_unphysical"]


def test_two_per_cent_of_the_mass_are_two_per_cent_of_the_capacity() -> None:
    scale, _ = scale_of(Settings(active_mass_mg=5.0, active_mass_std_mg=0.1))
    assert scale.of(half(1, 1e-3)).std == pytest.approx(0.02 * 200.0)


@pytest.mark.parametrize(("mah", "digits"), [(1.234, 4), (0.2, 4), (0.05, 5), (0.00123, 6), (0.0, 4)])
def test_small_capacities_get_four_significant_digits(mah: float, digits: int) -> None:
    assert mah_decimals(mah) == digits
