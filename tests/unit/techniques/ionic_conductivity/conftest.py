"""A pellet between blocking electrodes, and the fits of its spectrum."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques import impedance, ionic_conductivity
from halfcell.techniques.impedance.spectrum import Spectrum, prepare
from halfcell.techniques.ionic_conductivity import Parameters, Settings
from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit, blocking_fits, chosen

PELLET = Settings(thickness_um=650.0, diameter_mm=10.0)


@pytest.fixture(scope="session")
def spectrum() -> Spectrum:
    """3 mS/cm in the bulk: 27.6 ohm for 650 um and 10 mm, a grain boundary half as resistive, and a blocking tail."""
    measurement = ionic_conductivity.simulate(Parameters(), np.random.default_rng(0))
    return prepare(measurement, impedance.Settings())


@pytest.fixture(scope="session")
def fits(spectrum: Spectrum) -> tuple[BlockingFit, ...]:
    """All circuits that were tried."""
    return blocking_fits(spectrum, PELLET)


@pytest.fixture(scope="session")
def main(fits: tuple[BlockingFit, ...]) -> BlockingFit:
    """The one that is taken."""
    found = chosen(fits)
    assert found is not None
    return found
