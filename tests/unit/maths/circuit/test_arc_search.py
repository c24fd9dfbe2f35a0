"""Sets of arcs found by normal equations are those that ordinary least squares finds, one set at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.maths.circuit.arc_search import Gram

OMEGA = np.logspace(-2, 5, 29)
TAUS = np.logspace(-4, 1, 9)
EXPONENTS = (0.7, 1.0)
ARCS = np.array([1 / (1 + (1j * OMEGA * tau) ** n) for tau in TAUS for n in EXPONENTS])
COMMON = np.array([np.ones_like(OMEGA, dtype=complex), 1j * OMEGA])
COLUMNS = np.concatenate([COMMON, ARCS])
PER_TAU, HEAD = len(EXPONENTS), len(COMMON)


def _spectrum(sizes: dict[int, float], noise: float = 0.0) -> NDArray[np.complex128]:
    """A resistor of 2 ohm, an inductor of 1 uH and arcs of given sizes by their place in the dictionary."""
    z = 2.0 * COMMON[0] + 1e-6 * COMMON[1] + sum(size * ARCS[place] for place, size in sizes.items())
    rng = np.random.default_rng(3)
    return np.asarray(z * (1 + noise * (rng.normal(size=len(z)) + 1j * rng.normal(size=len(z)))))


def _left(z: NDArray[np.complex128], weights: NDArray[np.float64], arcs: tuple[int, ...]) -> tuple[float, object]:
    """Sum of squares and sizes of ordinary least squares with the common columns and some arcs."""
    table = np.array([*COMMON, *(ARCS[place] for place in arcs)]) * weights
    a, b = np.concatenate([table.real, table.imag], axis=1).T, np.concatenate([(z * weights).real, (z * weights).imag])
    scale = np.linalg.norm(a, axis=0)
    sizes = np.linalg.lstsq(a / scale, b, rcond=None)[0] / scale
    return float(np.sum((a @ sizes - b) ** 2)), sizes


def _gram(*spectra: NDArray[np.complex128]) -> Gram:
    z = np.array(spectra)
    return Gram(COLUMNS, HEAD, z, 1 / np.abs(z))


def test_what_is_left_without_arcs_is_that_of_resistor_and_inductor() -> None:
    one, two = _spectrum({4: 5.0}, 0.01), _spectrum({12: 9.0}, 0.01)
    gram = _gram(one, two)
    for place, z in enumerate((one, two)):
        assert gram.rest[place, -1, -1] == pytest.approx(_left(z, 1 / np.abs(z), ())[0], rel=1e-8)


def test_without_common_columns_nothing_is_taken_off() -> None:
    z = _spectrum({4: 5.0})
    gram = Gram(ARCS, 0, z[None], 1 / np.abs(z)[None])
    assert gram.rest[0, -1, -1] == pytest.approx(2 * len(z) / 2), "each weighted point has the modulus 1"
    assert np.allclose(gram.rest, gram.full)


def test_a_column_that_vanishes_does_not_stop_the_search() -> None:
    z = _spectrum({4: 5.0})
    columns = np.concatenate([np.zeros((1, len(z))), COMMON, ARCS])
    gram = Gram(columns, 3, z[None], 1 / np.abs(z)[None])
    assert gram.rest[0, -1, -1] == pytest.approx(_left(z, 1 / np.abs(z), ())[0], rel=1e-6)


def test_single_arcs_are_the_local_best_over_tau_each_with_its_best_exponent() -> None:
    z = _spectrum({5: 5.0, 13: 3.0}, 0.02)
    weights = 1 / np.abs(z)
    ((gains, chosen),) = _gram(z).sets(1, PER_TAU, 3)
    none = _left(z, weights, ())[0]
    every = {}
    for place in range(len(ARCS)):
        left, sizes = _left(z, weights, (place,))
        every[place] = none - left if sizes[-1] > 0 else -np.inf  # type: ignore[index]
    best = [max((every[2 * tau], 2 * tau), (every[2 * tau + 1], 2 * tau + 1)) for tau in range(len(TAUS))]
    heights = [-np.inf, *(gain for gain, _ in best), -np.inf]
    peaks = sorted((b for k, b in enumerate(best) if heights[k] <= b[0] >= heights[k + 2]), reverse=True)
    assert [int(one[0]) for one in chosen][: len(peaks)] == [place for _, place in peaks][:3]
    assert gains[: len(peaks)] == pytest.approx([gain for gain, _ in peaks][:3], rel=1e-6)
    assert len(chosen) == 3, "others follow when there are fewer peaks than asked for"
    assert len({int(one[0]) // PER_TAU for one in chosen}) == 3


@pytest.mark.parametrize("pair", [(3, 12), (0, 17), (5, 9)])
def test_the_best_pair_of_an_exact_spectrum_is_the_true_one(pair: tuple[int, int]) -> None:
    z = _spectrum({pair[0]: 5.0, pair[1]: 3.0})
    gram = _gram(z)
    ((gains, chosen),) = gram.sets(2, PER_TAU, 4)
    assert tuple(chosen[0]) == pair
    assert gram.rest[0, -1, -1] - gains[0] == pytest.approx(0.0, abs=1e-9)
    assert gram.solve(0, chosen[:1])[0] == pytest.approx([2.0, 1e-6, 5.0, 3.0], rel=1e-5)


def test_pairs_are_those_of_ordinary_least_squares_best_first_and_far_apart() -> None:
    z = _spectrum({3: 5.0, 10: 3.0, 14: 2.0}, 0.01)
    weights = 1 / np.abs(z)
    ((gains, chosen),) = _gram(z).sets(2, PER_TAU, 5)
    none = _left(z, weights, ())[0]
    every = {}
    for one, two in combinations(range(len(ARCS)), 2):
        left, sizes = _left(z, weights, (one, two))
        if one // PER_TAU != two // PER_TAU and min(sizes[-2:]) > 0:  # type: ignore[index]
            every[one, two] = none - left
    assert tuple(chosen[0]) == max(every, key=lambda pair: every[pair])
    for gain, pair in zip(gains, chosen.tolist(), strict=True):
        assert gain == pytest.approx(every[tuple(pair)], rel=1e-5)
    assert list(gains) == sorted(gains, reverse=True)
    nodes = [(one // PER_TAU, two // PER_TAU) for one, two in chosen.tolist()]
    assert all(one < two for one, two in nodes)
    assert all(max(abs(a - c), abs(b - d)) > 2 for (a, b), (c, d) in combinations(nodes, 2))


def test_a_pair_with_a_negative_resistance_is_no_pair() -> None:
    """An arc less an arc: the second resistance is negative, so that no pair has a gain like the exact one."""
    z = _spectrum({4: 9.0, 8: -3.0})
    gram = _gram(z)
    ((gains, chosen),) = gram.sets(2, PER_TAU, 3)
    weights = 1 / np.abs(z)
    for pair in chosen.tolist():
        assert min(_left(z, weights, tuple(pair))[1][-2:]) > 0  # type: ignore[index]
    assert np.all(gram.rest[0, -1, -1] - gains > 1e-6)


def test_the_best_three_of_an_exact_spectrum_are_the_true_ones() -> None:
    sizes = {0: 8.0, 9: 3.0, 16: 1.0}
    gram = _gram(_spectrum(sizes))
    ((gains, chosen),) = gram.sets(3, PER_TAU, 4)
    assert tuple(chosen[0]) == tuple(sizes)
    assert gram.rest[0, -1, -1] - gains[0] == pytest.approx(0.0, abs=1e-8)
    assert gram.solve(0, chosen[:1])[0] == pytest.approx([2.0, 1e-6, 8.0, 3.0, 1.0], rel=1e-4)
    assert len(chosen) == 4
    assert len({tuple(one) for one in chosen.tolist()}) == 4
    assert all(list(one) == sorted(one) for one in chosen.tolist())


def test_gains_of_three_arcs_are_those_of_ordinary_least_squares() -> None:
    z = _spectrum({2: 5.0, 9: 3.0, 16: 4.0}, 0.02)
    weights = 1 / np.abs(z)
    ((gains, chosen),) = _gram(z).sets(3, PER_TAU, 3)
    none = _left(z, weights, ())[0]
    for gain, arcs in zip(gains, chosen.tolist(), strict=True):
        assert gain == pytest.approx(none - _left(z, weights, tuple(arcs))[0], rel=1e-5)
    assert list(gains) == sorted(gains, reverse=True)


def test_four_arcs_are_found_by_adding_one_after_another() -> None:
    sizes = {0: 5.0, 6: 3.0, 11: 4.0, 17: 6.0}
    gram = _gram(_spectrum(sizes))
    ((gains, chosen),) = gram.sets(4, PER_TAU, 6)
    assert chosen.shape[1] == 4
    assert gram.rest[0, -1, -1] - gains[0] < 1e-3 * gram.rest[0, -1, -1]


def test_spectra_of_a_block_do_not_mix() -> None:
    one, two = _spectrum({3: 5.0, 12: 3.0}), _spectrum({6: 1.0, 15: 8.0})
    (_, first), (_, second) = _gram(one, two).sets(2, PER_TAU, 1)
    assert (tuple(first[0]), tuple(second[0])) == ((3, 12), (6, 15))
    sizes = _gram(one, two).solve(1, second)
    assert sizes[0] == pytest.approx([2.0, 1e-6, 1.0, 8.0], rel=1e-5)


def test_a_negative_size_becomes_a_ten_thousandth_of_the_spectrum() -> None:
    z = _spectrum({4: 9.0, 14: -1.0})
    gram = _gram(z)
    sizes = gram.solve(0, np.array([[4, 14]]))[0]
    weighted = np.abs(ARCS[14]) / np.abs(z)
    assert sizes[-1] == pytest.approx(1e-4 * np.sqrt(len(z)) / np.linalg.norm(weighted), rel=1e-9)
    assert min(sizes) > 0
