"""Circuits fitted to spectra: parameters, criterion, smaller circuits, refits, and exchanged arcs."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.maths.circuit import circuit_fit
from halfcell.maths.circuit.circuit_fit import fit_spectra, rearranged, refitted, solve
from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model, build
from halfcell.maths.circuit.nested import signature

FREQUENCY = np.logspace(5, -2, 29)
LOG_OMEGA = np.log(2 * np.pi * FREQUENCY)


def _spectrum(text: str, values: list[float], noise: float = 0.0, seed: int = 1) -> Complexes:
    z = build(text).impedance(np.array(values), FREQUENCY)
    rng = np.random.default_rng(seed)
    return np.asarray(z * (1 + noise * (rng.normal(size=len(z)) + 1j * rng.normal(size=len(z)))))


EXACT = [
    ("R0", [5.0]),
    ("R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]),
    ("L0-R0-p(R1,C1)-W1", [1e-6, 2.0, 10.0, 1e-4, 3.0]),
    ("R0-p(R1,CPE1)-p(R2,CPE2)-CPE3", [2.0, 10.0, 1e-5, 0.9, 30.0, 1e-3, 0.85, 0.5, 0.55]),
    ("R0-p(R1,C1)-p(R2,C2)-p(R3,C3)", [2.0, 10.0, 1e-5, 20.0, 1e-3, 30.0, 5e-2]),
    ("R0-p(R1-W1,C1)", [2.0, 10.0, 20.0, 1e-4]),
    ("R0-TLM1", [2.0, 30.0, 50.0, 1e-3, 0.9]),
]


@pytest.mark.parametrize(("text", "values"), EXACT)
def test_a_circuit_is_found_in_its_own_spectrum_without_any_start_values(text: str, values: list[float]) -> None:
    (found,) = fit_spectra(text, FREQUENCY, _spectrum(text, values)[None])
    assert list(found.values.values()) == pytest.approx(values, rel=1e-4)
    assert tuple(found.values) == build(text).names
    assert found.cost < 1e-10
    assert 1 <= found.reached <= found.starts
    assert found.impedance(FREQUENCY) == pytest.approx(_spectrum(text, values), rel=1e-5)


def test_spectra_are_fitted_each_for_itself() -> None:
    many = [[2.0, 10.0, 1e-4, 0.8], [3.0, 20.0, 1e-5, 0.9]]
    found = fit_spectra("R0-p(R1,CPE1)", FREQUENCY, np.array([_spectrum("R0-p(R1,CPE1)", one) for one in many]))
    for fitted, values in zip(found, many, strict=True):
        assert list(fitted.values.values()) == pytest.approx(values, rel=1e-4)


def test_the_criterion_is_that_of_schwarz() -> None:
    """BIC = n ln(S/n) + p ln n with n = 2 N numbers and p free parameters (G. Schwarz, Ann. Stat. 6 (1978) 461)."""
    z = _spectrum("R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8], 0.01)
    (found,) = fit_spectra("R0-p(R1,CPE1)", FREQUENCY, z[None])
    n = 2 * len(FREQUENCY)
    misfit = np.sum(np.abs(found.impedance(FREQUENCY) / z - 1) ** 2)
    weighted = np.sum(np.abs((found.impedance(FREQUENCY) - z) / np.abs(z)) ** 2)
    assert found.cost == pytest.approx(weighted)
    assert found.cost == pytest.approx(misfit, rel=1e-9)
    assert found.bic == pytest.approx(n * np.log(weighted / n) + 4 * np.log(n))
    assert found.uncertainty.rms == pytest.approx(np.sqrt(weighted / (n - 4)))


def test_an_exponent_at_its_bound_is_no_free_parameter() -> None:
    z = _spectrum("R0-p(R1,C1)", [2.0, 10.0, 1e-4], 0.001) + _spectrum("L0", [2e-6])
    (found,) = fit_spectra("R0-p(R1,CPE1)", FREQUENCY, z[None])
    n = 2 * len(FREQUENCY)
    assert found.values["CPE1_n"] == 1.0
    assert found.uncertainty.held == (3,)
    assert found.bic == pytest.approx(n * np.log(found.cost / n) + 3 * np.log(n))


def test_exact_spectra_do_not_rank_circuits_by_rounding_errors() -> None:
    """Below 1e-6 of |Z| the criterion counts parameters only."""
    z = _spectrum("R0-p(R1,C1)", [2.0, 10.0, 1e-4])
    n = 2 * len(FREQUENCY)
    for text, free in (("R0-p(R1,C1)", 3), ("R0-p(R1,C1)-W1", 4)):
        (found,) = fit_spectra(text, FREQUENCY, z[None])
        assert found.bic == pytest.approx(n * np.log(1e-12) + free * np.log(n))
        assert found.uncertainty.rms == pytest.approx(1e-6 * np.sqrt(n / (n - free)))


def test_points_without_weight_are_left_out() -> None:
    text, values = "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]
    z = _spectrum(text, values)
    weights = 1 / np.abs(z)
    z[3], z[20] = 1e3 - 1e3j, 7.0 + 0j
    weights[[3, 20]] = 0.0
    (found,) = fit_spectra(text, FREQUENCY, z[None], weights[None])
    assert list(found.values.values()) == pytest.approx(values, rel=1e-4)
    n = 2 * (len(FREQUENCY) - 2)
    assert found.bic == pytest.approx(n * np.log(1e-12) + 4 * np.log(n))


def test_a_circuit_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="unknown element 'X1'"):
        fit_spectra("R0-X1", FREQUENCY, np.ones((1, 29)) + 0j)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("L0-R0-p(R1,CPE1)", ["R0-p(R1,CPE1)", "L0-p(R1,CPE1)", "p(R1,CPE1)"]),
        ("R0-p(R1,CPE1)-CPE2", ["p(R1,CPE1)-CPE2", "R0-p(R1,CPE1)-Cd", "R0-p(R1,CPE1)-Wd", "R0-p(R1,CPE1)"]),
    ],
)
def test_smaller_circuits_are_fitted_on_the_way_and_none_fits_better(text: str, below: list[str]) -> None:
    z = _spectrum("R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8], 0.02)
    (found,) = fit_spectra(text, FREQUENCY, z[None])
    for smaller in below:
        key = signature(build(smaller))
        assert key in found.below
        theta = found.below[key]  # type: ignore[index]
        assert theta.shape == (1, len(build(smaller).names))
        left = np.sum(np.abs(build(smaller).evaluate(theta, LOG_OMEGA)[0][0] / z - 1) ** 2)
        assert found.cost <= left * 1.0001


def test_optima_of_smaller_circuits_that_are_known_are_not_searched_again() -> None:
    """A made-up optimum is taken as it is; where it is the better one, the search goes on from there."""
    text = "R0-p(R1,CPE1)-Wo1"
    z = _spectrum("R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8], 0.02)
    key = signature(build("R0-p(R1,CPE1)"))
    assert key is not None
    known = np.array([[0.5, 0.25, -3.0, 0.75]])
    (found,) = fit_spectra(text, FREQUENCY, z[None], known={key: known})
    assert np.array_equal(found.below[key], known)
    (free,) = fit_spectra(text, FREQUENCY, z[None])
    assert free.cost <= found.cost * 1.001


def test_a_fit_of_many_spectra_hands_each_its_own_smaller_optima() -> None:
    many = np.array([_spectrum("R0-p(R1,CPE1)", [2.0 + k, 10.0, 1e-4, 0.8]) for k in range(3)])
    found = fit_spectra("L0-R0-p(R1,CPE1)", FREQUENCY, many)
    key = signature(build("R0-p(R1,CPE1)"))
    sizes = [float(np.exp(one.below[key][0, 0])) for one in found]  # type: ignore[index]
    assert sizes == pytest.approx([2.0, 3.0, 4.0], rel=1e-4)


def test_solving_gives_the_same_optimum_as_fitting() -> None:
    text = "R0-p(R1,CPE1)-p(R2,CPE2)-Wo1"
    z = _spectrum(text, [2.0, 10.0, 1e-5, 0.9, 30.0, 1e-3, 0.85, 20.0, 10.0], 0.01)
    model = build(text)
    made = solve(model, LOG_OMEGA, z[None], 1 / np.abs(z)[None])
    (found,) = fit_spectra(text, FREQUENCY, z[None])
    assert made.cost[0] == pytest.approx(found.cost)
    assert made.theta[0] == pytest.approx(found.theta)
    assert (int(made.starts[0]), int(made.reached[0])) == (found.starts, found.reached)


def test_a_vanished_resistor_comes_back() -> None:
    """A large arc beside a small resistor under noise: the fit is the true circuit's, not that without resistor."""
    text, values = "R0-p(R1,CPE1)-W1", [0.5, 200.0, 1e-6, 0.75, 30.0]
    z = _spectrum(text, values, 0.003, seed=7)
    (found,) = fit_spectra(text, FREQUENCY, z[None])
    model = build(text)
    truth = model.impedance(np.array(values), FREQUENCY)
    assert found.cost <= np.sum(np.abs(truth / z - 1) ** 2)


