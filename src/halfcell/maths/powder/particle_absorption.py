"""Particle absorption factors of a powder with phases that absorb differently (Brindley)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_POINTS = 20_000  # places in a sphere, by trial
_TURNS = (np.sqrt(5) - 1) / 2, np.sqrt(2) - 1, np.sqrt(3) - 1  # irrational: points fill the sphere evenly


@cache
def _paths() -> Array:
    """Path lengths of rays in and out of a sphere of radius one, at 2theta = 90 degrees, over its volume."""
    index = np.arange(_POINTS) + 0.5
    radius = np.cbrt(np.mod(index * _TURNS[0], 1.0))
    height = 2 * np.mod(index * _TURNS[1], 1.0) - 1
    turn = 2 * np.pi * np.mod(index * _TURNS[2], 1.0)
    flat = np.sqrt(1 - height**2)
    places = radius[:, None] * np.stack([flat * np.cos(turn), flat * np.sin(turn), height], axis=1)
    total = np.zeros(_POINTS)
    for along in (np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0])):
        inner = places @ along
        total += np.sqrt(np.maximum(1 - (places**2).sum(axis=1) + inner**2, 0.0)) - inner
    return total


def brindley(contrast: float, diameter: float) -> float:
    r"""Particle absorption factor, :math:`\tau = \langle e^{-(\mu - \bar\mu) x} \rangle` over a spherical grain.

    Parameters
    ----------
    contrast
        Linear absorption coefficient of the phase minus that of the mixture, 1/cm.
    diameter
        Of the grains, micrometres.

    Returns
    -------
    float
        tau: below 1 for a phase that absorbs more than the mixture; of rays in and out at 2theta = 90 degrees.

    Source: G. W. Brindley, Phil. Mag. 36 (1945) 347.
    """
    return float(np.exp(-contrast * diameter * 0.5e-4 * _paths()).mean())


def corrected_volumes(volumes: Array, absorption: Array, diameters: Array) -> Array:
    r"""Volume shares of phases that were measured as tau times as much, :math:`v_i \propto v_i'/\tau_i`.

    The mean coefficient of the mixture depends on the shares, so that they are found by iteration.

    Parameters
    ----------
    volumes
        As they were measured, in any unit, shape (n,).
    absorption
        Linear absorption coefficients of the phases (1/cm), shape (n,).
    diameters
        Of their grains (micrometres), shape (n,).

    Returns
    -------
    numpy.ndarray
        Shares that sum to 1, shape (n,).

    Source: G. W. Brindley, Phil. Mag. 36 (1945) 347.
    """
    shares = volumes / volumes.sum()
    for _ in range(20):
        mean = float(shares @ absorption)
        tau = [brindley(float(mu) - mean, float(size)) for mu, size in zip(absorption, diameters, strict=True)]
        shares = volumes / np.array(tau)
        shares = shares / shares.sum()
    return np.asarray(shares)
