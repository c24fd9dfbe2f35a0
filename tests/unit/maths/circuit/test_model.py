"""The analytic derivatives equal complex finite differences; inside and outside parameters are the same circuit."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.elements import KINDS
from halfcell.maths.circuit.model import build, order_arcs

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


@pytest.mark.parametrize(
    ("text", "theta", "tau"),
    [
        ("R0-p(R1,CPE1)", [0.0, 1.0, -3.0, 0.8], -3.0),
        ("R0-p(R1-W1,CPE1)", [0.0, 1.0, 5.0, -3.0, 0.8], (1.0 - 3.0) / 0.8),
        ("R0-p(R1-W1,C1)", [0.0, 1.0, 5.0, -3.0], 1.0 - 3.0),
        ("R0-Zarc1", [0.0, 1.0, -3.0, 0.8], -3.0),
        ("R0-K1", [0.0, 1.0, -3.0], -3.0),
    ],
)
def test_the_time_constant_of_an_arc_is_that_of_its_resistor_and_store(
    text: str, theta: list[float], tau: float
) -> None:
    """tau = (R Q)^(1/n), where ln Q is an internal parameter; ln tau itself where the arc is one element."""
    model = build(text)
    assert model.log_tau(model.arcs[0], np.array(theta)) == pytest.approx(tau)
    assert model.log_tau(model.arcs[0], np.array([theta, theta])) == pytest.approx([tau, tau])


@pytest.mark.parametrize(
    ("text", "arcs"),
    [
        ("R0-p(Rct,CPEdl)-Zarcb-K2-Zarc", [
            ("ct", 1, 2, 3, True, False, True),
            ("b", 4, 5, 6, False, True, True),
            ("2", 7, 8, None, False, True, True),
            ("Zarc", 9, 10, 11, False, True, True),
        ]),
        ("p(C1,R)", [("R", 1, 0, None, True, False, True)]),
        ("R0-p(R1-W1,C1)", [("1", 1, 3, None, False, False, False)]),
        ("R0-p(R1-p(R2,C2),C1)", [("2", 2, 3, None, True, False, False), ("1", 1, 4, None, False, False, False)]),
        ("p(R1,C1,C2)", []),
        ("p(R1,R2)", []),
        ("p(C1,CPE1)", []),
        ("p(R1-R2,C1)", []),
        ("p(W1,C1)", []),
        ("R0-p(R0x-L1,C1)", [("0x", 1, 3, None, False, False, False)]),
    ],
)  # fmt: skip
def test_arcs_are_resistors_beside_stores(text: str, arcs: list[tuple[object, ...]]) -> None:
    """Name, places of resistance, Q or tau and exponent; joined, tau seen, in series with the rest."""
    found = [(a.name, a.resistance, a.q, a.n, a.joined, a.q_is_tau, a.top) for a in build(text).arcs]
    assert sorted(found, key=str) == sorted(arcs, key=str)


def test_arcs_of_one_shape_are_ordered_by_their_time_constants_and_others_stay() -> None:
    model = build("R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,C3)-p(R4,C4)-Zarc5-Zarc6-p(R7-W7,CPE7)-p(R8-W8,CPE8)")
    theta = np.arange(2.0 * len(model.names)).reshape(2, -1)
    for slow, fast in (("CPE1_Q", "CPE2_Q"), ("C3", "C4"), ("Zarc5_tau", "Zarc6_tau"), ("CPE7_Q", "CPE8_Q")):
        theta[0, model.names.index(slow)] = 90.0
        theta[0, model.names.index(fast)] = -90.0
    before, found = theta.copy(), order_arcs(model, theta)
    assert np.array_equal(theta, before), "what was given stays"
    assert np.array_equal(found[1], theta[1]), "in order already"
    moved = [name for place, name in enumerate(model.names) if found[0, place] != theta[0, place]]
    assert moved == [
        *("R1", "CPE1_Q", "CPE1_n", "R2", "CPE2_Q", "CPE2_n"),
        *("R3", "C3", "R4", "C4"),
        *("Zarc5_R", "Zarc5_tau", "Zarc5_n", "Zarc6_R", "Zarc6_tau", "Zarc6_n"),
    ]
    z, _ = model.evaluate(np.clip(theta, -2, 2), np.zeros(3))
    assert np.isfinite(z).all()
    assert found[0, model.names.index("R1")] == theta[0, model.names.index("R2")]


def test_parameters_have_names_units_scales_and_bounds() -> None:
    model = build("R0-La1-CPE1-Wop1-H1")
    assert model.names == (
        *("R0", "La1_L", "La1_n", "CPE1_Q", "CPE1_n", "Wop1_Z0", "Wop1_tau", "Wop1_p"),
        *("H1_R", "H1_tau", "H1_n", "H1_b"),
    )
    units = [parameter.unit for parameter in model.parameters]
    assert units == ["ohm", "H s^(n-1)", "", "S s^n", "", "ohm", "s", "", "ohm", "s", "", ""]
    assert model.exponents == (2, 4, 7, 10, 11)
    low, high = model.bounds
    assert list(low[[2, 4, 7, 10, 11]]) == [0.3, 0.3, 0.1, 0.3, 0.3]
    assert list(high[[2, 4, 7, 10, 11]]) == [1.0, 1.0, 0.6, 1.0, 1.0]
    assert np.isinf(low[[0, 1, 3, 5, 6, 8, 9]]).all()
    assert np.isinf(high[[0, 1, 3, 5, 6, 8, 9]]).all()


def test_parallel_branches_add_their_admittances() -> None:
    """Three branches, one of them nested, at 1 Hz by hand."""
    w = 2 * np.pi
    values = {"R0": 2.0, "R1": 5.0, "L1": 0.1, "R2": 7.0, "C2": 0.02, "C3": 0.01}
    model = build("R0-p(R1-L1,R2-p(C2,C3),C4)")
    natural = np.array([{**values, "C4": 0.05}[name] for name in model.names])
    branches = (5.0 + 1j * w * 0.1, 7.0 + 1 / (1j * w * 0.03), 1 / (1j * w * 0.05))
    by_hand = 2.0 + 1 / sum(1 / branch for branch in branches)
    assert model.impedance(natural, np.array([1.0]))[0] == pytest.approx(by_hand, rel=1e-12)


LIMITS = [
    ("R0", [5.0], 5.0, 5.0),
    ("R0-p(R1,C1)", [2.0, 10.0, 1e-3], 12.0, 2.0),
    ("R0-p(R1,CPE1)", [2.0, 10.0, 1e-3, 0.8], 12.0, 2.0),
    ("R0-Ws1", [2.0, 10.0, 1.0], 12.0, 2.0),
    ("R0-G1", [2.0, 10.0, 1.0], 12.0, 2.0),
    ("R0-H1", [2.0, 10.0, 1.0, 0.8, 0.6], 12.0, 2.0),
    ("R0-Zarc1", [2.0, 10.0, 1.0, 0.8], 12.0, 2.0),
    ("R0-K1", [2.0, 10.0, 1.0], 12.0, 2.0),
    ("p(R0,L1)", [5.0, 1e-3], 0.0, 5.0),
    ("TLM1", [3.0, 5.0, 1e-2, 0.9], 5.0 * np.sqrt(0.6) / np.tanh(np.sqrt(0.6)), 0.0),
]


@pytest.mark.parametrize(("text", "values", "low", "high"), LIMITS)
def test_impedance_at_the_ends_of_all_frequencies(text: str, values: list[float], low: float, high: float) -> None:
    """What is left where stores block or pass: sums of resistances, and coth for a line whose walls react."""
    z = build(text).impedance(np.array(values), np.array([1e-18, 1e24]))
    assert z[0] == pytest.approx(low, abs=2e-5)
    assert z[1] == pytest.approx(high, abs=2e-5)


@pytest.mark.parametrize(
    ("text", "values", "slope", "phase"),
    [
        ("C1", [1e-3], -1.0, -90.0),
        ("L1", [1e-3], 1.0, 90.0),
        ("CPE1", [1e-3, 0.7], -0.7, -63.0),
        ("W1", [5.0], -0.5, -45.0),
        ("La1", [1e-3, 0.9], 0.9, 81.0),
    ],
)
def test_elements_without_a_time_have_one_slope_and_one_phase(
    text: str, values: list[float], slope: float, phase: float
) -> None:
    frequency = np.logspace(-4, 6, 11)
    z = build(text).impedance(np.array(values), frequency)
    assert np.diff(np.log10(np.abs(z))) == pytest.approx(np.full(10, slope))
    assert np.degrees(np.angle(z)) == pytest.approx(np.full(11, phase))


def test_whole_numbers_are_converted_like_others() -> None:
    model = build("R0-p(R1,C1)")
    theta = model.internal(np.array([[2, 10, 1]]))
    assert theta[0] == pytest.approx([np.log(2), np.log(10), np.log(10)])
    assert model.natural(np.array([[0, 1, 3]]))[0] == pytest.approx([1.0, np.e, np.exp(2.0)])
