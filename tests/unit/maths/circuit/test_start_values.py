"""Start values: a dictionary of arcs and tails whose impedances are those of the elements, and random circuits."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.elements import Reals
from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.series_layout import Layout, layout
from halfcell.maths.circuit.start_values import (
    assemble,
    common,
    dictionary,
    exponents_of,
    random_starts,
    starts,
    tails,
)

FREQUENCY = np.logspace(5, -2, 36)
LOG_OMEGA = np.log(2 * np.pi * FREQUENCY)
BRANCH = "R0-p(R1-W1,C1)"


def _plan(text: str) -> Layout:
    plan = layout(build(text))
    assert plan is not None
    return plan


def test_the_arcs_of_the_dictionary_are_depressed_arcs_of_unit_resistance() -> None:
    log_tau, n, z = dictionary(_plan("R0-p(R1,CPE1)"), LOG_OMEGA)
    assert z.shape == (72, len(FREQUENCY))
    omega = 2 * np.pi * FREQUENCY
    for place in (0, 1, 40, 71):
        assert np.allclose(z[place], 1 / (1 + (1j * omega * np.exp(log_tau[place])) ** n[place]), rtol=1e-12)
    assert list(n[:6]) == [0.65, 0.8, 0.95, 0.65, 0.8, 0.95], "tau varies slowest"
    assert log_tau[0] == log_tau[2] < log_tau[3]


def test_time_constants_of_the_dictionary_reach_a_factor_of_two_beyond_the_frequencies() -> None:
    log_tau, _, _ = dictionary(_plan("R0-p(R1,C1)"), LOG_OMEGA)
    assert len(log_tau) == 24
    assert np.exp(log_tau[0]) == pytest.approx(np.exp(-0.7) / (2 * np.pi * 1e5))
    assert np.exp(log_tau[-1]) == pytest.approx(np.exp(0.7) / (2 * np.pi * 1e-2))
    assert np.ptp(np.diff(log_tau)) < 1e-12


def test_ideal_arcs_have_the_exponent_one_and_one_depressed_arc_makes_all_free() -> None:
    assert exponents_of(_plan("R0-p(R1,C1)-p(R2,C2)")) == (1.0,)
    assert exponents_of(_plan("R0-p(R1,C1)-p(R2,CPE2)")) == (0.65, 0.8, 0.95)


@pytest.mark.parametrize(
    ("text", "count"),
    [("W1", 1), ("C1", 1), ("CPE1", 5), ("Wo1", 8), ("Ws1", 8), ("Wop1", 8), ("Wsp1", 8), ("G1", 8)],
)
def test_tails_are_the_elements_at_unit_size(text: str, count: int) -> None:
    plan = _plan(f"R0-{text}")
    found = tails(plan, LOG_OMEGA)
    assert len(found) == count
    for tail in found:
        shape = [np.exp(tail.shape[0]), *tail.shape[1:]] if text[0] in "WG" and tail.shape else list(tail.shape)
        element = build(text).impedance(np.array([1.0, *shape]), FREQUENCY)
        assert tail.z is not None
        assert np.allclose(tail.z, element, rtol=1e-9)


def test_shapes_of_tails_lie_in_the_lower_half_of_the_frequencies() -> None:
    shapes = [tail.shape[0] for tail in tails(_plan("R0-Wo1"), LOG_OMEGA)]
    middle = np.sqrt(1e5 * 1e-2) * 2 * np.pi
    assert np.exp(-shapes[0]) == pytest.approx(middle)
    assert shapes[-1] == pytest.approx(2.5 - LOG_OMEGA.min())
    assert [tail.shape for tail in tails(_plan("R0-CPE1"), LOG_OMEGA)] == [(0.4,), (0.5,), (0.65,), (0.8,), (0.95,)]
    assert tails(_plan("R0-Wsp1"), LOG_OMEGA)[3].shape[1:] == (0.5,)


def test_a_shape_that_is_wanted_is_the_only_one() -> None:
    (one,) = tails(_plan("R0-CPE1"), LOG_OMEGA, (0.77,))
    assert one.shape == (0.77,)
    (two,) = tails(_plan("R0-Wsp1"), LOG_OMEGA, (1.5, 0.42))
    assert two.z is not None
    assert np.allclose(two.z, build("Wsp1").impedance(np.array([1.0, np.exp(1.5), 0.42]), FREQUENCY))


def test_a_circuit_without_a_tail_has_one_without_an_impedance() -> None:
    (none,) = tails(_plan("R0-p(R1,C1)"), LOG_OMEGA)
    assert none.z is None
    assert none.shape == ()


def test_common_columns_are_resistor_inductor_and_tail_of_unit_size() -> None:
    plan = _plan("L0-R0-p(R1,C1)-W1")
    (tail,) = tails(plan, LOG_OMEGA)
    found = common(plan, LOG_OMEGA, tail)
    assert np.allclose(found, [np.ones(36), 2j * np.pi * FREQUENCY, (1 - 1j) / np.sqrt(2 * np.pi * FREQUENCY)])
    arc_only = _plan("p(R1,C1)")
    assert common(arc_only, LOG_OMEGA, tails(arc_only, LOG_OMEGA)[0]).shape == (0, 36)


@pytest.mark.parametrize(
    "text",
    [
        "L0-R0-p(R1,CPE1)-p(R2,CPE2)-W1",
        "R0-p(R1,C1)-C2",
        "R0-p(R1,CPE1)-CPE2",
        "R0-Zarc1-K2-Wo1",
        "R0-p(R1-W1,CPE1)-p(R2,CPE2)",
        "p(R2,CPE2)-R0-L1-Wsp1",
        "R0-p(R1,CPE1)-G1",
    ],
)
def test_assembled_parameters_make_the_sum_of_the_columns(text: str) -> None:
    model = build(text)
    plan = layout(model)
    if plan is None:
        assert text == "R0-p(R1-W1,CPE1)-p(R2,CPE2)", "an arc with a tail inside is no arc in series"
        return
    tail = tails(plan, LOG_OMEGA)[-1]
    rng = np.random.default_rng(5)
    arcs = len(plan.arcs)
    log_tau, n = rng.uniform(-8, 1, (2, arcs)), rng.uniform(0.5, 0.95, (2, arcs))
    n[:, [arc.n is None for arc in plan.arcs]] = 1.0
    head = common(plan, LOG_OMEGA, tail)
    sizes = np.exp(rng.normal(0, 1, (2, len(head) + arcs)))
    theta = assemble(model, plan, (log_tau, n), sizes, tail)
    z, _ = model.evaluate(theta, LOG_OMEGA)
    for one in range(2):
        shapes = 1 / (1 + np.exp(n[one][:, None] * (LOG_OMEGA + log_tau[one][:, None] + 0.5j * np.pi)))
        assert np.allclose(z[one], sizes[one] @ np.concatenate([head, shapes]), rtol=1e-9)


def _simulated(text: str, values: list[float]) -> tuple[Reals, np.ndarray]:
    z = build(text).impedance(np.array(values), FREQUENCY)[None]
    return 1 / np.abs(z), z


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("R0-p(R1,CPE1)-W1", [2.0, 10.0, 1e-5, 0.8, 3.0]),
        ("L0-R0-p(R1,CPE1)-p(R2,CPE2)", [1e-6, 2.0, 10.0, 1e-5, 0.85, 30.0, 1e-2, 0.8]),
        ("R0-p(R1,C1)-C2", [2.0, 10.0, 1e-5, 0.1]),
        ("R0-p(R1,CPE1)-Wo1", [2.0, 10.0, 1e-5, 0.8, 20.0, 30.0]),
    ],
)
def test_starts_lie_near_the_circuit_that_made_the_spectrum(text: str, values: list[float]) -> None:
    model = build(text)
    weights, z = _simulated(text, values)
    (found,) = starts(model, LOG_OMEGA, z, weights)
    assert found.shape == (8, len(values))
    left = np.sum(np.abs((model.evaluate(found, LOG_OMEGA)[0] - z) * weights) ** 2, axis=1) / len(FREQUENCY)
    assert min(left) < 0.08**2, "within 8 % rms before any fit: half a step of the grid"
    resistances = [i for i, p in enumerate(model.parameters) if p.unit == "ohm"]
    best = found[int(np.argmin(left))]
    assert np.exp(best[resistances]) == pytest.approx([values[i] for i in resistances], rel=0.4)


def test_starts_are_sorted_by_what_they_leave() -> None:
    """The best come first by linear least squares, whose sizes negative ones apart are those of the starts."""
    text = "R0-p(R1,CPE1)-p(R2,CPE2)"
    model = build(text)
    weights, z = _simulated(text, [2.0, 10.0, 1e-5, 0.85, 30.0, 1e-2, 0.8])
    (found,) = starts(model, LOG_OMEGA, z, weights, 5)
    left = np.sum(np.abs((model.evaluate(found, LOG_OMEGA)[0] - z) * weights) ** 2, axis=1)
    assert len(found) == 5
    assert list(left) == sorted(left)


def test_of_many_shapes_of_a_tail_the_start_that_leaves_least_is_the_first() -> None:
    text = "R0-p(R1,CPE1)-Wo1"
    model = build(text)
    weights, z = _simulated(text, [2.0, 10.0, 1e-5, 0.8, 20.0, 30.0])
    (found,) = starts(model, LOG_OMEGA, z, weights, 6)
    left = np.sum(np.abs((model.evaluate(found, LOG_OMEGA)[0] - z) * weights) ** 2, axis=1)
    assert list(left) == sorted(left)
    assert len({*found[:, model.names.index("Wo1_tau")]}) > 1


def test_the_same_data_give_the_same_starts_in_any_block() -> None:
    text = "R0-p(R1,CPE1)-CPE2"
    model = build(text)
    weights, z = _simulated(text, [2.0, 10.0, 1e-5, 0.8, 0.05, 0.6])
    many = starts(model, LOG_OMEGA, np.repeat(z, 40, axis=0), np.repeat(weights, 40, axis=0), 3)
    assert len(many) == 40
    (one,) = starts(model, LOG_OMEGA, z, weights, 3)
    for found in many:
        assert np.allclose(found, one)


@pytest.mark.parametrize(("text", "keep", "count"), [(BRANCH, 6, 24), (BRANCH, 10, 30), ("R0", 8, 24)])
def test_circuits_that_are_no_series_of_arcs_start_at_random(text: str, keep: int, count: int) -> None:
    model = build(text)
    weights, z = _simulated("R0-p(R1,C1)", [2.0, 10.0, 1e-5])
    (found,) = starts(model, LOG_OMEGA, z, weights, keep)
    assert np.array_equal(found, random_starts(model, LOG_OMEGA, z[0], count))


def test_more_than_six_arcs_start_at_random() -> None:
    weights, z = _simulated("R0-p(R1,C1)", [2.0, 10.0, 1e-5])
    six, seven = (build("-".join(f"p(R{i},C{i})" for i in range(count))) for count in (6, 7))
    assert len(starts(six, LOG_OMEGA, z, weights, 2)[0]) <= 2
    assert len(starts(seven, LOG_OMEGA, z, weights, 2)[0]) == 24


def test_a_spectrum_without_any_arc_starts_at_random() -> None:
    """An inductive loop: each arc of the dictionary would be negative."""
    z = (2.0 - 1.0 / (1 + 2j * np.pi * FREQUENCY * 1e-3))[None]
    (found,) = starts(build("R0-p(R1,C1)"), LOG_OMEGA, z, 1 / np.abs(z), 8)
    assert len(found) in {8, 24}


def test_random_sizes_lie_between_those_of_the_spectrum_and_times_between_those_of_the_frequencies() -> None:
    model = build("R0-L0-La0-p(R1-Wop1,CPE1)-C2-p(R2,C3)-W3-p(R4,CPE4)")
    z = np.geomspace(3.0, 300.0, len(FREQUENCY)) * (1 - 1j) / np.sqrt(2)
    found = random_starts(model, LOG_OMEGA, z, 4000)
    assert found.shape == (4000, len(model.names))
    low, high = np.log(3.0) - 2.0, np.log(300.0) + 0.5
    t_low, t_high = -LOG_OMEGA.max(), -LOG_OMEGA.min()
    spans = {
        "R0": (low, high),
        "R1": (low, high),
        "Wop1_Z0": (low, high),
        "Wop1_tau": (t_low, t_high),
        "Wop1_p": (0.5, 0.6),
        "CPE1_n": (0.5, 1.0),
        "La0_n": (0.5, 1.0),
        "L0": (t_low + low, t_high + high),
        "La0_L": (t_low + low, t_high + high),
        "W3": (low - t_high / 2, high - t_low / 2),
        "C2": (0.85 * t_low - high, 0.85 * t_high - low),
        "CPE1_Q": (0.85 * t_low - high, 0.85 * t_high - low),
        "C3": (t_low, t_high),
        "CPE4_Q": (t_low, t_high),
    }
    for name, (least, most) in spans.items():
        values = found[:, model.names.index(name)]
        margin = 0.08 * (most - least)
        assert least <= values.min() < least + margin, name
        assert most - margin < values.max() <= most, name
    assert np.array_equal(found, random_starts(model, LOG_OMEGA, z, 4000))
    fewer = random_starts(model, LOG_OMEGA, z, 3)
    assert fewer.shape == (3, len(model.names))


def test_random_sizes_belong_together() -> None:
    """A capacitor's size comes with the time constant of its resistor: ln C is 0.85 ln tau - ln R."""
    model = build("R0-C1")
    z = np.geomspace(3.0, 300.0, len(FREQUENCY)) + 0j
    capacitor = random_starts(model, LOG_OMEGA, z, 3000)[:, 1]
    uniform = (np.log(300.0) + 0.5 - np.log(3.0) + 2.0) ** 2 / 12 + 0.85**2 * np.ptp(LOG_OMEGA) ** 2 / 12
    assert np.var(capacitor) == pytest.approx(uniform, rel=0.1)
