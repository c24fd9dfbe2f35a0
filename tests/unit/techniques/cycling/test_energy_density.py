"""The energy of a full cell, and the mass that it is per."""

from __future__ import annotations

import dataclasses

import pytest
from tests.unit.techniques.cycling.made_halves import cycle

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.energy_density import energies, stack_mass

FULL = Settings(kind=CellKind.FULL, anode_mass_mg=3.0, separator_mass_mg=2.0, cathode_mass_mg=5.0)


def test_the_mass_is_that_of_both_electrodes_and_what_is_between_them() -> None:
    assert stack_mass(FULL).mass_mg == pytest.approx(10.0)


def test_a_solid_cell_has_its_electrolyte_between_the_electrodes() -> None:
    settings = dataclasses.replace(FULL, kind=CellKind.ASSLB, separator_mass_mg=None, electrolyte_mass_mg=40.0)
    assert stack_mass(settings).mass_mg == pytest.approx(48.0)


def test_a_missing_mass_refuses_the_energy_density() -> None:
    found = stack_mass(dataclasses.replace(FULL, separator_mass_mg=None))
    assert found.mass_mg is None
    assert [note.code for note in found.notes] == ["stack_mass_missing"]


def test_a_milliampere_hour_at_3_6_v_on_ten_milligrams_is_360_wh_per_kg() -> None:
    found = energies([cycle(1)], 10.0, CellKind.FULL, FULL, 0.0).quantities
    assert found["energy"].value == pytest.approx(3.6)
    assert found["energy_density"].value == pytest.approx(360.0)


def test_the_energy_is_that_of_the_first_complete_cycle() -> None:
    cycles = [cycle(1)._replace(complete=False), cycle(2, discharge_mah=0.9), cycle(3)]
    found = energies(cycles, 10.0, CellKind.FULL, FULL, 0.0).quantities
    assert found["energy_cycle"].value == 2
    assert found["energy"].value == pytest.approx(0.9 * 3.6)


def test_a_half_cell_has_no_energy_density() -> None:
    assert not energies([cycle(1)], 10.0, CellKind.HALF, FULL, 0.0).quantities
