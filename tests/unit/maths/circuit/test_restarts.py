"""Further starts of a fit: which circuits have them, and that they lead out of a wrong optimum."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model, build
from halfcell.maths.circuit.restarts import Restarts, restarts

FREQUENCY = np.logspace(5, -2, 36)
LOG_OMEGA = np.log(2 * np.pi * FREQUENCY)
TWO = "R0-p(R1,CPE1)-p(R2,CPE2)-CPE3"
VALUES = [2.0, 10.0, 1e-5, 0.9, 30.0, 1e-3, 0.85, 0.5, 0.55]


def _arcs(count: int) -> str:
    return "-".join(f"p(R{i},C{i})" for i in range(1, count + 1))


@pytest.mark.parametrize(
    ("text", "simpler"),
    [
        (TWO, "R0-p(R1,CPE1)-CPE3"),
        ("R0-p(R1,C1)-p(R2,C2)-Wo1", "R0-p(R1,C1)-Wo1"),
        ("R0-p(R1,C1)-p(R2,C2)-G1", "R0-p(R1,C1)-G1"),
        ("Wo1-p(R1,C1)-R0-p(R2,C2)-L0", "Wo1-p(R1,C1)-R0-L0"),
        ("R0-p(R1,C1)-Zarc2-Wo1", "R0-p(R1,C1)-Wo1"),
        ("R0-K1-p(R2,C2)-K3", "R0-K1-p(R2,C2)"),
        ("p(R1,C1)-p(R2,C2)-p(R3,C3)", "p(R1,C1)-p(R2,C2)"),
        (f"R0-{_arcs(6)}", f"R0-{_arcs(5)}"),
    ],
)
def test_circuits_with_an_arc_that_can_be_mistaken_have_them(text: str, simpler: str) -> None:
    found = restarts(build(text), LOG_OMEGA)
    assert found is not None
    assert found.simpler.text == simpler


@pytest.mark.parametrize(
    "text",
    [
        "R0-p(R1,CPE1)-CPE2",
        "R0-p(R1,C1)-p(R2,C2)",
        "R0-p(R1,C1)-p(R2,C2)-W1",
        "R0-p(R1,C1)-p(R2,C2)-C3",
        "R0-p(R1,C1)-p(R2,C2)-TLM1",
        "R0-p(R1,C1)-p(R2-W2,C2)-Wo1",
        "R0-R9-p(R1,C1)-p(R2,C2)-Wo1",
        "p(R1,C1)",
        _arcs(7),
    ],
)
def test_others_end_in_their_best_optimum_without(text: str) -> None:
    assert restarts(build(text), LOG_OMEGA) is None


def _made(text: str) -> tuple[Model, Restarts]:
    model = build(text)
    found = restarts(model, LOG_OMEGA)
    assert found is not None
    return model, found


def _theta(model: Model, values: list[float]) -> Reals:
    return np.asarray(model.internal(np.array([values]))[0])


def _z(model: Model, theta: Reals) -> Complexes:
    return np.asarray(model.evaluate(np.atleast_2d(theta), LOG_OMEGA)[0])


def _rms(model: Model, theta: Reals, z: Complexes) -> Reals:
    """Root mean square of the relative differences of some starts from a spectrum."""
    return np.asarray(np.sqrt(np.mean(np.abs(_z(model, theta) / z - 1) ** 2, axis=1)))


def test_the_first_start_from_a_simpler_circuit_is_its_optimum() -> None:
    model, again = _made(TWO)
    z = _z(model, _theta(model, VALUES))[0]
    simpler = _theta(again.simpler, [2.0, 12.0, 2e-5, 0.9, 0.5, 0.55])
    found = again.from_simpler(z, 1 / np.abs(z), simpler, 6)
    assert np.max(np.abs(_z(model, found[0])[0] / _z(again.simpler, simpler)[0] - 1)) < 1e-5
    natural = dict(zip(model.names, model.natural(found[:1])[0], strict=True))
    assert natural["R2"] == pytest.approx(1e-6 * np.median(np.abs(z)))
    assert natural["CPE2_n"] == 0.8
    assert (natural["R2"] * natural["CPE2_Q"]) ** (1 / 0.8) == pytest.approx(np.exp(-np.median(LOG_OMEGA)))
    assert 2 <= len(found) <= 7


@pytest.mark.parametrize("last", ["Zarc2", "K2"])
def test_an_added_arc_of_its_own_stands_at_the_middle_time_constant(last: str) -> None:
    model, again = _made(f"R0-p(R1,C1)-{last}-Wo1")
    z = _z(model, np.zeros(len(model.names)))[0]
    simpler = np.zeros(len(again.simpler.names))
    first = again.from_simpler(z, 1 / np.abs(z), simpler, 2)[0]
    assert first[model.names.index(f"{last}_tau")] == pytest.approx(-np.median(LOG_OMEGA))


def test_the_last_of_three_arcs_is_the_one_that_is_added() -> None:
    model, again = _made("R0-p(R1,C1)-p(R2,C2)-p(R3,C3)")
    z = _z(model, _theta(model, [2.0, 10.0, 1e-5, 20.0, 1e-3, 30.0, 5e-2]))[0]
    simpler = _theta(again.simpler, [2.0, 10.0, 1e-5, 20.0, 1e-3])
    found = again.from_simpler(z, 1 / np.abs(z), simpler, 6)
    assert np.exp(found[0, model.names.index("R3")]) == pytest.approx(1e-6 * np.median(np.abs(z)))
    assert np.array_equal(found[0, :5], simpler)
    rms = _rms(model, found[1:], z)
    assert rms[0] == rms.min() < 0.05, "the start that leaves least is the first"


@pytest.mark.parametrize(("tail", "far"), [("Wo3", 0.8), ("CPE3", 0.1)])
def test_starts_differ_by_a_step_of_the_dictionary_of_arcs_or_by_a_step_of_the_tail(tail: str, far: float) -> None:
    model, again = _made(f"R0-p(R1,CPE1)-p(R2,CPE2)-{tail}")
    values = [*VALUES[:7], 0.5, 0.55] if tail == "CPE3" else [*VALUES[:7], 20.0, 30.0]
    theta = _theta(model, values)
    places = [again._place(theta)]
    for step in (0.5 * far, 2.0 * far):
        moved = theta.copy()
        moved[model.names.index(f"{tail}_{'n' if tail == 'CPE3' else 'tau'}")] += step
        places.append(again._place(moved))
    near, other = (float(np.max(np.abs(place - places[0]))) for place in places[1:])
    assert (near, other) == pytest.approx((0.5, 2.0))


def test_from_the_optimum_of_the_simpler_circuit_the_missing_arc_is_found() -> None:
    """The simpler circuit has all but the slower arc exactly: one linear search finds that within the grid's step."""
    model, again = _made(TWO)
    z = _z(model, _theta(model, VALUES))[0]
    simpler = _theta(again.simpler, [*VALUES[:4], *VALUES[7:]])
    found = again.from_simpler(z, 1 / np.abs(z), simpler, 6)
    rms = _rms(model, found, z)
    assert rms[0] > 0.1
    assert rms.min() < 0.05
    best = model.natural(found[[int(rms.argmin())]])[0]
    assert best[[1, 4]] == pytest.approx([10.0, 30.0], rel=0.3)