def test_a_refit_starts_from_the_optimum_alone() -> None:
    text, values = "R0-p(R1,CPE1)", [2.0, 10.0, 1e-4, 0.8]
    z = _spectrum(text, values)
    (found,) = fit_spectra(text, FREQUENCY, z[None])
    other = _spectrum(text, [2.2, 11.0, 1.1e-4, 0.81])
    again = refitted(found, FREQUENCY[5:], other[5:], 1 / np.abs(other[5:]))
    assert list(again.values.values()) == pytest.approx([2.2, 11.0, 1.1e-4, 0.81], rel=1e-4)
    assert (again.starts, again.reached) == (1, 1)
    assert again.model is found.model
    n = 2 * (len(FREQUENCY) - 5)
    assert again.bic == pytest.approx(n * np.log(1e-12) + 4 * np.log(n))


def test_exchanged_arcs_are_the_same_fit() -> None:
    text = "R0-p(R1,CPE1)-p(R2,CPE2)"
    z = _spectrum(text, [2.0, 10.0, 1e-5, 0.9, 30.0, 1e-3, 0.85], 0.01)
    weights = 1 / np.abs(z)
    (found,) = fit_spectra(text, FREQUENCY, z[None])
    turned = rearranged(found, (1, 0), FREQUENCY, weights)
    assert turned.cost == found.cost
    assert turned.bic == found.bic
    assert turned.impedance(FREQUENCY) == pytest.approx(found.impedance(FREQUENCY))
    one, two = found.values, turned.values
    assert (two["R1"], two["R2"], two["R0"]) == pytest.approx((one["R2"], one["R1"], one["R0"]))
    assert (two["CPE1_Q"], two["CPE2_n"]) == pytest.approx((one["CPE2_Q"], one["CPE1_n"]))
    std, other = found.uncertainty.std, turned.uncertainty.std
    assert other == pytest.approx(std[[0, 4, 5, 6, 1, 2, 3]], rel=1e-6)
    same = rearranged(found, (0, 1), FREQUENCY, weights)
    assert same.values == pytest.approx(found.values)
    assert same.uncertainty.rms == pytest.approx(found.uncertainty.rms)


