"""Bright particles in a picture: touching ones are parted, and each is outlined where it falls to half its height."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.ascent_basins import basins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Labels = NDArray[np.int64]

_SMALL = 6.0  # pixels: below this radius the distance transform of a mask is too coarse to part particles
_FINE = 16.0  # pixels across a particle that outlines need; smaller ones are enlarged first
_MOST_ENLARGED = 4  # times; more costs memory by its square and adds no information
_SMOOTHINGS = (0.7, 1.0, 1.4, 2.0)  # pixels: w takes noise away, and shifts an edge of radius r by w^2/2r pixels
_QUIET = 0.08  # noise of the background, of the height of a particle, that needs no further smoothing
_SCALES = np.geomspace(0.8, 6.0, 14)  # pixels: widths of the filter that are tried for small particles
_NECK = 0.85  # of the smaller radius: a waist wider than this is a bump of one particle, not a contact of two
_BLOB_SADDLE = 0.95  # the same for the response of the filter, which sees necks more sharply
_BLOB_SCALE = 0.8  # of the scale of the strongest response: touching particles look larger than they are
_BEAM = 1.0  # pixels: blur of a picture that is in focus and sampled as finely as it is sharp
_BEND = 0.7  # of the smoothing: width of the Laplacian that undoes blur
_LEAST_BLOB = 0.15  # response of a particle, of that of a bright disc: below this it is background
_LEAST_SIGNAL = 4.0  # standard deviations of the background that particles must stand above it
_ROUNDS = 100  # a guard against regions that never settle
_MIDDLE = 0.5  # of the height of a particle: half of it is where a symmetric blur leaves an edge
_RIM = 0.3  # of the height of a particle: lower than half, so that blurred rims belong to it
_SETTLED = 1e-6  # of the range: a threshold that moves by less has settled


@dataclass(frozen=True, kw_only=True, eq=False)
class ParticleRegions:
    """Labels of particles on a grid `enlarged` times as fine as the picture; 0 is background.

    `parted` are the territories, one per particle; `height` is the picture less its background, in parts of the usual
    height of a particle, on the same grid; `plateau` that of each particle, from label 1. `smoothed` is the width
    (pixels) of the smoothing before.
    """

    parted: Labels
    height: Array
    plateau: Array
    enlarged: int
    smoothed: float = 0.7

    def sharpened(self) -> ParticleRegions:
        """The same with some of the blur undone: that of the smoothing and of a beam one pixel wide."""
        from scipy import ndimage

        weight = 0.5 * (self.smoothed**2 + _BEAM**2) * self.enlarged**2
        bend = ndimage.gaussian_laplace(self.height, _BEND * self.smoothed * self.enlarged)
        return _with_plateaus(self.parted, self.height - weight * bend, self.enlarged, self.smoothed)

    def outlined(self, part: float = 0.5) -> Labels:
        """Labels, shape (rows, columns), of pixels above a part of a particle's height; no holes, one piece each."""
        from scipy import ndimage

        limits = np.concatenate([[np.inf], part * self.plateau])
        inside = self.height > limits[self.parted]
        made = np.zeros_like(self.parted)
        for label, box in enumerate(ndimage.find_objects(self.parted), start=1):
            if box is None:
                continue
            pieces, count = ndimage.label(inside[box] & (self.parted[box] == label))
            if count:
                largest = pieces == 1 + int(np.argmax(np.bincount(pieces.ravel())[1:]))
                filled = ndimage.binary_fill_holes(largest) & np.isin(self.parted[box], (0, label))
                made[box][filled] = label
        return made


