r"""Activation energies over heating rates: Kissinger, Ozawa-Flynn-Wall (corrected), Friedman.

.. math:: \ln\frac{\beta}{T_p^2} = \ln\frac{A R}{E} - \frac{E}{R T_p}, \qquad
          \ln\beta = c - b(x)\frac{E}{R T_\alpha}, \qquad
          \ln\left(\beta\frac{d\alpha}{dT}\right)_\alpha = c' - \frac{E}{R T_\alpha}

with :math:`x = E/RT` and :math:`b = -d\ln p/dx` of the temperature integral p(x) (1.052 in Doyle's approximation),
found by iteration. The error of an energy pools the scatter about the line with what errors of the temperatures, each
run's own, do to its slope.

References
----------
H. E. Kissinger, Anal. Chem. 29 (1957) 1702; T. Ozawa, Bull. Chem. Soc. Jpn. 38 (1965) 1881; J. H. Flynn, L. A. Wall, J.
Polym. Sci. B 4 (1966) 323; H. L. Friedman, J. Polym. Sci. C 6 (1964) 183; G. I. Senum, R. T. Yang, J. Therm. Anal. 11
(1977) 445 (p(x)); S. Vyazovkin et al., Thermochim. Acta 520 (2011) 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GAS_CONSTANT = 8.314462618e-3  # kJ/(mol K) (CODATA 2018)
_DOYLE = 1.052  # Doyle's approximation, ln p(x) = -5.331 - 1.052 x (Ozawa 1965)
_ITERATIONS = 20  # a guard: the correction of Flynn (1983) is repeated until it settles
_SQUARE = 2.0  # of the temperature in ln(rate / T^2): its error moves the value, too (2/T beside E/RT^2)
_PRIOR, _FAR = 4.0, 4.0  # degrees of freedom that the known error counts for; a scatter beyond it is not of its kind


@dataclass(frozen=True, kw_only=True)
class Arrhenius:
    """Activation energy (kJ/mol) with its standard error, and the intercept of the line over 1/T."""

    energy: float
    std: float
    intercept: float


def kissinger(rates: Array, peaks: Array, doubt: float) -> Arrhenius:
    r"""Activation energy from peak temperatures, :math:`\ln(\beta/T_p^2) = \ln(AR/E) - E/(R T_p)`.

    Parameters
    ----------
    rates
        Heating rates (K/min), shape (n,).
    peaks
        Temperatures (K) of the peak at each, shape (n,).
    doubt
        Standard uncertainty (K) of each temperature.

    Returns
    -------
    Arrhenius
        Energy (kJ/mol) with its error, and the intercept.

    Source: H. E. Kissinger, Anal. Chem. 29 (1957) 1702.
    """
    return _energy(peaks, np.log(rates / peaks**2), doubt, 1.0, power=_SQUARE)


def log10_prefactor(found: Arrhenius) -> float:
    r"""Prefactor of a first-order reaction, :math:`A = (E/R)\,e^b` with the intercept b = ln(A R/E) of `kissinger`.

    Parameters
    ----------
    found
        A line of `kissinger`, with rates in K/min.

    Returns
    -------
    float
        log10 of A in 1/s.

    Source: H. E. Kissinger, Anal. Chem. 29 (1957) 1702.
    """
    return float((np.log(found.energy / GAS_CONSTANT) + found.intercept - np.log(60.0)) / np.log(10.0))


def ozawa_flynn_wall(rates: Array, temperatures: Array, doubt: float) -> Arrhenius:
    r"""Activation energy at one conversion, :math:`\ln\beta = c - b(x) E/(R T_\alpha)`, b corrected by iteration.

    Parameters
    ----------
    rates
        Heating rates (K/min), shape (n,).
    temperatures
        Temperatures (K) of the conversion at each, shape (n,).
    doubt
        Standard uncertainty (K) of each temperature.

    Returns
    -------
    Arrhenius
        Energy (kJ/mol) with its error, and the intercept.

    Source: T. Ozawa, Bull. Chem. Soc. Jpn. 38 (1965) 1881; J. H. Flynn, J. Therm. Anal. 27 (1983) 95.
    """
    factor = _DOYLE
    found = _energy(temperatures, np.log(rates), doubt, factor)
    for _ in range(_ITERATIONS):
        factor = _steepness(found.energy / (GAS_CONSTANT * float(np.mean(temperatures))))
        found = _energy(temperatures, np.log(rates), doubt, factor)
    return found


def friedman(speeds: Array, temperatures: Array, doubt: float) -> Arrhenius:
    r"""Activation energy at one conversion, :math:`\ln(d\alpha/dt) = c' - E/(R T_\alpha)`.

    Parameters
    ----------
    speeds
        Speeds of the conversion (1/min), shape (n,).
    temperatures
        Temperatures (K) there, shape (n,).
    doubt
        Standard uncertainty (K) of each temperature.

    Returns
    -------
    Arrhenius
        Energy (kJ/mol) with its error, and the intercept.

    Source: H. L. Friedman, J. Polym. Sci. C 6 (1964) 183.
    """
    return _energy(temperatures, np.log(speeds), doubt, 1.0)


def _energy(temperatures: Array, values: Array, doubt: float, factor: float, power: float = 0.0) -> Arrhenius:
    """The energy of the line of `values` over 1/T, its slope divided by `factor`; `values` hold -power ln T."""
    inverse = 1.0 / temperatures
    slope, intercept = np.polyfit(inverse, values, 1)
    centre = inverse - inverse.mean()
    left = values - slope * inverse - intercept
    scatter = float(left @ left) / max(len(values) - 2, 1)
    mean = float(np.mean(temperatures))
    known = ((slope / mean - power) * doubt / mean) ** 2  # of both: the slope is negative
    freedom = max(len(values) - 2, 1)
    pooled = (freedom * scatter + _PRIOR * known) / (freedom + _PRIOR)
    std = float(np.sqrt((scatter if scatter > _FAR * known else pooled) / float(centre @ centre)))
    return Arrhenius(
        energy=float(-slope * GAS_CONSTANT / factor), std=std * GAS_CONSTANT / factor, intercept=float(intercept)
    )


def _steepness(x: float) -> float:
    """-d ln p/dx of the temperature integral, by differences of Senum and Yang's approximation."""
    step = 1e-3 * x
    return float((_log_integral(x - step) - _log_integral(x + step)) / (2.0 * step))


def _log_integral(x: float) -> float:
    """ln p(x) = ln integral from x of exp(-u)/u^2, Senum and Yang's rational approximation of fourth degree."""
    top = x**3 + 18.0 * x**2 + 86.0 * x + 96.0
    under = x**4 + 20.0 * x**3 + 120.0 * x**2 + 240.0 * x + 120.0
    return float(-x - np.log(x) + np.log(top / under))
