"""A cross-section of a coated foil, as a microscope records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_REACH = 5  # correlation lengths beyond the picture over which a rough edge is made


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A layer between two others, and how it is imaged.

    `roughness_um` is the standard deviation of each edge, `correlation_um` over how far its heights are alike. Grey
    levels from 0 to 1 are those above, of the layer and below; `texture` the standard deviation of grains in the layer
    (of `grain_um`), `noise` that of a pixel, `shading` the change of brightness over the width.
    """

    columns: int = 1024
    rows: int = 640
    pixel_nm: float = 200.0
    thickness_um: float = 40.0
    roughness_um: float = 0.8
    correlation_um: float = 6.0
    tilt_degree: float = 1.0
    levels: tuple[float, float, float] = (0.15, 0.55, 0.9)
    blur_pixels: float = 1.5
    texture: float = 0.05
    grain_um: float = 0.8
    noise: float = 0.04
    shading: float = 0.05
    title: str = "simulated cross-section"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record one picture of 8 bits: three grey levels between two rough edges, blurred, with noise.

    Parameters
    ----------
    parameters
        Layer, roughness, blur and noise.
    rng
        Where edges, grains and noise come from.

    Returns
    -------
    Measurement
        ``image``, shape (rows, columns).

    Source: definition.
    """
    from scipy import ndimage

    p = parameters
    um = p.pixel_nm / 1e3
    slope = np.tan(np.radians(p.tilt_degree))
    x = np.arange(p.columns) - 0.5 * (p.columns - 1)
    half = 0.5 * p.thickness_um / um * np.hypot(1.0, slope)
    middle = 0.5 * (p.rows - 1) + slope * x
    edges = [middle + side * half + _rough(p.columns, p, rng) for side in (-1.0, 1.0)]
    above, below = (_step(p.rows, edge, p.blur_pixels) for edge in edges)
    grey = p.levels[0] + (p.levels[1] - p.levels[0]) * above + (p.levels[2] - p.levels[1]) * below
    grains = ndimage.gaussian_filter(rng.normal(size=grey.shape), p.grain_um / um / 2.0)
    grey += p.texture * grains / grains.std() * above * (1.0 - below)
    grey += p.shading * x / p.columns + p.noise * rng.normal(size=grey.shape)
    meta = {"title": p.title, "simulated": True, "pixel_height_nm": p.pixel_nm, "pixel_width_nm": p.pixel_nm}
    image = np.clip(np.round(255.0 * grey), 0.0, 255.0)
    return Measurement(technique="microscopy", columns={"image": image}, meta=meta)


def _rough(columns: int, parameters: Parameters, rng: np.random.Generator) -> Array:
    """A rough edge (pixels): normal heights whose correlation falls as a Gaussian of the correlation length."""
    from scipy import ndimage

    um = parameters.pixel_nm / 1e3
    length = max(parameters.correlation_um / um, 1e-6)
    pad = int(_REACH * length) + 1
    width = length / np.sqrt(2.0)
    heights = ndimage.gaussian_filter1d(rng.normal(size=columns + 2 * pad), width, mode="wrap")
    kernel = ndimage.gaussian_filter1d(np.eye(1, 2 * pad + 1, pad).ravel(), width, mode="constant")
    return np.asarray(parameters.roughness_um / um * heights[pad : pad + columns] / np.sqrt(np.sum(kernel**2)))


def _step(rows: int, edge: Array, blur: float) -> Array:
    """0 above an edge and 1 below it, blurred; shape (rows, columns)."""
    from scipy.special import erf

    return np.asarray(0.5 * (1.0 + erf((np.arange(rows)[:, None] - edge) / (np.sqrt(2.0) * max(blur, 1e-3)))))
