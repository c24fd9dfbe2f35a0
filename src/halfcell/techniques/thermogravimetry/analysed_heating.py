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

_ZERO_CELSIUS = 273.15  # K at 0 degC, exact by definition
_FIRST = 10  # records that are averaged
_FEWEST, _NEAR = 20, 10.0  # records of the heating; degC within which its first masses are averaged
_BLANK_SMOOTHING, _BLANK_POINTS = 10.0, 300  # degC; points that a blank is kept at
_WATER_LEFT, _COLD = 120.0, 60.0  # degC: free and adsorbed water has left by; a heating that begins above was dried
_WET, _DRIFTS = 1.0, 3.0  # wt% lost, and times the drift, from which on a sample was not dry


@dataclass(frozen=True, kw_only=True, eq=False)
class Heating:
    """Temperature (degC) and mass (wt% of the basis mass, the blank taken off) of the heating; its program.

    `basis_mg` is the mass that is 100 wt%; `drift_doubt` the standard uncertainty (wt%) of buoyancy and drift over the
    whole heating, zero where the instrument took a blank off.
    """

    program: Program
    temperature: Array
    percent: Array
    basis_mg: float
    drift_doubt: float
    notes: tuple[Note, ...]

    def drift_between(self, low: float, high: float) -> float:
        """Standard uncertainty (wt%) of what the balance drifts by between two temperatures (degC).

        Of a drift that is in proportion to the temperature a part a of the whole, of buoyancy, which goes as 1/T, a
        part b. How the two share it is not known: over all shares the mean square is (a^2 + a b + b^2)/3.
        """
        first, last = float(self.temperature[0]), float(self.temperature[-1])
        if last <= first:
            return self.drift_doubt
        kelvin = _ZERO_CELSIUS + np.array([first, last, low, high])
        even = (high - low) / (last - first)
        buoyant = (1.0 / kelvin[2] - 1.0 / kelvin[3]) / (1.0 / kelvin[0] - 1.0 / kelvin[1])
        return self.drift_doubt * float(np.sqrt((even**2 + even * buoyant + buoyant**2) / 3.0))


def analysed_heating(measurement: Measurement, settings: Settings) -> Heating:
    """Find the heating, its basis mass and the drift in it.

    Parameters
    ----------
    measurement
        Time (s), temperature (degC) and mass (mg), shape (n,).
    settings
        The basis mass (mg), the blank, and the drift of the balance.

    Returns
    -------
    Heating
        Temperature (degC) and mass (wt%), shape (records,) each, with the uncertainty of the drift (wt%).

    Raises
    ------
    InputError
        If no heating is in the run, it has fewer than 20 records, or the mass at its start is not above zero.

    Source: procedure of this package.
    """
    _no_blank_run(measurement)
    plan = program(measurement)
    chosen = records_of(plan.heating)
    temperature, mass = measurement["temperature_degc"][chosen], measurement["mass_milligram"][chosen]
    basis = _basis(measurement, plan, settings)
    percent = 100.0 * (mass - _blank_change(temperature, settings)) / basis
    drift = 100.0 * _drift_mg(measurement, settings) / basis
    return Heating(
        program=plan,
        temperature=temperature,
        percent=percent,
        basis_mg=basis,
        drift_doubt=drift,
        notes=(
            _basis_note(basis, float(temperature[0]), settings),
            *_not_dry(temperature, percent, drift, settings),
            *_blank_notes(measurement, basis, settings),
            *_blank_range(temperature, settings),
        ),
    )


def _no_blank_run(measurement: Measurement) -> None:
    """Refuse a run that its file marks as a blank: what is in it is buoyancy and drift, no sample.

    Raises
    ------
    InputError
        If it is one.
    """
    if measurement.meta.get("blank"):
        hint = "set it as the blank of a sample's run"
        raise InputError("the file is a blank run (a correction): there is no sample in it", measurement.where, hint)


def _drift_mg(measurement: Measurement, settings: Settings) -> float:
    """Standard uncertainty (mg) of the drift over the heating.

    With a blank that is set it is what the blank does not repeat, never more than the blank itself changes.
    """
    if settings.blank:
        return min(settings.drift_doubt_mg, float(np.ptp([change for _, change in settings.blank])))
    return 0.0 if measurement.meta.get("blank_subtracted") else settings.drift_doubt_mg


def percent_of(measurement: Measurement, records: slice, heating: Heating, settings: Settings) -> Array:
    """The mass of some records relative to the basis mass, the blank taken off.

    Parameters
    ----------
    measurement
        Mass (mg) and temperature (degC), shape (n,).
    records
        Which.
    heating, settings
        The basis mass; the blank.

    Returns
    -------
    numpy.ndarray
        wt%, shape (records,).

    Source: definition.
    """
    change = _blank_change(measurement["temperature_degc"][records], settings)
    return np.asarray(100.0 * (measurement["mass_milligram"][records] - change) / heating.basis_mg)


def records_of(segment: Segment) -> slice:
    """The records of a stretch of the program, its last one included."""
    return slice(segment.first, segment.last + 1)


