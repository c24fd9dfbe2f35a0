"""Uncertainties of fits against closed forms: one parameter, two that are independent, bounds, intervals."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.uncertainty import student, uncertainty

OMEGA = np.logspace(4, -1, 21)
LOG_OMEGA = np.log(OMEGA)


@pytest.mark.parametrize(
    ("freedom", "level", "quantile"),
    [(1, 0.95, 12.706), (2, 0.95, 4.303), (10, 0.95, 2.228), (100000, 0.95, 1.960), (2, 0.90, 2.920), (5, 0.99, 4.032)],
)
def test_quantiles_are_those_of_students_table(freedom: int, level: float, quantile: float) -> None:
    """Student's table, for instance M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, table 26.10."""
    assert student(freedom, level) == pytest.approx(quantile, abs=6e-4)
    if level == 0.95:
        assert student(freedom) == pytest.approx(quantile, abs=6e-4)


def test_one_resistor_has_the_error_of_a_mean() -> None:
    """With equal weights 1/sigma, ln R of N complex points has the variance s^2/(N (R/sigma)^2)."""
    model, r, sigma, cost = build("R0"), 5.0, 0.1, 30.0
    found = uncertainty(model, np.log([r]), LOG_OMEGA, np.full(21, 1 / sigma), cost)
    freedom = 2 * 21 - 1
    s = np.sqrt(cost / freedom)
    assert found.rms == pytest.approx(s)
    assert found.t == pytest.approx(student(freedom))
    expected = s * sigma / np.sqrt(21)
    assert found.values[0] == pytest.approx(r)
    assert found.std[0] == pytest.approx(expected)
    assert found.log_std[0] == pytest.approx(expected / r)
    assert found.covariance[0, 0] == pytest.approx((expected / r) ** 2)
    assert found.low[0] == pytest.approx(r * np.exp(-found.t * expected / r))
    assert found.high[0] == pytest.approx(r * np.exp(found.t * expected / r))
    assert found.held == ()
    assert found.correlation == pytest.approx(np.ones((1, 1)))


def test_points_without_weight_do_not_count() -> None:
    weights = np.where(np.arange(21) < 11, 10.0, 0.0)
    found = uncertainty(build("R0"), np.log([5.0]), LOG_OMEGA, weights, 30.0)
    assert found.rms == pytest.approx(np.sqrt(30.0 / (2 * 11 - 1)))
    assert found.std[0] == pytest.approx(found.rms * 0.1 / np.sqrt(11))


@pytest.mark.parametrize(("cost", "known", "scale"), [(4.1, True, 1.0), (4.1, False, 0.1), (410.0, True, 10.0)])
def test_known_standard_deviations_are_not_made_smaller_by_a_lucky_fit(cost: float, known: bool, scale: float) -> None:
    found = uncertainty(build("R0"), np.log([5.0]), LOG_OMEGA, np.full(21, 10.0), cost, known_sigma=known)
    assert found.covariance[0, 0] == pytest.approx(scale / (21 * 50.0**2))
    assert found.rms == pytest.approx(np.sqrt(cost / 41)), "what is told of the fit is what was seen"


def test_sigma_is_taken_as_unknown_unless_it_is_said() -> None:
    plain = uncertainty(build("R0"), np.log([5.0]), LOG_OMEGA, np.full(21, 10.0), 4.1)
    assert plain.covariance[0, 0] == pytest.approx(0.1 / (21 * 50.0**2))


def test_resistor_and_capacitor_in_series_are_independent() -> None:
    """One moves the real, the other the imaginary part: var ln C = s^2/sum (w/(omega C))^2."""
    r, c, cost = 5.0, 1e-3, 8.0
    weights = 1 / np.abs(r + 1 / (1j * OMEGA * c))
    found = uncertainty(build("R0-C0"), np.log([r, c]), LOG_OMEGA, weights, cost)
    s2 = cost / (42 - 2)
    assert found.covariance[0, 0] == pytest.approx(s2 / np.sum((weights * r) ** 2))
    assert found.covariance[1, 1] == pytest.approx(s2 / np.sum((weights / (OMEGA * c)) ** 2))
    assert found.correlation == pytest.approx(np.eye(2), abs=1e-9)
    assert found.std == pytest.approx(found.values * np.sqrt(np.diagonal(found.covariance)))


def _numeric(text: str, natural: list[float], weights: np.ndarray, cost: float) -> tuple[np.ndarray, np.ndarray]:
    """Relative standard deviations and correlations by finite differences in ln of what people see, exponents plain."""
    model = build(text)
    plain = np.array(list(model.exponents), dtype=int)

    def z(x: np.ndarray) -> np.ndarray:
        values = np.exp(x)
        values[plain] = x[plain]
        return model.impedance(values, OMEGA / (2 * np.pi)) * weights

    x = np.log(natural)
    x[plain] = np.array(natural)[plain]
    steps = np.eye(len(x)) * 1e-5
    jacobian = np.array([(z(x + step) - z(x - step)) / 2e-5 for step in steps])
    flat = np.concatenate([jacobian.real, jacobian.imag], axis=1)
    covariance = np.linalg.inv(flat @ flat.T) * cost / (2 * len(OMEGA) - len(x))
    se = np.sqrt(np.diagonal(covariance))
    return se, covariance / np.outer(se, se)


