"""Impedance beside impedance.py (formulas) and pyimpspec (relaxation times), where they are installed.

Not compared: ``La``, of which impedance.py 1.7.1 documents L (j omega)^n but computes (L j omega)^n.
"""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.model import build
from halfcell.techniques.impedance import FIGURES, Parameters, Settings, analyse, simulate

pytestmark = pytest.mark.oracle
FREQUENCY = np.logspace(5, -3, 33)


@pytest.mark.filterwarnings("ignore:Simulating circuit based on initial parameters")
def test_formulas_equal_those_of_impedance_py() -> None:
    circuits = pytest.importorskip("impedance.models.circuits")
    for text, values in {
        "R0-p(R1,CPE1)-W1": [3.0, 25.0, 4e-5, 0.85, 8.0],
        "L1-R0-p(R1,C1)-Wo1": [1e-6, 3.0, 25.0, 4e-5, 20.0, 5.0],
        "R0-p(R1-Ws1,CPE1)": [3.0, 25.0, 20.0, 5.0, 4e-5, 0.85],
        "R0-Zarc1-L1": [3.0, 25.0, 1e-3, 0.8, 1e-6],
        "R0-G1-K1": [3.0, 25.0, 1e-3, 30.0, 1e-2],
    }.items():
        theirs = circuits.CustomCircuit(text, initial_guess=values).predict(FREQUENCY, use_initial=True)
        assert np.allclose(build(text).impedance(np.array(values), FREQUENCY), theirs, rtol=1e-9), text


def test_relaxation_times_of_two_arcs() -> None:
    """Two peaks at the arcs' time constants; their area is the sum of the arcs."""
    pytest.importorskip("pyimpspec")
    circuit, values = "Rs-p(Rint,CPEint)-p(Rct,CPEct)", (3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8)
    one = simulate(Parameters(circuit=circuit, values=values, noise_percent=0.3), np.random.default_rng(0))
    result = analyse(one, Settings(circuit=circuit, relaxation_times=True, compare=False))
    assert result.relaxation is not None
    tau, gamma = result.relaxation
    assert np.trapezoid(gamma, np.log(tau)) == pytest.approx(85.0, rel=0.02)
    fast = tau < 5e-3
    assert np.log(tau[fast][np.argmax(gamma[fast])]) == pytest.approx(np.log(2.9e-4), abs=0.4)
    assert np.log(tau[~fast][np.argmax(gamma[~fast])]) == pytest.approx(np.log(0.168), abs=0.4)
    (note,) = (note for note in result.notes if note.code == "relaxation_times")
    assert note.level == "info"
    assert "lambda" in note.text
    figure = FIGURES["relaxation times"]([result])
    assert figure.panels
    assert any("lambda" in text for text in figure.notes)
