"""From mu(E) to chi(R): normalisation, background, transform, and the first peak of |chi(R)|."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.maths import exafs, exafs_background, exafs_transform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.settings import Settings

    Array = NDArray[np.floating]

_AN_EDGE = 3  # standard uncertainties of an edge step that is one


@dataclass(frozen=True, kw_only=True)
class FirstPeak:
    """Position (angstrom) and height of the strongest maximum of |chi(R)| in a range of R."""

    position: float
    height: float


@dataclass(frozen=True, kw_only=True, eq=False)
class ChiOfR:
    """A scan transformed with one choice of ranges: its normalisation, chi(k), complex chi(R), and first peak."""

    normal: exafs.Normalised
    k_range: tuple[float, float]
    k: Array
    chi: Array
    r: Array
    spectrum: Array
    peak: FirstPeak


def normalised(measurement: Measurement, e0: float, settings: Settings) -> exafs.Normalised:
    """Normalise a scan.

    Parameters
    ----------
    measurement
        Energies (eV) and absorption, shape (n,).
    e0
        eV.
    settings
        The ranges before and after the edge (eV).

    Returns
    -------
    exafs.Normalised
        Both polynomials, the edge step and its standard uncertainty.

    Raises
    ------
    InputError
        If there are too few points before or after the edge, or no edge above the noise.

    Source: as `maths.exafs`.
    """
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    try:
        normal = exafs.normalise(energy, mu, e0, settings.pre_range, settings.post_range)
    except ValueError as error:
        span = f"the scan runs from {energy[0]:.0f} to {energy[-1]:.0f} eV, E0 is {e0:.1f}"
        raise InputError(str(error), measurement.where, span) from error
    if normal.step <= _AN_EDGE * normal.step_std:
        raise InputError("there is no edge above the noise", measurement.where, "is this an absorption scan?")
    return normal


def chi_of_r(
    measurement: Measurement, normal: exafs.Normalised, settings: Settings, k_range: tuple[float, float]
) -> ChiOfR:
    """Subtract the background of a normalised scan and transform it.

    Parameters
    ----------
    measurement
        Energies (eV) and absorption, shape (n,).
    normal
        Its normalisation.
    settings
        Background, weight and window.
    k_range
        Of the transform (1/angstrom).

    Returns
    -------
    ChiOfR
        chi(k) and chi(R) over k (1/angstrom) and R (angstrom).

    Raises
    ------
    InputError
        If there are too few points above the edge.

    Source: as `maths.exafs_background` and `maths.exafs_transform`.
    """
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    try:
        back = exafs_background.background(energy, mu, normal, rbkg=settings.rbkg_angstrom)
    except ValueError as error:
        raise InputError(str(error), measurement.where) from error
    r, spectrum = exafs_transform.transform(back.chi, settings.k_weight, k_range, settings.k_sill)
    peak = first_peak(r, np.abs(spectrum), settings.r_range)
    return ChiOfR(normal=normal, k_range=k_range, k=back.k, chi=back.chi, r=r, spectrum=spectrum, peak=peak)


def first_peak(r: Array, magnitude: Array, r_range: tuple[float, float]) -> FirstPeak:
    r"""The strongest maximum in a range of R, by a parabola through three points.

    A rise towards the end of the range is not a maximum; if there is none at all, the highest point of the range is
    taken.

    Parameters
    ----------
    r, magnitude
        Angstrom and \|chi(R)\|, shape (n,).
    r_range
        Angstrom.

    Returns
    -------
    FirstPeak
        Place (angstrom) and height.

    Source: definition.
    """
    inside = np.flatnonzero((r >= r_range[0]) & (r <= r_range[1]))
    inside = inside[(inside > 0) & (inside < len(r) - 1)]
    maxima = inside[(magnitude[inside] >= magnitude[inside - 1]) & (magnitude[inside] > magnitude[inside + 1])]
    choice = maxima if len(maxima) else inside
    top = int(choice[np.argmax(magnitude[choice])])
    left, middle, right = magnitude[top - 1 : top + 2]
    curve = left - 2 * middle + right
    shift = 0.5 * (left - right) / curve if curve else 0.0
    position = float(r[top] + shift * (r[1] - r[0]))
    return FirstPeak(position=position, height=float(middle - 0.25 * (left - right) * shift))
