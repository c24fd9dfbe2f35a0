"""How the particles of an electrode share the current: rates of all and the potential, by Newton's method.

What the electrode is asked for is linear in its total rate ``S = sum of share * i`` and its potential u: ``a S + b u =
c`` (a constant current: a = 1, b = 0; a constant voltage behind a resistance: a = -R, b = 1). The matrix is diagonal
but for one row and column, so that a step costs no more than the particles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.particles import Particles

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

ITERATIONS = 25  # of Newton's method; chosen: what needs more is searched for (SEARCHES)
TOLERANCE = 3e-6  # V of the worst particle plus 1/h of the current that is left over
CALMER = 0.6  # factor on the change where an iteration raised the error: a kink can be jumped over for ever
SECANTS = 9  # iterations after which slopes are those between two iterations
SEARCHES = 200  # of the potentials where that fails
LEFT = 1e-4  # 1/h or V that may be left over then
SMALLEST = 1e-9  # part of a change of the potentials


class Demand(Protocol):
    """What an electrode is asked for, for all its rows."""

    def lacking(self, total: Floats, volt: Floats) -> Floats:
        """By how much each row misses it."""

    def change(self, lacking: Floats, weight: Floats, missed: Floats) -> Floats:
        """Change of the potentials, if the total rate of each row changes by ``weight * change - missed``."""

    def together(self, error: Floats) -> Floats:
        """The largest error of all rows that depend on each other."""

    def only(self, rows: Truths) -> Demand:
        """That of some rows."""


@dataclass(frozen=True, eq=False)
class Linear:
    """``a S + b u = c`` for each row by itself, see the module."""

    a: Floats
    b: Floats
    c: Floats

    def lacking(self, total: Floats, volt: Floats) -> Floats:
        """By how much each row misses it."""
        return self.c - self.a * total - self.b * volt

    def change(self, lacking: Floats, weight: Floats, missed: Floats) -> Floats:
        """Change of the potentials."""
        return (lacking + self.a * missed) / (self.a * weight + self.b)

    def together(self, error: Floats) -> Floats:
        """The error of each row, as none depends on another."""
        return error

    def only(self, rows: Truths) -> Linear:
        """Some of the rows."""
        return Linear(self.a[rows], self.b[rows], self.c[rows])


def constant_rate(rate: Floats) -> Linear:
    """A constant total rate (1/h) of each row."""
    return Linear(np.ones(rate.shape), np.zeros(rate.shape), rate)


def constant_volt(volt: Floats, volt_per_rate: Floats) -> Linear:
    """A constant potential behind a resistance (V per 1/h): what is measured falls while lithium goes in."""
    return Linear(-volt_per_rate, np.ones(volt.shape), volt)


def shared(of: Particles, demand: Demand, rate: Floats, volt: Floats) -> tuple[Floats, Floats]:
    """Rates of all particles and potentials that meet a demand.

    Where all particles are on one branch, they are thought to stay there, and only if one does not, all are asked.

    Parameters
    ----------
    of
        The particles at the start of the step.
    demand
        What is asked for.
    rate, volt
        Where to start: rates of the last step (rows, bins), and potentials (rows,).

    Raises
    ------
    Refused
        If they are not found.
    """
    found = _found(of, demand, rate, volt)
    if of.turns(found[0]):
        whole = replace(of, memory=np.broadcast_to(of.memory, rate.shape))
        return _found(whole, demand, *found)
    return found


def _found(of: Particles, demand: Demand, rate: Floats, volt: Floats) -> tuple[Floats, Floats]:
    """The same for particles whose branches are known to be one or several."""
    easy = of.share / of.diffusion.slope
    lacking = demand.lacking((of.share * rate).sum(axis=1), volt)
    start = demand.change(lacking, -easy.sum(axis=1), np.zeros(len(volt)))
    rate = rate - start[:, None] / of.diffusion.slope
    damping, before, last = np.ones(len(volt)), np.full(len(volt), np.inf), (rate, rate)
    for k in range(ITERATIONS):
        miss, slope = of.residual(rate, volt)
        if k >= SECANTS:
            slope = _secant(slope, rate, miss + volt[:, None], last)
        last = rate, miss + volt[:, None]
        lacking = demand.lacking((of.share * rate).sum(axis=1), volt)
        error = demand.together(np.abs(miss).max(axis=1) + np.abs(lacking))
        going = error >= TOLERANCE  # a row that is found stays as it is, whatever else is computed with it
        if not going.any():
            return rate, volt
        damping = np.where(error > before, damping * CALMER, np.minimum(1.0, damping * 1.3))
        weight = of.share / slope
        change = demand.change(lacking, weight.sum(axis=1), (weight * miss).sum(axis=1))
        moved = of.kept_inside((change[:, None] - miss) / slope * damping[:, None], rate)
        rate, volt, before = rate + moved * going[:, None], volt + damping * change * going, error
    left = going
    rate[left], volt[left] = _nested(of.only(left), demand.only(left), volt[left])
    return rate, volt


def _secant(slope: Floats, rate: Floats, value: Floats, last: tuple[Floats, Floats]) -> Floats:
    """Slopes between the last two iterations where they differ: over a kink these lead to the solution."""
    moved = rate - last[0]
    between = (value - last[1]) / np.where(moved == 0, 1.0, moved)
    return np.where((moved != 0) & (between < 0), between, slope)


def _nested(of: Particles, demand: Demand, volt: Floats) -> tuple[Floats, Floats]:
    """The same with each particle solved for itself at every trial of the potentials, which always ends.

    The total rate falls as the potential rises, so that a change that is shortened often enough comes closer.
    """
    rate, slope = of.rates_at(volt)
    lacking = demand.lacking((of.share * rate).sum(axis=1), volt)
    error, damping = demand.together(np.abs(lacking)), np.ones(len(volt))
    for _ in range(SEARCHES):
        if error.max() < TOLERANCE or damping.max() < SMALLEST:
            break
        change = demand.change(lacking, (of.share / slope).sum(axis=1), np.zeros(len(volt)))
        trial = volt + damping * change
        rates, slopes = of.rates_at(trial)
        missing = demand.lacking((of.share * rates).sum(axis=1), trial)
        errors = demand.together(np.abs(missing))
        better = errors < error
        rate, slope = np.where(better[:, None], rates, rate), np.where(better[:, None], slopes, slope)
        volt, lacking, error = (np.where(better, a, b) for a, b in ((trial, volt), (missing, lacking), (errors, error)))
        damping = np.where(better, 1.0, damping / 2)
    if error.max() > LEFT:
        raise Refused(f"the currents of the particles were not found (an error of {error.max():.2g} is left)")
    return rate, volt
