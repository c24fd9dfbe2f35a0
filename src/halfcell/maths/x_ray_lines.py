"""Families of X-ray lines as a detector shows them: Gaussians whose width follows from noise and Fano factor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

FANO = 0.118 * 3.66e-3  # keV: Fano factor of silicon times the energy per pair
_FWHM = 2.0 * np.sqrt(2.0 * np.log(2.0))
_MN_KA = 5.895  # keV: where resolutions are stated
_REACH = 6.0  # standard deviations to which a line is drawn
_LEAST_VARIANCE = 4e-4  # keV2: 47 eV FWHM, better than any detector of this kind


@dataclass(frozen=True, kw_only=True)
class Detector:
    """Calibration and resolution: a channel stated as E is at `gain` E + `offset` (keV); `noise` is n^2 (keV2)."""

    gain: float = 1.0
    offset: float = 0.0
    noise: float = 4.6e-4

    def sigma(self, energy: Array | float) -> Array:
        """Standard deviation of lines at energies, keV, shape (n,) each or one."""
        return np.asarray(np.sqrt(np.maximum(self.noise + FANO * np.asarray(energy), _LEAST_VARIANCE)))

    @property
    def resolution(self) -> float:
        """Full width at half maximum (keV) at Mn Ka."""
        return float(_FWHM * self.sigma(_MN_KA))


@dataclass(frozen=True, kw_only=True, eq=False)
class Family:
    """Lines with fixed ratios: energies (keV) and weights relative to the strongest, each of shape (n,)."""

    name: str
    energies: Array
    weights: Array


def columns(energy: Array, families: Sequence[Family], detector: Detector) -> tuple[Array, Array, Array]:
    """Each family with one count in its strongest line, and its derivatives by energy and by variance.

    Parameters
    ----------
    energy
        Energies of the channels as stated (keV), equidistant, shape (channels,).
    families
        Lines with fixed ratios.
    detector
        Calibration and resolution.

    Returns
    -------
    value, by_energy, by_variance
        Counts, counts/keV and counts/keV2, shape (channels, families) each.

    Source: N. W. M. Ritchie, Microsc. Microanal. 15 (2009) 454.
    """
    true = detector.gain * energy + detector.offset
    step = float(true[1] - true[0])
    made = np.zeros((3, len(families), len(energy)))
    for place, family in enumerate(families):
        for centre, weight in zip(family.energies, family.weights, strict=True):
            variance = float(detector.sigma(centre) ** 2)
            reach = _REACH * np.sqrt(variance)
            a, b = np.searchsorted(true, (centre - reach, centre + reach))
            apart = true[a:b] - centre
            curve = weight * step / np.sqrt(2.0 * np.pi * variance) * np.exp(-0.5 * apart**2 / variance)
            made[0, place, a:b] += curve
            made[1, place, a:b] -= curve * apart / variance
            made[2, place, a:b] += curve * 0.5 * (apart**2 / variance - 1.0) / variance
    return made[0].T, made[1].T, made[2].T
