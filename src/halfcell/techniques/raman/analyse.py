"""Analyse one Raman spectrum: fit the region of silicon or of carbon."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.techniques.raman import carbon_bands, silicon_bands
from halfcell.techniques.raman.fit_window import in_window, laser_line, nothing_seen, shifts
from halfcell.techniques.raman.foreign_lines import judged, narrow_doubt

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.raman.result import RamanResult
    from halfcell.techniques.raman.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> RamanResult:
    """Fit the bands of a region: position and width of lines, shares, sizes or band ratios.

    Parameters
    ----------
    measurement
        Columns ``raman_shift_per_cm`` (or a wavenumber with the laser's wavelength) and ``intensity_count``, shape
        (n,).
    settings
        Region (silicon or carbon), window, baseline, laser and wafer.

    Returns
    -------
    RamanResult
        Positions and widths (1/cm), amorphous fraction (%), sizes (nm), or I_D/I_G, each with its uncertainty.

    Raises
    ------
    InputError
        If the measurement has no Raman shift, only negative shifts, or fewer than 30 points in the window.
    Refused
        If there is no line above the noise in the window, or it is another substance's.

    Sources: I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739 (silicon); A. Sadezky et al., Carbon
    43 (2005) 1731 (carbon).
    """
    x, y = in_window(measurement, settings)
    if settings.region == "silicon":
        result = silicon(measurement, settings)
    else:
        result = carbon_bands.fit(x, y, settings, laser_line(measurement, settings))
    if result is None:
        raise nothing_seen(measurement, settings)
    return result


def silicon(measurement: Measurement, settings: Settings, *, is_wafer: bool = False) -> RamanResult | None:
    """Fit the region of silicon.

    Parameters
    ----------
    measurement, settings
        As `analyse`.
    is_wafer
        Whether it is the spectrum of a wafer, whose line the others are compared with.

    Returns
    -------
    RamanResult or None
        None where no line is above the noise.

    Raises
    ------
    Refused
        If the rest of the spectrum says that the line is another substance's.

    Source: I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739.
    """
    result = silicon_bands.fit(*in_window(measurement, settings), settings, is_wafer=is_wafer)
    if result is None:
        return None
    position, width = result.quantities["Si.position"].value, result.quantities["Si.width"].value
    verdict = judged(*shifts(measurement, settings), position, float(result.components_count[0].max()))
    if verdict.refusal:
        hint = "if the sample holds silicon too, record up to 1000 1/cm, where its second order decides"
        raise Refused(f"no line of silicon: {verdict.refusal}", measurement.where, hint)
    doubts = narrow_doubt(position, width, settings.wafer.position_per_cm if settings.wafer else None)
    return dataclasses.replace(result, notes=(*result.notes, *verdict.notes, *doubts))
