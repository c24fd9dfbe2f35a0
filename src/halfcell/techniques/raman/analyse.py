"""Analyse one Raman spectrum: fit the region of silicon or of carbon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.raman import carbon_bands, silicon_bands
from halfcell.techniques.raman.fit_window import in_window, nothing_seen

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.raman.result import RamanResult
    from halfcell.techniques.raman.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> RamanResult:
    """Fit the bands of a region: position and width of lines, shares, sizes or band ratios.

    Raises
    ------
    InputError
        If the measurement has no Raman shift, only negative shifts, or fewer than 30 points in the window.
    Refused
        If there is no line above the noise in the window.
    """
    x, y = in_window(measurement, settings)
    fit = silicon_bands.fit if settings.region == "silicon" else carbon_bands.fit
    result = fit(x, y, settings)
    if result is None:
        raise nothing_seen(measurement, settings)
    return result
