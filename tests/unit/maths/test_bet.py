"""BET windows: the fits are those of a straight line in every window, and each criterion of Rouquerol decides alone.

Truths are textbook ones (Brunauer, Emmett, Teller, J. Am. Chem. Soc. 60 (1938) 309; ISO 9277): a BET isotherm gives its
monolayer and C back from every window, and the monolayer is reached at 1/(sqrt(C)+1).
"""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import bet

P = np.linspace(0.02, 0.4, 39)
MONOLAYER, C = 12.5, 90.0


def _textbook(pressure: np.ndarray, monolayer: float = MONOLAYER, c: float = C) -> np.ndarray:
    """n = n_m C x / ((1 - x)(1 - x + C x))."""
    return monolayer * c * pressure / ((1 - pressure) * (1 - pressure + c * pressure))


def test_every_window_of_an_exact_isotherm_gives_monolayer_and_c() -> None:
    made = bet.scan(P, _textbook(P), fewest=3)
    first, last = np.triu_indices(len(P), 2)
    assert made.monolayer[first, last] == pytest.approx(np.full(len(first), MONOLAYER), rel=1e-6)
    assert made.c[first, last] == pytest.approx(np.full(len(first), C), rel=1e-4)
    assert (made.r_squared[first, last] > 0.999999).all()
    assert made.slope[0, 20] == pytest.approx((C - 1) / (MONOLAYER * C))
    assert made.intercept[0, 20] == pytest.approx(1 / (MONOLAYER * C))


def test_lines_are_least_squares_lines_of_each_window() -> None:
    rng = np.random.default_rng(1)
    x, y = np.sort(rng.uniform(0.0, 1.0, 9)), rng.normal(size=9)
    slope, intercept, r2 = bet.lines(x, y)
    for first in range(9):
        for last in range(first + 2, 9):
            part = slice(first, last + 1)
            wanted = np.polyfit(x[part], y[part], 1)
            assert (slope[first, last], intercept[first, last]) == pytest.approx(tuple(wanted), rel=1e-8)
            assert r2[first, last] == pytest.approx(np.corrcoef(x[part], y[part])[0, 1] ** 2, rel=1e-8)


def test_the_monolayer_is_read_where_the_theory_says() -> None:
    made = bet.scan(P, _textbook(P), fewest=3)
    window = bet.window(made, 0, 20)
    assert window.theory_pressure == pytest.approx(1 / (np.sqrt(C) + 1))
    assert window.read_pressure == pytest.approx(window.theory_pressure, rel=1e-3)
    assert window.error == pytest.approx(abs(window.read_pressure - window.theory_pressure) / window.read_pressure)
    assert window.criteria == (True, True, True, True)
    assert (window.first, window.last) == (0, 20)
    assert (window.slope, window.intercept) == (made.slope[0, 20], made.intercept[0, 20])
    assert (window.monolayer, window.c, window.r_squared) == (
        made.monolayer[0, 20],
        made.c[0, 20],
        made.r_squared[0, 20],
    )


def test_a_window_without_the_monolayers_pressure_fails_the_third_criterion() -> None:
    """1/(sqrt(90)+1) = 0.0954: windows that begin above it or end below it do not hold it."""
    made = bet.scan(P, _textbook(P), fewest=3)
    above, below = int(np.searchsorted(P, 0.12)), int(np.searchsorted(P, 0.08))
    assert [bool(mask[above, 30]) for mask in made.criteria] == [True, True, False, False]
    assert [bool(mask[0, below]) for mask in made.criteria] == [True, True, False, False]
    assert not made.valid[above, 30]
    assert not made.valid[0, below]


def test_a_negative_c_fails_the_second_criterion() -> None:
    """A Langmuir isotherm above its plateau: the BET line has a negative intercept."""
    loading = 10.0 * 900.0 * P / (1 + 900.0 * P)
    made = bet.scan(P, loading, fewest=3)
    window = bet.window(made, 20, 38)
    assert window.c < 0
    assert window.criteria[1] is False
    assert np.isnan(window.theory_pressure)
    assert not made.valid[20, 38]


