"""Sweeps: all combinations of values of a card, computed together in batches; what no cell is stops no sweep."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import HalfcellError
from halfcell.twin.cell import discharge
from halfcell.twin.compile import check, compiled
from halfcell.twin.design import WHOLE, with_design
from halfcell.twin.predict import measured_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from halfcell.twin.card import Card

BATCH = 64  # discharges at once: the arrays stay in the processor's cache
COARSE = 40  # steps of a discharge: capacities within 0.05 %
PER_TASK = 1000  # points of a task: seconds of work for a millisecond of sending it
RESULTS = ("mA/g", "mAh/g", "V", "Wh/kg")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One combination at one current: the values by path, the results by name with their unit, and why there are none.

    Results are not numbers where `refused` says why no cell has these values.
    """

    values: Mapping[str, float]
    results: Mapping[str, float]
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A part of a sweep that is computed in one go: points of a card, each its values and its current."""

    card: Card
    runs: tuple[tuple[Mapping[str, float], float], ...]

    @property
    def key(self) -> str:
        """A hash of all that its results depend on but the code."""
        values = {path: stated.value for path, stated in self.card.values.items()}
        phases = [[one.electrode, one.material, one.set, one.diameters, one.volumes] for one in self.card.phases]
        content = [sorted(values.items()), phases, sorted(self.card.shapes.items()), [list(run) for run in self.runs]]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def sweep(card: Card, vary: Mapping[str, Sequence[float]], currents: Sequence[float] = ()) -> tuple[Point, ...]:
    """Predict all combinations of values at each current.

    Parameters
    ----------
    card
        The cell.
    vary
        Path, ``loading`` or ``np_ratio`` -> values, see `halfcell.twin.design.with_design`.
    currents
        mA per gram of cathode material; the measured ones of the card where none are given.

    Returns
    -------
    tuple of Point
        One per combination and current, in order.

    Raises
    ------
    InputError
        If the card does not hold one of the values.
    """
    return tuple(point for task in tasks(card, vary, currents) for point in points_of(task))


def tasks(
    card: Card, vary: Mapping[str, Sequence[float]], currents: Sequence[float] = (), size: int = PER_TASK
) -> Iterator[Task]:
    """The parts of a sweep, see `sweep`; `size` points each."""
    chosen = list(currents) or list(dict.fromkeys(row.current for row in measured_series(card)))
    for path in (path for path in vary if path not in WHOLE):
        card.value(path)
    combinations = product(*vary.values())
    runs = ((dict(zip(vary, values, strict=True)), current) for values in combinations for current in chosen)
    while part := tuple(islice(runs, size)):
        yield Task(card=card, runs=part)


def points_of(task: Task) -> tuple[Point, ...]:
    """Compute a part of a sweep."""
    made = [_made(task.card, values) for values, _ in task.runs]
    found: dict[int, Point] = {
        k: Point(values=values, results=_nothing(current), refused=why)
        for k, ((values, current), (_, why)) in enumerate(zip(task.runs, made, strict=True))
        if why
    }
    good = [k for k in range(len(made)) if k not in found]
    for start in range(0, len(good), BATCH):
        part = good[start : start + BATCH]
        runs = [(*task.runs[k], made[k][0]) for k in part]
        found |= dict(zip(part, _batch(runs), strict=True))
    return tuple(found[k] for k in range(len(made)))


def _made(card: Card, values: Mapping[str, float]) -> tuple[Card, str]:
    """The card with these values, and why no cell has them."""
    try:
        changed = with_design(card, values, "sweep")
        check(changed)
    except HalfcellError as error:
        return card, error.what
    return changed, ""


def _nothing(current: float) -> dict[str, float]:
    return dict.fromkeys(RESULTS, float("nan")) | {"mA/g": current}


def _batch(runs: Iterable[tuple[Mapping[str, float], float, Card]]) -> list[Point]:
    cards = [card for *_, card in runs]
    currents = np.array([current for _, current, _ in runs])
    done = discharge(compiled(cards), currents, COARSE)
    points = []
    for (values, current, one), capacity, volt in zip(runs, done.capacity, done.mean_volt, strict=True):
        energy = capacity * one.value("cathode.active_mg") * 1e-6 * (volt if np.isfinite(volt) else 0.0)
        mass = sum(one.value(path) for path in ("anode.electrode_mg", "cathode.electrode_mg", "cell.separator_mg"))
        numbers = (current, float(capacity), float(volt), float(energy / mass * 1e6))
        points.append(Point(values=values, results=dict(zip(RESULTS, numbers, strict=True))))
    return points
