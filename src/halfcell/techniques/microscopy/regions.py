"""Lattice fringes of square regions of a picture: found in pixels, then turned into spacings and candidate phases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.phases import phase, phases
from halfcell.maths.lattice_fringes import fringes, log_power, parts, refined
from halfcell.techniques.microscopy.calibration import from_standard
from halfcell.techniques.microscopy.candidates import candidates
from halfcell.techniques.microscopy.result import Region
from halfcell.techniques.microscopy.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.lattice_fringes import Fringe
    from halfcell.techniques.microscopy.calibration import Calibration
    from halfcell.techniques.microscopy.settings import Settings

    Array = NDArray[np.float64]

_LEAST_EDGE = 32  # pixels: a smaller region holds too few fringes
_PARALLEL = 10.0  # degrees: vectors nearer than this are one direction
_SAME = 0.02  # relative: frequencies that are multiples of one another
_FEWEST = 3  # quarters in which the fringe is found


@dataclass(frozen=True, kw_only=True, eq=False)
class Fringes:
    """The fringes of a region in pixels, each with the relative error that the distortion of the scan gives it."""

    left: int
    top: int
    values: Array
    seen: tuple[Fringe, ...]
    distortion: tuple[float, ...]

    def relative_std(self, number: int) -> float:
        """Relative standard uncertainty of a frequency: the larger of those of its fit and of the distortion.

        Lines that jitter make the background from which the error of the fit comes, and scatter the quarters as well:
        both together would count them twice.
        """
        return float(max(self.seen[number].error / self.seen[number].frequency, self.distortion[number]))


def found(picture: Array, number: int, region: tuple[float, float, float], settings: Settings) -> Fringes:
    """The fringes of one region.

    Parameters
    ----------
    picture
        Grey values, shape (rows, columns).
    number
        Which region it is, for the error.
    region
        Middle (column and row) and edge, pixels.
    settings
        How many fringes at most.

    Returns
    -------
    Fringes
        Frequencies (1/px) with the error by the distortion of the scan.

    Raises
    ------
    InputError
        If the region lies outside the picture or is smaller than 32 pixels.

    Source: as `maths.lattice_fringes`.
    """
    edge = round(region[2])
    left, top = round(region[0] - region[2] / 2.0), round(region[1] - region[2] / 2.0)
    rows, columns = picture.shape
    if edge < _LEAST_EDGE or left < 0 or top < 0 or left + edge > columns or top + edge > rows:
        what = f"region {number} ({edge} pixels at {region[0]:g}, {region[1]:g}) is outside the picture or too small"
        raise InputError(what, "regions", f"the picture has {columns} columns and {rows} rows; an edge is at least 32")
    values = picture[top : top + edge, left : left + edge]
    seen = fringes(values, settings.fringes)
    distortion = tuple(_distortion(values, fringe) for fringe in seen)
    return Fringes(left=left, top=top, values=values, seen=seen, distortion=distortion)


def _distortion(values: Array, fringe: Fringe) -> float:
    """Standard error of the mean of a fringe's length over the quarters of its region, relative.

    A scan that drifts or shears makes the same planes look different from place to place, by far more than the noise.
    """
    quarters = [refined(part, fringe) for part in parts(values)]
    lengths = np.array([one.row * fringe.row + one.column * fringe.column for one in quarters if one is not None])
    if len(lengths) < _FEWEST:
        return 0.0
    return float(lengths.std(ddof=1) / np.sqrt(len(lengths)) / fringe.frequency**2)


def standardised(calibration: Calibration, regions: Sequence[Fringes], settings: Settings) -> Calibration:
    """The calibration corrected by the region that is known to be the standard.

    Raises
    ------
    InputError
        If there is no such region.
    Refused
        If it has no two directions of fringes, or they do not fit the standard.
    """
    number = settings.standard_region
    if not 1 <= number <= len(regions):
        raise InputError(f"there is no region {number}", "standard_region", f"there are {len(regions)}")
    chosen = regions[number - 1]
    vectors = [calibration.vector(fringe.row, fringe.column) for fringe in chosen.seen]
    pair = _first_two(vectors)
    if pair is None:
        raise Refused(f"region {number} shows fringes in one direction only", "standard_region")
    errors = [chosen.relative_std(n) for n in range(len(vectors))]
    return from_standard(calibration, vectors, pair, errors, settings.standard)


def scaled(region: Fringes, calibration: Calibration, settings: Settings) -> Region:
    """Spacings, the angle between the first two directions, and the phases that fit.

    Parameters
    ----------
    region
        Its fringes (1/px).
    calibration
        The size of a pixel and its errors.
    settings
        The phases that are compared.

    Returns
    -------
    Region
        Spacings (nm), their angle (degrees), and the phases that fit.

    Source: definition: d = 1/|k|.
    """
    vectors = [calibration.vector(fringe.row, fringe.column) for fringe in region.seen]
    frequencies = [float(np.linalg.norm(vector)) for vector in vectors]
    spacings = tuple(
        Spacing(
            d=1.0 / k,
            std=region.relative_std(n) / k,
            direction=float(np.degrees(np.arctan2(-vector[0], vector[1])) % 180.0),
            strength=region.seen[n].strength,
            order=_order(k, vectors[n], vectors),
        )
        for n, (k, vector) in enumerate(zip(frequencies, vectors, strict=True))
    )
    pair = _first_two(vectors)
    angle = _angle(vectors[pair[0]], vectors[pair[1]]) if pair else None
    used = [spacings[n] for n in pair] if pair else list(spacings[:1])
    names = settings.phases or tuple(phases())
    ranked = candidates([phase(name).name for name in names], used, angle, calibration) if used else ()
    return Region(
        left=region.left,
        top=region.top,
        edge=len(region.values),
        transform=log_power(region.values),
        spacings=spacings,
        angle=angle,
        candidates=ranked,
    )


def _first_two(vectors: Sequence[Array]) -> tuple[int, int] | None:
    """The strongest fringe and the strongest in another direction."""
    for number in range(1, len(vectors)):
        if _angle(vectors[0], vectors[number]) > _PARALLEL:
            return 0, number
    return None


def _angle(one: Array, other: Array) -> float:
    """The angle between two directions, 0 to 90 degrees."""
    cosine = abs(float(one @ other)) / float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.degrees(np.arccos(min(cosine, 1.0))))


def _order(frequency: float, vector: Array, vectors: Sequence[Array]) -> int:
    """How many times a fringe's frequency holds that of another in the same direction."""
    orders = [1]
    for other in vectors:
        times = frequency / float(np.linalg.norm(other))
        whole = round(times)
        if whole > 1 and abs(times / whole - 1.0) < _SAME and _angle(vector, other) < _PARALLEL:
            orders.append(whole)
    return max(orders)
