"""A lattice picture of crystals in an amorphous film, as a scanning microscope with drift and shear records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.materials.lattice_planes import planes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Grain:
    """A round crystal: its phase, two plane families seen (h k l as printed), centre and diameter (nm), direction."""

    phase: str
    families: tuple[str, str]
    column_nm: float
    row_nm: float
    diameter_nm: float
    direction_degree: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What is imaged and how.

    `stated_pixel_nm` is what the file states, `pixel_nm` the true one; `shear` and `drift` are the relative distortion
    of the scan (over the rows) and its slow random part; `noise` is relative to the contrast of the fringes.
    """

    pixels: int = 512
    pixel_nm: float = 0.02
    stated_pixel_nm: float = 0.0206
    grains: tuple[Grain, ...] = (
        Grain(phase="Si", families=("111", "220"), column_nm=3.0, row_nm=3.0, diameter_nm=5.5),
    )
    shear: float = 0.01
    drift: float = 0.002
    noise: float = 1.0
    title: str = "simulated lattice"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record one picture: sinusoidal fringes in crystals, an amorphous film, the distortion of the scan, and noise.

    Parameters
    ----------
    parameters
        Crystals, scale and faults.
    rng
        Where film, drift and noise come from.

    Returns
    -------
    Measurement
        ``image``, shape (rows, columns).

    Source: definition.
    """
    p = parameters
    places = (np.arange(p.pixels) + 0.5) * p.pixel_nm
    x, y = np.meshgrid(places, places)
    wander = p.drift * np.cumsum(rng.normal(size=p.pixels)) * p.pixel_nm * np.sqrt(p.pixels) / 10.0
    x = x + p.shear * y + wander[:, None]
    picture = np.zeros_like(x)
    for grain in p.grains:
        inside = np.hypot(x - grain.column_nm, y - grain.row_nm) < grain.diameter_nm / 2.0
        for vector in _vectors(grain):
            picture += inside * np.cos(2.0 * np.pi * (vector[0] * x - vector[1] * y))
    picture = 1000.0 + 100.0 * (picture + p.noise * rng.normal(size=picture.shape))
    meta = {
        "title": p.title,
        "simulated": True,
        "pixel_height_nm": p.stated_pixel_nm,
        "pixel_width_nm": p.stated_pixel_nm,
    }
    return Measurement(technique="microscopy", columns={"image": np.round(picture)}, meta=meta)


def _vectors(grain: Grain) -> Iterator[Array]:
    """Two vectors (1/nm) of a grain in the plane of the picture, at the smallest angle of their families."""
    known = planes(grain.phase, 0.08)
    one, other = (known.names.index(name) for name in grain.families)
    angle = float(max(known.pair(one, other)))
    for number, turned in ((one, 0.0), (other, angle)):
        direction = np.radians(grain.direction_degree + turned)
        yield np.array([np.cos(direction), np.sin(direction)]) / known.spacings[number]
