"""The emission lines of a scan: from the settings, the file, its anode, or copper with a doubt."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.diffraction import Settings
from halfcell.techniques.diffraction.radiation import angles, radiation_of


def _scan(**meta: object) -> Measurement:
    columns = {"two_theta_degree": np.array([20.0, 40.0, 120.0]), "intensity_count": np.ones(3)}
    return Measurement(technique="diffraction", columns=columns, meta=meta)


@pytest.mark.parametrize(
    ("anode", "angstrom"), [("Cu", 1.5406), ("Co", 1.78900), ("Mo", 0.70932), ("Cr", 2.28973), ("Ag", 0.55942)]
)
def test_the_anode_tells_the_wavelength(anode: str, angstrom: float) -> None:
    """K-alpha-1 after Hölzer et al. (1997) and Deslattes et al., Rev. Mod. Phys. 75 (2003) 35."""
    found, _ = radiation_of(_scan(anode=anode), Settings())
    assert 10 * found.first == pytest.approx(angstrom, abs=2e-4)


def test_a_scan_that_states_nothing_is_of_copper_with_a_doubt() -> None:
    found, notes = radiation_of(_scan(), Settings())
    assert 10 * found.first == pytest.approx(1.5406, abs=1e-4)
    assert "doubt" in [note.level for note in notes]


def test_a_set_wavelength_comes_before_that_of_the_file() -> None:
    found, _ = radiation_of(_scan(wavelength_angstrom=1.5406), Settings(wavelength_angstrom=0.7))
    assert 10 * found.first == pytest.approx(0.7)
    assert len(found.lines) == 1


def test_shares_of_the_lines_sum_to_one() -> None:
    found, _ = radiation_of(_scan(anode="Co"), Settings())
    assert sum(share for _, share in found.lines) == pytest.approx(1.0)


def test_angles_of_a_file_with_q_follow_the_wavelength_that_is_set() -> None:
    """q is fixed: sin(theta') = sin(theta) lambda' / lambda."""
    measurement = _scan(wavelength_angstrom=1.5406, axis="q")
    found = angles(measurement, Settings(wavelength_angstrom=0.7703))
    assert np.sin(np.radians(found) / 2) == pytest.approx(np.sin(np.radians([20.0, 40.0, 120.0]) / 2) / 2)


def test_angles_of_a_file_with_angles_stay() -> None:
    measurement = _scan(wavelength_angstrom=1.5406)
    assert angles(measurement, Settings(wavelength_angstrom=0.7703)) == pytest.approx([20.0, 40.0, 120.0])


def test_a_spacing_that_a_wavelength_cannot_reach_is_an_error() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        angles(_scan(wavelength_angstrom=1.5406, axis="d"), Settings(wavelength_angstrom=2.3))
