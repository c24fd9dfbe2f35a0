"""Elements that are an arc: depressed, ideal, and skewed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.passive_elements import (
    HALF_PI,
    power,
)

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]


def zarc(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Depressed arc, :math:`Z = R/(1 + (j \omega \tau)^n)`: a resistor beside a constant-phase element.

    Parameters
    ----------
    theta
        ln R (ohm), ln tau (s) and n, shape (lanes, 3).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 3, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: K. S. Cole, R. H. Cole, J. Chem. Phys. 9 (1941) 341.
    """
    log_x, n = log_omega + theta[:, 1:2], theta[:, 2:3]
    r = np.exp(theta[:, :1])
    z = r / (1 + power(n, log_x))
    slope = z * z / r - z  # -R u/(1 + u)^2
    out[:, 0] = z
    out[:, 1] = n * slope
    out[:, 2] = slope * (log_x + 1j * HALF_PI)
    return np.asarray(z)


def voigt(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Arc of a resistor beside a capacitor, :math:`Z = R/(1 + j \omega \tau)`.

    Parameters
    ----------
    theta
        ln R (ohm) and ln tau (s), shape (lanes, 2).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 2, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: definition.
    """
    r = np.exp(theta[:, :1])
    z = r / (1 + 1j * np.exp(log_omega + theta[:, 1:2]))
    out[:, 0] = z
    out[:, 1] = z * z / r - z
    return np.asarray(z)


def havriliak_negami(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Arc that is depressed and skewed, :math:`Z = R/(1 + (j \omega \tau)^n)^b`.

    Parameters
    ----------
    theta
        ln R (ohm), ln tau (s), n and b, shape (lanes, 4).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 4, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: S. Havriliak, S. Negami, Polymer 8 (1967) 161.
    """
    log_x, n, b = log_omega + theta[:, 1:2], theta[:, 2:3], theta[:, 3:4]
    u = power(n, log_x)
    z = np.exp(theta[:, :1]) * np.exp(-b * np.log1p(u))
    slope = -b * z * u / (1 + u)
    out[:, 0] = z
    out[:, 1] = n * slope
    out[:, 2] = slope * (log_x + 1j * HALF_PI)
    out[:, 3] = -z * np.log1p(u)
    return np.asarray(z)
