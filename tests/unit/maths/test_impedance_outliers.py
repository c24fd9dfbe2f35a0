"""Points of a spectrum that no Kramers-Kronig model follows."""

from __future__ import annotations

import numpy as np

from halfcell.maths.circuit.model import build
from halfcell.maths.impedance_outliers import outliers
from halfcell.techniques.impedance import Parameters, simulate

FREQUENCY = np.logspace(5, -2, 57)


MODEL = build("Rs-p(Rint,CPEint)-p(Rct,CPEct)-W")


CLEAN = MODEL.impedance(np.array([3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 8.0]), FREQUENCY)


def noisy(noise: float, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return CLEAN + noise * np.abs(CLEAN) * (rng.standard_normal(57) + 1j * rng.standard_normal(57))


def test_wild_points_alone_are_marked() -> None:
    spoiled = noisy(0.002)
    spoiled[[5, 30]] *= 1.15
    assert np.flatnonzero(outliers(FREQUENCY, spoiled)).tolist() == [5, 30]
    run = noisy(0.002)
    run[40:46] *= 1.1
    assert not outliers(FREQUENCY, run)[41:45].all()  # a run is no wild point


def test_without_noise_no_point_is_wild_but_the_wild_one() -> None:
    """What the model itself lacks is more than its residual, which is next to nothing: no reason to drop a point."""
    assert not outliers(FREQUENCY, CLEAN).any()
    measured = simulate(Parameters(noise_percent=0.0), np.random.default_rng(1))
    impedance = measured["real_impedance_ohm"] + 1j * measured["imaginary_impedance_ohm"]
    assert not outliers(measured["frequency_hertz"], impedance).any()
    impedance[20] *= 1.02
    assert np.flatnonzero(outliers(measured["frequency_hertz"], impedance)).tolist() == [20]
