"""The part of a spectrum that is fitted, on an axis of Raman shifts, and the refusal where it has no line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.techniques.common.measurement_checks import sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]

_WINDOWS = {"silicon": (400.0, 600.0), "carbon": (1000.0, 1800.0)}
_LEAST = 30  # points, chosen: about three for each number of a line's model
_FILTER = 60  # 1/cm: what the filter leaves of the laser is no line


def window(settings: Settings) -> tuple[float, float]:
    """The range of the fit (1/cm).

    Parameters
    ----------
    settings
        The region, or the range that is set.

    Returns
    -------
    tuple of float
        1/cm.

    Source: procedure of this package.
    """
    low, high = settings.window_per_cm or _WINDOWS[settings.region]
    return float(low), float(high)


def laser_line(measurement: Measurement, settings: Settings) -> float | None:
    """The laser line (nm) that is set, or else stated in the file.

    Parameters
    ----------
    measurement, settings
        What the file states, and what is set.

    Returns
    -------
    float or None
        nm.

    Source: definition.
    """
    stated = settings.laser_nm or measurement.meta.get("laser_nm")
    return float(stated) if isinstance(stated, float | int) and stated > 0 else None


def in_window(measurement: Measurement, settings: Settings) -> tuple[Array, Array]:
    """Shift and intensity within the range of the fit.

    Parameters
    ----------
    measurement
        Raman shifts (1/cm) and intensities, shape (n,).
    settings
        The range.

    Returns
    -------
    tuple of numpy.ndarray
        Shift (1/cm) and intensity, shape (m,) each.

    Raises
    ------
    InputError
        If there is no Raman shift, all shifts are negative, fewer than 30 points lie in the range, or an intensity in
        the range is not a number.

    Source: definition.
    """
    sound(measurement, *(name for name in ("raman_shift_per_cm", "intensity_count") if name in measurement))
    shift, y = shifts(measurement, settings)
    low, high = window(settings)
    inside = (shift >= low) & (shift <= high)
    if inside.sum() < _LEAST:
        if shift.max() < 0 < high:
            what = "all Raman shifts are negative: the laser line in the file does not belong to this spectrum"
            raise InputError(what, measurement.where, "set laser_nm; for anti-Stokes lines set window_per_cm")
        span = f"the spectrum runs from {shift.min():.0f} to {shift.max():.0f} 1/cm: set region or window_per_cm"
        what = f"{inside.sum()} points between {low:g} and {high:g} 1/cm, {_LEAST} are needed"
        raise InputError(what, measurement.where, span)
    lost = int(np.count_nonzero(~np.isfinite(y[inside])))
    if lost:
        raise InputError(f"{lost} intensities in the range are not numbers", measurement.where, "export the file again")
    return shift[inside], y[inside]


def shifts(measurement: Measurement, settings: Settings) -> tuple[Array, Array]:
    """Raman shifts in ascending order and their intensities; a laser line that is set overrides that of the file.

    Of carbon, the laser line is also needed beside an axis of shifts.

    Parameters
    ----------
    measurement
        Raman shifts (1/cm), wavelengths (nm) or wavenumbers (1/cm), and intensities, shape (n,).
    settings
        The laser line (nm).

    Returns
    -------
    tuple of numpy.ndarray
        Shifts (1/cm, ascending), 1e7/lambda_0 - 1e7/lambda, and intensities, shape (n,) each.

    Raises
    ------
    InputError
        If the file has neither a shift nor a laser line, or its axis is a shift already.

    Source: definition.
    """
    y, laser = measurement["intensity_count"], settings.laser_nm
    if laser is None:
        if "raman_shift_per_cm" not in measurement:
            hint = "the file does not state the laser: set laser_nm"
            raise InputError("the spectrum has no Raman shift", measurement.where, hint)
        return measurement["raman_shift_per_cm"], y
    if "wavelength_nanometre" in measurement:
        wavenumber = 1e7 / measurement["wavelength_nanometre"]
    elif "wavenumber_per_cm" in measurement:
        wavenumber = measurement["wavenumber_per_cm"]
    elif settings.region == "carbon":
        return measurement["raman_shift_per_cm"], y
    else:
        what = "laser_nm is set, but the axis of the file is already a Raman shift"
        raise InputError(what, measurement.where, "leave laser_nm out")
    shift = 1e7 / laser - wavenumber
    order = np.argsort(shift)
    return shift[order], y[order]


def nothing_seen(measurement: Measurement, settings: Settings) -> Refused:
    """The refusal where there is no line in the range; its hint says where the sharpest line of the spectrum is."""
    shift, y = shifts(measurement, settings)
    beyond = np.abs(shift) > _FILTER
    wide = max(len(y) // 20, 3)
    above = y - np.array([np.median(y[max(i - wide, 0) : i + wide + 1]) for i in range(len(y))])
    place = float(shift[beyond][np.argmax(above[beyond])]) if beyond.any() else float("nan")
    what = "no crystalline line" if settings.region == "silicon" else "no D and G bands"
    hint = f"the sharpest line of the spectrum is at {place:.0f} 1/cm: set region or window_per_cm"
    return Refused(f"{what} above the noise in the window", measurement.where, hint)
