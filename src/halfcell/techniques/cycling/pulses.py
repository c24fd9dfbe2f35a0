"""Pulses between rests (GITT, HPPC): resistance at a stated time, and diffusion coefficients of titrations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.current_pulses import find_pulses, pulse_resistance, titration
from halfcell.techniques.common.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.maths.current_pulses import Pulse, Titration
    from halfcell.maths.current_record import Record
    from halfcell.techniques.cycling.settings import Settings

_LEAST = 5  # pulses: fewer rests between half cycles are no pulse test
_PART = 0.3  # of the charge of a half cycle
_STRAIGHT = 0.98  # share of the variance that a line over the root of the time explains
_SHORT = 0.1  # D t / L^2: the pulse is short against the diffusion through the particle
_RELAXED = 3.0  # rests are at least this many times as long as the pulse
_OPEN, _MORE = 1.3, 0.1  # of the step of the relaxed voltage: what may still come, and how much more than before it
_NOISE = 10.0  # times its noise: the step of the relaxed voltage is larger


def pulse_rows(record: Record, settings: Settings, half_cycle_ah: float) -> tuple[Row, ...]:
    """One row per pulse: resistance at a stated time, diffusion coefficient.

    A pulse has at most 30 % of the charge of the median half cycle: longer ones are half cycles.

    Parameters
    ----------
    record, settings
        The record; the time of the resistance (s) and the diffusion length (um).
    half_cycle_ah
        Charge of the median half cycle (Ah).

    Returns
    -------
    tuple of Row
        None where there are fewer than five.

    Source: W. Weppner, R. A. Huggins, J. Electrochem. Soc. 124 (1977) 1569, for the coefficient.
    """
    pulses = find_pulses(record, _PART * half_cycle_ah * 3600.0)
    if len(pulses) < _LEAST:
        return ()
    length = None if settings.diffusion_length_um is None else 1e-6 * settings.diffusion_length_um
    rows = []
    for number, pulse in enumerate(pulses, start=1):
        found = None if length is None else titration(record, pulse, length)
        valid = found is not None and length is not None and _is_titration(pulse, found, length)
        values = {
            "pulse_current": 1e3 * pulse.current_a,
            "pulse_duration": pulse.duration_s,
            "rest_voltage": pulse.rest_volt,
            "relaxed_voltage": pulse.relaxed_volt,
            "pulse_resistance": pulse_resistance(record, pulse, settings.pulse_after_s),
            "diffusion_coefficient": 1e4 * found.coefficient if found and valid else math.nan,
        }
        rows.append({"pulse": number} | {k: v if math.isfinite(v) else None for k, v in values.items()})
    return tuple(rows)


def _is_titration(pulse: Pulse, found: Titration, length_m: float) -> bool:
    """Whether a pulse meets the conditions of Weppner and Huggins.

    It is short against the diffusion through the particle and straight over the root of the time; both changes have one
    sign; the rests are long, and what the voltage has still to relax is no larger than the step, about the same before
    and after it (a train of equal pulses shifts all relaxed voltages alike), and the step is well above the noise.
    """
    step = abs(found.steady_v)
    short = found.coefficient * pulse.duration_s <= _SHORT * length_m**2
    along = found.steady_v * found.transient_v > 0 and found.straight >= _STRAIGHT
    rested = pulse.rest_s >= _RELAXED * pulse.duration_s and abs(pulse.open_after_v) <= _OPEN * step
    alike = abs(pulse.open_after_v - pulse.open_before_v) <= _MORE * step
    return short and along and rested and alike and step >= _NOISE * pulse.step_std_v


def pulse_findings(rows: Sequence[Row], settings: Settings) -> Findings:
    """Median resistance and diffusion coefficient of the pulses, with their range in a note.

    Parameters
    ----------
    rows, settings
        Rows of `pulse_rows`, and what they were made with.

    Returns
    -------
    Findings
        Ohm, and cm2/s.

    Source: as `maths.current_pulses`.
    """
    if not rows:
        return Findings()
    made = {"pulse_count": Quantity(float(len(rows)), "", decimals=0)}
    notes = []
    ohms = [v for row in rows if isinstance(v := row["pulse_resistance"], float)]
    if ohms:
        made["pulse_resistance"] = Quantity(float(np.median(ohms)), "ohm")
        text = f"the resistance is the median of {len(ohms)} pulses, {settings.pulse_after_s:g} s after they begin "
        notes.append(Note("info", "pulse_resistance_of", f"{text}({min(ohms):.3g} to {max(ohms):.3g} ohm)"))
    if settings.diffusion_length_um is None:
        return Findings(quantities=made, notes=tuple(notes))
    found = [v for row in rows if isinstance(v := row["diffusion_coefficient"], float)]
    if not found:
        text = "no diffusion coefficient: no pulse is straight over the root of the time, short against the diffusion, "
        text += (
            "with a step of the relaxed voltage above its noise, and between rests in which the voltage comes to rest"
        )
        notes.append(Note("refused", "diffusion_refused", text))
        return Findings(quantities=made, notes=tuple(notes))
    made["diffusion_coefficient"] = Quantity(float(np.median(found)), "cm2/s")
    text = f"the diffusion coefficient is the median of {len(found)} of {len(rows)} pulses ({min(found):.2g} to "
    text += f"{max(found):.2g} cm2/s); it grows with the square of the diffusion length "
    text += f"({settings.diffusion_length_um:g} um: volume over surface of the active material)"
    return Findings(quantities=made, notes=(*notes, Note("info", "diffusion_of", text)))
