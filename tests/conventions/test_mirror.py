"""The tests mirror the source: which module of `maths` and of the techniques has no test file.

A module ``techniques/<t>/<module>.py`` has ``tests/unit/techniques/<t>/test_<module>.py``. None is needed by

- a module of records alone (no function but the methods and properties of a record),
- what draws and lists: it imports the records of figures or tables, and ``test_figures_and_tables.py`` of its folder
  holds what it makes,
- ``analyse`` and ``simulate``, the two maps of a technique: they are held against each other in ``tests/truth``,
- ``methods`` (sentences): ``tests/unit/study/items/test_methods.py``,
- a module in `ELSEWHERE`, which names the file in which it is tested.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE, UNIT = ROOT / "src" / "halfcell", ROOT / "tests" / "unit"
HELD = ("maths", "techniques")
PAIR = {"analyse", "simulate", "methods", "__init__"}
DRAWN = ("halfcell.core.figure", "halfcell.core.table")
# Module -> the file below tests in which it is tested. Those of `techniques` are parts of one fit that mean nothing
# alone: a phase that is tried, a shape that a line has, the note on a spread. A simulated measurement whose truth is
# known tells whether they are right. Those of `maths/circuit` are the elements of one model.
ELSEWHERE = {
    "maths/circuit/arc_elements": "unit/maths/circuit/test_model.py",
    "maths/circuit/diffusion_elements": "unit/maths/circuit/test_model.py",
    "maths/circuit/elements": "unit/maths/circuit/test_model.py",
    "maths/circuit/passive_elements": "unit/maths/circuit/test_model.py",
    "techniques/cycling/between_files": "unit/techniques/cycling/test_laws.py",  # a cut test is joined again
    "techniques/cycling/potential_steps": "truth/test_potential_steps.py",
    "techniques/diffraction/displacement_factors": "truth/test_diffraction_shares.py",
    "techniques/diffraction/doublet_doubt": "truth/test_diffraction_radiation.py",
    "techniques/diffraction/instrument_calibration": "truth/test_diffraction.py",
    "techniques/diffraction/intensity_models": "truth/test_diffraction_orientation.py",
    "techniques/diffraction/phase_identification": "truth/test_phase_identification.py",
    "techniques/diffraction/phase_set_fits": "truth/test_phase_identification.py",
    "techniques/diffraction/size_anisotropy": "truth/test_diffraction_anisotropy.py",
    "techniques/diffraction/state_comparison": "truth/test_diffraction_states.py",
    "techniques/diffraction/strain_anisotropy": "truth/test_diffraction_strain.py",
    "techniques/diffraction/texture_harmonics": "truth/test_diffraction_orientation.py",
    "techniques/diffraction/whole_pattern_fit": "truth/test_diffraction_sizes.py",
    "techniques/edx/map_values": "truth/test_edx.py",
    "techniques/edx/references": "truth/test_edx.py",
    "techniques/edx/spectrum": "truth/test_edx.py",
    "techniques/electron_diffraction/spot_phases": "truth/test_electron_diffraction.py",
    "techniques/electron_diffraction/standard": "truth/test_electron_diffraction.py",
    "techniques/exafs/edge_step_deficit": "truth/test_exafs_amplitudes.py",
    "techniques/exafs/first_shell": "truth/test_first_shell.py",
    "techniques/exafs/foil": "truth/test_exafs_amplitudes.py",
    "techniques/exafs/state_comparison": "truth/test_exafs_edges.py",
    "techniques/exafs/window_spread": "truth/test_exafs.py",
    "techniques/impedance/arc_tracking": "truth/test_impedance_series.py",
    "techniques/impedance/fit_notes": "unit/techniques/impedance/test_quoting.py",
    "techniques/impedance/relaxation_times": "oracle/test_impedance_peers.py",  # needs the extra drt
    "techniques/impedance/transmission_line": "truth/test_impedance_pores.py",
    "techniques/indentation/hardness_and_modulus": "truth/test_indentation_errors.py",
    "techniques/indentation/mean_curve": "unit/techniques/indentation/test_figures_and_tables.py",
    "techniques/indentation/single_test": "truth/test_indentation.py",
    "techniques/particle_images/notes": "truth/test_particle_images.py",
    "techniques/raman/carbon_bands": "truth/test_raman_carbon.py",
    "techniques/raman/described_line": "truth/test_raman_confined.py",
    "techniques/raman/lopsided_line": "truth/test_raman_confined.py",
    "techniques/raman/state_comparison": "truth/test_raman.py",
    "techniques/run": "unit/techniques/test_analysis.py",
    "techniques/sorption/porosity": "truth/test_sorption_pores.py",
    "techniques/stamp": "unit/techniques/test_analysis.py",
    "techniques/voltammetry/capacitive_share": "truth/test_scan_rates.py",
}


def _is_record_alone(tree: ast.Module) -> bool:
    return not any(isinstance(node, ast.FunctionDef) for node in tree.body)


def _draws(tree: ast.Module) -> bool:
    """Whether a module imports the records of figures or tables, be it for types alone."""
    imported = (node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return any(name in DRAWN for name in imported)


def _needs_a_file(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return path.stem not in PAIR and not _is_record_alone(tree) and not _draws(tree)


def _own_test(path: Path) -> Path:
    return UNIT / path.relative_to(SOURCE).with_name(f"test_{path.name}")


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").as_posix()


@pytest.mark.parametrize("package", HELD)
def test_every_module_with_logic_has_its_test_file(package: str) -> None:
    missing = [
        _name(path)
        for path in sorted((SOURCE / package).rglob("*.py"))
        if _needs_a_file(path) and not _own_test(path).exists() and _name(path) not in ELSEWHERE
    ]
    assert missing == []


def test_modules_tested_elsewhere_exist_and_have_no_file_of_their_own() -> None:
    assert [name for name in ELSEWHERE if not (SOURCE / f"{name}.py").exists()] == []
    assert [name for name in ELSEWHERE if _own_test(SOURCE / f"{name}.py").exists()] == []


def test_the_files_that_test_them_exist() -> None:
    assert [file for file in ELSEWHERE.values() if not (ROOT / "tests" / file).exists()] == []
