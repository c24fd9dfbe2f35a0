r"""External area of carbon black by statistical thickness (STSA), and the alpha-s plot against a reference isotherm.

.. math:: t = 0.088\,p^2 + 0.645\,p + 0.298\ \mathrm{nm}, \quad S = 10^3 \frac{dV_{liq}}{dt} \quad (0.2 \le p \le 0.5)

.. math:: \alpha_s = n_{ref}(p)/n_{ref}(0.4), \quad S = \frac{dn/d\alpha_s}{n_{ref}(0.4)} S_{ref}

References
----------
ASTM D6556-21 and ISO 18852:2015 (STSA of carbon black); K. S. W. Sing, in Surface Area Determination, Butterworths
1970, p. 25 (alpha-s).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import bet, pores
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.sorption.branches import branches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]

_STSA_RANGE = (0.2, 0.5)
_FEWEST = 4  # points of a line
_STANDARD = 0.4  # relative pressure at which alpha-s is 1
_ALPHA_RANGE = (0.7, 1.2)  # where multilayers form on open surfaces, below capillary condensation
_SIGMA, _LEAST_VOLUME = 2.0, 1e-4  # standard errors that decide; least error of a volume (cm3/g)
_MOST_POINTS = 200  # that a reference isotherm is kept at


@dataclass(frozen=True, kw_only=True, eq=False)
class AlphaPlot:
    """alpha-s and the adsorbed liquid (cm3/g), the line (intercept, slope) where there is one, and what follows."""

    alpha: Array
    liquid: Array
    line: tuple[float, float] | None = None
    findings: Findings = field(default_factory=Findings)


def stsa(up: Branch, liquid_per_gas: float, settings: Settings) -> Findings:
    """The statistical thickness area (m2/g) of a carbon; nothing for other surfaces."""
    if settings.surface != "carbon":
        return Findings()
    inside = (up.pressure >= _STSA_RANGE[0]) & (up.pressure <= _STSA_RANGE[1])
    if int(inside.sum()) < _FEWEST:
        return refused("no_stsa", f"{int(inside.sum())} points lie between p/p0 0.2 and 0.5: no STSA.")
    thickness = pores.carbon_black(up.pressure[inside])
    slope, _, std = _line(thickness, up.loading[inside] * liquid_per_gas)
    return Findings(quantities={"stsa": Quantity(1e3 * slope, "m2/g", 1e3 * std, "fit covariance")})


def alpha_reference(measurement: Measurement, settings: Settings) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    """The setting ``alpha_reference`` from the file of a nonporous powder's isotherm: pressures and loadings.

    Raises
    ------
    InputError
        If its adsorption does not reach from below 0.1 to above 0.4.
    """
    up = branches(measurement).up
    if up.pressure[0] > 0.1 or up.pressure[-1] < _STANDARD:
        raise InputError("the reference isotherm must reach from p/p0 0.1 to 0.4", measurement.where)
    step = max(len(up.pressure) // _MOST_POINTS, 1)
    pairs = zip(up.pressure[::step], up.loading[::step], strict=True)
    return tuple((float(p), float(n)) for p, n in pairs)


def alpha_plot(up: Branch, liquid_per_gas: float, settings: Settings) -> AlphaPlot | None:
    """External area and micropore volume from the line in the alpha-s plot; None without a reference isotherm."""
    if not settings.alpha_reference:
        return None
    pressure, loading = np.array(settings.alpha_reference, dtype=float).T
    standard = float(np.interp(_STANDARD, pressure, loading))
    inside = (up.pressure >= pressure[0]) & (up.pressure <= min(float(pressure[-1]), 0.95))
    alpha = np.interp(up.pressure[inside], pressure, loading) / standard
    liquid = up.loading[inside] * liquid_per_gas
    used = (alpha >= _ALPHA_RANGE[0]) & (alpha <= _ALPHA_RANGE[1])
    area = _reference_area(pressure, loading)
    if int(used.sum()) < _FEWEST or area is None:
        text = "No alpha-s plot: too few points between 0.7 and 1.2, or the reference isotherm has no BET area."
        return AlphaPlot(alpha=alpha, liquid=liquid, findings=refused("no_alpha_plot", text))
    slope, intercept, std = _line(alpha[used], liquid[used])
    per_slope = area / (standard * liquid_per_gas)
    volume_std = std * float(np.mean(alpha[used]))
    if intercept < -_SIGMA * max(volume_std, _LEAST_VOLUME):
        text = (
            f"No alpha-s plot: its line cuts the axis at {intercept:.3g} cm3/g, below zero: mesopores fill in it,"
            " or the reference is of another surface."
        )
        return AlphaPlot(alpha=alpha, liquid=liquid, findings=refused("no_alpha_plot", text))
    quantities = {
        "alpha_area": Quantity(slope * per_slope, "m2/g", std * per_slope, "fit covariance"),
        "alpha_micropore_volume": Quantity(max(intercept, 0.0), "cm3/g", volume_std, "fit covariance"),
    }
    text = f"alpha-s: the reference isotherm has a BET area of {area:.4g} m2/g; the line goes from alpha-s 0.7 to 1.2."
    findings = Findings(quantities=quantities, notes=(Note("info", "alpha_reference", text),))
    return AlphaPlot(alpha=alpha, liquid=liquid, line=(intercept, slope), findings=findings)


def _reference_area(pressure: Array, loading: Array) -> float | None:
    """BET area (m2/g, nitrogen) of the reference isotherm between p/p0 0.05 and 0.30."""
    inside = (pressure >= 0.05) & (pressure <= 0.3)
    if int(inside.sum()) < _FEWEST:
        return None
    p, n = pressure[inside], loading[inside]
    slope, intercept = np.polyfit(p, p / (n * (1.0 - p)), 1)
    return bet.area(1.0 / float(slope + intercept), 0.162)


def _line(x: Array, y: Array) -> tuple[float, float, float]:
    """Slope, intercept and the slope's standard error of a straight line."""
    (slope, intercept), covariance = np.polyfit(x, y, 1, cov=True)
    return float(slope), float(intercept), float(np.sqrt(covariance[0, 0]))
