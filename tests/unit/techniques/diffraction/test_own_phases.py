"""Phases of the author's CIF files in an analysis of diffraction, and in a study."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import halfcell
from halfcell.core.errors import InputError
from halfcell.materials.crystal_files import phase_of_facts, phases_of_folder
from halfcell.materials.phases import added_phases
from halfcell.readers.diffraction import xrd_columns
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings

CIF = """data_tin_sulphide_of_rock_salt_type
_chemical_formula_sum 'Sn S'
_cell_length_a 5.80
_cell_length_b 5.80
_cell_length_c 5.80
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'F m -3 m'
loop_
_atom_site_label
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Sn1 0 0 0
S1 0.5 0.5 0.5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the CIF of a phase that the library does not have."""
    (tmp_path / "cif").mkdir()
    (tmp_path / "cif" / "cubicSnS.cif").write_text(CIF, encoding="utf-8")
    return tmp_path


def _pattern(folder: Path):
    facts = phases_of_folder(folder / "cif")
    parameters = Parameters(
        phases=(
            Crystallites(phase="Si", height=700, column_length_nm=12),
            Crystallites(phase="cubicSnS", height=900, column_length_nm=15),
        ),
        step_degree=0.04,
    )
    with added_phases({name: phase_of_facts(name, text) for name, text in facts.items()}):
        return facts, diffraction.simulate(parameters, np.random.default_rng(1))


def test_size_and_cell_of_a_phase_of_ones_own(folder: Path) -> None:
    facts, measured = _pattern(folder)
    settings = Settings(instrument=LABORATORY, phases=("Si", "cubicSnS"), phases_folder=facts, background_degree=8)
    result = diffraction.TECHNIQUE.analyse(measured, settings)
    cell, size = result["cubicSnS.lattice_a"], result["cubicSnS.column_length"]
    assert cell.value == pytest.approx(5.80, abs=0.004)
    assert size.value == pytest.approx(15.0, rel=0.15)
    assert "cubicSnS" in result.ticks


def test_a_folder_that_was_not_read_is_refused(folder: Path) -> None:
    _, measured = _pattern(folder)
    with pytest.raises(InputError, match="was not read"):
        diffraction.TECHNIQUE.analyse(measured, Settings(phases_folder="cif", phases=("Si",)))


STUDY = """title = "own phase"

[raw]
xrd = "raw/{sample}.xy"

[settings.xrd]
phases_folder = "FOLDER"
phases = ["Si", "cubicSnS"]
background_degree = 8

[[table]]
id = "S1"
technique = "xrd"
show = "lattice"
"""


def test_a_study_knows_the_phases_of_its_folder(folder: Path) -> None:
    _, measured = _pattern(folder)
    (folder / "raw").mkdir()
    angle, counts = measured.columns["two_theta_degree"], measured.columns["intensity_count"]
    lines = "\n".join(f"{x:.4f} {y:.0f}" for x, y in zip(angle, counts, strict=True))
    (folder / "raw" / "A.xy").write_text(lines, encoding="utf-8")
    assert xrd_columns is not None
    (folder / "study.toml").write_text(STUDY.replace("FOLDER", "cfi"), encoding="utf-8")
    (problem,) = halfcell.Study.load(folder).check()
    assert problem.what == "phases_folder: cfi is no folder"
    assert problem.where == "study.toml:7"
    (folder / "study.toml").write_text(STUDY.replace("FOLDER", "cif"), encoding="utf-8")
    study = halfcell.Study.load(folder)
    texts = [entry.text for row in study.table("S1").rows for entry in row if entry]
    assert any(text.startswith("cubicSnS") for text in texts)
    study.run(workers=1)
    assert study.run(workers=1).nothing_changed
    (folder / "cif" / "cubicSnS.cif").write_text(CIF.replace("5.80", "5.81"), encoding="utf-8")
    assert study.run(workers=1).computed == 1