def particle_regions(picture: Array) -> ParticleRegions:
    r"""Find bright particles on a darker background.

    Background and particles are the medians on both sides of a threshold in the middle between them. Where particles
    are small (radius below 6 pixels), the picture is enlarged and they are parted along the valleys of its Laplacian
    of Gaussian :math:`-s^2 \nabla^2 G_s * I`, whose scale s is the one of the strongest response; larger ones along the
    valleys of the distance transform. Parts of one particle are joined where the waist between them is above 85 % of
    the smaller one.

    Parameters
    ----------
    picture
        Grey values, shape (rows, columns).

    Returns
    -------
    ParticleRegions
        Without labels where nothing stands above the background by four standard deviations of it.

    References
    ----------
    T. Lindeberg, Int. J. Comput. Vis. 30 (1998) 79 (scale of a blob); L. Vincent, P. Soille, IEEE Trans. Pattern Anal.
    Mach. Intell. 13 (1991) 583 (watersheds); T. W. Ridler, S. Calvard, IEEE Trans. Syst. Man Cybern. 8 (1978) 630
    (threshold).
    """
    from scipy import ndimage

    values = np.asarray(picture, dtype=float)
    for width in _SMOOTHINGS:
        smooth = ndimage.gaussian_filter(values, width)
        low, high, noise = _levels(smooth)
        if noise <= _QUIET * (high - low):
            break
    height = (smooth - low) / (high - low) if high > low else np.zeros_like(smooth)
    if high - low < _LEAST_SIGNAL * noise:
        nothing = np.zeros(height.shape, dtype=np.int64)
        return ParticleRegions(parted=nothing, height=height, plateau=np.empty(0), enlarged=1, smoothed=width)
    mask = height > _MIDDLE
    depth = ndimage.distance_transform_edt(mask)
    if _usual_radius(depth) < _SMALL:
        return _small(height, width)
    parted = basins(ndimage.gaussian_filter(depth, 1.0), mask, _NECK)
    return _with_plateaus(parted, height, 1, width)


def _small(height: Array, smoothed: float) -> ParticleRegions:
    """Particles of a few pixels, by the Laplacian of Gaussian of the enlarged picture."""
    from scipy import ndimage

    clipped = np.clip(height, -0.2, 1.5)  # heaps that are brighter count as particles do
    responses = np.array([-(s**2) * ndimage.gaussian_laplace(clipped, s) for s in _SCALES])
    top = responses.max(axis=0)
    peaks = (top == ndimage.maximum_filter(top, 5)) & (top > 2.0 * _LEAST_BLOB)
    scale = float(np.median(_SCALES[responses.argmax(axis=0)[peaks]])) if peaks.any() else _SCALES[0]
    enlarged = int(np.clip(np.ceil(_FINE / (2.0 * np.sqrt(2.0) * scale)), 1, _MOST_ENLARGED))
    fine = ndimage.zoom(height, enlarged, order=3, mode="nearest", grid_mode=True)
    width = _BLOB_SCALE * scale * enlarged
    response = -(width**2) * ndimage.gaussian_laplace(np.clip(fine, -0.2, 1.5), width)
    blobs = basins(response, response > _LEAST_BLOB, _BLOB_SADDLE)
    parted = basins(response, ndimage.binary_dilation(blobs > 0, iterations=enlarged) | (fine > _RIM), 0.0, seeds=blobs)
    return _with_plateaus(parted, fine, enlarged, smoothed)


def _levels(values: Array) -> tuple[float, float, float]:
    """Background, usual particle, and standard deviation of the background (from its darker half)."""
    threshold = 0.5 * (float(values.min()) + float(np.percentile(values, 99.0)))
    low = high = threshold
    for _ in range(_ROUNDS):
        below, above = values[values <= threshold], values[values > threshold]
        if not below.size or not above.size:
            return low, low, 0.0
        low, high = float(np.median(below)), float(np.median(above))
        middle = 0.5 * (low + high)
        if abs(middle - threshold) <= _SETTLED * (high - low):
            break
        threshold = middle
    darker = values[values <= low]
    return low, high, float(np.sqrt(np.mean(np.square(darker - low))))


def _usual_radius(depth: Array) -> float:
    """The radius of the usual particle, by area: the largest depth within two radii of a pixel of the mask."""
    from scipy import ndimage

    crests = (depth == ndimage.maximum_filter(depth, 5)) & (depth > 1.0)
    if not crests.any():
        return 0.0
    sizes = np.sort(depth[crests])
    area = np.cumsum(sizes**2)
    return float(sizes[np.searchsorted(area, 0.5 * area[-1])])


def _own_height(values: Array) -> float:
    """The median of what is above half of it: right for a disc, and between crest and rim for a dome."""
    own = float(values.max())
    for _ in range(_ROUNDS):
        better = float(np.median(values[values > 0.5 * own]))
        if better >= own * (1.0 - 1e-6):
            break
        own = better
    return own


def _with_plateaus(parted: Labels, height: Array, enlarged: int, smoothed: float) -> ParticleRegions:
    from scipy import ndimage

    count = int(parted.max(initial=0))
    plateau = np.ones(count)
    for label, box in enumerate(ndimage.find_objects(parted), start=1):
        if box is not None:
            plateau[label - 1] = _own_height(height[box][parted[box] == label])
    return ParticleRegions(parted=parted, height=height, plateau=plateau, enlarged=enlarged, smoothed=smoothed)
