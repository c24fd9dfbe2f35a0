"""The instrument's widths from a line-profile standard (LaB6, Si) measured on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.powder.instrument import Instrument, voigt_parts
from halfcell.techniques.diffraction._scan import scan
from halfcell.techniques.diffraction._scherrer import measure_lines

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.diffraction._settings import Settings


def calibrate(measurement: Measurement, settings: Settings) -> Instrument:
    """Fit each line of the standard, then the Gaussian and Lorentzian widths over the angle.

    Gaussian^2 = u tan^2 + v tan + w and Lorentzian = x tan + y / cos, each by linear least squares.

    Raises
    ------
    Refused
        If fewer than four lines of the standard are found.
    """
    data, _ = scan(measurement, settings)
    found = measure_lines(settings.standard, data)
    if len(found) < 4:
        raise Refused(
            f"{len(found)} lines of {settings.standard} in the standard's scan",
            measurement.where,
            "name its phase in the setting 'standard'",
        )
    place = np.array([peak.position for _, peak in found])
    width = np.array([peak.width for _, peak in found])
    gauss, lorentz = voigt_parts(width, np.array([peak.eta for _, peak in found]))
    weight = np.array([1 / np.sqrt(peak.covariance[1, 1]) for _, peak in found])
    tangent, secant = np.tan(np.radians(place) / 2), 1 / np.cos(np.radians(place) / 2)
    squares = np.stack([tangent**2, tangent, np.ones_like(tangent)], axis=1)
    u, v, w = np.linalg.lstsq(squares * weight[:, None], gauss**2 * weight, rcond=None)[0]
    x, y = np.linalg.lstsq(np.stack([tangent, secant], axis=1) * weight[:, None], lorentz * weight, rcond=None)[0]
    return Instrument(
        u=float(u),
        v=float(v),
        w=float(w),
        x=float(x),
        y=float(y),
        low=float(place.min()),
        high=float(place.max()),
        source=measurement.meta.get("sample") or settings.standard,
    )
