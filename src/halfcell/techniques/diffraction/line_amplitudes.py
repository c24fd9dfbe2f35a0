"""Amplitudes of a phase's lines in a fit, and how well a model of their intensities describes them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.scan import lines_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.phase_lines import Lines
    from halfcell.techniques.diffraction.scan import Scan

    Array = NDArray[np.float64]

LOOSE = 1.0  # share by which intensities may differ while a model of them is looked for
_SCATTER = 0.1  # share by which intensities scatter about those of a model
_SEEN = 5  # standard uncertainties of a scale whose lines tell anything


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Amplitudes:
    """Amplitudes of a phase's groups of lines relative to the intensities of its structure, and their variances.

    `shares` is what share of each group every reflection has, shape (groups, reflections); rows add up to one.
    """

    value: Array
    variance: Array
    shares: Array


def is_pulled(fit: PatternFit, place: int) -> bool:
    """Whether a phase is seen and its lines pull at the restraint on their intensities by a standard deviation each.

    Parameters
    ----------
    fit
        A fit with an amplitude for each group of lines.
    place
        Number of the phase.

    Returns
    -------
    bool
        Whether the squares of the pulls sum to more than their number, of a phase five errors above zero.

    Source: procedure of this package.
    """
    scale, std = fit.scale(place)
    if scale <= _SEEN * std:
        return False
    phases = fit.pattern.model.phases
    first = sum(one.lines.columns for one in phases[:place])
    amplitudes = fit.solution.c[first : first + phases[place].lines.columns]
    pulls = (amplitudes / scale - 1) / phases[place].texture
    return bool((pulls**2).sum() > len(pulls))


def amplitudes_of(fit: PatternFit, data: Scan, place: int, name: str) -> Amplitudes:
    """Amplitudes of the lines of a phase, whatever intensities the fit had for them.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    place, name
        Number and name of the phase.

    Returns
    -------
    Amplitudes
        Relative to the intensities of the structure, shape (groups,).

    Source: definition.
    """
    plain, phases = lines_of(name, data)[0], fit.pattern.model.phases
    first = sum(one.lines.columns for one in phases[:place])
    columns = slice(first, first + plain.columns)
    now = np.bincount(phases[place].lines.column, phases[place].lines.intensity)
    before = np.bincount(plain.column, plain.intensity)
    shares = np.zeros((plain.columns, len(plain.intensity)))
    shares[plain.column, np.arange(len(plain.column))] = plain.intensity / before[plain.column]
    variance = np.diag(fit.solution.covariance)[len(fit.pattern.names) :][columns] * max(fit.reduced_chi2, 1.0)
    return Amplitudes(
        value=fit.solution.c[columns] * now / before, variance=variance * (now / before) ** 2, shares=shares
    )


def with_lines(fit: PatternFit, data: Scan, place: int, lines: Lines, texture: float, limit: int = 30) -> PatternFit:
    """The fit with other intensities of one phase, from which its lines may differ by a share.

    `limit` is the largest number of steps: with 0 only the amplitudes are solved for.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    place
        Number of the phase.
    lines
        Its lines with other intensities.
    texture
        The share by which a group of lines may differ from these.
    limit
        The largest number of steps.

    Returns
    -------
    PatternFit
        The new fit, which starts where the old one ended.

    Source: procedure of this package, as `maths.powder.pattern_fit`.
    """
    model = restart(fit, fit.pattern.model)
    phases = list(model.phases)
    phases[place] = dataclasses.replace(phases[place], lines=lines, texture=texture)
    model = dataclasses.replace(model, phases=tuple(phases))
    return fit_pattern(model, data.counts, data.variance, limit, start=ended(fit))


def left_over(given: Amplitudes, expected: Array) -> tuple[float, float]:
    """Sum of squares of amplitudes about s times what is expected, and s; lines scatter by the allowed texture.

    Parameters
    ----------
    given
        Amplitudes of the groups of lines and their variances, shape (groups,).
    expected
        What they are expected to be up to a common factor s, shape (groups,).

    Returns
    -------
    tuple of float
        The sum of squares, over variances that hold the scatter of lines, with the logarithms of these; and s.

    Source: definition: -2 ln of the likelihood of normal deviations.
    """
    mean = float(given.value.mean())
    variance = given.variance + (_SCATTER * mean * expected) ** 2
    scale = float((given.value * expected / variance).sum() / (expected**2 / variance).sum())
    return float(((given.value - scale * expected) ** 2 / variance).sum() + np.log(variance).sum()), scale
