"""What is left at the end of the heating and after its hold, where 5 wt% are lost, and the char that burns later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.maths import thermogram
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.thermogravimetry.analysed_heating import percent_of, records_of

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.maths.thermogram import Curve
    from halfcell.techniques.thermogravimetry.analysed_heating import Heating
    from halfcell.techniques.thermogravimetry.settings import Settings

_FEET = (0.02, 0.05, 0.1)  # parts of the burn-off's greatest rate at which its feet may be set
_LEAST_SMOOTHING = 20.0  # degC, of the burn-off
_PARTS = 4  # interleaved parts of the record, for the noise
_ROUNDED = 0.5  # degC
_HELD = 0.1  # of a hold: the last part, whose mean is the residue after it
_LAST = 20  # points of the smoothed curve whose scatter is the noise of the residue


def residue_and_char(measurement: Measurement, heating: Heating, made: Curve, settings: Settings) -> Findings:
    """Residue (refused below zero) at the end of the heating and of its hold, T_d5, and the char from the burn-off."""
    at = settings.residue_at_degc if settings.residue_at_degc is not None else float(made.temperature[-1])
    char = _char(measurement, heating, settings)
    fall = thermogram.crossing(made, 95.0)
    found = Findings(quantities={} if char is None else {"char_yield": char})
    found += _residue(made, at, heating.drift_doubt, char) if _reached(made, at) else _outside(at)
    if not any(note.code == "unphysical_residue" for note in found.notes):
        found += _after_hold(measurement, heating, settings)
    return found + Findings(quantities={} if fall is None else {"td5": Quantity(fall, "degC")})


def _after_hold(measurement: Measurement, heating: Heating, settings: Settings) -> Findings:
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


def _reached(made: Curve, at: float) -> bool:
    """Whether the heating reaches a temperature; one that was printed is rounded to a degree."""
    return bool(made.temperature[0] - _ROUNDED <= at <= made.temperature[-1] + _ROUNDED)


def _outside(at: float) -> Findings:
    return refused("residue_outside", f"No residue at {at:g} degC: the heating does not reach it.")


def _residue(made: Curve, at: float, doubt: float, char: Quantity | None) -> Findings:
    """The mass (wt%) at a temperature; its error joins the drift's share up to there and the noise at the end."""
    residue = float(np.interp(at, made.temperature, made.mass))
    if residue < 0:
        more = f" The burn-off gives {char} of char." if char is not None else ""
        cause = "buoyancy or drift" if doubt > 0 else "the blank, or the mass of the sample, is not of this run"
        text = (
            f"A residue of {residue:.2f} wt% at {at:.0f} degC is impossible: {cause}. The losses of the steps add up to"
            f" more than the sample and are wrong by as much.{more}"
        )
        return refused("unphysical_residue", text)
    part = (at - float(made.temperature[0])) / float(np.ptp(made.temperature))
    last, place = made.mass[-_LAST:], range(_LAST)
    noise = float(np.std(last - np.poly1d(np.polyfit(place, last, 1))(place)))
    return Findings(
        quantities={
            "residue": Quantity(residue, "wt%", float(np.hypot(doubt * part, noise)), "propagated"),
            "residue_temperature": Quantity(at, "degC", decimals=0),
        }
    )


def _char(measurement: Measurement, heating: Heating, settings: Settings) -> Quantity | None:
    """Char (wt%) that burns in the oxidising gas.

    The step's height above its sloping baseline, a mean over where its feet are set; the error joins their spread,
    half of what the baseline changes, and the noise (four interleaved parts of the record).
    """
    if heating.program.burn_off is None:
        return None
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
