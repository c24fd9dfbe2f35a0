"""Cell lengths over what may have shifted the lines: a displaced or transparent specimen, a wrong zero, divergence."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.materials.phases import phases
from halfcell.materials.reflections import absorption
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.powder.pattern_model import Shift
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

_OTHERS: tuple[tuple[Shift, ...], ...] = (("zero",), ("displacement", "transparency"))
_SOLLER = 0.015  # degrees: variance of the axial angles behind the usual Soller slits of 0.04 rad
_PACKED, _RADIUS = 0.5, 20.0  # share of the volume that a pressed powder fills; radius of a goniometer in cm
_MOST_TRANSPARENT = 0.05  # degrees: of a specimen 0.2 mm thick, however light its elements are
_STEPS = 12  # steps from a solution that is near, by trial


class Averaged(NamedTuple):
    """Mean of a parameter over models, its standard uncertainty, and that part of it which is the models' spread."""

    mean: float
    std: float
    spread: float


def other_aberrations(fit: PatternFit, data: Scan, settings: Settings) -> tuple[PatternFit, ...]:
    """The fit with another cause of the shift of all lines, if it is not set which one it was.

    Without a calibrated instrument one more has the tails that axial divergence behind usual Soller slits gives.

    Parameters
    ----------
    fit, data
        The main fit and its scan.
    settings
        What shifts the lines, where that is set.

    Returns
    -------
    tuple of PatternFit
        One per other cause; empty where the cause is set.

    Source: International Tables for Crystallography C (1992), 5.2, for the aberrations.
    """
    if settings.aberration != "auto" or not fit.pattern.model.shifts:
        return ()
    model, start = restart(fit, fit.pattern.model), ended(fit)
    model = dataclasses.replace(model, transparency_std=_transparency(fit, data))
    # one line is that of a synchrotron, and a specimen in a capillary there is not transparent in this sense
    others = _OTHERS if len(data.radiation.lines) > 1 else _OTHERS[:1]
    models = [dataclasses.replace(model, shifts=shifts) for shifts in others]
    if not isinstance(settings.instrument, Instrument):
        models.append(dataclasses.replace(model, instrument=model.instrument.adjusted({"axial": _SOLLER})))
    start["zero"] = start[fit.pattern.model.shifts[0]]
    return tuple(fit_pattern(one, data.counts, fit.variance, _STEPS, start=start) for one in models)


def _transparency(fit: PatternFit, data: Scan) -> float:
    """What transparency may shift lines by (degrees, at sin(2 theta) = 1): 1 / (2 mu R) of the loosely packed powder.

    mu is that of the phase with the highest lines (H. P. Klug and L. E. Alexander, X-Ray Diffraction Procedures, 1974,
    section 5-2.2).
    """
    heights = [float(part.max()) for part in fit.parts()[1][: len(fit.pattern.model.phases)]]
    name = fit.pattern.model.phases[int(np.argmax(heights))].lines.name
    mu = absorption(name, round(10 * data.radiation.first, 5)) if name in phases() else 0.0
    if mu <= 0:
        return _MOST_TRANSPARENT
    depth = 1 / (2 * _PACKED * mu)  # cm
    return min(float(np.degrees(depth / _RADIUS)), _MOST_TRANSPARENT)


def tempered_weights(gain: Array, fit: PatternFit) -> Array:
    """Weight of each model, from how much lower its chi^2 is than that of a fit.

    The likelihood exp(-chi^2 / 2T) is tempered with T = chi^2_red + M/2, where M is the misfit that no model explains:
    chi^2 beyond that of noise plus three sigma. A model that is worse by less than M is not ruled out.

    Parameters
    ----------
    gain
        By how much chi^2 of each model is lower than that of the fit, shape (models,).
    fit
        The fit that they are compared with.

    Returns
    -------
    numpy.ndarray
        Relative weights, 1 for the likeliest, shape (models,).

    Source: procedure of this package; without misfit they are the likelihoods exp(-chi^2/2).
    """
    dof = fit.solution.dof
    unexplained = max(fit.solution.chi2 - dof - 3 * np.sqrt(2 * dof), 0.0)
    return np.asarray(np.exp(0.5 * (gain - gain.max()) / (max(fit.reduced_chi2, 1.0) + 0.5 * unexplained)))


def averaged_over(fit: PatternFit, others: Sequence[PatternFit], parameter: str) -> Averaged:
    """A parameter averaged over a fit and others with another aberration, weighted by their likelihoods.

    Parameters
    ----------
    fit, others
        The fit, and those with another cause of the shift of all lines.
    parameter
        The name of a parameter that all of them have.

    Returns
    -------
    Averaged
        In the unit of the parameter: mean, standard uncertainty, and the part of it that the models differ by.

    Source: K. P. Burnham, D. R. Anderson, Model Selection and Multimodel Inference, 2nd ed. (2002), eq. 4.9.
    """
    fits = (fit, *others)
    value, std = np.array([(one.value(parameter), one.std(parameter)) for one in fits]).T
    weight = tempered_weights(np.array([fit.solution.deviance - one.solution.deviance for one in fits]), fit)
    weight = weight / weight.sum()
    mean = float(weight @ value)
    spread = float(np.sqrt(weight @ (value - mean) ** 2))
    return Averaged(mean, float(np.sqrt(weight @ std**2 + spread**2)), spread)
