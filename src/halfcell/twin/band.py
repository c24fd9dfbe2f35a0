"""Predictions with a band: the median and the 5 and 95 % quantiles over what the card's values may be.

Values with a standard uncertainty are drawn: from a normal distribution where one is a content, a share or a spread,
cut at its limits, and from a log-normal one where it is above 0 by nature. They are independent but for those that the
card says to go together (``[[joint]]``, as the values of one fit do). The draws are stratified: each value is drawn
once in each of as many equally probable parts of its distribution as there are draws.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.fit_problem import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

DRAWS = 100  # stratified: the quantiles of a linear response are right within 2 %
BATCH = 64  # cells computed at once; chosen, so that memory stays small
STEPS = 40  # of a discharge, half of the usual ones; chosen: the band is far wider than what they change
ENDS = (5.0, 50.0, 95.0)  # percent: the median, and 90 % of the predictions between the ends


class BandRow(NamedTuple):
    """At one current (mA/g): the 5, 50 and 95 % quantiles of capacity (mAh/g) and mean voltage (V)."""

    current: float
    capacity: tuple[float, float, float]
    mean_volt: tuple[float, float, float]


def band(
    card: Card, currents: Sequence[float], draws: int = DRAWS, seed: int = 0, fresh: Sequence[bool] = ()
) -> tuple[BandRow, ...]:
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
    fresh
        For each current, whether it is that of the fresh cell, see `Card.at`; of none where left out.

    Raises
    ------
    Refused
        If no value has an uncertainty: a band of no width would claim that everything is known.
    """
    if not any(stated.std for stated in card.values.values()):
        raise Refused("no value of the card has a standard uncertainty", hint='std = ... beside "value" and "source"')
    cards = drawn(card, draws, seed)
    states = list(fresh) or [False] * len(currents)
    runs = [(one.at(fresh=state), at) for one in cards for at, state in zip(currents, states, strict=True)]
    capacity, volt = np.empty(len(runs)), np.empty(len(runs))
    for start in range(0, len(runs), BATCH):
        part = runs[start : start + BATCH]
        done = discharge(compiled([one for one, _ in part]), np.array([current for _, current in part]), STEPS)
        capacity[start : start + BATCH], volt[start : start + BATCH] = done.capacity, done.mean_volt
    return tuple(
        BandRow(current, _quantiles(capacity[k :: len(currents)]), _quantiles(volt[k :: len(currents)]))
        for k, current in enumerate(currents)
    )


def drawn(card: Card, count: int, seed: int = 0) -> list[Card]:
    """Cells that the card's uncertainties allow, see the module.

    Raises
    ------
    InputError
        If a correlation of the card is none.
    """
    generator = np.random.default_rng(seed)
    uncertain = [path for path, stated in card.values.items() if stated.std]
    normal = NormalDist()
    strata = np.array([normal.inv_cdf((k + 0.5) / count) for k in range(count)])
    deviates = {path: generator.permutation(strata) for path in uncertain}
    for one in card.joint:
        try:
            root = np.linalg.cholesky(np.array(one.correlation))
        except np.linalg.LinAlgError:
            raise InputError("the correlation of [[joint]] cannot be one", card.origin) from None
        deviates |= dict(zip(one.paths, root @ [deviates[path] for path in one.paths], strict=True))
    return [
        card.with_values({path: _value(card, path, float(deviates[path][k])) for path in uncertain}, "drawn")
        for k in range(count)
    ]


def _value(card: Card, path: str, deviate: float) -> float:
    """A value so many standard uncertainties from that of the card."""
    stated = card.values[path]
    std = stated.std or 0.0
    limits = BOUNDS.get(path.rsplit(".", 1)[-1])
    if limits or stated.value <= 0 or path.endswith(("_volt", "_celsius")):
        value = stated.value + std * deviate
        return float(np.clip(value, *limits)) if limits else value
    return float(stated.value * np.exp(deviate * std / stated.value))


def _quantiles(values: Floats) -> tuple[float, float, float]:
    low, middle, high = np.percentile(values, ENDS)
    return float(low), float(middle), float(high)
