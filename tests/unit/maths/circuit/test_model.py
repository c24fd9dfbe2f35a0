"""The analytic derivatives equal complex finite differences; inside and outside parameters are the same circuit."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.elements import KINDS
from halfcell.maths.circuit.model import build

CIRCUITS = (
    "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W",
    "L0-R0-p(CPE1,R1)-p(R2,C2)-Wo1",
    "R0-p(R1-Ws1,CPE1)-Zarc1",
    "R0-p(R1-p(R2,C2)-Wop1,C1)-La1",
    "R0-K1-G1-H1-Wsp1",
    "p(C1,R1-p(R2,CPE2))-CPE3",
    "R0-p(R1,CPE1)-TLM1",
)


@pytest.mark.parametrize("text", CIRCUITS)
def test_derivatives(text: str) -> None:
    model = build(text)
    rng = np.random.default_rng(1)
    theta = rng.normal(0.0, 1.0, (3, len(model.names)))
    theta[:, list(model.exponents)] = rng.uniform(0.4, 0.9, (3, len(model.exponents)))
    log_omega = np.linspace(-6, 6, 9)
    z, slopes = model.evaluate(theta, log_omega)
    for place in range(len(model.names)):
        step = np.zeros_like(theta)
        step[:, place] = 1e-6
        up, down = model.evaluate(theta + step, log_omega)[0], model.evaluate(theta - step, log_omega)[0]
        assert np.max(np.abs((up - down) / 2e-6 - slopes[:, place]) / np.abs(z)) < 5e-9, model.names[place]


@pytest.mark.parametrize("text", CIRCUITS)
def test_inside_and_outside(text: str) -> None:
    model = build(text)
    natural = np.exp(np.random.default_rng(2).normal(0, 1, (4, len(model.names))))
    natural[:, list(model.exponents)] = 0.8
    assert np.allclose(model.natural(model.internal(natural)), natural, rtol=1e-12)


@pytest.mark.parametrize("text", CIRCUITS)
def test_outer_jacobian(text: str) -> None:
    model = build(text)
    theta = np.random.default_rng(3).uniform(0.3, 0.9, len(model.names))
    logs = [i for i in range(len(theta)) if i not in model.exponents]

    def outside(values: np.ndarray) -> np.ndarray:
        natural = model.natural(values[None])[0]
        natural[logs] = np.log(natural[logs])
        return natural

    found = model.jacobian(theta)
    for place in range(len(theta)):
        step = np.zeros(len(theta))
        step[place] = 1e-6
        assert np.allclose((outside(theta + step) - outside(theta - step)) / 2e-6, found[:, place], atol=1e-8)


def test_formulas_at_one_frequency() -> None:
    """Each element against its formula written out by hand, omega = 2."""
    w = 2.0
    s = np.sqrt(1j * w * 3.0)
    by_hand = {
        "R": ([5.0], 5.0),
        "C": ([5.0], 1 / (1j * w * 5)),
        "L": ([5.0], 1j * w * 5),
        "La": ([5.0, 0.9], 5 * (1j * w) ** 0.9),
        "CPE": ([5.0, 0.8], 1 / (5 * (1j * w) ** 0.8)),
        "W": ([5.0], 5 * (1 - 1j) / np.sqrt(w)),
        "Ws": ([5.0, 3.0], 5 * np.tanh(s) / s),
        "Wo": ([5.0, 3.0], 5 / (np.tanh(s) * s)),
        "Wsp": ([5.0, 3.0, 0.4], 5 * np.tanh((1j * w * 3) ** 0.4) / (1j * w * 3) ** 0.4),
        "Wop": ([5.0, 3.0, 0.4], 5 / np.tanh((1j * w * 3) ** 0.4) / (1j * w * 3) ** 0.4),
        "TLM": ([5.0, 3.0, 7.0, 0.8], 5 / (np.tanh(y := np.sqrt(5 * (1 / 3 + 7 * (1j * w) ** 0.8))) * y)),
        "Zarc": ([5.0, 3.0, 0.8], 5 / (1 + (1j * w * 3) ** 0.8)),
        "K": ([5.0, 3.0], 5 / (1 + 1j * w * 3)),
        "G": ([5.0, 3.0], 5 / np.sqrt(1 + 1j * w * 3)),
        "H": ([5.0, 3.0, 0.8, 0.6], 5 / (1 + (1j * w * 3) ** 0.8) ** 0.6),
    }
    assert set(by_hand) == set(KINDS)
    for kind, (values, expected) in by_hand.items():
        found = build(f"{kind}1").impedance(np.array(values), np.array([w / (2 * np.pi)]))[0]
        assert abs(found - expected) < 1e-13 * abs(expected), kind


def test_tanh_does_not_overflow() -> None:
    z = build("Wo1").impedance(np.array([1.0, 1e9]), np.array([1e9]))
    assert np.isfinite(z).all()
    assert abs(z[0]) > 0
