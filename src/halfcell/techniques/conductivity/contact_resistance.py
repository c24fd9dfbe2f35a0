"""Contacts and leads from a sweep without a pellet (a blank)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.techniques.conductivity.ohmic_range import ohmic_sweep

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.conductivity.settings import Settings


def blank_resistance(measurement: Measurement, settings: Settings) -> float:
    """The setting ``contact_resistance_ohm`` from a sweep without a pellet: contacts and leads.

    Parameters
    ----------
    measurement
        A sweep without a pellet: voltage (V) and current (A), shape (n,).
    settings
        How its ohmic line is found; a contact resistance that is set is not used.

    Returns
    -------
    float
        Ohm: the inverse of the slope of the ohmic line.

    Source: definition.
    """
    sweep = ohmic_sweep(measurement, dataclasses.replace(settings, contact_resistance_ohm=None))
    return float(1 / sweep.line.values[1])