def test_from_an_optimum_with_two_arcs_in_the_place_of_one_the_other_is_found() -> None:
    model, again = _made(TWO)
    z = _z(model, _theta(model, VALUES))[0]
    wrong = _theta(model, [2.0, 5.0, 2e-5, 0.9, 5.0, 2.4e-5, 0.9, 0.5, 0.55])
    found = again.from_optimum(z, 1 / np.abs(z), wrong, 6)
    rms = _rms(model, found, z)
    assert _rms(model, wrong, z)[0] > 0.1
    assert rms.min() < 0.06


def test_three_arcs_are_also_taken_out_in_pairs() -> None:
    text = "R0-p(R1,C1)-p(R2,C2)-p(R3,C3)"
    model, again = _made(text)
    z = _z(model, _theta(model, [2.0, 10.0, 1e-5, 20.0, 1e-3, 30.0, 5e-2]))[0]
    wrong = _theta(model, [2.0, 10.0, 1e-5, 1.0, 2e-1, 1.0, 2e-1])
    found = again.from_optimum(z, 1 / np.abs(z), wrong, 6)
    assert _rms(model, found, z).min() < 0.05, "both wrong arcs had to move at once"


def test_starts_are_not_near_where_they_came_from_nor_near_each_other() -> None:
    model, again = _made(TWO)
    truth = _theta(model, VALUES)
    z = _z(model, truth)[0]
    found = again.from_optimum(z, 1 / np.abs(z), truth, 8)
    places = [
        np.append(np.sort([theta[2], theta[5]]) / 0.8, theta[8] / 0.1) for theta in (truth, *found)
    ]  # ln tau of both arcs, exponent of the tail
    for one in range(len(places)):
        for other in range(one):
            assert np.max(np.abs(places[one] - places[other])) > 1


@pytest.mark.parametrize("keep", [1, 3])
def test_no_more_starts_are_kept_than_asked_for(keep: int) -> None:
    model, again = _made(TWO)
    z = _z(model, _theta(model, VALUES))[0]
    wrong = _theta(model, [2.0, 5.0, 2e-5, 0.9, 5.0, 2.4e-5, 0.9, 0.5, 0.55])
    assert len(again.from_optimum(z, 1 / np.abs(z), wrong, keep)) == keep
    simpler = _theta(again.simpler, [*VALUES[:4], *VALUES[7:]])
    assert len(again.from_simpler(z, 1 / np.abs(z), simpler, keep)) == keep + 1


def test_the_tail_of_an_optimum_is_kept_or_taken_from_the_dictionary() -> None:
    """A tail with an exponent that the dictionary does not have is among the starts, and others are, too."""
    model, again = _made(TWO)
    z = _z(model, _theta(model, VALUES))[0]
    simpler = _theta(again.simpler, [*VALUES[:4], *VALUES[7:]])
    exponents = again.from_simpler(z, 1 / np.abs(z), simpler, 8)[1:, model.names.index("CPE3_n")]
    assert 0.55 in exponents.round(9)
    assert {*exponents.round(9)} <= {0.55, 0.4, 0.5, 0.65, 0.8, 0.95}
    assert len({*exponents.round(9)}) > 1
