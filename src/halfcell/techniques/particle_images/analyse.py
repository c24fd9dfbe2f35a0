"""From a picture to outlined particles and their sizes by number and by volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.particle_regions import particle_regions
from halfcell.techniques.common.picture_scale import cropped, picture_scale
from halfcell.techniques.particle_images.notes import notes
from halfcell.techniques.particle_images.outlines import measured, outlines
from halfcell.techniques.particle_images.result import ParticleImagesResult
from halfcell.techniques.particle_images.sizes import counting_errors, percentiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.particle_regions import ParticleRegions
    from halfcell.techniques.common.picture_scale import PictureScale
    from halfcell.techniques.particle_images.outlines import Measured
    from halfcell.techniques.particle_images.settings import Settings

    Array = NDArray[np.float64]

_LEVELS = (0.4, 0.6)  # of the height of a particle: where else its edge may be said to be
_FEWEST = 10  # whole particles: percentiles of fewer say nothing
_LEAST_PIXELS = 4.0  # across a particle
_HIDDEN = 10.0  # pixels: of as many again as are found at this size, simulated powders show nothing
_BLUR = 2.0  # a contour of radius r moves by w^2/2r under a blur of width w: 2 w^2/d in its diameter


def analyse(measurement: Measurement, settings: Settings) -> ParticleImagesResult:
    r"""Outlines, equivalent diameters and percentiles of the particles in a picture.

    The standard uncertainty of a percentile is :math:`\sqrt{u_n^2 + u_t^2 + u_b^2 + u_h^2 + u_s^2}`: of counting
    (bootstrap), of the threshold (edges at 40 and 60 % of the height of each particle, as a rectangular
    distribution), of the blur (what sharpening changes; at least :math:`2 w^2/d`, by which a blur of width w moves a
    contour), of small particles that lie under others or melt into them (what the percentile changes if for each
    particle of n pixels :math:`(10/n)^2` more were there, as in simulated powders) and of the scale.

    Parameters
    ----------
    measurement
        ``image``, grey values of shape (rows, columns); the size of a pixel (nm) from its head or the settings.
    settings
        Crop, scale, and what the sizes are compared with.

    Returns
    -------
    ParticleImagesResult
        D10, D50 and D90 (um) by number and by volume with their uncertainties, and the outlines.

    Raises
    ------
    InputError
        If the measurement is not a picture, or the crop lies outside it.
    Refused
        If the picture has no scale, or fewer than ten whole particles stand out of the background.

    Source: ISO 13322-1, for equivalent diameters and particles that the edge cuts.
    """
    if measurement.technique != "microscopy":
        raise InputError("a size distribution is no picture", measurement.where, "use particle_size")
    scale = picture_scale(measurement, settings)
    height, width = scale.needed(measurement.where)
    picture = cropped(measurement["image"], settings.crop)
    found = particle_regions(picture if settings.particles == "bright" else -picture)
    pixel_um = float(np.sqrt(height * width)) / 1e3
    labels = found.outlined()
    every = measured(labels, found.enlarged)
    large = _large_enough(every, pixel_um, settings, found.smoothed)
    whole = large & ~every.is_cut
    if whole.sum() < _FEWEST:
        what = f"{int(whole.sum())} whole particles stand out of the background: percentiles need {_FEWEST}"
        raise Refused(what, measurement.where, "crop the data bar, set particles = dark, or take a wider picture")
    weights = _weights(every, picture.shape)[whole]
    diameters = _diameters(every.area[whole], pixel_um)
    quantities = _quantities(found, diameters, weights, scale, pixel_um, settings)
    return ParticleImagesResult(
        technique="particle_images",
        quantities=quantities,
        rows=tuple(_rows(_part(every, whole), pixel_um, settings)),
        notes=(*scale.notes, *_scale_note(settings), *notes(found, every, large, picture.shape, quantities)),
        simulated=measurement.is_simulated,
        picture=picture,
        pixel=(height, width),
        outlines=tuple(outlines(labels, found.enlarged, _part(every, large))),
        diameters=diameters,
        weights=weights,
        laser=settings.laser,
    )


def _diameters(area: Array, pixel_um: float) -> Array:
    return np.asarray(2.0 * np.sqrt(area / np.pi) * pixel_um)


def _large_enough(every: Measured, pixel_um: float, settings: Settings, smoothed: float) -> NDArray[np.bool_]:
    """Particles above the least diameter: what is set, or four pixels, and four widths of the smoothing."""
    smallest = max(_LEAST_PIXELS, _LEAST_PIXELS * smoothed) * pixel_um
    least = settings.least_diameter_nm / 1e3 if settings.least_diameter_nm else smallest
    return np.asarray(_diameters(every.area, pixel_um) >= least)


def _part(every: Measured, chosen: NDArray[np.bool_]) -> Measured:
    return type(every)(**{name: getattr(every, name)[chosen] for name in every.__dataclass_fields__})


def _weights(every: Measured, shape: tuple[int, ...]) -> Array:
    """How many particles each whole one stands for, since the edge cuts large ones more often."""
    rows, columns = shape
    free = np.maximum(columns - every.width, 1.0) * np.maximum(rows - every.height, 1.0)
    return np.asarray(rows * columns / free)


def _quantities(
    found: ParticleRegions, diameters: Array, weights: Array, scale: PictureScale, pixel_um: float, settings: Settings
) -> Mapping[str, Quantity]:
    """Count and percentiles, each with counting, threshold and scale in its uncertainty."""
    values = percentiles(diameters, weights)
    counting = counting_errors(diameters, weights)
    others = [_percentiles_at(found, level, pixel_um, settings) for level in _LEVELS]
    sharp = _percentiles_at(found.sharpened(), 0.5, pixel_um, settings)
    more = percentiles(diameters, weights * (1.0 + (_HIDDEN * pixel_um / diameters) ** 2))
    made = {"count": Quantity(float(len(diameters)), "", decimals=0)}
    for name, value in values.items():
        spread = abs(others[0][name] - others[1][name]) / 2.0 / np.sqrt(3.0)
        blur = max(abs(sharp[name] - value), _BLUR * (found.smoothed**2 + 1.0) * pixel_um**2 / value)
        parts = (counting[name], spread, blur, more[name] - value, scale.relative_std * value)
        std = float(np.sqrt(np.sum(np.square(parts))))
        made[name] = Quantity(value, "um", std, "propagated")
    spread = abs(others[0]["number_d50"] - others[1]["number_d50"]) / values["number_d50"]
    made["threshold_sensitivity"] = Quantity(100.0 * float(spread), "%", decimals=1)
    hidden = abs(more["number_d50"] / values["number_d50"] - 1.0)
    made["hidden_particles"] = Quantity(100.0 * hidden, "%", decimals=1)
    made["counting_error"] = Quantity(100.0 * counting["number_d50"] / values["number_d50"], "%", decimals=1)
    return made


def _percentiles_at(found: ParticleRegions, level: float, pixel_um: float, settings: Settings) -> dict[str, float]:
    """The percentiles where edges are at another part of the height."""
    every = measured(found.outlined(level), found.enlarged)
    whole = _large_enough(every, pixel_um, settings, found.smoothed) & ~every.is_cut
    rows, columns = (edge // found.enlarged for edge in found.parted.shape)
    return percentiles(_diameters(every.area[whole], pixel_um), _weights(every, (rows, columns))[whole])


def _rows(whole: Measured, pixel_um: float, settings: Settings) -> list[dict[str, float | int]]:
    """One row per whole particle, in the order from above; positions are those in the whole picture."""
    left, top = settings.crop[:2] if settings.crop else (0, 0)
    diameters = _diameters(whole.area, pixel_um)
    return [
        {
            "particle": number,
            "diameter": float(diameters[n]),
            "column": float(whole.column[n] + left),
            "row": float(whole.row[n] + top),
            "aspect": float(min(whole.width[n], whole.height[n]) / max(whole.width[n], whole.height[n])),
        }
        for number, n in enumerate(np.argsort(whole.row), 1)
    ]


def _scale_note(settings: Settings) -> tuple[Note, ...]:
    text = f"Sizes hold the scale within {settings.scale_uncertainty_percent:g} % (scale_uncertainty_percent)."
    return (Note("info", "scale_uncertainty", text),)
