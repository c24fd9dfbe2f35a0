r"""Hardness and modulus from the upper part of an unloading curve (Oliver and Pharr); the tail of a truncated one.

.. math:: P = B (h - h_f)^m, \quad S = dP/dh|_{h_{max}}, \quad h_c = h_{max} - \epsilon P_{max}/S, \quad
          H = P_{max}/A(h_c), \quad E_r = \frac{\sqrt{\pi}}{2\beta}\frac{S}{\sqrt{A}}, \quad
          \frac{1}{E_r} = \frac{1-\nu^2}{E} + \frac{1-\nu_i^2}{E_i}

References
----------
W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564, eqs. 2-12; 19 (2004) 3 for the choice of epsilon and beta.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FEWEST = 6  # points: three parameters of the power law, and as many deviations


@dataclass(frozen=True, kw_only=True)
class PowerLaw:
    """An unloading curve P = B (h - h_f)^m: `scale` B (N/m^m), `final_depth` h_f (m), `exponent` m, relative misfit."""

    scale: float
    final_depth: float
    exponent: float
    misfit: float

    def load(self, depth: Array) -> Array:
        """Load B (h - h_f)^m (N) at depths (m), shape (n,) each; zero below the final depth."""
        return np.asarray(self.scale * np.clip(depth - self.final_depth, 0.0, None) ** self.exponent)

    def stiffness(self, depth: float) -> float:
        """Slope dP/dh = m B (h - h_f)^(m - 1) (N/m) at a depth (m)."""
        return float(self.scale * self.exponent * max(depth - self.final_depth, 0.0) ** (self.exponent - 1.0))

    def area_below(self, depth: float) -> float:
        """Work, the integral of P dh (J), from the final depth up to `depth` (m)."""
        return float(self.load(np.array([depth]))[0] * (depth - self.final_depth) / (self.exponent + 1.0))


def fit_unloading(load: Array, depth: Array, part: tuple[float, float]) -> PowerLaw | None:
    """Fit the power law :math:`P = B (h - h_f)^m` to a part of an unloading curve.

    The depth is scaled to 0..1 over the curve; the exponent is free between 1 and 4.

    Parameters
    ----------
    load, depth
        N and m, shape (n,), from the start of the unloading on.
    part
        Between which fractions of the largest load.

    Returns
    -------
    PowerLaw or None
        None where fewer than six points lie in the part or the depth does not fall.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564, eq. 4.
    """
    from scipy.optimize import least_squares

    top = float(load[0])
    chosen = (load >= part[0] * top) & (load <= part[1] * top)
    span = float(depth[0] - depth[-1])
    if chosen.sum() < _FEWEST or span <= 0 or top <= 0 or np.ptp(depth[chosen]) <= 0:
        return None
    x, y = (depth[chosen] - depth[-1]) / span, load[chosen] / top
    lowest = float(x.min())

    def residual(p: Array) -> Array:
        return np.asarray(np.exp(p[0]) * np.clip(x - p[1], 1e-9, None) ** p[2] - y)

    def jacobian(p: Array) -> Array:
        base = np.clip(x - p[1], 1e-9, None)
        value = np.exp(p[0]) * base ** p[2]
        return np.stack([value, -p[2] * value / base, value * np.log(base)], axis=1)

    start = np.array([0.0, min(0.0, lowest - 1e-3), 1.5])
    bounds = ([-10.0, -50.0, 1.0], [50.0, lowest, 4.0])
    fit = least_squares(residual, start, jac=jacobian, bounds=bounds, x_scale=[0.1, 0.1, 0.1], max_nfev=200)
    exponent = float(fit.x[2])
    scale = float(np.exp(fit.x[0])) * top / span**exponent
    final = float(depth[-1] + span * fit.x[1])
    return PowerLaw(scale=scale, final_depth=final, exponent=exponent, misfit=float(np.sqrt(np.mean(fit.fun**2))))


def tip_area(contact_depth: float, coefficients_nm: tuple[float, ...]) -> float:
    r"""Projected area of a tip, :math:`A = C_0 h^2 + C_1 h + C_2 h^{1/2} + C_3 h^{1/4} + \dots`

    Parameters
    ----------
    contact_depth
        h (m); a negative one counts as zero.
    coefficients_nm
        C0, C1 ... for h in nm and A in nm2.

    Returns
    -------
    float
        m2.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564, eq. 16.
    """
    h = max(contact_depth * 1e9, 0.0)
    powers = (2.0, *(0.5**k for k in range(len(coefficients_nm) - 1)))
    return float(sum(c * h**p for c, p in zip(coefficients_nm, powers, strict=True))) * 1e-18


def reduced_modulus(stiffness: float, area: float, beta: float = 1.0) -> float:
    r"""Reduced modulus, :math:`E_r = \sqrt{\pi}/(2\beta) \cdot S/\sqrt{A}`.

    Parameters
    ----------
    stiffness, area
        S (N/m) and A (m2) of the contact.
    beta
        Correction for the shape of the tip, 1 to 1.05.

    Returns
    -------
    float
        Pa.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 19 (2004) 3, eq. 3.
    """
    return float(np.sqrt(np.pi) / (2.0 * beta) * stiffness / np.sqrt(area))


def sample_modulus(reduced: float, poisson: float, tip_modulus: float, tip_poisson: float) -> float:
    r"""Young's modulus of the sample, :math:`1/E_r = (1 - \nu^2)/E + (1 - \nu_i^2)/E_i`.

    Parameters
    ----------
    reduced, tip_modulus
        Pa.
    poisson, tip_poisson
        Poisson's ratios of sample and tip.

    Returns
    -------
    float
        Pa; NaN where the contact is stiffer than the tip, which has no meaning.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564, eq. 2.
    """
    compliance = 1.0 / reduced - (1.0 - tip_poisson**2) / tip_modulus
    return float((1.0 - poisson**2) / compliance) if compliance > 0 else float("nan")
