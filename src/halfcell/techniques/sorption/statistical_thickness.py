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
from halfcell.maths import monolayer, pores
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.sorption.branches import branches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]

_STSA_RANGE = (0.2, 0.5)  # p/p0, as ASTM D6556
_FEWEST = 4  # points of a line
_STANDARD = 0.4  # relative pressure at which alpha-s is 1
_ALPHA_RANGE = (0.7, 1.2)  # where multilayers form on open surfaces, below capillary condensation
_SIGMA, _LEAST_VOLUME = 2.0, 1e-4  # standard errors that decide; least error of a volume (cm3/g)
_LARGEST_SPREAD = 0.2  # of a slope over windows, as a part of it: beyond there is no straight part
_MOST_POINTS = 200  # that a reference isotherm is kept at
_FIRST = 0.1  # p/p0: a reference that begins above it does not show its monolayer
_BET_FROM = 0.05  # p/p0, where the BET range of nitrogen on open surfaces begins (IUPAC)


@dataclass(frozen=True, kw_only=True, eq=False)
class AlphaPlot:
    """alpha-s and the adsorbed liquid (cm3/g), the line (intercept, slope) where there is one, and what follows."""

    alpha: Array
    liquid: Array
    line: tuple[float, float] | None = None
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True, kw_only=True)
class Straight:
    """Slope and intercept of a straight line, with their spreads over windows."""

    slope: float
    intercept: float
    slope_std: float
    intercept_std: float


def stsa(up: Branch, liquid_per_gas: float, settings: Settings, bet_area: Quantity | None = None) -> Findings:
    """The statistical thickness area of a carbon: the slope of the liquid over the thickness from p/p0 0.2 to 0.5.

    Parameters
    ----------
    up
        The adsorption branch.
    liquid_per_gas
        Volume of liquid per volume of gas (STP).
    settings
        The surface of the sample.
    bet_area
        Above which it is refused.

    Returns
    -------
    Findings
        ``stsa`` (m2/g); nothing for other surfaces.

    Source: ASTM D6556.
    """
    if settings.surface != "carbon":
        return Findings()
    inside = (up.pressure >= _STSA_RANGE[0]) & (up.pressure <= _STSA_RANGE[1])
    if int(inside.sum()) < _FEWEST:
        return refused("no_stsa", f"{int(inside.sum())} points lie between p/p0 0.2 and 0.5: no STSA.")
    found = _line(pores.carbon_black(up.pressure[inside]), up.loading[inside] * liquid_per_gas)
    area = Quantity(1e3 * found.slope, "m2/g", 1e3 * found.slope_std or None, "spread over windows")
    if _is_above(area, bet_area):
        text = f"The STSA, {area} by its line, is above the BET area: mesopores fill between p/p0 0.2 and 0.5. No STSA."
        return refused("no_stsa", text)
    return Findings(quantities={"stsa": area})


def _is_above(area: Quantity, bet_area: Quantity | None) -> bool:
    """Whether an external area is above the BET area by more than twice their errors."""
    if bet_area is None:
        return False
    return area.value > bet_area.value + _SIGMA * float(np.hypot(area.std or 0.0, bet_area.std or 0.0))


