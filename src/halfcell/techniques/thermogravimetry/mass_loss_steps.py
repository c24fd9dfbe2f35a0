"""Steps of mass loss: their boundaries, loss, onset, peak and endset, each with its uncertainty."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import thermogram
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.maths.thermogram import Curve, Step
    from halfcell.techniques.thermogravimetry.analysed_heating import Heating
    from halfcell.techniques.thermogravimetry.settings import Settings

    Array = NDArray[np.float64]

_WINDOWS = (0.4, 1.0, 2.5)  # parts of the smoothing over which peak and onset are compared
_WHOLE = 100.0  # wt%
_PARTS = 4  # interleaved parts of the record, for the noise


def mass_loss_steps(made: Curve, settings: Settings) -> tuple[Step, ...]:
    """The steps of a curve whose masses join: the first starts and the last ends with the heating."""
    return _joined(made, thermogram.steps(made, settings.least_loss))


def _joined(made: Curve, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps whose masses join: the first from the heating's start, each next from the last one's end, to its end."""
    if not steps:
        return ()
    cuts = [float(made.mass[0])]
    for one, two in pairwise(steps):
        inside = (made.temperature >= one.peak) & (made.temperature <= two.peak)
        where = np.flatnonzero(inside)[int(np.argmin(made.rate[inside]))]
        cuts.append(float(made.mass[where]))
    cuts.append(float(made.mass[-1]))
    return tuple(
        dataclasses.replace(step, mass_before=a, mass_after=b)
        for step, a, b in zip(steps, cuts[:-1], cuts[1:], strict=True)
    )


def step_quantities(heating: Heating, made: Curve, steps: Sequence[Step], settings: Settings) -> dict[str, Quantity]:
    """Loss, onset, peak and endset of each step, with their errors.

    The errors join the spread over smoothing windows, the noise (the spread over four interleaved parts of the record,
    halved) and for the loss the drift's share and what crosses the boundary: the rate there over two smoothing widths.
    """
    temperature, percent, doubt = heating.temperature, heating.percent, heating.drift_doubt
    between = [(made.temperature >= a.peak) & (made.temperature <= b.peak) for a, b in pairwise(steps)]
    valleys = [0.0, *(float(made.rate[part].min()) for part in between), 0.0]
    windows = [_tried(temperature, percent, settings, part) for part in _WINDOWS]
    parts = [_tried(temperature[k::_PARTS], percent[k::_PARTS], settings, 1.0) for k in range(_PARTS)]
    span = float(np.ptp(temperature))
    quantities = {}
    for number, step in enumerate(steps, 1):
        name = f"step{number}"
        share = doubt * (step.stop - step.start) / span if len(steps) > 1 else doubt
        crossing = 2.0 * settings.smoothing_degc * np.array([valleys[number - 1], valleys[number]])
        std = float(np.linalg.norm([_error("loss", step, windows, parts), share, *crossing]))
        quantities[f"{name}.loss"] = Quantity(_loss(step), "wt%", std or None, "propagated")
        for what in ("onset", "peak", "endset"):
            spread = _error(what, step, windows, parts)
            quantities[f"{name}.{what}"] = Quantity(getattr(step, what), "degC", spread or None, "spread over windows")
    return quantities


def bounded(quantities: Mapping[str, Quantity]) -> Findings:
    """The quantities of the steps without losses that no sample can have: below 0 or above 100 wt%."""
    wrong = {name: q for name, q in quantities.items() if name.endswith(".loss") and not 0.0 <= q.value <= _WHOLE}
    found = Findings(quantities={name: q for name, q in quantities.items() if name not in wrong})
    for name, quantity in wrong.items():
        text = (
            f"A loss of {quantity.value:.4g} wt% in {name.split('.')[0]} is impossible: the mass of the sample that is"
            " 100 wt%, or the blank, is wrong."
        )
        found += refused("unphysical_loss", text)
    return found


def _tried(temperature: Array, percent: Array, settings: Settings, part: float) -> tuple[Step, ...]:
    """The steps with a part of the smoothing that is set."""
    return mass_loss_steps(thermogram.curve(temperature, percent, settings.smoothing_degc * part), settings)


def _loss(step: Step) -> float:
    return step.mass_before - step.mass_after


def _error(what: str, step: Step, windows: Sequence[tuple[Step, ...]], parts: Sequence[tuple[Step, ...]]) -> float:
    """Spread of a step's number over smoothing windows, joined with its noise; the step is known by its peak."""
    spreads = []
    for tried in (windows, parts):
        values = [_same_number(what, others, step) for others in tried if others]
        spreads.append(float(np.std(values, ddof=1)) if len(values) > 1 else 0.0)
    return float(np.hypot(spreads[0], spreads[1] / np.sqrt(_PARTS)))


def _same_number(what: str, others: tuple[Step, ...], step: Step) -> float:
    """A step's number among other steps; its loss whatever the number of steps that they make of it."""
    nearest = _nearest(others, step)
    if what != "loss":
        return float(getattr(nearest, what))
    return sum(_loss(other) for other in others if step.start <= other.peak <= step.stop) or _loss(nearest)


def _nearest(others: tuple[Step, ...], step: Step) -> Step:
    return min(others, key=lambda other: abs(other.peak - step.peak))


def loss_without_step(made: Curve, steps: Sequence[Step], settings: Settings) -> tuple[Note, ...]:
    """A doubt where mass is lost and no step is found: the loss goes on at the end, or began before."""
    lost = float(made.mass[0] - made.mass[-1])
    if steps or lost < settings.least_loss:
        return ()
    text = (
        f"{lost:.2f} wt% are lost without a step: the loss rate has no maximum inside the heating, and the loss may go"
        " on beyond it."
    )
    return (Note("doubt", "no_step", text),)
