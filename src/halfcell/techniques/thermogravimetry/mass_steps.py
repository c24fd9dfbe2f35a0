"""Steps of loss and gain: their boundaries, change of mass, onset, peak and endset, each with its uncertainty."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import mass_steps as maths
from halfcell.maths import thermogram
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.thermogravimetry.analysed_heating import starting_mass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.maths.mass_steps import Step
    from halfcell.maths.thermogram import Curve
    from halfcell.techniques.thermogravimetry.analysed_heating import Heating
    from halfcell.techniques.thermogravimetry.settings import Settings

    Array = NDArray[np.float64]

_WINDOWS = (0.4, 1.0, 2.5)  # parts of the smoothing over which peak and onset are compared
_WHOLE = 100.0  # wt%: the mass at the beginning
_PARTS = 4  # interleaved parts of the record, for the noise
_DRIFTS = 3.0  # standard uncertainties of the drift: a rise by less may be drift


def mass_steps(made: Curve, settings: Settings, start: float | None = None) -> tuple[Step, ...]:
    """The steps of a curve, cut where the mass turns; masses join, the first starts and the last ends the heating.

    Parameters
    ----------
    made
        Mass (wt%) and rate (wt%/degC) over temperature (degC).
    settings
        The least loss of a step (wt%).
    start
        Mass (wt%) of the first records: what leaves before the curve's first point, within a degree, is lost, too.

    Returns
    -------
    tuple of Step
        In the order of temperature.

    Source: as `maths.mass_steps`.
    """
    steps = maths.signed_steps(made, settings.least_loss)
    if not steps or start is None:
        return steps
    return (dataclasses.replace(steps[0], mass_before=start), *steps[1:])


def step_quantities(heating: Heating, made: Curve, steps: Sequence[Step], settings: Settings) -> dict[str, Quantity]:
    """Loss or gain, onset, peak and endset of each step, with their errors.

    The errors join the spread over smoothing windows and the noise (the spread over four interleaved parts of the
    record, halved); for a change of mass the drift between its ends and what crosses them (the rate there over two
    smoothing widths), for a temperature that of the scale.

    Parameters
    ----------
    heating, made
        The heating, and its curve (wt% over degC).
    steps
        Of the curve.
    settings
        Smoothing and doubts (degC, mg).

    Returns
    -------
    dict of Quantity
        wt% and degC.

    Source: ISO 11358-1, for onset and endset.
    """
    temperature, percent = heating.temperature, heating.percent
    windows = [_tried(temperature, percent, settings, part) for part in _WINDOWS]
    parts = [_tried(temperature[k::_PARTS], percent[k::_PARTS], settings, 1.0) for k in range(_PARTS)]
    valleys = _valleys(made, steps)
    quantities = {}
    for number, step in enumerate(steps, 1):
        name = f"step{number}"
        drift = heating.drift_between(step.lower, step.upper)
        crossing = 2.0 * settings.smoothing_degc * np.array([valleys[number - 1], valleys[number]])
        std = float(np.linalg.norm([_error("loss", step, windows, parts), drift, *crossing]))
        kind = "loss" if step.loss >= 0 else "gain"
        quantities[f"{name}.{kind}"] = Quantity(abs(step.loss), "wt%", std or None, "propagated")
        for what in ("onset", "peak", "endset") if step.has_peak else ():
            spread = float(np.hypot(_error(what, step, windows, parts), settings.temperature_doubt_degc))
            quantities[f"{name}.{what}"] = Quantity(getattr(step, what), "degC", spread or None, "propagated")
    return quantities


def _valleys(made: Curve, steps: Sequence[Step]) -> list[float]:
    """The rate (wt%/degC) at the ends of the steps: between two of one kind its least size, elsewhere zero."""
    between = []
    for one, two in pairwise(steps):
        inside = (made.temperature >= one.peak) & (made.temperature <= two.peak)
        alike = one.loss * two.loss > 0 and bool(inside.any())
        between.append(float(np.abs(made.rate[inside]).min()) if alike else 0.0)
    return [0.0, *between, 0.0]


def bounded(quantities: Mapping[str, Quantity]) -> Findings:
    """The quantities of the steps without losses that no sample can have: above 100 wt%.

    Parameters
    ----------
    quantities
        Of the steps, losses in wt%.

    Returns
    -------
    Findings
        Without losses below 0 or above 100 wt%, which are refused.

    Source: definition.
    """
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
    made = thermogram.curve(temperature, percent, settings.smoothing_degc * part)
    return mass_steps(made, settings, starting_mass(temperature, percent))


def _error(what: str, step: Step, windows: Sequence[tuple[Step, ...]], parts: Sequence[tuple[Step, ...]]) -> float:
    """Spread of a step's number over smoothing windows, joined with its noise; the step is known by its place."""
    spreads = []
    for tried in (windows, parts):
        values = [number for others in tried if (number := _same_number(what, others, step)) is not None]
        spreads.append(float(np.std(values, ddof=1)) if len(values) > 1 else 0.0)
    return float(np.hypot(spreads[0], spreads[1] / np.sqrt(_PARTS)))