def test_where_n_times_one_minus_p_falls_the_first_criterion_ends_the_window() -> None:
    """Langmuir: n(1-p) has its maximum at p* = (sqrt(1+b) - 1)/b; for b = 200 at 0.0659."""
    pressure = np.linspace(0.01, 0.3, 59)
    loading = 10.0 * 200.0 * pressure / (1 + 200.0 * pressure)
    made = bet.scan(pressure, loading, fewest=3)
    rising = made.criteria[0]
    end = int(np.flatnonzero(rising[0])[-1])
    assert pressure[end] <= (np.sqrt(201.0) - 1.0) / 200.0 + 0.005
    assert pressure[end + 1] > (np.sqrt(201.0) - 1.0) / 200.0 - 0.005
    assert not rising[0, end + 2]


def test_noise_makes_no_fall() -> None:
    """A loading that is 0.05 too low does not end the window if that is within the noise."""
    loading = _textbook(P)
    loading[25] -= 0.5
    strict, noisy = (bet.scan(P, loading, fewest=3, noise=noise).criteria[0] for noise in (0.0, 0.2))
    assert not strict[0, 30]
    assert noisy[0, 30]
    assert strict[26, 30]


def test_beyond_a_maximum_that_noise_hides_step_by_step_no_window_reaches() -> None:
    """n(1-p) of a Langmuir isotherm falls slowly beyond its maximum: less than the noise from point to point."""
    pressure = np.linspace(0.01, 0.6, 200)
    loading = 10.0 * 200.0 * pressure / (1 + 200.0 * pressure)
    rising = bet.scan(pressure, loading, noise=0.05).criteria[0]
    end = int(np.flatnonzero(rising[0])[-1])
    assert 0.066 < pressure[end] < 0.2
    assert not rising[100, 150]


def test_limits_of_points_straightness_and_error_decide() -> None:
    rng = np.random.default_rng(2)
    loading = _textbook(P) * (1 + 0.002 * rng.normal(size=len(P)))
    made = bet.scan(P, loading, fewest=10, noise=0.05)
    first, last = np.nonzero(made.valid)
    assert (last - first + 1).min() == 10
    stricter = bet.scan(P, loading, fewest=10, noise=0.05, largest_error=1e-3)
    assert stricter.valid.sum() < made.valid.sum()
    assert (stricter.error[stricter.valid] < 1e-3).all()
    straight = bet.scan(P, loading, fewest=10, noise=0.05, least_r2=float(np.median(made.r_squared[made.valid])))
    assert 0 < straight.valid.sum() < made.valid.sum()


def test_defaults_are_eleven_points_r2_of_nine_tenths_and_a_fifth() -> None:
    loading = _textbook(P)
    made = bet.scan(P, loading)
    first, last = np.nonzero(made.valid)
    assert (last - first + 1).min() == 11
    wrong = loading * (1 + 0.9 * P)
    made = bet.scan(P, wrong)
    assert made.error[made.valid].max(initial=0.0) < 0.2
    assert (made.error[made.criteria[2] & ~made.criteria[3]] >= 0.2).all()


def test_the_best_window_ends_highest_and_has_the_least_error() -> None:
    made = bet.scan(P, _textbook(P, c=60.0) * (1 + 0.1 * P), fewest=8)
    found = bet.best(made)
    assert found is not None
    first, last = found
    ends = [j for i, j in zip(*np.nonzero(made.valid), strict=True)]
    assert last == max(ends)
    others = np.flatnonzero(made.valid[:, last])
    assert made.error[first, last] == made.error[others, last].min()
    longest = bet.best(made, longest=True)
    assert longest == (others.min(), last)


def test_no_valid_window_is_none() -> None:
    assert bet.best(bet.scan(P, _textbook(P), fewest=60)) is None


@pytest.mark.parametrize("pressure", [0.03, 0.111, 0.35])
def test_pressures_are_read_from_the_isotherm(pressure: float) -> None:
    loading = _textbook(P)
    found = bet.pressures_at(P, loading, _textbook(np.array([pressure])))
    assert found == pytest.approx([pressure], rel=1e-4)


def test_a_loading_outside_the_isotherm_has_no_pressure() -> None:
    loading = _textbook(P)
    found = bet.pressures_at(P, loading, np.array([loading[0] - 0.01, loading[0], loading[-1], loading[-1] + 0.01]))
    assert list(np.isnan(found)) == [True, False, False, True]
    assert found[1] == pytest.approx(P[0], abs=1e-6)
    assert found[2] == pytest.approx(P[-1], abs=1e-6)
