r"""Start values found in the data: a dictionary of arcs searched exhaustively, or random circuits scaled to the data.

For circuits in series (resistor, inductor, arcs, tail) the impedance of arcs with given tau and n is linear in the
resistances. 24 values of tau and 3 of n make a dictionary. One weighted Gram matrix of dictionary, resistor, inductor
and tail gives, after the common columns have been eliminated (Schur complement), the least-squares gain of *every* pair
of arcs in closed form. The best local maxima of the map over both tau are the starts; a third arc is added to the best
pairs in the same way. Other circuits start from seeded random parameters scaled to the data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model
from halfcell.maths.circuit.series_layout import Layout, layout

_TAUS = 24  # about three for each of eight decades of frequency
_TAIL_TAUS = 8  # a tail shows itself in the lower half of the frequencies only
_TAIL_EXPONENTS = (0.4, 0.5, 0.65, 0.8, 0.95)  # 0.5 is Warburg's; below 0.4 an arc, above 0.95 a capacitor
_EXPONENTS = (0.65, 0.8, 0.95)  # depressed, usual and nearly ideal arcs
_TINY = 1e-4  # of |Z|: given to a resistance that linear least squares made negative


@dataclass(frozen=True)
class Tail:
    """A tail of fixed shape: its internal parameters other than the scale, and its impedance at scale 1."""

    shape: tuple[float, ...]
    z: Complexes | None


def starts(model: Model, log_omega: Reals, impedance: Complexes, weights: Reals, keep: int = 8) -> list[Reals]:
    """Starts of each spectrum, found in the data; the same data give the same starts.

    `log_omega` is ln(2 pi f), shape (frequencies,); `impedance` (ohm) and `weights` (1/ohm) have shape (spectra,
    frequencies). Returns internal parameters (k, parameters) of each spectrum, k <= `keep` for circuits in series.
    """
    plan = layout(model)
    if plan is None or not plan.arcs or len(plan.arcs) > 6:
        return [random_starts(model, log_omega, z, max(24, 3 * keep)) for z in impedance]
    found: list[Reals] = []
    for begin in range(0, len(impedance), 32):
        part = slice(begin, begin + 32)
        found += _searched(model, plan, log_omega, impedance[part], weights[part], keep)
    return found


def _searched(
    model: Model, plan: Layout, log_omega: Reals, impedance: Complexes, weights: Reals, keep: int
) -> list[Reals]:
    log_tau, exponents, atoms = dictionary(plan, log_omega)
    best: list[list[tuple[float, Reals]]] = [[] for _ in impedance]
    for tail in tails(plan, log_omega):
        head = common(plan, log_omega, tail)
        gram = Gram(np.concatenate([head, atoms]), len(head), impedance, weights)
        for spectrum, (gains, chosen) in enumerate(gram.sets(len(plan.arcs), len(exponents_of(plan)), keep)):
            sizes = gram.solve(spectrum, chosen)
            theta = assemble(model, plan, (log_tau[chosen], exponents[chosen]), sizes, tail)
            left = gram.rest[spectrum, -1, -1] - gains
            best[spectrum] += list(zip(left.tolist(), theta, strict=True))
    ranked = [sorted(found, key=lambda pair: pair[0])[:keep] for found in best]
    return [
        np.array([theta for _, theta in found]) if found else random_starts(model, log_omega, z, max(24, 3 * keep))
        for found, z in zip(ranked, impedance, strict=True)
    ]


def exponents_of(plan: Layout) -> tuple[float, ...]:
    """Exponents of the dictionary's arcs: 1 alone where all arcs of `plan` are ideal."""
    return _EXPONENTS if any(arc.n is not None for arc in plan.arcs) else (1.0,)


def dictionary(plan: Layout, log_omega: Reals) -> tuple[Reals, Reals, Complexes]:
    r"""Arcs of unit resistance, :math:`Z = 1/(1 + (j \omega \tau)^n)`, at ln omega (frequencies,).

    Returns ln tau and n, shape (arcs,), and the impedance, shape (arcs, frequencies); tau varies slowest.
    """
    grid = np.linspace(-log_omega.max() - 0.7, -log_omega.min() + 0.7, _TAUS)
    log_tau, n = np.repeat(grid, len(exponents_of(plan))), np.tile(exponents_of(plan), _TAUS)
    power = n[:, None] * (log_omega + log_tau[:, None] + 0.5j * np.pi)
    return log_tau, n, 1 / (1 + np.exp(power))