def _same_number(what: str, others: tuple[Step, ...], step: Step) -> float | None:
    """A step's number among other steps of its kind; its loss whatever the number of steps that they make of it."""
    alike = [other for other in others if other.loss * step.loss > 0]
    if not alike:
        return None
    nearest = min(alike, key=lambda other: abs(_place(other) - _place(step)))
    if what != "loss":
        return float(getattr(nearest, what)) if nearest.has_peak else None
    return sum(other.loss for other in alike if step.start <= _place(other) <= step.stop) or nearest.loss


def _place(step: Step) -> float:
    """The temperature that a step is known by."""
    return step.peak if step.has_peak else 0.5 * (step.lower + step.upper)


def notes_on_steps(heating: Heating, made: Curve, steps: Sequence[Step], settings: Settings) -> tuple[Note, ...]:
    """Doubts about mass that is lost without a step, and about mass that is gained."""
    return (*_loss_without_step(made, steps, settings), *_gain(heating, made, steps, settings))


def _loss_without_step(made: Curve, steps: Sequence[Step], settings: Settings) -> tuple[Note, ...]:
    """A doubt where mass is lost and no step is found: the loss goes on at the end, or began before."""
    lost = float(made.mass[0] - made.mass[-1])
    if any(step.loss > 0 for step in steps) or lost < settings.least_loss:
        return ()
    text = (
        f"{lost:.2f} wt% are lost without a step: the loss rate has no maximum inside the heating, and the loss may go"
        " on beyond it."
    )
    return (Note("doubt", "no_step", text),)


def _gain(heating: Heating, made: Curve, steps: Sequence[Step], settings: Settings) -> tuple[Note, ...]:
    """A doubt where the mass rises, or ends above that of the sample; a note where that is a named oxidation."""
    rises = [step for step in steps if step.loss < 0]
    if not rises:
        return ()
    gained, low, high = -sum(step.loss for step in rises), rises[0].lower, rises[-1].upper
    seen = f"The mass rises by {gained:.2f} wt% between {low:.0f} and {high:.0f} degC"
    if float(made.mass[-1]) > _WHOLE + _DRIFTS * heating.drift_doubt:
        seen += f" and ends at {float(made.mass[-1]):.2f} wt%, above that of the sample"
    if heating.program.is_oxidising and settings.oxidation != "none":
        host = settings.host if settings.oxidation == "complete" else settings.oxidation
        return (Note("info", "mass_gain", f"{seen}: oxidation of {host}, as set."),)
    if heating.program.is_oxidising:
        cause = (
            "the sample oxidises. Losses beside it are net of what was gained at the same time: for carbon on a host"
            " (LiFePO4, silicon, another) set oxidation"
        )
    else:
        cause = "buoyancy, drift, or a leak that lets air in: measure a blank, and check the gas"
    return (Note("doubt", "mass_gain", f"{seen}: {cause}."),)
