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
_LARGEST_SPREAD = 0.5  # of the area over good lines, as a part of it: beyond there is no straight part


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


def t_plot(up: Branch, film: FilmThickness, liquid_per_gas: float, settings: Settings) -> TPlot:
    """Micropore volume and external area: the longest straight window in the range, with the spread over all windows.

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
    return TPlot(thickness=t, liquid=liquid, line=line, findings=_findings(line, spread))


def _findings(line: Line, spread: Line) -> Findings:
    """External area, and the micropore volume where the line does not cut the axis below zero."""
    area = Quantity(line.area, "m2/g", spread.area or None, "spread over windows")
    if line.volume < -2.0 * max(spread.volume, 1e-4):
        text = f"The t-plot cuts the axis at {line.volume:.3g} cm3/g, below zero: there are no micropores."
        return Findings(quantities={"external_area": area}, notes=(Note("info", "no_micropores", text),))
    volume = Quantity(max(line.volume, 0.0), "cm3/g", spread.volume or None, "spread over windows")
    return Findings(quantities={"external_area": area, "micropore_volume": volume})
