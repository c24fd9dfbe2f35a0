"""Which circuits the data determine."""

from __future__ import annotations

import dataclasses

import numpy as np

from halfcell.techniques.impedance.circuit_choice import (
    enough,
    inductive,
    loop_points,
    simplest,
    supported,
    undetermined,
)
from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum


def test_the_circuit_of_the_data_is_determined_and_chosen(fitted: FittedSpectrum, spectrum: Spectrum) -> None:
    assert supported(fitted.main, spectrum)
    assert undetermined(fitted.main) == ()
    assert simplest((fitted.main, *fitted.others), spectrum) is fitted.main


def test_two_points_per_parameter_and_four_more_numbers_are_enough(spectrum: Spectrum) -> None:
    """A circuit of 7 parameters needs 6 points of two numbers each."""
    weights = np.zeros(len(spectrum.frequency))
    weights[:5] = 1.0
    assert enough("Rs-p(R1,CPE1)-p(R2,CPE2)", spectrum)
    assert not enough("Rs-p(R1,CPE1)-p(R2,CPE2)", dataclasses.replace(spectrum, weights=weights))


def test_a_positive_imaginary_part_is_a_coil_at_high_and_a_loop_at_low_frequency(spectrum: Spectrum) -> None:
    turned = dataclasses.replace(spectrum, impedance=spectrum.impedance.conj())
    f = spectrum.frequency
    middle = np.sqrt(f.max() * f.min())
    assert inductive(turned)[f > middle].all()
    assert not inductive(turned)[f < middle].any()
    assert loop_points(turned)[f < 0.9 * middle].sum() > 10
    assert not loop_points(spectrum).any()
