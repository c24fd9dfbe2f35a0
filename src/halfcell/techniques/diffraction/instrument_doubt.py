"""What the instrument leaves uncertain of a size, and the largest size that it can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.reciprocal_grid import angle

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings


def by_instrument(length: float, data: Scan, settings: Settings) -> float:
    """Standard uncertainty of L_V by that of the instrument's width, L^2 u(b): a breadth 1/L is a difference of widths.

    Parameters
    ----------
    length
        L_V, nm.
    data, settings
        The scan; the instrument.

    Returns
    -------
    float
        nm.

    Source: JCGM 100:2008 (GUM), 5.1.2.
    """
    if not isinstance(settings.instrument, Instrument):
        return 0.0
    middle = np.radians(0.5 * (data.two_theta[0] + data.two_theta[-1]))
    return float(length**2 * np.radians(settings.instrument.width_std) * np.cos(middle / 2) / data.radiation.first)


def largest_size(fit: PatternFit, name: str, settings: Settings) -> float:
    """L_V whose width is a fifth of the instrument's at the first line of the phase.

    Parameters
    ----------
    fit, name
        A fit, and the phase.
    settings
        The instrument.

    Returns
    -------
    float
        nm; 300 without an instrument.

    Source: procedure of this package.
    """
    if not isinstance(settings.instrument, Instrument):
        return 300.0
    model = fit.pattern.model
    lines = next(p.lines for p in model.phases if p.lines.name == name)
    place = angle(lines.places(np.zeros(lines.free))[0], model.radiation.first)
    first = place[place > model.two_theta[0]].min(initial=90.0)
    width = float(settings.instrument.width(np.array([first]))[0])
    return float(0.8 / (0.2 * np.radians(width) * np.cos(np.radians(first) / 2) / model.radiation.first))
