"""A spectrum of two arcs and its fit, for the tests of the parts of an analysis."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques import impedance
from halfcell.techniques.impedance import Parameters, Settings
from halfcell.techniques.impedance.circuit_choice import fit_one
from halfcell.techniques.impedance.spectrum import Spectrum, prepare
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum

CIRCUIT = "Rs-p(R1,CPE1)-p(R2,CPE2)"
VALUES = (3.0, 25.0, 4e-5, 0.9, 60.0, 4e-3, 0.9)  # ohm, ohm, F s^(n-1), n, ohm, F s^(n-1), n


@pytest.fixture(scope="session")
def spectrum() -> Spectrum:
    """Two arcs of 25 and 60 ohm behind 3 ohm, with 0.3 % of noise."""
    parameters = Parameters(circuit=CIRCUIT, values=VALUES, noise_percent=0.3)
    return prepare(impedance.simulate(parameters, np.random.default_rng(0)), Settings())


@pytest.fixture(scope="session")
def fitted(spectrum: Spectrum) -> FittedSpectrum:
    """Its fit by the circuit that it was made with, and by one arc alone."""
    return FittedSpectrum(spectrum, fit_one(CIRCUIT, spectrum, 10), (fit_one("Rs-p(R1,CPE1)", spectrum, 10),))
