"""The best sets of arcs of a dictionary for a spectrum, by linear least squares."""

from __future__ import annotations

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals

_TINY = 1e-4  # of |Z|: given to a resistance that linear least squares made negative


def _solved(head: Reals, side: Reals) -> Reals:
    """The normal equations of a block of spectra; the shortest solution where columns are alike or vanish."""
    try:
        return np.asarray(np.linalg.solve(head, side))
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(head, hermitian=True) @ side)


class Gram:
    """The weighted normal equations of all columns, for a block of spectra."""

    def __init__(self, columns: Complexes, common: int, impedance: Complexes, weights: Reals) -> None:
        table = np.concatenate([np.broadcast_to(columns, (len(impedance), *columns.shape)), impedance[:, None]], axis=1)
        flat = np.ascontiguousarray(table * weights[:, None, :]).view(float)
        self.full = flat @ flat.transpose(0, 2, 1)
        self.common = common
        head, side = self.full[:, :common, :common], self.full[:, :common, common:]
        rest = self.full[:, common:, common:]
        self.rest = rest - side.transpose(0, 2, 1) @ _solved(head, side) if common else rest

    def sets(self, count: int, per_tau: int, keep: int) -> list[tuple[Reals, np.ndarray]]:
        """For each spectrum, gains, shape (k,), and indices, shape (k, count), of the best sets of `count` arcs."""
        atoms, aim = self.rest[:, :-1, :-1], self.rest[:, :-1, -1]
        size = np.einsum("sii->si", atoms)
        if count == 1:
            gain = np.where(aim > 0, aim**2 / size, -np.inf)
            return [_peaks_1d(g, per_tau, keep) for g in gain]
        pairs = _pair_gain(atoms, aim, size)
        found = [_peaks_2d(g, per_tau, keep) for g in pairs]
        for _ in range(count - 2):
            found = [_extended(a, b, chosen, keep) for a, b, (_, chosen) in zip(atoms, aim, found, strict=True)]
        return found

    def solve(self, spectrum: int, chosen: np.ndarray) -> Reals:
        """Sizes of the common columns and of chosen arcs, shape (k, common + count); negative ones are made small."""
        places = np.concatenate(
            [np.broadcast_to(np.arange(self.common), (len(chosen), self.common)), chosen + self.common], axis=1
        )
        gram = self.full[spectrum]
        size = np.sqrt(np.diagonal(gram))
        matrix = gram[places[:, :, None], places[:, None, :]] / (size[places][:, :, None] * size[places][:, None, :])
        matrix = matrix + 1e-12 * np.eye(places.shape[1])
        aim = gram[places, -1] / size[places]
        scaled = np.linalg.solve(matrix, aim[:, :, None])[:, :, 0]
        return np.asarray(np.maximum(scaled, _TINY * size[-1]) / size[places])


def _pair_gain(atoms: Reals, aim: Reals, size: Reals) -> Reals:
    """Decrease of the sum of squares by each pair with positive resistances, (spectra, atoms, atoms)."""
    determinant = size[:, :, None] * size[:, None, :] - atoms**2
    good = determinant > 1e-7 * size[:, :, None] * size[:, None, :]
    safe = np.where(good, determinant, 1.0)
    first = (size[:, None, :] * aim[:, :, None] - atoms * aim[:, None, :]) / safe
    second = first.transpose(0, 2, 1)
    gain = aim[:, :, None] * first + aim[:, None, :] * second
    return np.where(good & (first > 0) & (second > 0), gain, -np.inf)


def _peaks_1d(gain: Reals, per_tau: int, keep: int) -> tuple[Reals, np.ndarray]:
    table = gain.reshape(-1, per_tau)
    best, height = table.argmax(axis=1), table.max(axis=1)
    wide = np.pad(height, 1, constant_values=-np.inf)
    peak = (height >= wide[:-2]) & (height >= wide[2:])
    order = np.argsort(np.where(peak, height, height - 1e300), kind="stable")[::-1]
    order = order[np.isfinite(height[order])][:keep]
    return height[order], (order * per_tau + best[order])[:, None]


def _peaks_2d(gain: Reals, per_tau: int, keep: int) -> tuple[Reals, np.ndarray]:
    """The highest nodes of the tau-tau map (best exponents at each) that are more than two nodes apart."""
    taus = len(gain) // per_tau
    table = gain.reshape(taus, per_tau, taus, per_tau).transpose(0, 2, 1, 3).reshape(taus, taus, -1)
    best, height = table.argmax(axis=2), table.max(axis=2)
    height[np.tril_indices(taus)] = -np.inf
    found: list[tuple[float, int, int]] = []
    while len(found) < keep:
        row, column = divmod(int(height.argmax()), taus)
        if not np.isfinite(height[row, column]):
            break
        n = best[row, column]
        found.append((float(height[row, column]), row * per_tau + n // per_tau, column * per_tau + n % per_tau))
        height[max(row - 2, 0) : row + 3, max(column - 2, 0) : column + 3] = -np.inf
    return np.array([f[0] for f in found]), np.array([f[1:] for f in found], dtype=int).reshape(-1, 2)


def _extended(atoms: Reals, aim: Reals, chosen: np.ndarray, keep: int) -> tuple[Reals, np.ndarray]:
    """Add to each set the arc with the largest gain, then keep the best of the different sets."""
    candidates: dict[tuple[int, ...], float] = {}
    for one in chosen:
        inside = atoms[np.ix_(one, one)] + 1e-10 * np.eye(len(one))
        solved = np.linalg.solve(inside, np.column_stack([atoms[one], aim[one]]))
        left = aim - atoms[:, one] @ solved[:, -1]
        size = np.diagonal(atoms) - np.einsum("ij,ji->i", atoms[:, one], solved[:, :-1])
        more = np.where((left > 0) & (size > 1e-7 * np.diagonal(atoms)), left**2 / np.maximum(size, 1e-300), -np.inf)
        base = float(aim[one] @ solved[:, -1])
        for extra in np.argsort(-more, kind="stable")[:keep]:
            if np.isfinite(more[extra]):
                candidates[tuple(sorted((*one.tolist(), int(extra))))] = base + float(more[extra])
    ranked = sorted(candidates.items(), key=lambda item: (-item[1], item[0]))[:keep]
    return np.array([g for _, g in ranked]), np.array([c for c, _ in ranked], dtype=int).reshape(
        -1, chosen.shape[1] + 1
    )
