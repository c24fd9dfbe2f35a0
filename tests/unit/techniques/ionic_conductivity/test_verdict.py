"""Whether a spectrum gives the resistance of a pellet."""

from __future__ import annotations

from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit
from halfcell.techniques.ionic_conductivity.verdict import fit_notes, refusal


def test_a_spectrum_with_its_tail_is_not_refused(main: BlockingFit, spectrum: Spectrum) -> None:
    assert refusal(main, spectrum) is None


def test_a_circuit_that_the_data_do_not_determine_is_refused(fits: tuple[BlockingFit, ...], spectrum: Spectrum) -> None:
    vague = next(one for one in fits if not one.is_determined)
    note = refusal(vague, spectrum)
    assert note is not None
    assert (note.level, note.code) == ("refused", "pellet_resistance_not_determined")


def test_the_circuit_is_named_and_a_misfit_is_doubted(main: BlockingFit) -> None:
    assert next(note.code for note in fit_notes(main, 1.0, rounding=False)) == "circuit_chosen"
    assert "lack_of_fit" in [note.code for note in fit_notes(main, 9.0, rounding=False)]
