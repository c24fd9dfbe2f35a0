"""What is left at the end of the heating and after its hold, where 5 wt% are lost, and the char that burns later."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import thermogram
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.thermogravimetry.analysed_heating import percent_of, records_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.thermogram import Curve
    from halfcell.techniques.thermogravimetry.analysed_heating import Heating
    from halfcell.techniques.thermogravimetry.settings import Settings

    Array = NDArray[np.float64]

_FEET = (0.02, 0.05, 0.1)  # parts of the burn-off's greatest rate at which its feet may be set
_LEAST_SMOOTHING = 20.0  # degC, of the burn-off
_PARTS = 4  # interleaved parts of the record, for the noise
_ROUNDED = 0.5  # degC
_BEFORE = 20  # records before the gas changes, whose mean is the mass before a burn-off at one temperature
_HELD = 0.1  # of a hold: the last part, whose mean is the residue after it
_LAST = 20  # points of the smoothed curve whose scatter is the noise of the residue
_SIGMA = 2.0  # standard errors by which the char must be above the residue to prove a drift
_WINDOWS = (0.4, 2.5)  # parts of the smoothing over which T_d5 is compared
_STRETCHES, _RISES = 100, 3.0  # of a burn-off; standard errors from which on the mass rises in it
_LEVEL = 95.0  # wt%, of T_d5


@dataclass(frozen=True, kw_only=True, eq=False)
class DriftSeen:
    """The heating with the drift that its burn-off shows as the uncertainty of its masses, and the doubt about it."""

    heating: Heating
    findings: Findings


def drift_seen(heating: Heating, made: Curve, char: Quantity | None) -> DriftSeen:
    """Where more char burns than was left, the balance drifted by the difference at least; that counts for all losses.

    What burns after the heating was there at its end: a residue below it is impossible.
    """
    left = float(made.mass[-1])
    if char is None:
        return DriftSeen(heating=heating, findings=Findings())
    known = float(np.hypot(char.std or 0.0, heating.drift_doubt))
    if left >= char.value - _SIGMA * known:
        return DriftSeen(heating=heating, findings=Findings())
    seen = char.value - left
    text = (
        f"{char} of char burn after the heating, but only {left:.2f} wt% were left at its end: the balance drifted"
        f" by {seen:.2f} wt% ({0.01 * seen * heating.basis_mg:.2g} mg) at least. That is the uncertainty of the losses,"
        " in proportion to the temperatures that they span: measure a blank."
    )
    wider = dataclasses.replace(heating, drift_doubt=max(heating.drift_doubt, seen))
    return DriftSeen(heating=wider, findings=Findings(notes=(Note("doubt", "burn_off_shows_drift", text),)))


def residue(heating: Heating, made: Curve, settings: Settings, char: Quantity | None) -> Findings:
    """Residue (refused below zero), its temperature, and T_d5.

    Parameters
    ----------
    heating, made
        The heating, and its curve (wt% over degC).
    settings
        At which temperature (degC).
    char
        What burns afterwards (wt%).

    Returns
    -------
    Findings
        wt% and degC.

    Source: ISO 11358-1.
    """
    at = settings.residue_at_degc if settings.residue_at_degc is not None else float(made.temperature[-1])
    found = _residue(heating, made, at, char) if _reached(made, at) else _outside(at)
    return found + _td5(heating, made, settings)


def _reached(made: Curve, at: float) -> bool:
    """Whether the heating reaches a temperature; one that was printed is rounded to a degree."""
    return bool(made.temperature[0] - _ROUNDED <= at <= made.temperature[-1] + _ROUNDED)


def _outside(at: float) -> Findings:
    return refused("residue_outside", f"No residue at {at:g} degC: the heating does not reach it.")


def _residue(heating: Heating, made: Curve, at: float, char: Quantity | None) -> Findings:
    """The mass (wt%) at a temperature; its error joins the drift up to there and the noise at the end."""
    value = float(np.interp(at, made.temperature, made.mass))
    if value < 0:
        more = f" The burn-off gives {char} of char." if char is not None else ""
        cause = (
            "buoyancy or drift"
            if heating.drift_doubt > 0
            else "the blank, or the mass of the sample, is not of this run"
        )
        text = (
            f"A residue of {value:.2f} wt% at {at:.0f} degC is impossible: {cause}. The losses of the steps add up to"
            f" more than the sample and are wrong by as much.{more}"
        )
        return refused("unphysical_residue", text)
    drift = heating.drift_between(float(made.temperature[0]), at)
    return Findings(
        quantities={
            "residue": Quantity(value, "wt%", float(np.hypot(drift, noise_at_end(made))), "propagated"),
            "residue_temperature": Quantity(at, "degC", decimals=0),
        }
    )


def noise_at_end(made: Curve) -> float:
    """Scatter of the last points of the smoothed curve about their straight line.

    Parameters
    ----------
    made
        Mass (wt%) over temperature (degC).

    Returns
    -------
    float
        wt%.

    Source: definition.
    """
    last, place = made.mass[-_LAST:], range(min(_LAST, len(made.mass)))
    return float(np.std(last - np.poly1d(np.polyfit(place, last, 1))(place)))


def _td5(heating: Heating, made: Curve, settings: Settings) -> Findings:
    """T_d5; its error joins noise and drift of the mass over the rate, the smoothing, the temperature scale."""
    at = thermogram.crossing(made, _LEVEL)
    if at is None:
        return Findings()
    rate = float(np.interp(at, made.temperature, made.rate))
    drift = heating.drift_between(float(made.temperature[0]), at)
    others = [thermogram.crossing(_smoothed(heating, settings.smoothing_degc * part), _LEVEL) for part in _WINDOWS]
    spread = float(np.std([at, *(other for other in others if other is not None)]))
    if not rate > 0:
        return Findings(quantities={"td5": Quantity(at, "degC")})
    by_mass = float(np.hypot(drift, noise_at_end(made))) / rate
    std = float(np.linalg.norm([by_mass, spread, settings.temperature_doubt_degc]))
    return Findings(quantities={"td5": Quantity(at, "degC", std, "propagated")})


def _smoothed(heating: Heating, width: float) -> Curve:
    return thermogram.curve(heating.temperature, heating.percent, width)


def after_hold(measurement: Measurement, heating: Heating, settings: Settings) -> Findings:
    """The mass (wt%) at the end of the hold after the heating: the mean over its last tenth; refused below zero."""
    hold = heating.program.hold
    if hold is None:
        return Findings()
    time, temperature = (measurement[name][records_of(hold)] for name in ("test_time_second", "temperature_degc"))
    minutes, level = float(time[-1] - time[0]) / 60.0, float(np.mean(temperature))
    last = slice(hold.last - max(int(_HELD * (hold.last - hold.first)), 1), hold.last + 1)
    percent = percent_of(measurement, last, heating, settings)
    value, noise = float(np.mean(percent)), float(np.std(percent, ddof=1)) / float(np.sqrt(len(percent)))
    if value < 0:
        text = f"A residue of {value:.2f} wt% after {minutes:.3g} min at {level:.0f} degC is impossible."
        return refused("unphysical_residue", text)
    return Findings(
        quantities={
            "residue_after_hold": Quantity(value, "wt%", float(np.hypot(heating.drift_doubt, noise)), "propagated"),
            "hold_temperature": Quantity(level, "degC", decimals=0),
            "hold_time": Quantity(minutes, "min", decimals=0),
        }
    )


def burnt_char(measurement: Measurement, heating: Heating, settings: Settings) -> Quantity | None:
    """Char that burns in the oxidising gas: the step's height above its sloping baseline.

    It is a mean over where the feet of the step are set; the error joins their spread, half of what the baseline
    changes, and the noise (four interleaved parts of the record).

    Parameters
    ----------
    measurement
        Mass (mg) and temperature (degC), shape (n,).
    heating, settings
        The basis mass and the program; the smoothing.

    Returns
    -------
    Quantity or None
        wt%; None without a burn-off.

    Source: ISO 11358-1, for the two tangents.
    """
    if heating.program.burn_off is None:
        return None
    if heating.program.burn_off.kind == "isothermal":
        return _burnt_at_one_temperature(measurement, heating, settings)
    chosen = records_of(heating.program.burn_off)
    mass, width = measurement["mass_milligram"][chosen], max(settings.smoothing_degc, _LEAST_SMOOTHING)
    temperature = measurement["temperature_degc"][chosen]
    percent = 100.0 * mass / heating.basis_mg
    made = thermogram.curve(temperature, percent, width)
    heights = [thermogram.step_height(made, foot) for foot in _FEET]
    level = thermogram.step_height(made, _FEET[1], baseline=False)
    thin = [thermogram.curve(temperature[k::_PARTS], percent[k::_PARTS], width) for k in range(_PARTS)]
    noise = float(np.std([thermogram.step_height(one, _FEET[1]) for one in thin], ddof=1)) / np.sqrt(_PARTS)
    value = float(np.mean(heights))
    std = float(np.linalg.norm([np.std(heights, ddof=1), noise, 0.5 * (value - level)]))
    return Quantity(value, "wt%", std, "spread over windows") if value > 0 else None


def rise_after_burning(measurement: Measurement, heating: Heating, settings: Settings) -> float:
    """What the mass rises by after its least value in a burn-off at one temperature.

    Parameters
    ----------
    measurement
        Mass (mg) and temperature (degC), shape (n,).
    heating, settings
        The basis mass and the program; the blank.

    Returns
    -------
    float
        wt%; zero within the noise.

    Source: definition.
    """
    burn = heating.program.burn_off
    if burn is None or burn.kind != "isothermal":
        return 0.0
    percent = percent_of(measurement, records_of(burn), heating, settings)
    means = _stretches(percent)
    rise = float(means[-1] - means.min())
    noise = float(np.std(np.diff(percent))) / float(np.sqrt(len(percent) / len(means)))
    return rise if rise > _RISES * float(np.hypot(noise, heating.drift_doubt)) else 0.0


def while_burning(measurement: Measurement, heating: Heating, settings: Settings) -> Findings:
    """A doubt where the rest of the sample oxidises while its char burns."""
    rise = rise_after_burning(measurement, heating, settings)
    if not rise > 0:
        return Findings()
    text = (
        f"The mass rises by {rise:.2f} wt% after the char has burnt: the rest of the sample oxidises. The char is"
        " counted down to the least mass, and is at least that: what was gained before is missing in it. Burn it off in"
        " a heating, at a lower temperature, or set oxidation for a run in air."
    )
    return Findings(notes=(Note("doubt", "gain_while_burning", text),))


def _stretches(percent: Array) -> Array:
    """Means over a hundred stretches of a record."""
    return np.array([part.mean() for part in np.array_split(percent, min(_STRETCHES, len(percent)))])


def _burnt_at_one_temperature(measurement: Measurement, heating: Heating, settings: Settings) -> Quantity | None:
    """Char (wt%) that burns at constant temperature: the mass before the gas changes less that in the last tenth.

    The error joins the noise of both, what the mass still changes by in the last tenth, and the drift's doubt, since
    another gas has another buoyancy. Where the mass rises again, the least mass counts, without an error: what
    oxidises gained before it, too.
    """
    burn = heating.program.burn_off
    if burn is None or burn.first == 0:
        return None
    before = slice(max(burn.first - _BEFORE, 0), burn.first)
    rise = rise_after_burning(measurement, heating, settings)
    if rise > 0:
        percent = percent_of(measurement, records_of(burn), heating, settings)
        lost = float(np.mean(percent_of(measurement, before, heating, settings))) - float(_stretches(percent).min())
        return Quantity(lost, "wt%") if lost > 0 else None
    last = slice(burn.last - max(int(_HELD * (burn.last - burn.first)), 1), burn.last + 1)
    start, end = (percent_of(measurement, part, heating, settings) for part in (before, last))
    value = float(np.mean(start) - np.mean(end))
    noise = [float(np.std(part, ddof=1) / np.sqrt(len(part))) for part in (start, end)]
    half = max(len(end) // 2, 1)
    unfinished = abs(float(np.mean(end[:half]) - np.mean(end[-half:])))
    std = float(np.linalg.norm([*noise, unfinished, heating.drift_doubt]))
    return Quantity(value, "wt%", std, "propagated") if value > 0 else None
