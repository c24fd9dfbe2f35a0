"""Contacts and leads from a sweep without a pellet (a blank)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.techniques.conductivity.ohmic_range import ohmic_sweep

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.conductivity.settings import Settings


def blank_resistance(measurement: Measurement, settings: Settings) -> float:
    """The setting ``contact_resistance_ohm`` from a sweep without a pellet: contacts and leads."""
    sweep = ohmic_sweep(measurement, dataclasses.replace(settings, contact_resistance_ohm=None))
    return float(1 / sweep.line.values[1])
