"""What is said of a circuit and of others."""

from __future__ import annotations

from halfcell.techniques.impedance.circuit_notes import choice_notes, circuit_rows
from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum


def test_circuits_are_rows_in_the_order_of_their_criterion(fitted: FittedSpectrum) -> None:
    rows = circuit_rows(fitted.main, fitted.others)
    assert [row["circuit"] for row in rows] == [fitted.main.model.text, fitted.others[0].model.text]


def test_a_circuit_alone_is_no_comparison(fitted: FittedSpectrum) -> None:
    assert circuit_rows(fitted.main, ()) == ()


def test_a_better_circuit_than_the_set_one_is_told(fitted: FittedSpectrum, spectrum: Spectrum) -> None:
    assert choice_notes(fitted.main, fitted.others, spectrum, "user") == ()
    notes = choice_notes(fitted.others[0], (fitted.main,), spectrum, "user")
    assert fitted.main.model.text in notes[0].text
