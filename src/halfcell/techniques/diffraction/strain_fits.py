"""Microstrain in the whole-pattern fit: Gaussian or Lorentzian, where the lines reach far enough and ask for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.scan import Scan, lines_of

if TYPE_CHECKING:
    from halfcell.maths.powder.phase_model import StrainShape
    from halfcell.techniques.diffraction.settings import Settings

STRAINS: tuple[StrainShape, ...] = ("gaussian", "lorentzian")
_STRAIN_GAIN = 6.6  # decrease of chi^2 that a strain must bring: one parameter at 99 %


def with_strain(
    fit: PatternFit, data: Scan, settings: Settings, names: tuple[str, ...], anisotropic: frozenset[str]
) -> tuple[PatternFit, tuple[str, ...]]:
    """Free the strain of each phase whose lines reach far enough, if that lowers chi^2 significantly."""
    strained: tuple[str, ...] = ()
    for index, name in enumerate(names):
        if settings.strain == "auto" and (name in anisotropic or not reaches(data, name)):
            continue
        trials = (strained_fit(fit, data, index, shape) for shape in STRAINS)
        trial = min(trials, key=lambda one: one.solution.deviance)
        gain = (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
        if settings.strain == "free" or gain > _STRAIN_GAIN:
            fit, strained = trial, (*strained, name)
    return fit, strained


def strained_fit(fit: PatternFit, data: Scan, index: int, shape: StrainShape) -> PatternFit:
    """The fit with the strain of one phase free."""
    model = restart(fit, fit.pattern.model)
    phases = list(model.phases)
    phases[index] = dataclasses.replace(phases[index], strain=True, strain_shape=shape)
    start = {key: value for key, value in ended(fit).items() if key != f"{phases[index].lines.name}.strain"}
    return fit_pattern(dataclasses.replace(model, phases=tuple(phases)), data.counts, data.variance, start=start)


def reaches(data: Scan, name: str) -> bool:
    """Whether a phase has four strong lines in the scan, the last of them at 1.8 times the s of the first or more."""
    lines, _ = lines_of(name, data)
    s = lines.places(np.zeros(lines.free))[0]
    top = 2 * np.sin(np.radians(data.two_theta[-1]) / 2) / data.radiation.first
    strong = s[(s < top) & (lines.intensity > 0.05 * lines.intensity.max())]
    return len(strong) >= 4 and bool(strong.max() > 1.8 * strong.min())
