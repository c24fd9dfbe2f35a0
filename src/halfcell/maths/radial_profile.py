"""The radial profile of a ring pattern: the mean over each ring, its error, and the background below the rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.ring_pattern import _PER_PIXEL, _WIDEST, Geometry

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_FEWEST = 3  # pixels of a ring: a scatter of fewer is no error


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """Mean over rings: radius (px), intensity, its standard error, background, each of shape (n,)."""

    radius: Array
    intensity: Array
    error: Array
    background: Array


def radial_profile(picture: Array, mask: Mask, geometry: Geometry, limits: tuple[float, float]) -> Profile:
    """The mean over rings, one per px.

    Parameters
    ----------
    picture, mask
        Intensities and which pixels are used, shape (rows, columns).
    geometry
        Centre and ellipse.
    limits
        Least and greatest radius (px).

    Returns
    -------
    Profile
        Radius (px), intensity, its standard error from the scatter within the ring, and the background below the
        rings.

    Source: definition; the background is that of C. G. Ryan et al., Nucl. Instrum. Methods B 34 (1988) 396.
    """
    radius = geometry.radius(picture.shape)
    used = mask & (radius > limits[0]) & (radius < limits[1])
    bins = np.rint(radius[used] * _PER_PIXEL).astype(int)
    number = np.bincount(bins).astype(float)
    good = np.flatnonzero(number > _FEWEST)
    values = picture[used]
    mean = np.bincount(bins, values)[good] / number[good]
    square = np.bincount(bins, values**2)[good] / number[good]
    centre = np.bincount(bins, radius[used])[good] / number[good]
    error = np.sqrt(np.maximum(square - mean**2, 1e-12) / number[good])
    return Profile(radius=centre, intensity=mean, error=error, background=_lower_envelope(mean))


def _lower_envelope(mean: Array) -> Array:
    """The background below the rings: peaks are clipped in windows that grow (SNIP, on the logarithm)."""
    shifted = np.log1p(np.maximum(mean - mean.min(), 0.0) / max(float(np.median(mean - mean.min())), 1e-9))
    curve = shifted.copy()
    for half in range(1, int(_WIDEST) + 1):
        clipped = 0.5 * (curve[: -2 * half] + curve[2 * half :])
        curve[half:-half] = np.minimum(curve[half:-half], clipped)
    return np.asarray(np.expm1(curve) * max(float(np.median(mean - mean.min())), 1e-9) + mean.min())
