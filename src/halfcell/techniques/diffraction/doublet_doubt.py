"""Whether the lines are those of the emission lines that a file states or that were assumed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.powder.reciprocal_grid import Radiation, emission
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.radiation import TUBES, USUAL_RATIO

if TYPE_CHECKING:
    from halfcell.techniques.diffraction.scan import Scan

_BETTER = 30.0  # decrease of chi^2 that other emission lines bring
_STEPS = 12  # from a solution that is near, by trial
_SAME = 1.5e-4  # relative: the wavelength of a tube


def doublet_doubt(fit: PatternFit, data: Scan) -> tuple[Note, ...]:
    """A doubt where a single line describes the pattern better than the doublet that was taken, or the other way round.

    A monochromator or a program may have removed K-alpha-2 without a word in the file, or a file may state a ratio of 0
    or of 0.5 that is not that of its scan: crystals of 15 nm came as 15.80(5) nm, 40 nm as 45.
    """
    other = _other(fit.pattern.model.radiation)
    if other is None or not fit.pattern.model.phases:
        return ()
    model = dataclasses.replace(restart(fit, fit.pattern.model), radiation=other)
    trial = fit_pattern(model, data.counts, fit.variance, _STEPS, start=ended(fit))
    gain = (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
    if gain < _BETTER:
        return ()
    single = len(other.lines) == 1
    seen = "of one wavelength, not of a K-alpha doublet" if single else "of a K-alpha doublet, not of one wavelength"
    why = (
        "K-alpha-2 may have been removed by a monochromator or a program" if single else "K-alpha-2 may not be removed"
    )
    todo = f"set wavelength_ratio = {0 if single else USUAL_RATIO:g}"
    text = f"the lines are those {seen} (chi^2 falls by {gain:.0f}): {why}; sizes and cells are wrong then, {todo}"
    return (Note("doubt", "other_emission_lines", text),)


def _other(taken: Radiation) -> Radiation | None:
    """One line in place of a doublet, the doublet of the tube in place of its first line; None at a synchrotron."""
    if len(taken.lines) > 1:
        return Radiation(lines=((taken.first, 1.0),), monochromator=taken.monochromator)
    for first, second in TUBES.values():
        if abs(10 * taken.first / first - 1) < _SAME:
            doublet = emission(taken.first, taken.first * second / first, USUAL_RATIO)
            return dataclasses.replace(doublet, monochromator=taken.monochromator)
    return None
