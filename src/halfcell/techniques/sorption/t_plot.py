"""t-plot: micropore volume and external area from the adsorbed liquid over the film's thickness."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import pores
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.film_thickness import FilmThickness
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]

_HIGHEST = 0.85  # relative pressure beyond which pores fill and the plot bends
_FEWEST = 4  # points of a line
_STRAIGHT, _GOOD = 0.999, 0.99  # R2 of the chosen line, and of those that the spread is taken over
_SIGMA, _LEAST_VOLUME = 2.0, 1e-4  # standard errors that decide; least error of a volume (cm3/g)
_STEP, _RISE = 1.5, 0.05  # a step: three points steeper than this times the BET area, that rise by this part of all
_LARGEST_SPREAD = 0.5  # of the area over good lines, as a part of it: beyond there is no straight part
_TWO_STEPS = 2  # between three neighbouring points


@dataclass(frozen=True, kw_only=True)
class Line:
    """A straight line of the plot: external area (m2/g) and micropore volume (cm3/g), its intercept."""

    area: float
    volume: float


@dataclass(frozen=True, kw_only=True, eq=False)
class TPlot:
    """Film thickness (nm), adsorbed liquid (cm3/g), the straight line where there is one, and what follows from it."""

    thickness: Array
    liquid: Array
    line: Line | None = None
    findings: Findings = field(default_factory=Findings)


def t_plot(
    up: Branch, film: FilmThickness, liquid_per_gas: float, settings: Settings, bet_area: Quantity | None = None
) -> TPlot:
    """Micropore volume and external area: the longest straight window in the range, with the spread over all windows.

    There is no t-plot where the isotherm has a step (no film covers more than the BET area), where the line cuts the
    axis below zero, or where the external area is above the BET area.

    Parameters
    ----------
    up
        The adsorption branch.
    film
        The film's thickness.
    liquid_per_gas
        Volume of liquid per volume of gas (STP).
    settings
        Its ``t_range_nm`` is where the windows may lie.
    bet_area
        The BET area (m2/g), where there is one.

    Returns
    -------
    TPlot
        Area (m2/g) and volume (cm3/g) with their uncertainties, or why there is none.

    Source: B. C. Lippens, J. H. de Boer, J. Catal. 4 (1965) 319.
    """
    low, high = settings.t_range_nm
    inside = up.pressure < _HIGHEST
    t, liquid = film.at(up.pressure[inside]), up.loading[inside] * liquid_per_gas
    used = (t >= low) & (t <= high)
    if int(used.sum()) < _FEWEST:
        text = f"{int(used.sum())} points lie between {low:g} and {high:g} nm of thickness: no t-plot."
        return TPlot(thickness=t, liquid=liquid, findings=refused("no_t_plot", text))
    lines = pores.t_plot(t[used], liquid[used])
    good = lines[lines[:, 4] > _GOOD] if np.any(lines[:, 4] > _GOOD) else lines
    straight = lines[:, 4] > _STRAIGHT
    best = max(lines[straight] if straight.any() else good, key=lambda line: (line[1] - line[0], line[4]))
    line = Line(area=float(best[2]), volume=float(best[3]))
    spread = Line(area=float(np.std(good[:, 2])), volume=float(np.std(good[:, 3])))
    if best[4] < _GOOD or line.area <= 0 or spread.area > _LARGEST_SPREAD * line.area:
        text = "The t-plot has no straight part in its range: no external area and no micropore volume."
        return TPlot(thickness=t, liquid=liquid, findings=refused("no_t_plot", text))
    text = _contradiction(t[used], liquid[used], line, spread, bet_area)
    if text:
        return TPlot(thickness=t, liquid=liquid, findings=refused("no_t_plot", text))
    return TPlot(thickness=t, liquid=liquid, line=line, findings=_findings(line, spread, bet_area))


def _contradiction(t: Array, liquid: Array, line: Line, spread: Line, bet_area: Quantity | None) -> str:
    """Why the line is no t-plot; empty where nothing speaks against it."""
    no = "no external area and no micropore volume."
    if line.volume < -_SIGMA * max(spread.volume, _LEAST_VOLUME):
        return f"The t-plot cuts the axis at {line.volume:.3g} cm3/g, below zero: mesopores fill in its range; {no}"
    if bet_area is None:
        return ""
    local = pores.t_plot(t, liquid, 3)
    local = local[local[:, 1] - local[:, 0] == _TWO_STEPS]
    rises = np.array([liquid[int(last)] - liquid[int(first)] for first, last in local[:, :2]])
    steep = (local[:, 2] > _STEP * bet_area.value) & (rises > _RISE * liquid[-1])
    if steep.any():
        at = t[int(local[int(np.argmax(steep)), 0]) + 1]
        return f"The isotherm has a step at a film of {at:.2f} nm, steeper than a film on the whole BET area: {no}"
    if line.area > bet_area.value + _SIGMA * max(spread.area, bet_area.std or 0.0):
        return f"The t-plot's external area, {line.area:.4g} m2/g, is above the BET area: {no}"
    return ""


def _findings(line: Line, spread: Line, bet_area: Quantity | None) -> Findings:
    """External area (at most the BET area) and micropore volume (at least zero)."""
    notes: tuple[Note, ...] = ()
    value = line.area
    if bet_area is not None and value > bet_area.value:
        text = f"The t-plot gives {value:.4g} m2/g, the BET area within its error: the external area is the BET area."
        notes = (Note("info", "external_is_bet", text),)
        value = bet_area.value
    area = Quantity(value, "m2/g", spread.area or None, "spread over windows")
    volume = Quantity(max(line.volume, 0.0), "cm3/g", spread.volume or None, "spread over windows")
    return Findings(quantities={"external_area": area, "micropore_volume": volume}, notes=notes)