def tails(plan: Layout, log_omega: Reals, shape: tuple[float, ...] | None = None) -> list[Tail]:
    """Tails of unit size at ln omega (frequencies,), each with its impedance; or the one of a given `shape`.

    A shape is the exponent of a constant-phase element, or ln tau (s) and an exponent of a finite diffusion.
    """
    jw = np.exp(log_omega + 0.5j * np.pi)
    if plan.tail in {"W", "C"}:
        return [Tail((), np.sqrt(2) / np.sqrt(jw) if plan.tail == "W" else 1 / jw)]
    if plan.tail == "CPE":
        return [Tail((n,), jw**-n) for n in (shape or _TAIL_EXPONENTS)]
    if plan.tail:  # finite diffusion or Gerischer
        more = (0.5,) * (len(plan.tail_places) - 2)
        grid = np.linspace(-0.5 * (log_omega.min() + log_omega.max()), 2.5 - log_omega.min(), _TAIL_TAUS)
        shapes = [shape] if shape else [(float(t), *more) for t in grid]
        return [Tail(one, _finite(plan.tail, log_omega + one[0], *one[1:])) for one in shapes]
    return [Tail((), None)]


def _finite(tail: str, log_x: Reals, p: float = 0.5) -> Complexes:
    """A tail with a time constant at size 1; `log_x` is ln(omega tau)."""
    if tail == "G":
        return np.asarray(1 / np.sqrt(1 + np.exp(log_x + 0.5j * np.pi)))
    x = np.exp(p * (log_x + 0.5j * np.pi))
    return np.asarray((np.tanh(x) if tail.startswith("Ws") else 1 / np.tanh(x)) / x)


def common(plan: Layout, log_omega: Reals, tail: Tail) -> Complexes:
    """Impedance of resistor, inductor and tail of unit size, as far as there are such: (columns, frequencies)."""
    columns = [] if plan.resistor is None else [np.ones_like(log_omega, dtype=complex)]
    columns += [] if plan.inductor is None else [1j * np.exp(log_omega)]
    columns += [] if tail.z is None else [tail.z]
    return np.array(columns, dtype=complex).reshape(len(columns), len(log_omega))


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
        """For each spectrum, gains and indices (k, count) of the best sets of `count` arcs."""
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
        """Sizes of the common columns and of the chosen arcs, (k, common + count); negative ones are made small."""
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


def assemble(model: Model, plan: Layout, arcs: tuple[Reals, Reals], sizes: Reals, tail: Tail) -> Reals:
    """Internal parameters, shape (sets, parameters), from entries of the dictionary and their sizes.

    `arcs` are ln tau and n, shape (sets, arcs) each; `sizes` those of resistor, inductor, tail and arcs, in this
    order as far as there are such, shape (sets, columns).
    """
    log_tau, exponents = arcs
    theta = np.zeros((len(sizes), len(model.names)))
    logs = np.log(sizes)
    at = 0
    for place in (plan.resistor, plan.inductor):
        if place is not None:
            theta[:, place] = logs[:, at]
            at += 1
    if tail.z is not None:
        sign = -1.0 if plan.tail in {"C", "CPE"} else 1.0
        theta[:, plan.tail_places[0]] = sign * logs[:, at]
        for place, value in zip(plan.tail_places[1:], tail.shape, strict=True):
            theta[:, place] = value
        at += 1
    for number, arc in enumerate(plan.arcs):
        log_r, tau = logs[:, at + number], log_tau[:, number]
        n = exponents[:, number] if arc.n is not None else np.ones(len(sizes))
        theta[:, arc.resistance] = log_r
        theta[:, arc.q] = tau if arc.joined or arc.q_is_tau else n * tau - log_r
        if arc.n is not None:
            theta[:, arc.n] = n
    return theta


def random_starts(model: Model, log_omega: Reals, impedance: Complexes, count: int) -> Reals:
    r"""Random parameters, shape (count, parameters), scaled to the data; the seed is fixed.

    Resistances lie within the range of \|Z\| (`impedance` in ohm, shape (frequencies,)), times within that of 1/omega.
    """
    rng = np.random.default_rng(20260401)
    modulus = np.abs(impedance)
    low, high = np.log(modulus.min()), np.log(modulus.max())
    r = rng.uniform(low - 2.0, high + 0.5, (count, len(model.names)))
    tau = rng.uniform(-log_omega.max(), -log_omega.min(), (count, len(model.names)))
    theta = np.empty_like(r)
    for place, parameter in enumerate(model.parameters):
        unit, size, time = parameter.unit, r[:, place], tau[:, place]
        if parameter.scale == "exponent":
            theta[:, place] = rng.uniform(max(parameter.low, 0.5), min(parameter.high, 1.0), count)
        elif unit == "ohm":
            theta[:, place] = size
        elif unit == "s":
            theta[:, place] = time
        elif unit == "ohm s^-1/2":
            theta[:, place] = size - 0.5 * time
        else:  # F, S s^n: tau/R; H: tau R
            theta[:, place] = time + size if unit.startswith("H") else 0.85 * time - size
    for arc in model.arcs:
        if arc.joined:
            theta[:, arc.q] = tau[:, arc.q]
    return theta