def alpha_reference(measurement: Measurement, settings: Settings) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    """The setting ``alpha_reference`` from the file of a nonporous powder's isotherm: pressures and loadings.

    Parameters
    ----------
    measurement
        The isotherm of a powder without pores: relative pressures and loadings (cm3 STP/g), shape (n,).
    settings
        Not used.

    Returns
    -------
    tuple
        Pairs of relative pressure and loading (cm3 STP/g).

    Raises
    ------
    InputError
        If its adsorption does not reach from below 0.1 to above 0.4.

    Source: K. S. W. Sing, Chem. Ind. (1968) 1520, for the method.
    """
    up = branches(measurement).up
    if up.pressure[0] > _FIRST or up.pressure[-1] < _STANDARD:
        raise InputError("the reference isotherm must reach from p/p0 0.1 to 0.4", measurement.where)
    step = max(len(up.pressure) // _MOST_POINTS, 1)
    pairs = zip(up.pressure[::step], up.loading[::step], strict=True)
    return tuple((float(p), float(n)) for p, n in pairs)


def alpha_plot(
    up: Branch, liquid_per_gas: float, settings: Settings, bet_area: Quantity | None = None
) -> AlphaPlot | None:
    """External area and micropore volume from the line in the alpha-s plot, alpha_s = n/n(0.4) of a reference.

    Parameters
    ----------
    up
        The adsorption branch.
    liquid_per_gas
        Volume of liquid per volume of gas (STP).
    settings
        The reference isotherm.
    bet_area
        Above which the external area is refused.

    Returns
    -------
    AlphaPlot or None
        m2/g and cm3/g; None without a reference isotherm.

    Source: K. S. W. Sing, in Surface Area Determination, Butterworths 1970, p. 25.
    """
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
    line = _line(alpha[used], liquid[used])
    findings = _of_the_line(line, area, standard * liquid_per_gas, bet_area)
    is_kept = "alpha_area" in findings.quantities
    return AlphaPlot(
        alpha=alpha, liquid=liquid, line=(line.intercept, line.slope) if is_kept else None, findings=findings
    )


def _of_the_line(line: Straight, reference: Quantity, standard: float, bet_area: Quantity | None) -> Findings:
    """Area and micropore volume; refused where the line cuts the axis below zero or is above the BET area."""
    if not line.slope > 0 or line.slope_std > _LARGEST_SPREAD * line.slope:
        text = "The alpha-s plot has no straight part between 0.7 and 1.2: no external area and no micropore volume."
        return refused("no_alpha_plot", text)
    per_slope = reference.value / standard
    relative = float(np.hypot(line.slope_std / line.slope, (reference.std or 0.0) / reference.value))
    area = Quantity(line.slope * per_slope, "m2/g", abs(line.slope * per_slope) * relative, "spread over windows")
    if line.intercept < -_SIGMA * max(line.intercept_std, _LEAST_VOLUME):
        text = (
            f"No alpha-s plot: its line cuts the axis at {line.intercept:.3g} cm3/g, below zero: mesopores fill in it,"
            " or the reference is of another surface."
        )
        return refused("no_alpha_plot", text)
    if _is_above(area, bet_area):
        text = (
            f"No alpha-s plot: its external area, {area}, is above the BET area; the reference is of another surface."
        )
        return refused("no_alpha_plot", text)
    volume = Quantity(max(line.intercept, 0.0), "cm3/g", line.intercept_std or None, "spread over windows")
    text = f"alpha-s: the reference isotherm has a BET area of {reference}; the line goes from alpha-s 0.7 to 1.2."
    return Findings(
        quantities={"alpha_area": area, "alpha_micropore_volume": volume},
        notes=(Note("info", "alpha_reference", text),),
    )


def _reference_area(pressure: Array, loading: Array) -> Quantity | None:
    """BET area (m2/g, nitrogen) of the reference isotherm, p/p0 0.05 to 0.30; its error by where the window ends."""
    areas = []
    for end in (0.3, 0.2):
        inside = (pressure >= _BET_FROM) & (pressure <= end)
        if int(inside.sum()) >= _FEWEST:
            p, n = pressure[inside], loading[inside]
            slope, intercept = np.polyfit(p, p / (n * (1.0 - p)), 1)
            areas.append(monolayer.area(1.0 / float(slope + intercept), 0.162))
    if not areas or not areas[0] > 0:
        return None
    return Quantity(areas[0], "m2/g", abs(areas[0] - areas[-1]) or None, "spread over windows")


def _line(x: Array, y: Array) -> Straight:
    """The straight line through all points, with the spread over the windows of half of them or more."""
    slope, intercept = np.polyfit(x, y, 1)
    lines = pores.t_plot(x, y, max(len(x) // 2, _FEWEST - 1))
    slopes, intercepts = 1e-3 * lines[:, 2], lines[:, 3]
    many = len(lines) > 1
    return Straight(
        slope=float(slope),
        intercept=float(intercept),
        slope_std=float(np.std(slopes, ddof=1)) if many else 0.0,
        intercept_std=float(np.std(intercepts, ddof=1)) if many else 0.0,
    )
