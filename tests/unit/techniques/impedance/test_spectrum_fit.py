"""A spectrum and its fits travel together."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques import impedance
from halfcell.techniques.impedance import Parameters, Settings
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum, fit_spectrum


def test_arcs_in_another_order_have_their_values_exchanged(fitted: FittedSpectrum) -> None:
    turned = fitted.rearranged((1, 0))
    assert turned.main.values["R1"] == pytest.approx(fitted.main.values["R2"])


def test_keeping_its_own_circuit_is_told(fitted: FittedSpectrum) -> None:
    assert fitted.kept().chooser == "own"


def test_too_few_points_for_a_circuit_are_refused() -> None:
    made = impedance.simulate(Parameters(points_per_decade=1, noise_percent=0.3), np.random.default_rng(0))
    few = Measurement(technique="impedance", columns={name: values[:8] for name, values in made.columns.items()})
    circuit = "L-Rs-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-p(R4,CPE4)"
    with pytest.raises(Refused, match="cannot determine"):
        fit_spectrum(few, Settings(circuit=circuit))
