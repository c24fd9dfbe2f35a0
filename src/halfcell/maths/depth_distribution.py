r"""Depth distribution of X-rays in a bulk sample under an electron beam: the model XPP of Pouchou and Pichoir.

:math:`\varphi(\rho z) = A e^{-a \rho z} + (B \rho z + \varphi(0) - A) e^{-b \rho z}`, whose integral F, surface value,
initial slope and mean depth follow from beam, edge and composition.

References
----------
J. L. Pouchou, F. Pichoir, in: K. F. J. Heinrich, D. E. Newbury (eds.), Electron Probe Quantitation, Plenum, New York
1991, p. 31 (PAP and XPP).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_D = (6.6e-6, 1.12e-5, 2.2e-6)  # coefficients of the deceleration (keV, g/cm2)
_NEARLY_EQUAL = 1e-6  # relative difference of the two exponents below which they are taken apart
_NO_POWER = 1e-9  # of a power whose integral is a logarithm, which is taken as its limit


@dataclass(frozen=True, kw_only=True, eq=False)
class Matrix:
    """A sample: mass fractions, atomic numbers and atomic masses (g/mol) of its elements, each of shape (n,)."""

    share: Array
    number: Array
    mass: Array


@dataclass(frozen=True, kw_only=True)
class DepthDistribution:
    """Curve of generation over depth: integral F (g/cm2), surface value, mean depth and the parameters of the curve."""

    integral: float
    surface: float
    mean_depth: float
    a: float
    b: float
    big_a: float
    big_b: float

    def emitted(self, chi: Array | float) -> Array:
        r"""The part that leaves the sample (g/cm2) for :math:`\chi = \mu/\sin\psi` (cm2/g), shape (n,) each, or one.

        :math:`\int \varphi(\rho z) e^{-\chi \rho z} d\rho z`.
        """
        chi = np.asarray(chi, dtype=float)
        rest = (self.surface - self.big_a + self.big_b / (self.b + chi)) / (self.b + chi)
        return np.asarray(rest + self.big_a / (self.a + chi))


def depth_distribution(
    matrix: Matrix, beam: float, edge: float, shell: Literal["K", "L", "M"], number: float
) -> DepthDistribution:
    r"""The distribution of ionisations of one shell.

    :math:`\varphi(\rho z) = A e^{-a \rho z} + (B \rho z + \varphi(0) - A) e^{-b \rho z}`.

    Parameters
    ----------
    matrix
        The sample.
    beam, edge
        Energies of the electrons and of the edge (keV); the beam must be above the edge.
    shell, number
        Shell that is ionised, and atomic number of the element it belongs to.

    Returns
    -------
    DepthDistribution
        Integral (g/cm2), surface value, mean depth (g/cm2) and the parameters of the curve.

    Raises
    ------
    ValueError
        If the beam is not above the edge.

    Source: J. L. Pouchou, F. Pichoir, in: K. F. J. Heinrich, D. E. Newbury (eds.), Electron Probe Quantitation, Plenum
    1991, p. 31.
    """
    if not beam > edge > 0:
        raise ValueError(f"a beam of {beam:g} keV does not ionise an edge at {edge:g} keV")
    over = beam / edge
    ratio = float(np.sum(matrix.share * matrix.number / matrix.mass))
    mean_number = float(np.sum(matrix.share * np.sqrt(matrix.number)) ** 2)
    backscatter = 1.75e-3 * mean_number + 0.37 * (1.0 - np.exp(-0.015 * mean_number**1.3))
    power = _cross_section_power(shell, number)
    stopping = _inverse_stopping(matrix, beam, over, power, ratio)
    generated = _backscatter_factor(over, backscatter) * stopping * edge**2 * over**power / np.log(over)
    surface = 1.0 + 3.3 * (1.0 - over ** (2.3 * backscatter - 2.0)) * backscatter**1.2
    return _shaped(float(generated), float(surface), mean_number, over)


def _cross_section_power(shell: str, number: float) -> float:
    """The power m of the ionisation cross-section, ln U / U^m."""
    if shell == "K":
        return float(0.86 + 0.12 * np.exp(-((number / 5.0) ** 2)))
    return 0.82 if shell == "L" else 0.78


def _inverse_stopping(matrix: Matrix, beam: float, over: float, power: float, ratio: float) -> float:
    """1/S: the ionisations along the path of an electron that slows down, divided by the cross-section's constant."""
    ionisation = 1e-3 * matrix.number * (10.04 + 8.25 * np.exp(-matrix.number / 11.22))  # keV
    mean = float(np.exp(np.sum(matrix.share * matrix.number / matrix.mass * np.log(ionisation)) / ratio))
    start = beam / mean
    factors = (_D[0], _D[1] * (1.35 - 0.45 * mean**2), _D[2] / mean)
    powers = (0.78, 0.1, -(0.5 - 0.25 * mean))
    total = 0.0
    for factor, p in zip(factors, powers, strict=True):
        t = 1.0 + p - power
        part = (over**t * (t * np.log(over) - 1.0) + 1.0) / t**2 if abs(t) > _NO_POWER else 0.5 * np.log(over) ** 2
        total += factor * (start / over) ** p * part
    return over / (start * ratio) * total


def _backscatter_factor(over: float, coefficient: float) -> float:
    """R: the part of the ionisations that is left when backscattered electrons have gone."""
    energy = 0.595 + coefficient / 3.7 + coefficient**4.55
    q = (2.0 * energy - 1.0) / (1.0 - energy)
    j = 1.0 + over * (np.log(over) - 1.0)
    g = (over - 1.0 - (1.0 - over ** (-1.0 - q)) / (1.0 + q)) / ((2.0 + q) * j)
    return float(1.0 - coefficient * energy * (1.0 - g))


def _shaped(integral: float, surface: float, mean_number: float, over: float) -> DepthDistribution:
    """The parameters of the curve that has a given integral, surface value, mean depth and initial slope."""
    x, y = 1.0 + 1.3 * np.log(mean_number), 0.2 + mean_number / 200.0
    depth = integral / (1.0 + x * np.log(1.0 + y * (1.0 - over**-0.42)) / np.log(1.0 + y))
    depth = min(depth, integral / surface)
    b = np.sqrt(2.0) * (1.0 + np.sqrt(max(1.0 - depth * surface / integral, 0.0))) / depth
    g = 0.22 * np.log(4.0 * mean_number) * (1.0 - 2.0 * np.exp(-mean_number * (over - 1.0) / 15.0))
    h = 1.0 - 10.0 * (1.0 - 1.0 / (1.0 + over / 10.0)) / mean_number**2
    slope_factor = min(g * h**4, 0.9 * b * depth**2 * (b - 2.0 * surface / integral))
    slope = slope_factor * integral / depth**2
    a = (slope + b * (2.0 * surface - b * integral)) / (b * integral * (2.0 - b * depth) - surface)
    apart = (a - b) / b
    if abs(apart) < _NEARLY_EQUAL:
        apart = _NEARLY_EQUAL
    a = b * (1.0 + apart)
    big_b = (b**2 * integral * (1.0 + apart) - slope - surface * b * (2.0 + apart)) / apart
    big_a = (big_b / b + surface - b * integral) * (1.0 + apart) / apart
    return DepthDistribution(
        integral=integral,
        surface=surface,
        mean_depth=float(depth),
        a=float(a),
        b=float(b),
        big_a=float(big_a),
        big_b=float(big_b),
    )
