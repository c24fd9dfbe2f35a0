"""Smaller circuits, and what a circuit starts from at their optima: the same impedance, vanished sizes set again."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model, build
from halfcell.maths.circuit.nested import nested_starts, signature, smaller_circuits, vanished_starts

FREQUENCY = np.logspace(5, -2, 36)
LOG_OMEGA = np.log(2 * np.pi * FREQUENCY)


@pytest.mark.parametrize(
    ("text", "smaller"),
    [
        ("R0-p(R1,CPE1)", ["p(R1,CPE1)"]),
        ("R0-p(R1,CPE1)-W1", ["p(R1,CPE1)-W1"]),
        ("R0-p(R1,CPE1)-C2", ["p(R1,CPE1)-C2", "R0-p(R1,CPE1)"]),
        ("R0-p(R1,CPE1)-Wo1", ["p(R1,CPE1)-Wo1", "R0-p(R1,CPE1)", "R0-p(R1,CPE1)-Wd"]),
        ("R0-p(R1,CPE1)-Ws1", ["p(R1,CPE1)-Ws1", "R0-p(R1,CPE1)", "R0-p(R1,CPE1)-Wd"]),
        (
            "R0-p(R1,CPE1)-CPE2",
            ["p(R1,CPE1)-CPE2", "R0-p(R1,CPE1)", "R0-p(R1,CPE1)-Cd", "R0-p(R1,CPE1)-Wd"],
        ),
        ("L0-R0-p(R1,CPE1)", ["R0-p(R1,CPE1)", "L0-p(R1,CPE1)"]),
        ("L0-R0-p(R1,C1)-p(R2,C2)", ["R0-p(R1,C1)-p(R2,C2)", "L0-p(R1,C1)-p(R2,C2)"]),
        ("L0-R0-p(R1,C1)-p(R2,C2)-Wo1", [
            "R0-p(R1,C1)-p(R2,C2)-Wo1", "L0-p(R1,C1)-p(R2,C2)-Wo1", "L0-R0-p(R1,C1)-p(R2,C2)",
        ]),
        ("R0-p(R1,C1)-p(R2,C2)-CPE3", ["R0-p(R1,C1)-p(R2,C2)"]),
        ("R0-p(R1,C1)-p(R2,C2)-W3", []),
        ("R0-W1", []),
        ("R0-Wo1", ["R0-Wd"]),
        ("R0-p(R1-W1,CPE1)", []),
        ("p(R1,CPE1)", []),
        ("R0", []),
    ],
)  # fmt: skip
def test_a_circuit_is_held_to_those_that_it_contains(text: str, smaller: list[str]) -> None:
    assert [model.text for model in smaller_circuits(build(text))] == smaller


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R0-p(R1,CPE1)-W1", "Rs-p(Rct,CPEdl)-Wd", True),
        ("R0-p(R1,CPE1)-W1", "W1-p(CPE1,R1)-R0", True),
        ("R0-p(R1,CPE1)", "R0-p(R1,C1)", False),
        ("R0-p(R1,CPE1)", "p(R1,CPE1)", False),
        ("R0-p(R1,CPE1)", "L0-R0-p(R1,CPE1)", False),
        ("R0-p(R1,CPE1)", "R0-Zarc1", False),
        ("R0-p(R1,CPE1)-W1", "R0-p(R1,CPE1)-CPE2", False),
        ("R0-p(R1,CPE1)-p(R2,CPE2)", "R0-p(R1,CPE1)", False),
    ],
)
def test_the_names_of_elements_do_not_make_a_circuit_another_one(one: str, other: str, same: bool) -> None:
    assert (signature(build(one)) == signature(build(other))) is same


def test_a_signature_tells_what_is_missing_and_the_tail() -> None:
    assert signature(build("R0-p(R1,CPE1)-W1")) == (False, True, ((True, False, True),), "W")
    assert signature(build("L0-K1")) == (True, False, ((False, True, False),), "")
    assert signature(build("R0-p(R1-W1,CPE1)")) is None


def _theta(model: Model, values: list[float]) -> Reals:
    return model.internal(np.array([values]))[0]


def _z(model: Model, theta: Reals) -> Complexes:
    return np.asarray(model.evaluate(theta[None], LOG_OMEGA)[0][0])


BELOW = [
    ("L0-R0-p(R1,CPE1)", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("L0-R0-p(R1,CPE1)", "L0-p(R1,CPE1)", [1e-6, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-CPE2", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-CPE2", "R0-p(R1,CPE1)-Cd", [2.0, 10.0, 1e-4, 0.8, 0.3]),
    ("R0-p(R1,CPE1)-CPE2", "R0-p(R1,CPE1)-Wd", [2.0, 10.0, 1e-4, 0.8, 5.0]),
    ("R0-p(R1,CPE1)-W2", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-C2", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-Wo2", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-Ws2", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-p(R2,CPE2)", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-p(R2,C2)", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-Zarc2", "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("R0-p(R1,CPE1)-W1", "p(R1,CPE1)-W1", [10.0, 1e-4, 0.8, 5.0]),
    ("R0-p(R1,CPE1)-Wo1", "R0-p(R1,CPE1)-Wd", [2.0, 10.0, 1e-4, 0.8, 5.0]),
    ("R0-p(R1,CPE1)-Ws1", "R0-p(R1,CPE1)-Wd", [2.0, 10.0, 1e-4, 0.8, 5.0]),
    ("R0-p(R1,CPE1)", "R0-p(R1,C1)", [2.0, 10.0, 1e-4]),
]


@pytest.mark.parametrize(("text", "below", "values"), BELOW)
def test_the_first_start_has_the_impedance_of_the_smaller_circuit(text: str, below: str, values: list[float]) -> None:
    """Within a thousandth: what the smaller one lacks is a ten-thousandth of |Z|, and coth(3.5) is 1.002."""
    model, smaller = build(text), build(below)
    theta = _theta(smaller, values)
    z = _z(smaller, theta)
    first, *_ = nested_starts(model, smaller, LOG_OMEGA, z, theta)
    apart = np.max(np.abs(_z(model, first) - z) / np.abs(z))
    assert apart < (6e-3 if model.text.endswith(("Wo1", "Ws1")) and smaller.text.endswith("Wd") else 2e-3)
    if text != "R0-p(R1,CPE1)" and not below.endswith("d"):
        assert apart > 1e-7, "what is added is there, however small"


def test_an_added_arc_or_tail_stands_at_a_ten_thousandth_in_the_middle_of_the_frequencies() -> None:
    model, smaller = build("R0-p(R1,CPE1)-p(R2,CPE2)-Zarc3"), build("R0-p(R1,CPE1)")
    theta = _theta(smaller, [2.0, 10.0, 1e-4, 0.8])
    z = _z(smaller, theta)
    first = nested_starts(model, smaller, LOG_OMEGA, z, theta)[0]
    values = dict(zip(model.names, model.natural(first[None])[0], strict=True))
    small = 1e-4 * np.median(np.abs(z))
    middle = np.exp(-np.median(LOG_OMEGA))
    assert values["R2"] == pytest.approx(small)
    assert (values["R2"] * values["CPE2_Q"]) ** (1 / 0.8) == pytest.approx(middle)
    assert values["CPE2_n"] == values["Zarc3_n"] == 0.8
    assert values["Zarc3_tau"] == pytest.approx(middle)
    assert [values[name] for name in smaller.names] == pytest.approx([2.0, 10.0, 1e-4, 0.8])


@pytest.mark.parametrize(
    ("tail", "shape"),
    [
        ("W2", {}),
        ("C2", {}),
        ("CPE2", {"CPE2_n": 0.5}),
        ("Wo2", {}),
        ("Wop2", {"Wop2_p": 0.5}),
        ("Ws2", {}),
        ("Wsp2", {"Wsp2_p": 0.5}),
    ],
)
def test_an_added_tail_is_a_ten_thousandth_at_its_largest(tail: str, shape: dict[str, float]) -> None:
    model, smaller = build(f"R0-p(R1,CPE1)-{tail}"), build("R0-p(R1,CPE1)")
    theta = _theta(smaller, [2.0, 10.0, 1e-4, 0.8])
    z = _z(smaller, theta)
    first = nested_starts(model, smaller, LOG_OMEGA, z, theta)[0]
    added = np.abs(_z(model, first) - z) / (1e-4 * np.median(np.abs(z)))
    values = dict(zip(model.names, model.natural(first[None])[0], strict=True))
    assert {name: values[name] for name in shape} == shape
    if tail in {"W2", "C2", "CPE2"}:
        largest = {"W2": np.sqrt(2), "C2": 1.0, "CPE2": 1.0}[tail]
        assert added.max() == pytest.approx(largest, rel=1e-6)
        assert np.argmax(added) == len(added) - 1, "at the lowest frequency"
    else:
        corner = LOG_OMEGA.min() if tail.startswith("Wo") else LOG_OMEGA.max()
        assert values[f"{tail}_tau"] == pytest.approx(np.exp(-corner))
        assert added.max() < 1.1
        assert values[f"{tail}_Z0"] == pytest.approx(1e-4 * np.median(np.abs(z)))


def test_infinite_diffusion_is_a_finite_one_whose_end_is_not_seen() -> None:
    model, smaller = build("R0-Wop1"), build("R0-Wd")
    theta = _theta(smaller, [2.0, 5.0])
    first = nested_starts(model, smaller, LOG_OMEGA, _z(smaller, theta), theta)[0]
    values = dict(zip(model.names, model.natural(first[None])[0], strict=True))
    assert np.log(values["Wop1_tau"]) == pytest.approx(3.5 - LOG_OMEGA.min())
    assert values["Wop1_Z0"] / np.sqrt(values["Wop1_tau"]) == pytest.approx(5.0 * np.sqrt(2)), "A = sigma/sqrt 2"
    assert values["Wop1_p"] == 0.5


def test_a_missing_resistor_is_tried_at_sizes_that_are_seen() -> None:
    model, smaller = build("R0-p(R1,CPE1)-W1"), build("p(R1,CPE1)-W1")
    theta = _theta(smaller, [10.0, 1e-4, 0.8, 5.0])
    z = _z(smaller, theta)
    sizes = [float(np.exp(start[0])) / np.abs(z).min() for start in nested_starts(model, smaller, LOG_OMEGA, z, theta)]
    assert sizes == pytest.approx([1e-4, 0.03, 0.3])


def test_circuits_that_are_no_series_have_no_such_starts() -> None:
    model, nested = build("R0-p(R1,CPE1)"), build("R0-p(R1-W1,CPE1)")
    z = np.ones(36) + 0j
    assert nested_starts(nested, model, LOG_OMEGA, z, np.zeros(4)) == []
    assert nested_starts(model, nested, LOG_OMEGA, z, np.zeros(5)) == []
    assert vanished_starts(nested, LOG_OMEGA, z, np.zeros(5)) == []


def test_a_resistor_and_an_inductor_that_vanished_are_set_again_together() -> None:
    model = build("R0-L0-p(R1,CPE1)")
    z = _z(build("p(R1,CPE1)"), _theta(build("p(R1,CPE1)"), [10.0, 1e-4, 0.8]))
    theta = _theta(model, [1e-9, 1e-30, 10.0, 1e-4, 0.8])
    low, high = vanished_starts(model, LOG_OMEGA, z, theta)
    unit_r, unit_l = np.abs(z).min(), np.abs(z[0]) / (2 * np.pi * 1e5)
    assert np.exp(low[:2]) == pytest.approx([0.03 * unit_r, 0.03 * unit_l])
    assert np.exp(high[:2]) == pytest.approx([0.3 * unit_r, 0.3 * unit_l])
    assert np.array_equal(low[2:], theta[2:])
    assert np.exp(theta[:2]) == pytest.approx([1e-9, 1e-30]), "what was given stays"


@pytest.mark.parametrize(("share", "count"), [(0.9e-3, 2), (1.1e-3, 0), (1.0, 0)])
def test_an_element_has_vanished_below_a_thousandth(share: float, count: int) -> None:
    model = build("R0-p(R1,CPE1)")
    z = _z(build("p(R1,CPE1)"), _theta(build("p(R1,CPE1)"), [10.0, 1e-4, 0.8]))
    theta = _theta(model, [share * float(np.abs(z).min()), 10.0, 1e-4, 0.8])
    assert len(vanished_starts(model, LOG_OMEGA, z, theta)) == count


def test_only_what_vanished_is_set_again() -> None:
    model = build("L0-R0-p(R1,CPE1)")
    z = _z(build("R0-p(R1,CPE1)"), _theta(build("R0-p(R1,CPE1)"), [2.0, 10.0, 1e-4, 0.8]))
    theta = _theta(model, [1e-30, 2.0, 10.0, 1e-4, 0.8])
    for start in vanished_starts(model, LOG_OMEGA, z, theta):
        assert np.array_equal(start[1:], theta[1:])
        assert start[0] != theta[0]
    upward = vanished_starts(model, LOG_OMEGA[::-1], z[::-1], theta)
    assert np.allclose(upward, vanished_starts(model, LOG_OMEGA, z, theta)), "the order of frequencies does not matter"
