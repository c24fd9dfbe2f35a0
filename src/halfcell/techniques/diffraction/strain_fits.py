"""Microstrain in the whole-pattern fit: Gaussian or Lorentzian, where the lines reach far enough and ask for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.scan import Scan, lines_of

if TYPE_CHECKING:
    from halfcell.materials.strain_directions import StrainDirections
    from halfcell.maths.powder.phase_model import StrainShape

STRAINS: tuple[StrainShape, ...] = ("gaussian", "lorentzian")
STRAIN_GAIN = 6.6  # decrease of chi^2 that a strain must bring: one parameter at 99 %
_SMALL, _LARGE = 1.0, 6.0  # starts of a strain, in 1e-3
STRONG = 0.05  # of the strongest line
_FEWEST = 4  # strong lines over which size and strain differ
_REACH = 1.8  # times the s of the first line: with less, size and strain look alike


def strained_fit(fit: PatternFit, data: Scan, index: int) -> PatternFit:
    """The fit with a strain of one phase that is alike in all directions, of the kind that describes the lines best.

    Where there is a strain, the fits start from a large one too: from a small one, very broad lines become small
    crystals first.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    index
        Number of the phase.

    Returns
    -------
    PatternFit
        The best of Gaussian and Lorentzian strain.

    Source: P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190.
    """
    trials = [fit_of_strain(fit, data, index, shape, _SMALL) for shape in STRAINS]
    if max(gain_of(fit, one) for one in trials) > STRAIN_GAIN:
        trials += [fit_of_strain(fit, data, index, shape, _LARGE) for shape in STRAINS]
    return min(trials, key=lambda one: one.solution.deviance)


def fit_of_strain(
    fit: PatternFit,
    data: Scan,
    index: int,
    shape: StrainShape,
    start: float = _SMALL,
    directions: StrainDirections | None = None,
) -> PatternFit:
    """The fit with the strain of one phase free, of one kind, from a start (1e-3).

    Parameters
    ----------
    fit, data
        The fit and its scan.
    index
        Number of the phase.
    shape
        Gaussian or Lorentzian.
    start
        The strain to start from, 1e-3.
    directions
        How a strain by direction is made of its parameters; None for one strain.

    Returns
    -------
    PatternFit
        The fit with that strain free.

    Source: P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190; directions as `materials.strain_directions`.
    """
    model, name = restart(fit, fit.pattern.model), fit.pattern.model.phases[index].lines.name
    phases = list(model.phases)
    shares = None if directions is None else directions.shares
    phases[index] = dataclasses.replace(phases[index], strain=True, strain_shape=shape, directions=shares)
    known = {key: value for key, value in ended(fit).items() if not key.startswith(f"{name}.strain")}
    if shares is None:
        known[f"{name}.strain"] = start if shape == "lorentzian" else start**2
    else:
        known |= {f"{name}.strain{i}": start**2 for i in range(len(shares))}
    return fit_pattern(dataclasses.replace(model, phases=tuple(phases)), data.counts, data.variance, start=known)


def gain_of(fit: PatternFit, trial: PatternFit) -> float:
    """By how much a trial lowers chi^2.

    Parameters
    ----------
    fit, trial
        Two fits of one scan.

    Returns
    -------
    float
        The fall of the deviance over the reduced chi^2 of the trial (or 1 if that is larger).

    Source: definition.
    """
    return (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)


def reaches(data: Scan, name: str) -> bool:
    """Whether a phase has four strong lines in the scan, the last of them at 1.8 times the s of the first or more.

    Parameters
    ----------
    data, name
        The scan, and the phase.

    Returns
    -------
    bool
        Whether size and strain, whose breadths go as 1 and s, can be told apart.

    Source: procedure of this package.
    """
    lines, _ = lines_of(name, data)
    s = lines.places(np.zeros(lines.free))[0]
    top = 2 * np.sin(np.radians(data.two_theta[-1]) / 2) / data.radiation.first
    strong = s[(s < top) & (lines.intensity > STRONG * lines.intensity.max())]
    return len(strong) >= _FEWEST and bool(strong.max() > _REACH * strong.min())
