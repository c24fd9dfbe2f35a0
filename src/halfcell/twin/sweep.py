"""Sweeps: all combinations of values of a card, computed together in batches."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.predict import predict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.twin.card import Card

BATCH = 64  # discharges at once: the arrays stay in the processor's cache
COARSE = 40  # steps of a discharge: capacities within 0.05 %


@dataclass(frozen=True, kw_only=True)
class Point:
    """One combination: the values by path, and the results by name with their unit."""

    values: Mapping[str, float]
    results: Mapping[str, float]


def sweep(card: Card, vary: Mapping[str, Sequence[float]], currents: Sequence[float] = ()) -> tuple[Point, ...]:
    """Predict all combinations of values at each current.

    Parameters
    ----------
    card
        The cell.
    vary
        Path -> values.
    currents
        mA per gram of cathode material; the measured ones of the card where none are given.

    Returns
    -------
    tuple of Point
        One per combination and current, in order.
    """
    chosen = list(currents) or [row.current for row in predict(card, steps=20).rows]
    runs = [(dict(zip(vary, values, strict=True)), current) for values in product(*vary.values()) for current in chosen]
    points: list[Point] = []
    for start in range(0, len(runs), BATCH):
        points += _batch(card, runs[start : start + BATCH])
    return tuple(points)


def _batch(card: Card, runs: Sequence[tuple[Mapping[str, float], float]]) -> list[Point]:
    cards = [card.with_values(values, "sweep") for values, _ in runs]
    done = discharge(compiled(cards), np.array([current for _, current in runs]), COARSE)
    points = []
    for (values, current), one, capacity, volt in zip(runs, cards, done.capacity, done.mean_volt, strict=True):
        energy = capacity * one.value("cathode.active_mg") * 1e-6 * volt
        mass = sum(one.value(path) for path in ("anode.electrode_mg", "cathode.electrode_mg", "cell.separator_mg"))
        results = {"mA/g": current, "mAh/g": float(capacity), "V": float(volt), "Wh/kg": float(energy / mass * 1e6)}
        points.append(Point(values=values, results=results))
    return points
