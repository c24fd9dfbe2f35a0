"""From a run to steps of mass loss, residue and char, each with its uncertainty."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import thermogram
from halfcell.techniques.thermogravimetry.records import Settings, Thermogram
from halfcell.techniques.thermogravimetry.temperature_program import Program, program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.thermogram import Curve, Step

    Array = NDArray[np.float64]

_WINDOWS = (0.4, 1.0, 2.5)  # parts of the smoothing over which peak and onset are compared
_FEET = (0.02, 0.05, 0.1)  # parts of the burn-off's greatest rate at which its feet may be set
_FEWEST, _NEAR = 20, 10.0  # records of the heating; degC within which its first masses are averaged
_PARTS = 4  # interleaved parts of the record, for the noise


def analyse(measurement: Measurement, settings: Settings) -> Thermogram:
    """Steps, residue, T_d5 and char yield of a run.

    The boundaries of steps are the minima of the loss rate; the first step starts and the last one ends with the
    heating, so that steps and residue sum to 100 wt%.

    Raises
    ------
    InputError
        If no heating is in the run, it has fewer than 20 records, or the mass at its start is not above zero.
    """
    plan = program(measurement)
    temperature, mass = measurement["temperature_degc"], measurement["mass_milligram"]
    heating = slice(plan.heating.first, plan.heating.last + 1)
    drift = _blank_change(temperature[heating], settings)
    basis = _basis(measurement, plan, settings)
    percent = 100.0 * (mass[heating] - drift) / basis
    made = thermogram.curve(temperature[heating], percent, settings.smoothing_degc)
    steps = _closed(made, thermogram.steps(made, settings.least_loss))
    doubt = 0.0 if _has_blank(measurement, settings) else 100.0 * settings.drift_doubt_mg / basis
    quantities = _step_quantities(temperature[heating], percent, steps, settings, doubt)
    rest, notes = _rest(measurement, plan, made, settings, doubt)
    time = measurement["test_time_second"]
    burn = plan.burn_off
    return Thermogram(
        technique="thermogravimetry",
        quantities=quantities | rest | {"basis_mass": Quantity(basis, "mg")},
        rows=tuple(_row(number, quantities) for number in range(1, len(steps) + 1)),
        notes=(*_general(measurement, plan, settings, basis), *_unstepped(made, steps, settings), *notes),
        simulated=measurement.is_simulated,
        curve=made,
        steps=steps,
        time_minute=time / 60.0,
        temperature_degc=temperature,
        mass_percent=100.0 * mass / basis,
        switches=tuple((float(time[at]) / 60.0, gas) for at, gas in plan.switches),
        gas=plan.gas,
        burn_off=None if burn is None else (float(time[burn.first]) / 60.0, float(time[burn.last]) / 60.0),
    )


def _basis(measurement: Measurement, plan: Program, settings: Settings) -> float:
    """The mass (mg) that is 100 wt%: the mean of the first ten records (within 10 degC) of the heating, or of the run.

    Raises
    ------
    InputError
        If the heating has fewer than 20 records, or that mass is not above zero.
    """
    count = plan.heating.last - plan.heating.first + 1
    if count < _FEWEST:
        raise InputError(f"{count} records of heating are too few", measurement.where, f"{_FEWEST} at least")
    first = slice(start := plan.heating.first if settings.basis == "dry" else 0, start + 10)
    temperature, mass = measurement["temperature_degc"][first], measurement["mass_milligram"][first]
    basis = float(np.mean(mass[np.abs(temperature - temperature[0]) <= _NEAR]))
    if not basis > 0:
        raise InputError(f"the mass at the start is {basis:.3g} mg", measurement.where, "export the mass of the sample")
    return basis


def _blank_change(temperature: Array, settings: Settings) -> Array:
    """What the blank's mass changed since the heating's start (mg) at each temperature; zero without a blank."""
    if not settings.blank:
        return np.zeros_like(temperature)
    at, change = np.array(sorted(settings.blank)).T
    return np.asarray(np.interp(temperature, at, change) - np.interp(temperature[0], at, change))


def _has_blank(measurement: Measurement, settings: Settings) -> bool:
    return bool(settings.blank) or bool(measurement.meta.get("blank_subtracted"))


def _closed(made: Curve, steps: tuple[Step, ...]) -> tuple[Step, ...]:
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


def _step_quantities(
    temperature: Array, percent: Array, steps: tuple[Step, ...], settings: Settings, doubt: float
) -> dict[str, Quantity]:
    """Loss, onset, peak and endset of each step, with their errors.

    The errors join the spread over smoothing windows, the noise (the spread over four interleaved parts of the record,
    halved) and for the loss the drift's share and what crosses the boundary: the rate there over two smoothing widths.
    """
    made = thermogram.curve(temperature, percent, settings.smoothing_degc)
    between = [(made.temperature >= a.peak) & (made.temperature <= b.peak) for a, b in pairwise(steps)]
    valleys = [0.0, *(float(made.rate[part].min()) for part in between), 0.0]
    windows = [_steps_of(temperature, percent, settings, part) for part in _WINDOWS]
    parts = [_steps_of(temperature[k::_PARTS], percent[k::_PARTS], settings, 1.0) for k in range(_PARTS)]
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


def _steps_of(temperature: Array, percent: Array, settings: Settings, part: float) -> tuple[Step, ...]:
    made = thermogram.curve(temperature, percent, settings.smoothing_degc * part)
    return _closed(made, thermogram.steps(made, settings.least_loss))


def _loss(step: Step) -> float:
    return step.mass_before - step.mass_after


def _error(what: str, step: Step, windows: Sequence[tuple[Step, ...]], parts: Sequence[tuple[Step, ...]]) -> float:
    """Spread of a step's number over smoothing windows, joined with its noise; the step is known by its peak."""
    spreads = []
    for tried in (windows, parts):
        values = [_tried(what, others, step) for others in tried if others]
        spreads.append(float(np.std(values, ddof=1)) if len(values) > 1 else 0.0)
    return float(np.hypot(spreads[0], spreads[1] / np.sqrt(_PARTS)))


