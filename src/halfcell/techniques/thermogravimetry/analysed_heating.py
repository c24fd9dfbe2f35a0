"""The heating that is analysed: its temperature program, what 100 wt% is, and the blank that is taken off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.maths import thermogram
from halfcell.techniques.thermogravimetry.temperature_program import program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.thermogram import Segment
    from halfcell.techniques.thermogravimetry.settings import Settings
    from halfcell.techniques.thermogravimetry.temperature_program import Program

    Array = NDArray[np.float64]

_FEWEST, _NEAR = 20, 10.0  # records of the heating; degC within which its first masses are averaged
_BLANK_SMOOTHING, _BLANK_POINTS = 10.0, 300  # degC; points that a blank is kept at


@dataclass(frozen=True, kw_only=True, eq=False)
class Heating:
    """Temperature (degC) and mass (wt% of the basis mass, the blank taken off) of the heating; its program.

    `basis_mg` is the mass that is 100 wt%; `drift_doubt` the standard uncertainty (wt%) of buoyancy and drift over the
    whole heating, zero where a blank was taken off.
    """

    program: Program
    temperature: Array
    percent: Array
    basis_mg: float
    drift_doubt: float
    notes: tuple[Note, ...]


def analysed_heating(measurement: Measurement, settings: Settings) -> Heating:
    """Find the heating, its basis mass and the drift in it.

    Raises
    ------
    InputError
        If no heating is in the run, it has fewer than 20 records, or the mass at its start is not above zero.
    """
    plan = program(measurement)
    chosen = records_of(plan.heating)
    temperature, mass = measurement["temperature_degc"][chosen], measurement["mass_milligram"][chosen]
    basis = _basis(measurement, plan, settings)
    has_blank = bool(settings.blank) or bool(measurement.meta.get("blank_subtracted"))
    return Heating(
        program=plan,
        temperature=temperature,
        percent=100.0 * (mass - _blank_change(temperature, settings)) / basis,
        basis_mg=basis,
        drift_doubt=0.0 if has_blank else 100.0 * settings.drift_doubt_mg / basis,
        notes=(_basis_note(basis, float(temperature[0]), settings), *_blank_notes(measurement, basis, settings)),
    )


def records_of(segment: Segment) -> slice:
    """The records of a stretch of the program."""
    return slice(segment.first, segment.last + 1)


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


def _basis_note(basis: float, start_degc: float, settings: Settings) -> Note:
    at = f", at {start_degc:.0f} degC" if settings.basis == "dry" else ""
    return Note("info", "basis", f"100 wt% is the {settings.basis} mass, {basis:.4g} mg{at}.")


def _blank_notes(measurement: Measurement, basis: float, settings: Settings) -> tuple[Note, ...]:
    """Doubts where no blank was taken off, or two."""
    by_instrument = bool(measurement.meta.get("blank_subtracted"))
    if settings.blank and by_instrument:
        text = "The instrument had taken a blank off already, and the blank that is set was taken off too: unset it."
        return (Note("doubt", "two_blanks", text),)
    if settings.blank or by_instrument:
        return ()
    share = f"{settings.drift_doubt_mg / basis:.2%}"
    text = f"No blank was taken off: buoyancy and drift are in the masses, about {share} of the sample."
    return (Note("doubt", "no_blank", text),)


def _blank_change(temperature: Array, settings: Settings) -> Array:
    """What the blank's mass changed since the heating's start (mg) at each temperature; zero without a blank."""
    if not settings.blank:
        return np.zeros_like(temperature)
    at, change = np.array(sorted(settings.blank)).T
    return np.asarray(np.interp(temperature, at, change) - np.interp(temperature[0], at, change))


def blank(measurement: Measurement, settings: Settings) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    """The setting ``blank`` from a blank's file: its change of mass (mg) over the temperature (degC) of its heating."""
    chosen = records_of(program(measurement).heating)
    temperature, mass = measurement["temperature_degc"][chosen], measurement["mass_milligram"][chosen]
    made = thermogram.curve(temperature, mass - mass[0], _BLANK_SMOOTHING)
    step = max(len(made.temperature) // _BLANK_POINTS, 1)
    pairs = zip(made.temperature[::step], made.mass[::step], strict=True)
    return tuple((round(float(t), 3), round(float(m), 6)) for t, m in pairs)
