"""Mass fractions that a measured capacity tells, by Monte Carlo over stated priors.

Fractions are drawn evenly from all that sum to 1 within the ranges of the priors, capacities of the parts from normal
distributions. Each draw weighs ``exp(-((Q - q) / s)^2 / 2)``. One capacity cannot fix several fractions: the result is
as wide as that leaves it, and the priors belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS = 200_000  # of the Monte Carlo: the 2.5 % limits rest on 5,000 draws each
FEWEST = 400  # effective draws; fewer leave a fraction uncertain by more than a twentieth of its own spread


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What is known of a part before: range of its mass fraction; its capacity (mAh/g) and standard uncertainty."""

    name: str
    low: float
    high: float
    mah_per_g: float
    mah_per_g_std: float = 0.0


class Fraction(NamedTuple):
    """A mass fraction: mean, standard deviation, and the 5 and 95 % quantiles."""

    mean: float
    std: float
    low: float
    high: float


def infer(priors: Sequence[Prior], measured: float, std: float, seed: int = 0) -> Mapping[str, Fraction]:
    """Mass fractions of the parts of a composite of measured capacity; draws weigh ``exp(-((Q - q) / s)^2 / 2)``.

    Parameters
    ----------
    priors
        The parts, as far as they are known; all others are taken to be absent.
    measured, std
        Capacity of the composite and its standard uncertainty, mAh/g.
    seed
        Of the random numbers.

    Returns
    -------
    mapping of Fraction
        Mean, standard deviation, and 5 and 95 % quantiles of each, by name.

    Raises
    ------
    InputError
        If the ranges exclude a sum of 1.
    Refused
        If hardly any draw agrees with the capacity: the priors and the measurement contradict each other.

    Source: Bayes' theorem, by importance sampling (definition).
    """
    drawn = _fractions(priors, np.random.default_rng(seed))
    generator = np.random.default_rng(seed + 1)
    capacities = np.stack([generator.normal(p.mah_per_g, p.mah_per_g_std, len(drawn)) for p in priors], axis=1)
    weights = np.exp(-0.5 * (((drawn * capacities).sum(axis=1) - measured) / std) ** 2)
    effective = weights.sum() ** 2 / max(float((weights**2).sum()), 1e-300)
    if effective < FEWEST:
        reach = (drawn * capacities).sum(axis=1)
        raise Refused(
            f"{measured:g} mAh/g contradicts the priors, which give {reach.min():.0f} to {reach.max():.0f} mAh/g",
            hint="widen a range, or a part is missing",
        )
    return {prior.name: _summary(drawn[:, k], weights / weights.sum()) for k, prior in enumerate(priors)}


def _fractions(priors: Sequence[Prior], generator: np.random.Generator) -> Floats:
    """Draws that sum to 1 within all ranges: evenly in all but the widest one, which is the rest."""
    low, high = (np.array([getattr(p, end) for p in priors]) for end in ("low", "high"))
    if low.sum() > 1 + 1e-9 or high.sum() < 1 - 1e-9 or (low > high).any() or (low < 0).any():
        raise InputError(f"no mass fractions between {low.tolist()} and {high.tolist()} sum to 1")
    rest = int(np.argmax(high - low))
    drawn: Floats = generator.uniform(low, high, (DRAWS, len(priors)))
    drawn[:, rest] = 1 - (drawn.sum(axis=1) - drawn[:, rest])
    inside = (drawn[:, rest] >= low[rest] - 1e-12) & (drawn[:, rest] <= high[rest] + 1e-12)
    if inside.sum() < FEWEST:
        raise InputError("almost no mass fractions within these ranges sum to 1")
    found: Floats = drawn[inside]
    return found


def _summary(values: Floats, weights: Floats) -> Fraction:
    mean = float((values * weights).sum())
    std = float(np.sqrt((weights * (values - mean) ** 2).sum()))
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    low, high = values[order][np.searchsorted(reached, (0.05, 0.95))]
    return Fraction(mean, std, float(low), float(high))
