"""Elements of diffusion: into a half space, to a boundary, in pores, and with a reaction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.passive_elements import (
    HALF_PI,
    power,
)

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]

_PLAIN = 2  # parameters without a free exponent: size and time


def warburg(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion into a half space, :math:`Z = A (1 - j)/\sqrt{\omega}`.

    Parameters
    ----------
    theta
        ln A (ohm s^-1/2), shape (lanes, 1).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 1, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: E. Warburg, Ann. Phys. 303 (1899) 493.
    """
    z = (1 - 1j) * np.exp(theta - 0.5 * log_omega)
    out[:, 0] = z
    return z


def _finite(theta: Reals, log_omega: Reals, out: Complexes, sign: int) -> Complexes:
    """Z = Z0 f(x)/x with x = (j omega tau)^p, f = tanh (sign +1) or coth (-1); dZ/dln x = Z0 (1 - f^2 - f/x)."""
    log_x = log_omega + theta[:, 1:2]
    p = theta[:, 2:3] if theta.shape[1] > _PLAIN else np.full_like(theta[:, :1], 0.5)
    x = power(p, log_x)
    decay = np.exp(-2 * x)
    f = (1 - decay) / (1 + decay) if sign > 0 else (1 + decay) / -np.expm1(-2 * x)
    z0 = np.exp(theta[:, :1])
    z = z0 * f / x
    slope = z0 * (1 - f * f) - z
    out[:, 0] = z
    out[:, 1] = p * slope
    if theta.shape[1] > _PLAIN:
        out[:, 2] = slope * (log_x + 1j * HALF_PI)
    return np.asarray(z)


def short_warburg(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion to a boundary that lets pass, :math:`Z = Z_0 \tanh(\sqrt{j \omega \tau})/\sqrt{j \omega \tau}`.

    Parameters
    ----------
    theta
        ln Z0 (ohm) and ln tau (s), shape (lanes, 2); a third column is an exponent in the place of 1/2.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 2 or 3, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: T. Jacobsen, K. West, Electrochim. Acta 40 (1995) 255.
    """
    return _finite(theta, log_omega, out, +1)


def open_warburg(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion to a boundary that blocks, :math:`Z = Z_0 \coth(\sqrt{j \omega \tau})/\sqrt{j \omega \tau}`.

    Parameters
    ----------
    theta
        ln Z0 (ohm) and ln tau (s), shape (lanes, 2); a third column is an exponent in the place of 1/2.
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 2 or 3, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: T. Jacobsen, K. West, Electrochim. Acta 40 (1995) 255.
    """
    return _finite(theta, log_omega, out, -1)


def transmission_line(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Pores whose walls react, :math:`Z = R_{ion} \coth(x)/x` with :math:`x^2 = R_{ion} (1/R_{ct} + Q (j \omega)^n)`.

    Parameters
    ----------
    theta
        ln R_ion (ohm), ln R_ct (ohm), ln Q (S s^n) and n, shape (lanes, 4).
    log_omega
        ln(2 pi f), f in Hz, shape (frequencies,).
    out
        Filled with dZ/dtheta (ohm), shape (lanes, 4, frequencies).

    Returns
    -------
    numpy.ndarray
        Z (ohm), shape (lanes, frequencies).

    Source: R. de Levie, Electrochim. Acta 8 (1963) 751.
    """
    ionic, n = np.exp(theta[:, :1]), theta[:, 3:4]
    charged = np.exp(theta[:, 2:3]) * power(n, log_omega)
    reacted = np.exp(-theta[:, 1:2])
    admittance = charged + reacted
    x = np.sqrt(ionic * admittance)
    f = (1 + np.exp(-2 * x)) / -np.expm1(-2 * x)
    z = ionic * f / x
    slope = 0.5 * (ionic * (1 - f * f) - z)  # dZ/dln x^2
    out[:, 0] = z + slope
    out[:, 1] = -slope * reacted / admittance
    out[:, 2] = slope * charged / admittance
    out[:, 3] = out[:, 2] * (log_omega + 1j * HALF_PI)
    return np.asarray(z)


def gerischer(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion with a reaction, :math:`Z = R/\sqrt{1 + j \omega \tau}`.

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

    Source: H. Gerischer, Z. Phys. Chem. 198 (1951) 286.
    """
    jx = 1j * np.exp(log_omega + theta[:, 1:2])
    z = np.exp(theta[:, :1]) / np.sqrt(1 + jx)
    out[:, 0] = z
    out[:, 1] = -0.5 * z * jx / (1 + jx)
    return np.asarray(z)
