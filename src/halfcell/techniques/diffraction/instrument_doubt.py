"""What the calibration of the instrument leaves uncertain of a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.instrument import Instrument

if TYPE_CHECKING:
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings


def by_instrument(length: float, data: Scan, settings: Settings) -> float:
    """Standard uncertainty of L_V (nm) by that of the instrument's width: a breadth 1/L is a difference of widths."""
    if not isinstance(settings.instrument, Instrument):
        return 0.0
    middle = np.radians(0.5 * (data.two_theta[0] + data.two_theta[-1]))
    return float(length**2 * np.radians(settings.instrument.width_std) * np.cos(middle / 2) / data.radiation.first)