def _tried(what: str, others: tuple[Step, ...], step: Step) -> float:
    """A step's number among other steps; its loss whatever the number of steps that they make of it."""
    nearest = _nearest(others, step)
    if what != "loss":
        return float(getattr(nearest, what))
    return sum(_loss(other) for other in others if step.start <= other.peak <= step.stop) or _loss(nearest)


def _nearest(others: tuple[Step, ...], step: Step) -> Step:
    return min(others, key=lambda other: abs(other.peak - step.peak))


def _unstepped(made: Curve, steps: tuple[Step, ...], settings: Settings) -> tuple[Note, ...]:
    """A doubt where mass is lost and no step is found: the loss goes on at the end, or began before."""
    lost = float(made.mass[0] - made.mass[-1])
    if steps or lost < settings.least_loss:
        return ()
    text = f"{lost:.2f} wt% are lost without a step: the loss rate has no maximum inside the heating"
    return (Note("doubt", "no_step", f"{text}; the residue may not be the end"),)


def _rest(
    measurement: Measurement, plan: Program, made: Curve, settings: Settings, doubt: float
) -> tuple[dict[str, Quantity], list[Note]]:
    """Residue (refused below zero), its temperature, T_d5, and the char yield from the burn-off."""
    at = settings.residue_at_degc if settings.residue_at_degc is not None else float(made.temperature[-1])
    notes: list[Note] = []
    quantities: dict[str, Quantity] = {}
    if not made.temperature[0] <= at <= made.temperature[-1]:
        notes.append(Note("refused", "residue_outside", f"No residue at {at:g} degC: the heating does not reach it."))
        return quantities, notes
    part = (at - float(made.temperature[0])) / float(np.ptp(made.temperature))
    residue = float(np.interp(at, made.temperature, made.mass))
    char = _char(measurement, plan, settings)
    if char is not None:
        quantities["char_yield"] = char
    if residue < 0:
        more = f" The burn-off gives {char} of char." if char is not None else ""
        text = (
            f"A residue of {residue:.2f} wt% at {at:.0f} degC is impossible: buoyancy or drift without a blank.{more}"
        )
        notes.append(Note("refused", "unphysical_residue", text))
    else:
        noise = float(np.std(made.mass[-20:] - np.poly1d(np.polyfit(range(20), made.mass[-20:], 1))(range(20))))
        quantities["residue"] = Quantity(residue, "wt%", float(np.hypot(doubt * part, noise)), "propagated")
        quantities["residue_temperature"] = Quantity(at, "degC", decimals=0)
    fall = thermogram.crossing(made, 95.0)
    if fall is not None:
        quantities["td5"] = Quantity(fall, "degC")
    return quantities, notes


