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

from halfcell.maths.circuit.arc_search import Gram
from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.model import Model
from halfcell.maths.circuit.series_layout import Layout, layout

_TAUS = 24  # about three for each of eight decades of frequency
_TAIL_TAUS = 8  # a tail shows itself in the lower half of the frequencies only
_TAIL_EXPONENTS = (0.4, 0.5, 0.65, 0.8, 0.95)  # 0.5 is Warburg's; below 0.4 an arc, above 0.95 a capacitor
_EXPONENTS = (0.65, 0.8, 0.95)  # depressed, usual and nearly ideal arcs
_MOST_ARCS = 6  # as in `restarts`: no spectrum shows more


@dataclass(frozen=True)
class Tail:
    """A tail of fixed shape: its internal parameters other than the scale, and its impedance at scale 1."""

    shape: tuple[float, ...]
    z: Complexes | None


def starts(model: Model, log_omega: Reals, impedance: Complexes, weights: Reals, keep: int = 8) -> list[Reals]:
    """Starts of each spectrum, found in the data; the same data give the same starts.

    Parameters
    ----------
    model
        The circuit.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    impedance, weights
        Spectra (ohm) and what each point weighs (1/ohm), shape (spectra, frequencies).
    keep
        How many starts a spectrum gets at most, for circuits in series; three times as many random ones, at least 24,
        for others.

    Returns
    -------
    list of numpy.ndarray
        Internal parameters of each spectrum, shape (starts, parameters).

    Source: procedure of this package: least squares on a dictionary of arcs, as this module describes it.
    """
    plan = layout(model)
    if plan is None or not plan.arcs or len(plan.arcs) > _MOST_ARCS:
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
    """Exponents of the dictionary's arcs: 1 alone where all arcs are ideal.

    Parameters
    ----------
    plan
        The parts of a circuit in series.

    Returns
    -------
    tuple of float
        Exponents n.

    Source: procedure of this package.
    """
    return _EXPONENTS if any(arc.n is not None for arc in plan.arcs) else (1.0,)


def dictionary(plan: Layout, log_omega: Reals) -> tuple[Reals, Reals, Complexes]:
    r"""Arcs of unit resistance, :math:`Z = 1/(1 + (j \omega \tau)^n)`.

    Parameters
    ----------
    plan
        The parts of a circuit in series.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).

    Returns
    -------
    log_tau, n, impedance
        ln tau (s) and exponent, shape (arcs,), and the impedance (ohm), shape (arcs, frequencies); tau varies slowest.

    Source: K. S. Cole, R. H. Cole, J. Chem. Phys. 9 (1941) 341, for the arcs.
    """
    grid = np.linspace(-log_omega.max() - 0.7, -log_omega.min() + 0.7, _TAUS)
    log_tau, n = np.repeat(grid, len(exponents_of(plan))), np.tile(exponents_of(plan), _TAUS)
    power = n[:, None] * (log_omega + log_tau[:, None] + 0.5j * np.pi)
    return log_tau, n, 1 / (1 + np.exp(power))


def tails(plan: Layout, log_omega: Reals, shape: tuple[float, ...] | None = None) -> list[Tail]:
    """Tails of unit size, each with its impedance.

    Parameters
    ----------
    plan
        The parts of a circuit in series.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    shape
        The one shape that is wanted, in the place of those of the dictionary: the exponent of a constant-phase
        element, or ln tau (s) and an exponent of a finite diffusion.

    Returns
    -------
    list of Tail
        One per shape; one without an impedance where the circuit has no tail.

    Source: as the elements of `elements`; the shapes are a procedure of this package.
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
    """Impedance of resistor, inductor and tail of unit size, as far as there are such.

    Parameters
    ----------
    plan
        The parts of a circuit in series.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    tail
        The tail.

    Returns
    -------
    numpy.ndarray
        Ohm, shape (columns, frequencies).

    Source: definition.
    """
    columns = [] if plan.resistor is None else [np.ones_like(log_omega, dtype=complex)]
    columns += [] if plan.inductor is None else [1j * np.exp(log_omega)]
    columns += [] if tail.z is None else [tail.z]
    return np.array(columns, dtype=complex).reshape(len(columns), len(log_omega))


def assemble(model: Model, plan: Layout, arcs: tuple[Reals, Reals], sizes: Reals, tail: Tail) -> Reals:
    """Internal parameters from entries of the dictionary and their sizes.

    Parameters
    ----------
    model, plan
        The circuit and its parts.
    arcs
        ln tau (s) and n of the arcs, shape (sets, arcs) each.
    sizes
        Sizes of resistor (ohm), inductor (H), tail and arcs (ohm), in this order as far as there are such, shape
        (sets, columns).
    tail
        The tail, whose shape is that of all sets.

    Returns
    -------
    numpy.ndarray
        Shape (sets, parameters).

    Source: definition.
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
    r"""Random parameters scaled to the data; the seed is fixed.

    Resistances lie within the range of \|Z\|, times within that of 1/omega, both a little widened.

    Parameters
    ----------
    model
        The circuit.
    log_omega, impedance
        ln(2 pi f), f in Hz, and ohm, shape (frequencies,).
    count
        How many.

    Returns
    -------
    numpy.ndarray
        Internal parameters, shape (count, parameters).

    Source: procedure of this package.
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
