"""How far a scan reaches, and where its edge is."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.exafs import Settings
from halfcell.techniques.exafs.single_scan import available_k, edge_of

ENERGY = np.arange(7000.0, 7900.0, 1.0)


def _scan(energy: np.ndarray = ENERGY) -> Measurement:
    mu = 0.5 + 0.5 * (1.0 + np.tanh((energy - 7112.0) / 3.0))
    return Measurement(technique="exafs", columns={"energy_electronvolt": energy, "absorption": mu})


def test_the_edge_of_iron_is_where_the_absorption_rises() -> None:
    assert edge_of(_scan(), Settings()) == pytest.approx(7112.0, abs=1.0)


def test_an_edge_that_is_set_is_taken() -> None:
    assert edge_of(_scan(), Settings(e0_electronvolt=7120.0)) == 7120.0


def test_a_scan_reaches_the_k_of_its_last_energy() -> None:
    """k = sqrt(0.2625 (E - E0)): 787 eV above the edge are 14.4 / angstrom."""
    assert available_k(_scan(), Settings(e0_electronvolt=7112.0)) == pytest.approx(np.sqrt(0.26247 * 787.0), rel=1e-3)


@pytest.mark.parametrize("energy", [ENERGY[:20], ENERGY[::-1], ENERGY - 7500.0])
def test_energies_that_are_no_scan_are_an_error(energy: np.ndarray) -> None:
    with pytest.raises(InputError, match="energies"):
        edge_of(_scan(energy), Settings())
