"""Predictions with a band: the median and the 5 and 95 % quantiles over what the card's values may be.

Each value with a standard uncertainty is drawn independently: from a normal distribution where it is a content, a share
or a spread, cut at its limits, and from a log-normal one where it is above 0 by nature. Values of one fit are
correlated, so that drawing them independently makes a band too wide; priors are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import Refused
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.fit import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

DRAWS = 200
BATCH = 64
STEPS = 40
ENDS = (5.0, 50.0, 95.0)  # percent


class BandRow(NamedTuple):
    """At one current (mA/g): the 5, 50 and 95 % quantiles of capacity (mAh/g) and mean voltage (V)."""

    current: float
    capacity: tuple[float, float, float]
    mean_volt: tuple[float, float, float]


def band(card: Card, currents: Sequence[float], draws: int = DRAWS, seed: int = 0) -> tuple[BandRow, ...]:
    """Predict a rate series with its uncertainty.

    Parameters
    ----------
    card
        The cell; at least one value must have a `std`.
    currents
        mA per gram of cathode material.
    draws
        How many cells are drawn.
    seed
        Of the random numbers.

    Raises
    ------
    Refused
        If no value has an uncertainty: a band of no width would claim that everything is known.
    """
    uncertain = [path for path, stated in card.values.items() if stated.std]
    if not uncertain:
        raise Refused("no value of the card has a standard uncertainty", hint='std = ... beside "value" and "source"')
    generator = np.random.default_rng(seed)
    cards = [
        card.with_values({path: _drawn(card, path, generator) for path in uncertain}, "drawn") for _ in range(draws)
    ]
    runs = [(one, current) for one in cards for current in currents]
    capacity, volt = np.empty(len(runs)), np.empty(len(runs))
    for start in range(0, len(runs), BATCH):
        part = runs[start : start + BATCH]
        done = discharge(compiled([one for one, _ in part]), np.array([current for _, current in part]), STEPS)
        capacity[start : start + BATCH], volt[start : start + BATCH] = done.capacity, done.mean_volt
    return tuple(
        BandRow(current, _quantiles(capacity[k :: len(currents)]), _quantiles(volt[k :: len(currents)]))
        for k, current in enumerate(currents)
    )


def _drawn(card: Card, path: str, generator: np.random.Generator) -> float:
    """One value of a path, see the module."""
    stated = card.values[path]
    std = stated.std or 0.0
    limits = BOUNDS.get(path.rsplit(".", 1)[-1])
    if limits or stated.value <= 0 or path.endswith(("_volt", "_celsius")):
        value = generator.normal(stated.value, std)
        return float(np.clip(value, *limits)) if limits else float(value)
    return float(stated.value * np.exp(generator.normal(0.0, std / stated.value)))


def _quantiles(values: Floats) -> tuple[float, float, float]:
    low, middle, high = np.percentile(values, ENDS)
    return float(low), float(middle), float(high)
