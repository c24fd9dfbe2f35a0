"""The batched fit against closed forms and a general solver: minima, bounds, lanes that join or are given up."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import least_squares

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.levenberg_marquardt import fit
from halfcell.maths.circuit.model import Model, build

FREQUENCY = np.logspace(5, -2, 29)
LOG_OMEGA = np.log(2 * np.pi * FREQUENCY)


def _spectrum(text: str, values: list[float], noise: float = 0.0, seed: int = 1) -> Complexes:
    z = build(text).impedance(np.array(values), FREQUENCY)
    rng = np.random.default_rng(seed)
    return np.asarray(z * (1 + noise * (rng.normal(size=len(z)) + 1j * rng.normal(size=len(z)))))


def _modulus(z: Complexes) -> Reals:
    return np.asarray(1 / np.abs(z))


def _away(model: Model, values: list[float], by: float, count: int, seed: int = 2) -> Reals:
    """Starts around a set of natural parameters: logarithms off by `by`, exponents by a tenth of it."""
    theta = model.internal(np.array([values]))
    off = np.random.default_rng(seed).uniform(-by, by, (count, len(values)))
    off[:, list(model.exponents)] *= 0.1
    return np.asarray(theta + off)


CIRCUITS = [
    ("R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("L0-R0-p(R1,C1)-W1", [1e-6, 2.0, 10.0, 1e-4, 3.0]),
    ("R0-p(R1-Wo1,CPE1)", [2.0, 10.0, 20.0, 5.0, 1e-4, 0.85]),
]


@pytest.mark.parametrize(("text", "values"), CIRCUITS)
def test_an_exact_spectrum_gives_back_its_parameters(text: str, values: list[float]) -> None:
    model, z = build(text), _spectrum(text, values)
    found = fit(model, LOG_OMEGA, z[None], _modulus(z)[None], [_away(model, values, 0.5, 4)])
    assert model.natural(found.theta)[0] == pytest.approx(values, rel=1e-5)
    assert found.cost[0] < 1e-12
    assert list(found.starts) == [4]
    assert found.theta.shape == (1, len(values))


@pytest.mark.parametrize(("text", "values"), CIRCUITS)
def test_a_noisy_spectrum_is_fitted_as_by_a_general_solver(text: str, values: list[float]) -> None:
    model, z = build(text), _spectrum(text, values, 0.01)
    weights = _modulus(z)

    def residual(theta: Reals) -> Reals:
        left = (model.evaluate(theta[None], LOG_OMEGA)[0][0] - z) * weights
        return np.concatenate([left.real, left.imag])

    low, high = model.bounds
    truth = model.internal(np.array([values]))[0]
    peer = least_squares(residual, truth, bounds=(low, high), xtol=1e-14, ftol=1e-14, gtol=1e-14)
    found = fit(model, LOG_OMEGA, z[None], weights[None], [_away(model, values, 0.5, 3)])
    assert found.cost[0] == pytest.approx(2 * peer.cost, rel=1e-8)
    assert found.theta[0] == pytest.approx(peer.x, abs=1e-4)
    assert found.reached[0] == 3


def test_weights_decide_which_points_count() -> None:
    """One resistor: the weighted mean of the real parts, sum w^2 Re Z / sum w^2, and S is what is left."""
    rng = np.random.default_rng(3)
    z = 5.0 + rng.normal(0, 0.1, 29) + 1j * rng.normal(0, 0.1, 29)
    weights = rng.uniform(0.5, 2.0, 29)
    weights[:5] = 0.0
    found = fit(build("R0"), LOG_OMEGA, z[None], weights[None], [np.log([[3.0], [8.0]])])
    mean = np.sum(weights**2 * z.real) / np.sum(weights**2)
    assert np.exp(found.theta[0, 0]) == pytest.approx(mean)
    assert found.cost[0] == pytest.approx(np.sum(weights**2 * np.abs(z - mean) ** 2))


def test_an_exponent_ends_at_its_bound_and_the_others_at_their_best() -> None:
    """An ideal arc with an inductive disturbance asks for n above 1: R0 and R1 are those of the ideal arc's fit."""
    text, ideal = "R0-p(R1,CPE1)", "R0-p(R1,C1)"
    z = _spectrum(ideal, [2.0, 10.0, 1e-4]) + _spectrum("L0", [2e-6])
    weights = _modulus(z)
    for start in (0.7, 1.0, 1.4):
        theta = np.array([[np.log(2.0), np.log(10.0), np.log(1e-3), start]])
        found = fit(build(text), LOG_OMEGA, z[None], weights[None], [theta])
        plain = fit(build(ideal), LOG_OMEGA, z[None], weights[None], [theta[:, :3]])
        assert found.theta[0, 3] == 1.0
        assert found.theta[0, :3] == pytest.approx(plain.theta[0], abs=1e-5)
        assert found.cost[0] == pytest.approx(plain.cost[0], rel=1e-8)


def test_a_start_at_the_bound_comes_back() -> None:
    values = [2.0, 10.0, 1e-4, 0.8]
    z = _spectrum("R0-p(R1,CPE1)", values)
    model = build("R0-p(R1,CPE1)")
    start = model.internal(np.array([[2.0, 10.0, 1e-4, 1.0]]))
    low = model.internal(np.array([[2.0, 10.0, 1e-4, 0.3]]))
    for one in (start, low):
        found = fit(model, LOG_OMEGA, z[None], _modulus(z)[None], [one])
        assert model.natural(found.theta)[0] == pytest.approx(values, rel=1e-5)


