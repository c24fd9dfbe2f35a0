"""A measurement prepared for analysis: range, radiation, counts and their variance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.reflections import Reflections, reflections
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.reciprocal_grid import Radiation, angle
from halfcell.techniques.common.measurement_checks import is_noted, sound
from halfcell.techniques.diffraction.divergence_slit import slit_factor
from halfcell.techniques.diffraction.radiation import angles, radiation_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Note
    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

_BEYOND = 4.0  # degrees by which lines may be outside a scan and still reach into it
_TOGETHER = 0.3  # degrees: closer lines share an amplitude
_FEWEST = 50  # points, chosen: fewer do not hold a background and a line
_OTHER_AXES = ("rocking", "omega", "phi", "chi", "psi")  # in the type of a scan whose angles are not 2theta
# a laboratory diffractometer with a 1-D detector: 0.07 degrees at 28 degrees
LABORATORY = Instrument(u=0.0040, t=0.375, w=0.0039375, x=0.010, y=0.012, source="assumed")
# narrower than any laboratory instrument; used if none was calibrated, so that sizes are lower bounds
NARROW = Instrument(w=0.0009, source="none")


@dataclass(frozen=True, kw_only=True, eq=False)
class Scan:
    """Angles, counts, their variance if the file has its own, and the radiation.

    `noise_is_known` is false if a background was subtracted before, so that the counts are no longer Poisson counts.
    """

    two_theta: Array
    counts: Array
    variance: Array | None
    radiation: Radiation
    noise_is_known: bool = True

    @property
    def noise(self) -> Array:
        """Variance of each point: that of the file, or the Poisson variance of the smoothed counts."""
        if self.variance is not None:
            return self.variance
        kernel = np.full(9, 1 / 9)
        smooth = np.convolve(np.pad(self.counts, 4, mode="edge"), kernel, mode="valid")
        return np.maximum(smooth, 1.0)

    @property
    def d_min(self) -> float:
        """Smallest spacing (angstrom) that is computed: slightly beyond the end of the scan."""
        top = min(self.two_theta[-1] + _BEYOND, 175.0)
        return float(10 * self.radiation.first / 2 / np.sin(np.radians(top) / 2))


def scan(measurement: Measurement, settings: Settings) -> tuple[Scan, tuple[Note, ...]]:
    """Cut out the range and find the wavelengths.

    Raises
    ------
    InputError
        If the columns are not a scan: empty, of different lengths, impossibly large, or with angles that do not rise.
    Refused
        If fewer than 50 points lie in the range, or the reader says that the angles of the scan are not 2theta.
    """
    sound(measurement, "two_theta_degree", "intensity_count")
    _x_rays_over_two_theta(measurement)
    x, counts = angles(measurement, settings), measurement["intensity_count"]
    if not np.all(np.diff(x) > 0):
        place = int(np.argmin(np.diff(x) > 0)) + 1
        raise InputError(f"the angles do not rise after record {place} ({x[place - 1]:g} degrees)", measurement.where)
    low = settings.low_degree if settings.low_degree is not None else -np.inf
    high = settings.high_degree if settings.high_degree is not None else np.inf
    inside = (x >= low) & (x <= high)
    if inside.sum() < _FEWEST:
        span = f"the file has {len(x)} from {x[0]:g} to {x[-1]:g} degrees"
        what = f"{int(inside.sum())} points in the range, {_FEWEST} are needed"
        raise Refused(what, measurement.where, span)
    radiation, notes = radiation_of(measurement, settings)
    variance = _variance(measurement, inside)
    subtracted = is_noted(measurement, "negative_counts")
    data = Scan(
        two_theta=x[inside],
        counts=counts[inside],
        variance=variance,
        radiation=radiation,
        noise_is_known=variance is not None or not subtracted,
    )
    factor, on_slit = slit_factor(data.two_theta, measurement, settings)
    if on_slit:
        data = replace(data, counts=data.counts * factor, variance=data.noise * factor**2)
    return data, (*notes, *on_slit)


def _x_rays_over_two_theta(measurement: Measurement) -> None:
    """Check that a scan is one of X-rays over 2theta, where the reader doubts it.

    Raises
    ------
    Refused
        If the scan is over another axis or one of neutrons: neither phases nor sizes follow from it.
    """
    if measurement.meta.get("radiation") == "neutrons":
        what = "a neutron diffractogram: phases are calculated with scattering factors for X-rays"
        raise Refused(what, measurement.where, "phases, shares and limits of absence would be wrong; use an X-ray scan")
    kind = str(measurement.meta.get("scan", ""))
    doubted = is_noted(measurement, "scan_type")
    if doubted and any(axis in kind.lower() for axis in _OTHER_AXES):
        what = f"the scan is of type {kind!r}: its angles are not 2theta"
        raise Refused(what, measurement.where, "phases and sizes need a scan over 2theta")


def _variance(measurement: Measurement, inside: NDArray[np.bool_]) -> Array | None:
    """Variance of the counts in the range: that of the file, or from their scatter if they are rates; else None."""
    if "intensity_std_count" in measurement:
        std = measurement["intensity_std_count"][inside]
        return np.where(std > 0, np.maximum(std, 1e-12) ** 2, np.inf)
    if measurement.meta.get("intensity_unit") == "cps":
        return _scatter(measurement["intensity_count"][inside])
    return None


def _scatter(rate: Array) -> Array:
    """Variance of rates of unknown counting time: proportional to the rate, scaled by point-to-point differences."""
    smooth = np.maximum(np.convolve(np.pad(rate, 4, mode="edge"), np.full(9, 1 / 9), mode="valid"), 1e-9)
    second = rate[2:] - 2 * rate[1:-1] + rate[:-2]
    scale = np.median(second**2 / (6 * smooth[1:-1])) / 0.4549
    return np.asarray(max(float(scale), 1e-12) * smooth)


def lines_of(name: str, data: Scan, strongest: int = 12, weakest: float = 0.0) -> tuple[Lines, Reflections]:
    """Reflections of a phase that can reach into the scan, as lines of the pattern model and as listed reflections.

    Each of the `strongest` groups of lines has its own amplitude; all weaker ones share one. Lines below `weakest`
    times the strongest line in the scan are left out.

    Parameters
    ----------
    name, data
        The phase, and the scan with its radiation.
    strongest
        How many groups of lines have an amplitude of their own.
    weakest
        Height of the weakest line over that of the strongest in the scan.

    Returns
    -------
    tuple
        The lines of the model, and the reflections (spacings in angstrom) that they are.

    Raises
    ------
    Refused
        If none of its lines lies in the scan.

    Source: as `materials.reflections`.
    """
    everything = reflections(name, data.d_min, round(10 * data.radiation.first, 5))
    place = positions(everything, data)
    near = place > data.two_theta[0] - _BEYOND
    inside = near & (place > data.two_theta[0]) & (place < data.two_theta[-1])
    if not inside.any():
        span = f"{data.two_theta[0]:g} to {data.two_theta[-1]:g} degrees"
        raise Refused(f"{name} has no line between {span}", hint="remove it from the list of phases")
    height = everything.intensity / np.sin(np.radians(place) / 2) ** 2
    listed = everything.part(near & (height >= weakest * height[inside].max()))
    place = positions(listed, data)
    lines = Lines(
        name=name,
        parts=_parts(listed),
        intensity=listed.intensity / everything.intensity.max(),
        column=_columns(listed, place, strongest),
    )
    return lines, listed


def _columns(listed: Reflections, place: Array, strongest: int) -> NDArray[np.int64]:
    """Amplitude of each line: lines closer than 0.3 degrees share one, and so do all but the strongest."""
    order = np.argsort(place)
    group = np.empty(len(place), dtype=np.int64)
    group[order] = np.concatenate([[0], np.cumsum(np.diff(place[order]) > _TOGETHER)])
    half = np.radians(place) / 2
    strength = np.bincount(group, listed.intensity / np.sin(half) ** 2 / np.cos(half))
    rank = np.argsort(np.argsort(-strength))
    return np.minimum(rank, strongest)[group]


def _parts(listed: Reflections) -> Array:
    """Contribution of each free cell length to 1/d^2 (1/nm^2); a monoclinic cell has one common scale."""
    h, k, l = listed.hkl.T.astype(float)
    a, b, c, *angles = listed.phase.cell
    if angles == [90.0, 90.0, 90.0]:
        if a == b == c:
            return np.asarray([100 * (h**2 + k**2 + l**2) / a**2])
        if a == b:
            return np.asarray([100 * (h**2 + k**2) / a**2, 100 * l**2 / c**2])
        return np.asarray([100 * h**2 / a**2, 100 * k**2 / b**2, 100 * l**2 / c**2])
    if angles == [90.0, 90.0, 120.0]:
        return np.asarray([400 / 3 * (h**2 + h * k + k**2) / a**2, 100 * l**2 / c**2])
    return np.asarray([100 / listed.spacing**2])


def positions(listed: Reflections, data: Scan) -> Array:
    r"""Angles of the reflections for the first wavelength, :math:`2\theta = 2 \arcsin(\lambda/2d)`.

    Parameters
    ----------
    listed, data
        Reflections, and the scan with its radiation.

    Returns
    -------
    numpy.ndarray
        Degrees, shape (reflections,).

    Source: Bragg's law.
    """
    return angle(10 / listed.spacing, data.radiation.first)