@pytest.mark.parametrize(
    ("text", "natural"),
    [
        ("R0-p(R1,CPE1)", [2.0, 10.0, 1e-3, 0.8]),
        ("R0-p(R1,C1)-CPE2", [2.0, 10.0, 1e-3, 0.3, 0.6]),
        ("L0-R0-Zarc1", [1e-5, 2.0, 10.0, 1e-2, 0.9]),
    ],
)
def test_errors_and_correlations_are_those_of_what_people_see(text: str, natural: list[float]) -> None:
    model = build(text)
    z = model.impedance(np.array(natural), OMEGA / (2 * np.pi))
    se, correlation = _numeric(text, natural, 1 / np.abs(z), 1e-3)
    theta = model.internal(np.array([natural]))[0]
    found = uncertainty(model, theta, LOG_OMEGA, 1 / np.abs(z), 1e-3)
    free = list(model.exponents)
    expected = np.array(natural) * se
    expected[free] = se[free]
    assert found.std == pytest.approx(expected, rel=1e-5)
    assert found.correlation == pytest.approx(correlation, abs=1e-5)
    for place in free:
        assert found.low[place] == pytest.approx(natural[place] - found.t * se[place], rel=1e-5)
        assert found.high[place] == pytest.approx(natural[place] + found.t * se[place], rel=1e-5)


@pytest.mark.parametrize(("n", "held"), [(1.0, (3,)), (0.3, (3,)), (0.999, ())])
def test_an_exponent_at_its_bound_is_held_and_has_no_error(n: float, held: tuple[int, ...]) -> None:
    model = build("R0-p(R1,CPE1)")
    natural = np.array([2.0, 10.0, 1e-3, n])
    z = model.impedance(natural, OMEGA / (2 * np.pi))
    found = uncertainty(model, model.internal(natural[None])[0], LOG_OMEGA, 1 / np.abs(z), 1e-3)
    assert found.held == held
    assert bool(np.isnan(found.std[3])) is bool(held)
    assert np.isfinite(found.std[:2]).all()
    assert found.rms == pytest.approx(np.sqrt(1e-3 / (42 - 4 + len(held))))


def test_a_held_exponent_makes_the_arc_an_ideal_one() -> None:
    """With n held at 1, R || CPE has the uncertainties of R || C."""
    z = build("R0-p(R1,C1)").impedance(np.array([2.0, 10.0, 1e-3]), OMEGA / (2 * np.pi))
    model, ideal = build("R0-p(R1,CPE1)"), build("R0-p(R1,C1)")
    one = uncertainty(model, model.internal(np.array([[2.0, 10.0, 1e-3, 1.0]]))[0], LOG_OMEGA, 1 / np.abs(z), 1e-3)
    two = uncertainty(ideal, ideal.internal(np.array([[2.0, 10.0, 1e-3]]))[0], LOG_OMEGA, 1 / np.abs(z), 1e-3)
    assert one.std[:3] == pytest.approx(two.std)
    assert one.covariance[3] == pytest.approx(np.zeros(4))


def test_what_the_data_do_not_tell_apart_has_a_huge_error_and_no_interval_that_overflows() -> None:
    """Two resistors in series: only their sum is known."""
    found = uncertainty(build("R0-R1"), np.log([2.0, 3.0]), LOG_OMEGA, np.full(21, 0.2), 1e-3)
    assert np.all(found.log_std > 1e3)
    assert found.correlation[0, 1] == pytest.approx(-1.0)
    assert np.isfinite(found.high).all()
    assert found.high == pytest.approx(found.values * np.exp(300.0))
    assert found.low == pytest.approx(found.values * np.exp(-300.0))


def test_more_parameters_than_data_leave_one_degree_of_freedom() -> None:
    weights = np.where(np.arange(21) < 1, 1.0, 0.0)
    found = uncertainty(build("R0-C1-L1"), np.log([2.0, 1e-3, 1e-6]), LOG_OMEGA, weights, 0.04)
    assert found.rms == pytest.approx(0.2)
    assert found.t == pytest.approx(12.706, abs=1e-3)


def test_a_parameter_that_changes_nothing_does_not_hide_the_others() -> None:
    """No weight where a capacitor would show: its derivative is zero and R is as well known as alone."""
    model = build("R0-L1")
    theta = np.array([np.log(5.0), -700.0])
    found = uncertainty(model, theta, LOG_OMEGA, np.full(21, 10.0), 4.0)
    assert found.covariance[0, 0] == pytest.approx(4.0 / 40 / (21 * 50.0**2), rel=1e-6)
