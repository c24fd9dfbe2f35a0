"""A sweep that is a resistance is told from one that is not."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.straight_line import ohmic_resistance
from halfcell.techniques import conductivity, voltammetry

UP = np.linspace(-0.1, 0.1, 101)
SWEEP = np.concatenate([UP, UP[-2::-1]])


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("resistance", [0.05, 50.0, 5e7])
def test_a_resistance(resistance: float, sign: float) -> None:
    noise = 0.01 * np.random.default_rng(0).standard_normal(len(SWEEP))
    found = ohmic_resistance(SWEEP, sign * SWEEP / resistance + 0.1 / resistance * noise)
    assert found == pytest.approx(resistance, rel=0.01)


@pytest.mark.parametrize(
    ("voltage", "current"),
    [
        (SWEEP + 1.0, SWEEP / 50),  # not about zero
        (SWEEP + 0.08, (SWEEP + 0.08) / 50),  # nearly one-sided
        (SWEEP, np.sinh(30 * SWEEP)),  # a diode or a reaction
        (SWEEP, np.repeat([1.0, -1.0], [101, 100]) * 1e-3),  # a capacitor
        (SWEEP, SWEEP / 50 + 1e-3),  # misses zero
        (SWEEP, np.random.default_rng(1).standard_normal(len(SWEEP))),  # noise
        (SWEEP, np.zeros(len(SWEEP))),  # open circuit
        (SWEEP[:6], SWEEP[:6]),  # too few
    ],
)
def test_no_resistance(voltage: np.ndarray, current: np.ndarray) -> None:
    assert ohmic_resistance(voltage, current) is None


def test_voltammetry_and_conductivity_tell_each_other_apart() -> None:
    rng = np.random.default_rng(2)
    pellet = conductivity.simulate(conductivity.Parameters(), rng)
    anode = voltammetry.simulate(voltammetry.Parameters(), rng)
    assert "straight line through zero" in conductivity.TECHNIQUE.claims(pellet)
    assert conductivity.TECHNIQUE.claims(anode) == ""
    notes = {note.code: note for note in voltammetry.analyse(pellet, voltammetry.Settings()).notes}
    assert notes["ohmic_line"].level == "doubt"
    assert "conductivity" in notes["ohmic_line"].text
    assert "ohmic_line" not in {n.code for n in voltammetry.analyse(anode, voltammetry.Settings()).notes}
