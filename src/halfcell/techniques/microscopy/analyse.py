"""From a picture to its scale, and from regions of it to lattice spacings, angles and candidate phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.picture_scale import cropped
from halfcell.techniques.microscopy.calibration import nominal
from halfcell.techniques.microscopy.candidates import tied
from halfcell.techniques.microscopy.grey_profile import line_profile
from halfcell.techniques.microscopy.regions import found, scaled, standardised
from halfcell.techniques.microscopy.result import MicroscopyResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.techniques.microscopy.calibration import Calibration
    from halfcell.techniques.microscopy.result import Region
    from halfcell.techniques.microscopy.settings import Settings

    Array = NDArray[np.float64]

_MOST_NAMED = 6  # candidates that a row names
_SATURATED = 0.05  # of the pixels; brighter points than the scale holds are a few in a good picture


def analyse(measurement: Measurement, settings: Settings) -> MicroscopyResult:
    """The scale of a picture, and spacings, angles and candidate phases of its regions.

    The standard uncertainty of a spacing is that of the fit and of the distortion of the scan, estimated from how far
    the quarters of the region differ; the uncertainty of the scale is common to all spacings of a picture and stands
    with the size of its pixel.

    Parameters
    ----------
    measurement
        ``image``, grey values of shape (rows, columns); the size of a pixel from its head or the settings.
    settings
        Regions, phases, crop and scale.

    Returns
    -------
    MicroscopyResult
        Size of a pixel (nm), spacings (angstrom) and angles (degrees) of each region, and the phases that fit.

    Raises
    ------
    InputError
        If a region or the crop lies outside the picture, or a phase is unknown.
    Refused
        If regions are to be analysed in a picture without a scale, or the standard does not fit its phase.

    Source: definition, d = 1/f of a fringe's frequency; its error as in `maths.lattice_fringes`.
    """
    picture = measurement["image"]
    calibration = nominal(measurement, settings)
    if settings.regions and (calibration.pixel is None or calibration.per_nm):
        raise Refused("spacings need a scale in nm", measurement.where, "set pixel_size_nm or a scale bar")
    fringes = [found(picture, number, region, settings) for number, region in enumerate(settings.regions, 1)]
    if settings.standard:
        calibration = standardised(calibration, fringes, settings)
    regions = tuple(scaled(one, calibration, settings) for one in fringes)
    return MicroscopyResult(
        technique="microscopy",
        quantities=_quantities(picture, calibration),
        rows=tuple(row for number, region in enumerate(regions, 1) for row in _rows(number, region)),
        notes=(*calibration.notes, *_exposure(picture), *_notes(regions, settings)),
        picture=cropped(picture, settings.crop),
        pixel=calibration.corrected,
        per_nm=calibration.per_nm,
        regions=regions,
        profile=line_profile(picture, calibration.corrected if not calibration.per_nm else None, settings),
        inset=settings.inset_picture,
        simulated=measurement.is_simulated,
    )


def _quantities(picture: Array, calibration: Calibration) -> Mapping[str, Quantity]:
    """The size of a pixel and of the picture; none where the picture has no scale."""
    if calibration.corrected is None:
        return {}
    unit, name = ("1/nm", "pixel_size_reciprocal") if calibration.per_nm else ("nm", "pixel_size")
    height, width = calibration.corrected
    std = calibration.scale * width
    made = {name: Quantity(width, unit, std, "instrument resolution")}
    if height != width:
        made["pixel_height"] = Quantity(height, unit, calibration.scale * height, "instrument resolution")
    if not calibration.per_nm:
        field = width * picture.shape[1]
        made["field_width"] = Quantity(field / 1e3, "um", calibration.scale * field / 1e3, "instrument resolution")
    return made


def _rows(number: int, region: Region) -> Iterator[Row]:
    """One row per fringe; the first of a region names the candidates."""
    best = tied(region.candidates)
    for place, spacing in enumerate(region.spacings):
        yield {
            "region": number,
            "spacing": spacing.d,
            "spacing_std": spacing.std,
            "direction": spacing.direction,
            "order": spacing.order,
            "strength": spacing.strength,
            "angle": region.angle if place == 0 else None,
            "candidates": "; ".join(map(str, region.candidates[:_MOST_NAMED])) if place == 0 else "",
            "best": " or ".join(one.phase for one in best[:_MOST_NAMED]) if place == 0 else "",
        }


def _exposure(picture: Array) -> Iterator[Note]:
    """Doubts about a picture without contrast, or whose brightest parts are cut off."""
    brightest = float(picture.max())
    if brightest == float(picture.min()):
        yield Note("doubt", "empty_picture", "All pixels have one value: the file holds no picture.")
        return
    share = float(np.mean(picture == brightest))
    if share > _SATURATED:
        text = f"{share:.0%} of the pixels have the highest value: they are overexposed, and show nothing."
        yield Note("doubt", "saturated", text)


def _notes(regions: Sequence[Region], settings: Settings) -> Iterator[Note]:
    for number, region in enumerate(regions, 1):
        if not region.spacings:
            text = f"Region {number} shows no lattice fringes: it is amorphous, or a crystal that is not on an axis."
            yield Note("info", "no_fringes", text)
            continue
        best = tied(region.candidates)
        if not best:
            yield Note("doubt", "no_candidate", f"No phase fits the fringes of region {number}.")
        elif len(best) > 1:
            names = ", ".join(one.phase for one in best[:_MOST_NAMED]) + (" ..." if len(best) > _MOST_NAMED else "")
            text = f"The fringes of region {number} fit {names} equally well (chi2 within 4): they do not tell which."
            yield Note("doubt", "tied_candidates", text)
        if region.angle is None:
            text = f"Region {number} shows fringes in one direction: a single spacing decides little."
            yield Note("doubt", "one_direction", text)
    if regions and not settings.standard:
        percent = settings.scale_uncertainty_percent
        text = f"The scale is nominal, taken as right within {percent:g} %: a region of a known crystal (standard) or a"
        yield Note("doubt", "nominal_scale", f"{text} calibrated magnification (scale_uncertainty_percent) betters it.")
