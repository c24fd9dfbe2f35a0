"""Settings of the right type that mean nothing: refused before a file is read."""

from __future__ import annotations

import pytest

from halfcell.techniques.diffraction.settings import Settings as Diffraction
from halfcell.techniques.impedance.settings import Settings as Impedance


@pytest.mark.parametrize("circuit", ["R0-p(R1,C1", "R0-R1|C1", "R1-R1", ""])
def test_a_circuit_that_cannot_be_read(circuit: str) -> None:
    ((name, error),) = Impedance(circuit=circuit).wrong_words()
    assert name == "circuit"
    assert error.what


@pytest.mark.parametrize("circuit", ["auto", "Auto", "R0-p(R1,CPE1)-W1", "R(RQ)W", "L-Rs-p(Rint,CPEint)"])
def test_a_circuit_that_can(circuit: str) -> None:
    assert Impedance(circuit=circuit).wrong_words() == ()


def test_phases_that_are_not_known() -> None:
    found = Diffraction(phases=("Si", "Silicon"), candidates=("beta-Zn",)).wrong_words()
    assert [name for name, _ in found] == ["phases", "candidates"]
    assert found[0][1].hint == "did you mean 'Si'?"
    assert Diffraction(phases=("mine",), phases_folder="cif").wrong_words() == ()
    assert Diffraction(phases=("mine",), phases_folder={"mine": "{}"}).wrong_words() == ()
