"""Calibration from the spectrum of a silicon wafer measured on the same day."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.techniques.raman.analyse import silicon
from halfcell.techniques.raman.fit_window import nothing_seen

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.raman.settings import Settings
    from halfcell.techniques.raman.wafer_line import WaferLine


def calibrate(measurement: Measurement, settings: Settings) -> WaferLine:
    """The line of a silicon wafer: its position and the widths of its Voigt profile.

    Raises
    ------
    InputError, Refused
        As for any spectrum, e.g. if it has no crystalline line.
    """
    alone = dataclasses.replace(settings, region="silicon", wafer=None)
    result = silicon(measurement, alone, is_wafer=True)
    if result is None:
        raise nothing_seen(measurement, alone)
    if result.line is None:
        raise Refused("the wafer's spectrum has no crystalline line", measurement.where)
    return result.line
