"""Broad humps of amorphous material that a whole-pattern fit takes up beside its phases."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.phase_templates import halo_bank, scores

if TYPE_CHECKING:
    from halfcell.techniques.diffraction.scan import Scan

PARAMETERS_OF_A_HALO = 3  # its place, its width and its amount: what each costs in the information criterion
_MOST_HALOS = 2  # a third hump follows the background
_HALO_NM = 3.8  # a halo is as wide in 1/nm as one over this at least, 2.5 degrees of copper radiation at 30 degrees
_CLEARLY_BETTER = 10  # of the Bayesian criterion: "very strong" evidence (Kass, Raftery, 1995, doi:10.2307/2291091)


def with_halos(fit: PatternFit, data: Scan) -> PatternFit:
    """Add amorphous halos while each lowers the Bayesian information criterion by ten.

    The criterion falls by the decrease of the deviance over max(reduced chi^2, 1), less three parameters (place, width,
    amount) times ln(points).

    Parameters
    ----------
    fit
        The fit without halos.
    data
        Its scan.

    Returns
    -------
    PatternFit
        The fit with up to two halos; `fit` itself where none is justified, or what it would describe is narrower than a
        halo can be (the foot of a line).

    Raises
    ------
    Refused
        If the pattern with a halo does not determine the amplitudes (`fit_pattern`).

    Source: procedure of this package; the criterion after Schwarz, Ann. Stat. 6 (1978) 461, doi:10.1214/aos/1176344136.
    """
    bank = halo_bank(data)
    cost = PARAMETERS_OF_A_HALO * np.log(len(data.counts))
    for _ in range(_MOST_HALOS):
        best = scores(fit, data.counts, bank)[0]
        if best.decrease < cost * max(fit.reduced_chi2, 1.0):
            break
        model = restart(fit, fit.pattern.model)
        halo = Hump(centre=best.swelling, width=best.size, narrowest=_narrowest(best.swelling, data))
        model = dataclasses.replace(model, humps=(*model.humps, halo))
        trial = fit_pattern(model, data.counts, data.variance, start=ended(fit))
        gain = (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
        is_line = any(trial.on_bound(f"hump{i}.width") for i in range(len(model.humps)))
        if gain < cost + _CLEARLY_BETTER or trial.solution.c[trial.hump_column] <= 0 or is_line:
            break
        fit = trial
    return fit


def _narrowest(centre: float, data: Scan) -> float:
    """The least width of an amorphous halo in degrees: what is narrower is the foot of a line that is not described."""
    half = np.radians(centre) / 2
    return float(np.degrees(data.radiation.first / (_HALO_NM * np.cos(half))))
