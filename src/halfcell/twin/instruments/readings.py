"""Readings of an instrument: errors of its channel, slow drift, noise, and the steps of its converter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRIFT_SECONDS = 3 * 3600.0  # time in which the temperature of an instrument forgets itself


@dataclass(frozen=True)
class Channel:
    """Errors of one channel that stay for a test: a factor and an offset."""

    factor: float
    offset: float

    @classmethod
    def drawn(cls, rng: Generator, gain: float, offset: float) -> Channel:
        """A channel whose errors have these standard deviations."""
        return cls(1.0 + gain * float(rng.standard_normal()), offset * float(rng.standard_normal()))

    def reading(self, true: Floats) -> Floats:
        """The true values as this channel sees them."""
        return self.factor * true + self.offset


def stepped(values: Floats, step: float) -> Floats:
    """Values in whole steps of a converter; all of them where the step is 0."""
    return np.round(values / step) * step if step else values


def drift(seconds: Floats, size: float, rng: Generator) -> Floats:
    """A slow wandering of a standard deviation `size` with the memory of an instrument's temperature.

    Ornstein-Uhlenbeck process, exact between the records: ``d_k = d_{k-1} r + size sqrt(1 - r^2) g``,
    ``r = exp(-dt / 3 h)``; it starts at 0, when the instrument was adjusted.
    """
    if not size:
        return np.zeros(len(seconds))
    kept = np.exp(-np.diff(seconds, prepend=seconds[:1]) / DRIFT_SECONDS)
    pushes = size * np.sqrt(1 - kept**2) * rng.standard_normal(len(seconds))
    found, now = np.empty(len(seconds)), 0.0
    for k in range(len(seconds)):
        now = now * kept[k] + pushes[k]
        found[k] = now
    return found


def range_of(values: Floats) -> float:
    """The range of an instrument that holds all values: the power of ten above the largest."""
    largest = float(np.abs(values).max()) if len(values) else 0.0
    return float(10 ** np.ceil(np.log10(largest))) if largest > 0 else 1.0
