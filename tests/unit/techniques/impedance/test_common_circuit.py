"""One circuit for all states of a series."""

from __future__ import annotations

import dataclasses

from halfcell.techniques.impedance.common_circuit import describes
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum


def test_a_spectrum_describes_itself(fitted: FittedSpectrum) -> None:
    assert describes(fitted, fitted)


def test_a_circuit_with_a_residual_many_times_larger_does_not(fitted: FittedSpectrum) -> None:
    poor = dataclasses.replace(fitted, main=fitted.others[0])
    assert not describes(poor, fitted)


def test_a_circuit_that_the_data_do_not_determine_does_not(fitted: FittedSpectrum) -> None:
    one = dataclasses.replace(fitted, main=fitted.others[0])
    assert not describes(fitted, one, determined=False)
