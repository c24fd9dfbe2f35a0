"""Calibration from the spectrum of a silicon wafer measured on the same day."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.techniques.raman.analyse import analyse

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
    line = analyse(measurement, dataclasses.replace(settings, region="silicon", wafer=None)).line
    if line is None:
        raise Refused("the wafer's spectrum has no crystalline line", measurement.where)
    return line
