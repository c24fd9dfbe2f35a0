"""Elements without diffusion: resistor, capacitor, inductor, and those with an exponent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]

HALF_PI = 0.5 * np.pi  # the phase of j


def resistor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    """Resistor, :math:`Z = R`.

    Parameters
    ----------
    theta
        ln R (ohm), shape (lanes, 1).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 1, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: definition.
    """
    z = np.exp(theta) + np.zeros(len(log_omega), dtype=complex)
    out[:, 0] = z
    return z


def capacitor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Capacitor, :math:`Z = 1/(j \omega C)`.

    Parameters
    ----------
    theta
        ln C (F), shape (lanes, 1).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 1, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: definition.
    """
    z = -1j * np.exp(-theta - log_omega)
    out[:, 0] = -z
    return z


def inductor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Inductor, :math:`Z = j \omega L`.

    Parameters
    ----------
    theta
        ln L (H), shape (lanes, 1).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 1, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: definition.
    """
    z = 1j * np.exp(theta + log_omega)
    out[:, 0] = z
    return z


def power(exponent: Reals, log_x: Reals) -> Complexes:
    r"""A power of an imaginary number, :math:`(j x)^n = x^n e^{j \pi n/2}`.

    Parameters
    ----------
    exponent
        n, shape (lanes, 1).
    log_x
        ln x, shape (frequencies,) or (lanes, frequencies).

    Returns
    -------
    numpy.ndarray
        Shape (lanes, frequencies).

    Source: definition.
    """
    return np.asarray(np.exp(exponent * log_x) * np.exp(1j * HALF_PI * exponent))


def cpe(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Constant-phase element, :math:`Z = 1/(Q (j \omega)^n)`.

    Parameters
    ----------
    theta
        ln Q (S s^n) and n, shape (lanes, 2).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 2, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: G. J. Brug et al., J. Electroanal. Chem. 176 (1984) 275.
    """
    z = np.exp(-theta[:, :1]) * power(-theta[:, 1:2], log_omega)
    out[:, 0] = -z
    out[:, 1] = -z * (log_omega + 1j * HALF_PI)
    return z


def modified_inductor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Inductor with losses, :math:`Z = L (j \omega)^n`.

    Parameters
    ----------
    theta
        ln L (ohm s^n) and n, shape (lanes, 2).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 2, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: definition, that of the element La of impedance.py.
    """
    z = np.exp(theta[:, :1]) * power(theta[:, 1:2], log_omega)
    out[:, 0] = z
    out[:, 1] = z * (log_omega + 1j * HALF_PI)
    return z
