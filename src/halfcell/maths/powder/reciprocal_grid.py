"""From reciprocal length to the measured angles: a uniform grid in s = 2 sin(theta)/lambda and its sampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Complex = NDArray[np.complex128]


# Cu K-alpha: wavelength (nm) and area share of the four Lorentzians of Hoelzer et al., Phys. Rev. A 56 (1997) 4554
COPPER = ((0.154059033, 0.579), (0.154106330, 0.080), (0.154439844, 0.236), (0.154468494, 0.105))
_IS_COPPER = 1e-4  # relative: tables of the wavelength differ by less, and other tubes by more
_DOUBLET = (0.4, 0.6)  # K-alpha-2 over K-alpha-1: one half, and what files state for it


@dataclass(frozen=True, kw_only=True)
class Radiation:
    """Emission lines: (wavelength in nm, share), shares adding up to one; angles refer to the first line.

    `monochromator` is cos^2(2 theta_m) of a crystal in the beam (1: none), for the polarisation factor.
    """

    lines: tuple[tuple[float, float], ...] = COPPER
    monochromator: float = 1.0

    @property
    def first(self) -> float:
        """Wavelength in nm that line positions refer to."""
        return self.lines[0][0]


def emission(first: float, second: float, ratio: float) -> Radiation:
    """The emission lines of a tube from its doublet.

    The copper doublet at its usual ratio becomes its four lines, scaled to the given wavelength; a ratio of zero
    gives one line; any other doublet gives two lines.

    Parameters
    ----------
    first, second
        Wavelengths (nm).
    ratio
        Intensity of the second line over that of the first.

    Returns
    -------
    Radiation
        The lines, with shares that add up to 1.

    Source: G. Hölzer et al., Phys. Rev. A 56 (1997) 4554, for copper.
    """
    if ratio <= 0:
        return Radiation(lines=((first, 1.0),))
    if abs(first / COPPER[0][0] - 1) < _IS_COPPER and _DOUBLET[0] < ratio < _DOUBLET[1]:
        return Radiation(lines=tuple((wave * first / COPPER[0][0], share) for wave, share in COPPER))
    return Radiation(lines=((first, 1 / (1 + ratio)), (second, ratio / (1 + ratio))))


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """A uniform grid ``start + step i`` in s (1/nm) of `count` points, and the column lengths L (nm)."""

    start: float
    step: float
    count: int
    length: Array


def reciprocal(two_theta: Array, wavelength: float) -> Array:
    r"""Reciprocal length, :math:`s = 2 \sin\theta/\lambda`.

    Parameters
    ----------
    two_theta
        Angles (degrees), shape (n,).
    wavelength
        nm.

    Returns
    -------
    numpy.ndarray
        1/nm, shape (n,).

    Source: definition.
    """
    return np.asarray(2.0 * np.sin(np.radians(two_theta) / 2) / wavelength)


def angle(s: Array, wavelength: float) -> Array:
    r"""Angle of a reciprocal length, :math:`2\theta = 2 \arcsin(s\lambda/2)`.

    Parameters
    ----------
    s
        1/nm, shape (n,).
    wavelength
        nm.

    Returns
    -------
    numpy.ndarray
        Degrees, shape (n,); 180 where s is beyond the reach of the wavelength.

    Source: definition.
    """
    return np.asarray(2.0 * np.degrees(np.arcsin(np.clip(np.asarray(s) * wavelength / 2, 0.0, 1.0))))


def make_grid(two_theta: Array, radiation: Radiation, finest: float, margin: float = 0.6) -> Grid:
    """Make the grid of a scan.

    Parameters
    ----------
    two_theta
        Angles (degrees, ascending), shape (n,).
    radiation
        Emission lines.
    finest
        Smallest full width at half maximum of any line (degrees); the grid has at least five points in it.
    margin
        How far the grid extends beyond the scan on both sides (1/nm), so that tails do not wrap around.

    Returns
    -------
    Grid
        Even in s (1/nm), and the column lengths (nm) of its transform.

    Source: definition of the discrete Fourier transform.
    """
    from scipy.fft import next_fast_len

    waves = [wave for wave, _ in radiation.lines]
    low = float(reciprocal(two_theta[:1], max(waves))[0]) - margin
    high = float(reciprocal(two_theta[-1:], min(waves))[0]) + margin
    slope = np.cos(np.radians(two_theta[-1]) / 2) / max(waves) * np.pi / 180
    step = slope * max(finest, 0.01) / 5.0
    count = next_fast_len(int((high - low) / step) + 2, real=True)
    length = np.arange(count // 2 + 1) / (count * step)
    return Grid(start=low, step=step, count=count, length=length)


def to_grid(spectrum: Complex, grid: Grid) -> Array:
    """Spline coefficients on the grid of functions given by Fourier coefficients.

    The transform of the cubic B-spline, (2 + cos(2 pi L step)) / 3, is divided out, so that `sampling` gives the
    function itself between the grid points.

    Parameters
    ----------
    spectrum
        Fourier coefficients, shape (m, k).
    grid
        The grid.

    Returns
    -------
    numpy.ndarray
        Shape (grid.count, m).

    Source: M. Unser, IEEE Signal Process. Mag. 16 (1999) 22.
    """
    from scipy.fft import irfft

    kept = spectrum.shape[1]
    smooth = (2.0 + np.cos(2 * np.pi * grid.length[:kept] * grid.step)) / 3.0
    values = irfft(spectrum / (smooth * grid.step), grid.count, axis=1)
    return np.ascontiguousarray(values.T)


def sampling(
    two_theta: Array, true: Array, radiation: Radiation, grid: Grid, envelope: Array | None = None
) -> tuple[Any, Any]:
    """Sparse matrices from spline coefficients to the pattern and to its derivative.

    The pattern is the sum over emission lines of share (1 + M cos^2 2theta) / sin^2(theta) profile(s); the factor
    1/cos(theta) of the Lorentz factor comes from the change of variable from s to angle. The second matrix times the
    coefficients of d(profile)/ds is the change of the pattern per degree.

    Parameters
    ----------
    two_theta, true
        The measured angles, and those corrected for displacement or zero (degrees), shape (n,).
    radiation
        Emission lines and the factor M of a monochromator.
    grid
        The grid of s.
    envelope
        What the pattern is multiplied by, shape (n,).

    Returns
    -------
    tuple of scipy.sparse.csr_array
        Shape (n, grid.count) each.

    Source: L. V. Azároff, Acta Cryst. 8 (1955) 701, for the polarisation.
    """
    from scipy.sparse import csr_array

    half = np.radians(two_theta) / 2
    factor = (1 + radiation.monochromator * np.cos(2 * half) ** 2) / np.maximum(np.sin(half), 1e-3) ** 2
    factor = factor if envelope is None else factor * envelope
    weights, slopes, places = [], [], []
    for wave, share in radiation.lines:
        position = (reciprocal(true, wave) - grid.start) / grid.step
        index = np.clip(np.floor(position).astype(np.int64), 1, grid.count - 3)
        spline = _spline(position - index) * (factor * share)[:, None]
        weights.append(spline)
        slopes.append(spline * (np.cos(half) / wave * np.pi / 180)[:, None])
        places.append(index[:, None] + np.arange(-1, 3))
    columns = np.concatenate(places, axis=1)
    starts = np.arange(0, columns.size + 1, columns.shape[1])
    shape = (len(two_theta), grid.count)
    made = [np.concatenate(part, axis=1).ravel() for part in (weights, slopes)]
    first, second = (csr_array((part, columns.ravel(), starts), shape=shape) for part in made)
    return first, second


def _spline(u: Array) -> Array:
    """The four cubic B-spline weights at u in 0..1, shape (n, 4)."""
    v = 1.0 - u
    return np.stack([v**3, 3 * u**3 - 6 * u**2 + 4, 3 * v**3 - 6 * v**2 + 4, u**3], axis=1) / 6.0
