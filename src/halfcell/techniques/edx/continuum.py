r"""The continuum of a spectrum: bremsstrahlung that a bulk sample absorbs, with the edges of its elements.

Kramers' law :math:`(E_0 - E)/E` times the part that leaves the sample (the depth distribution of XPP for an edge at E),
seen with the resolution of the detector; a smooth curve of splines stands for window, dead layer and what the law
misses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.x_rays import absorption_of, edges_within, x_ray_element
from halfcell.maths.depth_distribution import Matrix, depth_distribution
from halfcell.maths.x_ray_continuum import broadened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.maths.x_ray_lines import Detector

    Array = NDArray[np.float64]

_PLACES = 80  # energies between which the absorbed part is interpolated
_STEP = 1.7  # ratio of neighbouring knots: wider than any peak, narrower than the detector's window
_WINDOW = 4e-5  # g/cm2
_SILICON = 14  # the shell and element of the cross-section: it hardly matters


def matrix_of(weights: Mapping[str, float]) -> Matrix:
    """A sample from mass fractions, which are scaled to a sum of 1.

    Parameters
    ----------
    weights
        Mass fractions by element.

    Returns
    -------
    Matrix
        Shares that sum to 1, atomic numbers and masses (g/mol), shape (elements,) each.

    Source: definition.
    """
    facts = [x_ray_element(symbol) for symbol in weights]
    share = np.array(list(weights.values()), dtype=float)
    return Matrix(
        share=share / share.sum(),
        number=np.array([float(one.number) for one in facts]),
        mass=np.array([one.mass for one in facts]),
    )


def continuum_shape(
    energy: Array, beam: float, take_off: float, weights: Mapping[str, float], detector: Detector
) -> Array:
    """The continuum of a sample, up to a factor; without weights, of one that absorbs nothing (a thin film).

    Parameters
    ----------
    energy
        Channels (keV), equidistant, above 0, shape (n,).
    beam, take_off
        Beam (keV) and take-off angle (degree).
    weights
        Mass fractions.
    detector
        Its resolution over the energy.

    Returns
    -------
    numpy.ndarray
        Up to a factor, shape (n,).

    Source: H. A. Kramers, Phil. Mag. 46 (1923) 836, absorbed over the depth distribution.
    """
    law = np.maximum((beam - energy) / energy, 1e-4)
    if weights:
        law = law * _left(energy, beam, take_off, weights)
    return broadened(energy, law, detector)


def _left(energy: Array, beam: float, take_off: float, weights: Mapping[str, float]) -> Array:
    """The part of the photons of each energy that leaves the sample."""
    total = sum(weights.values())
    shares = {symbol: share / total for symbol, share in weights.items()}
    low, high = float(energy[0]), float(min(energy[-1], 0.98 * beam))
    edges = np.array(edges_within(tuple(shares), low, high))
    places = np.sort(np.concatenate([np.geomspace(low, high, _PLACES), edges * (1 - 1e-5), edges * (1 + 2e-3)]))
    chi = absorption_of(shares, places) / np.sin(np.radians(take_off))
    matrix = matrix_of(shares)
    parts = []
    for place, one in zip(places, chi, strict=True):
        curve = depth_distribution(matrix, beam, float(place), "K", _SILICON)
        parts.append(float(curve.emitted(float(one))) / curve.integral)
    return np.interp(energy, places, parts)


def windowed(energy: Array, beam: float, detector: Detector) -> Array:
    """The continuum behind a window of polymer, whose edge of C lies below the line of C: a smooth curve has no edge.

    Added to the curve without a window with a free factor, it stands for any thickness up to this one. A window is
    0.3 um of polymer (Moxtek AP3.3), 40 ug/cm2.

    Parameters
    ----------
    energy
        Channels (keV), equidistant, above 0, shape (n,).
    beam
        keV.
    detector
        Its resolution over the energy.

    Returns
    -------
    numpy.ndarray
        Up to a factor, shape (n,).

    Source: H. A. Kramers, Phil. Mag. 46 (1923) 836, for the continuum; Moxtek's data of the window.
    """
    law = np.maximum((beam - energy) / energy, 1e-4)
    return broadened(energy, law * np.exp(-absorption_of({"C": 1.0}, np.maximum(energy, 0.05)) * _WINDOW), detector)


def knots(low: float, high: float) -> tuple[float, ...]:
    """Knots of the smooth curve over an energy range (keV).

    Parameters
    ----------
    low, high
        Ends of the range, keV.

    Returns
    -------
    tuple of float
        keV, in equal ratios of at most 1.7.

    Source: procedure of this package.
    """
    number = max(int(np.ceil(np.log(high / low) / np.log(_STEP))), 1) + 1
    return tuple(float(place) for place in np.geomspace(low, high, number))