def _char(measurement: Measurement, plan: Program, settings: Settings) -> Quantity | None:
    """Char (wt%) that burns in the oxidising gas.

    The step's height above its sloping baseline, a mean over where its feet are set; the error joins their spread,
    half of what the baseline changes, and the noise (four interleaved parts of the record).
    """
    if plan.burn_off is None:
        return None
    chosen = slice(plan.burn_off.first, plan.burn_off.last + 1)
    mass, width = measurement["mass_milligram"][chosen], max(settings.smoothing_degc, 20.0)
    temperature = measurement["temperature_degc"][chosen]
    percent = 100.0 * mass / _basis(measurement, plan, settings)
    made = thermogram.curve(temperature, percent, width)
    heights = [thermogram.step_height(made, foot) for foot in _FEET]
    level = thermogram.step_height(made, _FEET[1], baseline=False)
    thin = [thermogram.curve(temperature[k::_PARTS], percent[k::_PARTS], width) for k in range(_PARTS)]
    noise = float(np.std([thermogram.step_height(one, _FEET[1]) for one in thin], ddof=1)) / np.sqrt(_PARTS)
    value = float(np.mean(heights))
    std = float(np.linalg.norm([np.std(heights, ddof=1), noise, 0.5 * (value - level)]))
    return Quantity(value, "wt%", std, "spread over windows") if value > 0 else None


def _general(measurement: Measurement, plan: Program, settings: Settings, basis: float) -> list[Note]:
    notes = [
        Note(
            "info",
            "basis",
            f"100 wt% is the {settings.basis} mass, {basis:.4g} mg"
            + (
                f", at {measurement['temperature_degc'][plan.heating.first]:.0f} degC."
                if settings.basis == "dry"
                else "."
            ),
        )
    ]
    if not _has_blank(measurement, settings):
        text = (
            "No blank was taken off: buoyancy and drift are in the masses, about"
            f" {settings.drift_doubt_mg / basis:.2%} of the sample."
        )
        notes.append(Note("doubt", "no_blank", text))
    return notes


def _row(number: int, quantities: dict[str, Quantity]) -> dict[str, float | int | str | bool | None]:
    row: dict[str, float | int | str | bool | None] = {"step": number}
    row |= {what: quantities[f"step{number}.{what}"].value for what in ("onset", "peak", "endset", "loss")}
    return row


def blank(measurement: Measurement, settings: Settings) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    """The setting ``blank`` from a blank's file: its change of mass (mg) over the temperature (degC) of its heating."""
    plan = program(measurement)
    chosen = slice(plan.heating.first, plan.heating.last + 1)
    temperature, mass = measurement["temperature_degc"][chosen], measurement["mass_milligram"][chosen]
    made = thermogram.curve(temperature, mass - mass[0], 10.0)
    step = max(len(made.temperature) // 300, 1)
    pairs = zip(made.temperature[::step], made.mass[::step], strict=True)
    return tuple((round(float(t), 3), round(float(m), 6)) for t, m in pairs)