def _basis(measurement: Measurement, plan: Program, settings: Settings) -> float:
    """The mass (mg) that is 100 wt%: the mean of the first ten records (within 10 degC) of the heating, or of the run.

    The blank is taken off it as it is off the heating: both are changes since the start of the run.

    Raises
    ------
    InputError
        If the heating has fewer than 20 records, or that mass is not above zero.
    """
    count = plan.heating.last - plan.heating.first + 1
    if count < _FEWEST:
        raise InputError(f"{count} records of heating are too few", measurement.where, f"{_FEWEST} at least")
    first = slice(start := plan.heating.first if settings.basis == "dry" else 0, start + _FIRST)
    temperature, mass = measurement["temperature_degc"][first], measurement["mass_milligram"][first]
    change = _blank_change(temperature, settings) if settings.basis == "dry" else np.zeros_like(mass)
    basis = starting_mass(temperature, mass - change)
    if not basis > 0:
        raise InputError(f"the mass at the start is {basis:.3g} mg", measurement.where, "export the mass of the sample")
    return basis


def starting_mass(temperature: Array, mass: Array) -> float:
    """The mean of the first ten records within 10 degC of the first.

    Parameters
    ----------
    temperature, mass
        degC and any unit, shape (n,).

    Returns
    -------
    float
        In the unit of `mass`.

    Source: definition.
    """
    first = slice(0, _FIRST)
    near = np.abs(temperature[first] - temperature[0]) <= _NEAR
    return float(np.mean(mass[first][near]))


def _basis_note(basis: float, start_degc: float, settings: Settings) -> Note:
    dry = f"mass at the start of the heating, {basis:.4g} mg at {start_degc:.0f} degC."
    what = dry if settings.basis == "dry" else f"initial mass of the run, {basis:.4g} mg."
    return Note("info", "basis", f"100 wt% is the {what}")


def _not_dry(temperature: Array, percent: Array, drift: float, settings: Settings) -> tuple[Note, ...]:
    """A doubt where the sample loses mass below the temperatures at which water has left: 100 wt% is then not dry."""
    dry = temperature <= _WATER_LEFT
    if settings.basis != "dry" or float(temperature[0]) > _COLD or int(dry.sum()) < _FIRST:
        return ()
    lost = starting_mass(temperature, percent) - float(np.median(percent[dry][-3:]))
    if lost < max(_WET, _DRIFTS * drift):
        return ()
    text = (
        f"The sample loses {lost:.2g} wt% between {float(temperature[0]):.0f} and {_WATER_LEFT:.0f} degC, as water and"
        " solvents do: the mass at the start may not be that of the dry sample, and all shares refer to it. Hold the"
        " temperature at 120 degC before the heating, or say so beside the numbers."
    )
    return (Note("doubt", "not_dry", text),)


def _blank_notes(measurement: Measurement, basis: float, settings: Settings) -> tuple[Note, ...]:
    """Doubts where no blank was taken off, or two."""
    by_instrument = bool(measurement.meta.get("blank_subtracted"))
    if settings.blank and by_instrument:
        text = "The instrument had taken a blank off already, and the blank that is set was taken off too: unset it."
        return (Note("doubt", "two_blanks", text),)
    if by_instrument:
        return ()
    if settings.blank:
        change = float(np.ptp([mass for _, mass in settings.blank]))
        text = f"The blank that was taken off changes by {change:.3g} mg, {change / basis:.2%} of the sample."
        return (Note("info", "drift_taken_off", text),)
    share = f"{settings.drift_doubt_mg / basis:.2%}"
    text = (
        f"No blank was taken off: buoyancy and drift are in the masses. {settings.drift_doubt_mg:g} mg ({share} of the"
        " sample) is assumed, a large furnace drifts by tenths of a milligram: measure a blank."
    )
    return (Note("doubt", "no_blank", text),)


def _blank_range(temperature: Array, settings: Settings) -> tuple[Note, ...]:
    """A doubt where the heating goes beyond the temperatures of the blank."""
    if not settings.blank:
        return ()
    at = [degc for degc, _ in settings.blank]
    low, high = float(temperature.min()), float(temperature.max())
    if low >= min(at) - _NEAR and high <= max(at) + _NEAR:
        return ()
    text = (
        f"The blank goes from {min(at):.0f} to {max(at):.0f} degC, the heating from {low:.0f} to {high:.0f}: beyond"
        " the blank its last value was taken off. Measure a blank with the program of the sample."
    )
    return (Note("doubt", "blank_too_short", text),)


def _blank_change(temperature: Array, settings: Settings) -> Array:
    """What the blank's mass changed since the start of its run (mg) at each temperature; zero without a blank."""
    if not settings.blank:
        return np.zeros_like(temperature)
    at, change = np.array(sorted(settings.blank)).T
    return np.asarray(np.interp(temperature, at, change))


def blank(measurement: Measurement, settings: Settings) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    """The setting ``blank`` from a blank's file: its change of mass (mg) over the temperature (degC) of its heating.

    The change is that since the start of the run (the mean of its first ten records).

    Parameters
    ----------
    measurement
        Time (s), temperature (degC) and mass (mg) of a run without a sample, shape (n,).
    settings
        Not used.

    Returns
    -------
    tuple
        Pairs of temperature (degC) and change of mass (mg).

    Source: procedure of this package.
    """
    chosen = records_of(program(measurement).heating)
    temperature, mass = measurement["temperature_degc"][chosen], measurement["mass_milligram"]
    start = float(np.mean(mass[:_FIRST]))
    made = thermogram.curve(temperature, mass[chosen] - start, _BLANK_SMOOTHING)
    step = max(len(made.temperature) // _BLANK_POINTS, 1)
    pairs = zip(made.temperature[::step], made.mass[::step], strict=True)
    return tuple((round(float(t), 3), round(float(m), 6)) for t, m in pairs)