def test_the_best_of_the_starts_is_taken_and_those_that_reached_it_are_counted() -> None:
    """A start with the arc far outside the frequencies does not come back: it is counted as tried, not as reached."""
    values = [2.0, 10.0, 1e-4, 0.8]
    model = build("R0-p(R1,CPE1)")
    z = _spectrum("R0-p(R1,CPE1)", values, 0.005)
    near = _away(model, values, 0.3, 3)
    lost = np.array([[np.log(2.0), np.log(1e-9), 30.0, 0.8]])
    for order in ([near, lost], [lost, near]):
        found = fit(model, LOG_OMEGA, z[None], _modulus(z)[None], [np.concatenate(order)])
        assert (int(found.starts[0]), int(found.reached[0])) == (4, 3)
        assert model.natural(found.theta)[0, :2] == pytest.approx(values[:2], rel=0.02)


def test_spectra_of_a_batch_are_fitted_each_for_itself() -> None:
    text = "R0-p(R1,CPE1)"
    model = build(text)
    many = [[2.0 + k, 10.0 / (1 + k), 1e-4 * (1 + k), 0.75 + 0.02 * k] for k in range(5)]
    z = np.array([_spectrum(text, values) for values in many])
    starts = [_away(model, values, 0.4, 1 + k % 3, seed=k) for k, values in enumerate(many)]
    found = fit(model, LOG_OMEGA, z, _modulus(z), starts)
    assert model.natural(found.theta) == pytest.approx(np.array(many), rel=1e-5)
    assert list(found.starts) == [1, 2, 3, 1, 2]
    assert list(found.reached) == [1, 2, 3, 1, 2]
    assert np.all(found.cost < 1e-12)


def test_more_lanes_than_a_block_are_all_fitted() -> None:
    """1,700 lanes of one resistor: spectra of one start, and one of 900, which is larger than a block."""
    values = np.linspace(1.0, 9.0, 801)
    z = values[:, None] * np.ones(29) + 0j
    starts = [np.log([[3.0]])] * 801
    starts[400] = np.log(np.linspace(1.0, 9.0, 900))[:, None]
    found = fit(build("R0"), LOG_OMEGA, z, _modulus(z), starts)
    assert np.exp(found.theta[:, 0]) == pytest.approx(values)
    assert found.starts.sum() == 800 + 900
    assert found.starts[400] == found.reached[400] == 900


def test_arcs_are_told_from_the_fastest_to_the_slowest() -> None:
    text, values = "R0-p(R1,CPE1)-p(R2,CPE2)", [2.0, 10.0, 1e-5, 0.9, 30.0, 1e-2, 0.8]
    model = build(text)
    z = _spectrum(text, values)
    swapped = model.internal(np.array([[2.0, 30.0, 1e-2, 0.8, 10.0, 1e-5, 0.9]]))
    found = fit(model, LOG_OMEGA, z[None], _modulus(z)[None], [swapped + 0.01])
    assert model.natural(found.theta)[0] == pytest.approx(values, rel=1e-5)


def test_a_fit_that_would_not_be_taken_is_not_carried_to_its_last_digits() -> None:
    """Against an optimum known before: the same one and one far above it stay rough, a better one does not."""
    text, values = "R0-p(R1,CPE1)-W1", [2.0, 10.0, 1e-4, 0.8, 5.0]
    model, z = build(text), _spectrum(text, values, 0.01)
    weights, start = _modulus(z), [_away(model, values, 0.4, 1)]
    full = fit(model, LOG_OMEGA, z[None], weights[None], start)
    best = full.cost[0]

    def cost(known: float) -> float:
        return float(fit(model, LOG_OMEGA, z[None], weights[None], start, np.array([known])).cost[0])

    rough = cost(best)
    assert best <= rough < best * 1.001
    assert cost(best / 2) == rough, "far above what is known"
    for known in (best * 1.1, best / 1.03):
        assert cost(known) == pytest.approx(best, rel=1e-12)


def test_a_size_that_runs_to_zero_ends() -> None:
    """An inductor that the spectrum does not have: the fit ends with it too small to be seen, and the rest exact."""
    z = _spectrum("R0-p(R1,C1)", [2.0, 10.0, 1e-4])
    model = build("L0-R0-p(R1,C1)")
    start = model.internal(np.array([[1e-6, 3.0, 8.0, 2e-4]]))
    found = fit(model, LOG_OMEGA, z[None], _modulus(z)[None], [start])
    values = model.natural(found.theta)[0]
    assert values[1:] == pytest.approx([2.0, 10.0, 1e-4], rel=1e-4)
    assert values[0] * 2 * np.pi * 1e5 < 1e-3 * 2.0


def test_a_start_without_any_finite_impedance_does_not_stop_the_others() -> None:
    values = [2.0, 10.0, 1e-4]
    z = _spectrum("R0-p(R1,C1)", values)
    model = build("R0-p(R1,C1)")
    wild = np.array([[400.0, 400.0, -300.0]])
    near = _away(model, values, 0.3, 2)
    with np.errstate(all="ignore"):
        found = fit(model, LOG_OMEGA, z[None], _modulus(z)[None], [np.concatenate([wild, near])])
    assert model.natural(found.theta)[0] == pytest.approx(values, rel=1e-4)
    assert found.starts[0] == 3
