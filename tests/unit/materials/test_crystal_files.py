"""Phases from CIF files, against handbook values and against the phases that come with halfcell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.materials.crystal_files import facts_of_cif, phase_of_facts, phases_of_folder
from halfcell.materials.phases import added_phases, phases
from halfcell.materials.reflections import reflections

CIF = """data_{name}
_cod_database_code 1000041
_chemical_formula_sum '{formula}'
_cell_length_a {a}
_cell_length_b {a}
_cell_length_c {a}
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M '{group}'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
{sites}
"""
SALT = CIF.format(
    name="salt", formula="Cl Na", a="5.6402(2)", group="F m -3 m", sites="Na1 Na1+ 0 0 0 1\nCl1 Cl1- 0.5 0.5 0.5 1"
)
COSI2 = CIF.format(
    name="c", formula="Co Si2", a="5.365", group="F m -3 m", sites="Co1 Co 0 0 0 1\nSi1 Si 0.25 0.25 0.25 1"
)


def test_rock_salt() -> None:
    """a = 5.6402 angstrom, 2.163 g/cm3 (CRC Handbook: 2.17); d of 111, 200, 220: ICDD 5-628: 3.260, 2.821, 1.994."""
    salt = phase_of_facts("salt", facts_of_cif(SALT, "salt.cif"))
    assert salt.formula == "ClNa"
    assert salt.cell == (5.6402, 5.6402, 5.6402, 90.0, 90.0, 90.0)
    assert salt.density == pytest.approx(2.163, abs=0.003)
    assert salt.source == "salt.cif, COD 1000041"
    assert [site.element for site in salt.sites] == ["Na", "Cl"]
    with added_phases({"salt": salt}):
        listed = reflections("salt", 1.9)
    found = dict(zip(["".join(map(str, hkl)) for hkl in listed.hkl.tolist()], listed.spacing.tolist(), strict=True))
    assert found["111"] == pytest.approx(3.256, abs=0.005)
    assert found["200"] == pytest.approx(2.820, abs=0.002)
    assert found["220"] == pytest.approx(1.994, abs=0.001)
    assert listed.intensity[0] < 0.1 * listed.intensity[1]  # Na and Cl scatter against each other in 111


def test_a_structure_of_ones_own_diffracts_like_the_same_one_of_ours() -> None:
    mine = phase_of_facts("mine", facts_of_cif(COSI2, "mine.cif"))
    with added_phases({"mine": mine}):
        own, ours = reflections("mine", 1.0), reflections("CoSi2", 1.0)
    np.testing.assert_allclose(own.spacing, ours.spacing, rtol=1e-6)
    np.testing.assert_allclose(own.intensity, ours.intensity, rtol=1e-6)


def test_added_phases_are_forgotten_and_kept_apart() -> None:
    """Two analyses may use one name for two structures: each sees its own."""
    one = phase_of_facts("x", facts_of_cif(SALT, "x.cif"))
    other = phase_of_facts("x", facts_of_cif(COSI2, "x.cif"))
    with added_phases({"x": one}):
        first = reflections("x", 2.0).spacing
    with added_phases({"x": other}):
        second = reflections("x", 2.0).spacing
    assert "x" not in phases()
    assert abs(first[0] - second[0]) > 0.1


def test_a_folder_of_files(tmp_path: Path) -> None:
    (tmp_path / "MyCoSi2.cif").write_text(COSI2, encoding="utf-8")
    (tmp_path / "salt.cif").write_text(SALT, encoding="utf-8")
    assert list(phases_of_folder(tmp_path)) == ["MyCoSi2", "salt"]
    assert phases_of_folder(tmp_path) == phases_of_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("Si.cif", COSI2, "a phase of that name is known already"),
        ("x.cif", "no cif at all", "no readable CIF"),
        ("x.cif", "data_x\n_cell_length_a 5\n", "no structure with cell and sites"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        phases_of_folder(tmp_path)


def test_a_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no CIF file"):
        phases_of_folder(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        phases_of_folder(tmp_path / "cif")