def test_exchanged_ideal_arcs_are_the_same_fit() -> None:
    text = "R0-p(R1,C1)-p(R2,C2)"
    z = _spectrum(text, [2.0, 10.0, 1e-5, 30.0, 1e-2])
    (found,) = fit_spectra(text, FREQUENCY, z[None])
    turned = rearranged(found, (1, 0), FREQUENCY, 1 / np.abs(z))
    assert turned.values == pytest.approx({"R0": 2.0, "R1": 30.0, "C1": 1e-2, "R2": 10.0, "C2": 1e-5}, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("R0-p(R1,CPE1)-Wo1", "R0-p(R1,CPE1)"),
        ("R0-p(R1,CPE1)-C2", "R0-p(R1,CPE1)"),
        ("L0-R0-p(R1,CPE1)", "R0-p(R1,CPE1)"),
    ],
)
def test_a_fit_that_was_lost_is_found_again_from_a_smaller_circuit(
    text: str, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The larger circuit starts far away, the smaller one as usual; what it can do, the larger one can."""
    usual = circuit_fit.starts

    def lost(model: Model, log_omega: Reals, z: Complexes, weights: Reals, keep: int = 8) -> list[Reals]:
        if model.text != text:
            return usual(model, log_omega, z, weights, keep)
        theta = np.where([parameter.scale == "exponent" for parameter in model.parameters], 0.5, 25.0)
        return [theta[None] for _ in z]

    monkeypatch.setattr(circuit_fit, "starts", lost)
    many = np.array([_spectrum(below, [2.0 + k, 10.0, 1e-4, 0.8], 0.01, seed=k) for k in range(3)])
    found = fit_spectra(text, FREQUENCY, many)
    smaller = fit_spectra(below, FREQUENCY, many)
    for one, other in zip(found, smaller, strict=True):
        assert one.cost <= other.cost * 1.0001
        assert one.starts > 1 or not text.endswith("Wo1")
    every = solve(build(text), LOG_OMEGA, many, 1 / np.abs(many))
    assert every.cost == pytest.approx([one.cost for one in found])
