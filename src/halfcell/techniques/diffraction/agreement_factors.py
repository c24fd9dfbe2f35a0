"""Agreement factors of a whole-pattern fit, as refinements print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.scan import Scan


def residuals(fit: PatternFit, data: Scan) -> dict[str, Quantity]:
    r"""R_wp and, of each phase, R_B.

    R_wp = [sum w (y - y_c)^2 / sum w y^2]^(1/2), with the background in y. R_B = sum \|I_o - I_c\| / sum I_o over the
    groups of lines, where I_o is the fitted and I_c the calculated intensity at the phase's scale.

    Parameters
    ----------
    fit, data
        The fit and its scan.

    Returns
    -------
    dict of Quantity
        %.

    Source: R. A. Young, The Rietveld Method, 1993, table 1.3.
    """
    known = np.isfinite(fit.variance)
    y, weight = data.counts[known], 1 / fit.variance[known]
    left = (weight * (y - fit.solution.model[known]) ** 2).sum() / max((weight * y**2).sum(), 1e-300)
    found = {"rwp": Quantity(100 * float(np.sqrt(left)), "%", decimals=2)}
    first = 0
    for place, phase in enumerate(fit.pattern.model.phases):
        last = first + phase.lines.columns
        intensity = np.bincount(phase.lines.column, phase.lines.intensity)
        observed, calculated = fit.solution.c[first:last] * intensity, fit.scale(place)[0] * intensity
        first = last
        total = float(np.abs(observed).sum())
        if phase.size is not None and phase.free_sigma and total > 0 and len(intensity) > 1:
            value = 100 * float(np.abs(observed - calculated).sum()) / total
            found[f"{phase.lines.name}.r_bragg"] = Quantity(value, "%", decimals=1)
    return found
