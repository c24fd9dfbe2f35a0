"""Microstrain that depends on the direction: tested before a strain that does not is trusted."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase
from halfcell.materials.strain_directions import StrainDirections, strain_directions
from halfcell.maths.powder.pattern_fit import PatternFit
from halfcell.maths.powder.pattern_model import prepare
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.scan import Scan, lines_of
from halfcell.techniques.diffraction.strain_fits import (
    STRAIN_GAIN,
    STRAINS,
    STRONG,
    fit_of_strain,
    gain_of,
    reaches,
    strained_fit,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

_DIRECTED_GAIN = 20.0  # decrease of chi^2 that a strain must bring that depends on the direction, as with ellipsoids
_EACH = 6.0  # and beside that for each direction beyond two
_PROMISING = 0.5  # of these, by the score test: the decrease that is expected before the fit
_MOST_DIRECTIONS = 6  # of orthorhombic phases; lower symmetries leave nine and fifteen
_AS_SAID = {"along_c": "along c", "across_c": "across c", "along_100": "along [100]", "along_111": "along [111]"}
_BREADTH = float(np.sqrt(np.pi / 2))  # breadth / (4 tan theta) over the root mean square of a Gaussian strain
_SINGULAR = 1e-6  # of the largest singular value: below it a direction is not determined


def with_strain(
    fit: PatternFit, data: Scan, settings: Settings, names: tuple[str, ...], anisotropic: frozenset[str]
) -> tuple[PatternFit, tuple[str, ...]]:
    """Free the strain of each phase whose lines reach far enough, if that lowers chi^2 significantly.

    A strain that depends on the direction is tried before one that does not is trusted.
    """
    strained: tuple[str, ...] = ()
    for index, name in enumerate(names):
        if settings.strain == "auto" and (name in anisotropic or not reaches(data, name)):
            continue
        trial = strained_fit(fit, data, index)
        frees = settings.strain == "free" or gain_of(fit, trial) > STRAIN_GAIN
        directed = directed_fit(trial if frees else fit, data, index)
        if directed is not None or frees:
            fit, strained = directed or trial, (*strained, name)
    return fit, strained


def directed_fit(fit: PatternFit, data: Scan, index: int) -> PatternFit | None:
    """The fit with a strain of one phase that depends on the direction; None where it is not significantly better.

    Parameters
    ----------
    fit
        With a strain that is alike in all directions, or without strain, whichever is to be compared.
    data, index
        The scan, and the number of the phase.

    Returns
    -------
    PatternFit or None
        With one strain for each direction that the symmetry leaves.

    Source: P. W. Stephens, J. Appl. Cryst. 32 (1999) 281.
    """
    name = fit.pattern.model.phases[index].lines.name
    directions = _directions(data, name)
    if directions is None:
        return None
    needed = _DIRECTED_GAIN + _EACH * (len(directions.directions) - 2)
    if _expected_gain(fit, data, index, directions) < _PROMISING * needed:
        return None
    start = _breadth(fit, name) or 1.0
    trials = [fit_of_strain(fit, data, index, shape, start, directions) for shape in STRAINS]
    best = min(trials, key=lambda one: one.solution.deviance)
    return best if gain_of(fit, best) > needed else None


def _breadth(fit: PatternFit, name: str) -> float:
    """The strain of a phase in a fit (1e-3), as its kind defines it; 0 without strain."""
    if f"{name}.strain" not in fit.pattern.names:
        return 0.0
    model = next(one for one in fit.pattern.model.phases if one.lines.name == name)
    value = fit.value(f"{name}.strain")
    return value if model.strain_shape == "lorentzian" else float(np.sqrt(value))


def _directions(data: Scan, name: str) -> StrainDirections | None:
    """The directions along which the strain of a phase may differ; None where its strong lines are too few to tell."""
    lines, listed = lines_of(name, data)
    made = strain_directions(name, tuple((int(h), int(k), int(l)) for h, k, l in listed.hkl))
    count = len(made.directions)
    if not 1 < count <= _MOST_DIRECTIONS:
        return None
    s = lines.places(np.zeros(lines.free))[0]
    top = 2 * np.sin(np.radians(data.two_theta[-1]) / 2) / data.radiation.first
    strong = (s < top) & (lines.intensity > STRONG * lines.intensity.max())
    enough = len(np.unique(s[strong].round(4))) >= count + 2
    return made if enough and np.linalg.matrix_rank(made.shares[:, strong], tol=0.1) == count else None


def _expected_gain(fit: PatternFit, data: Scan, index: int, directions: StrainDirections) -> float:
    """By how much strains along several directions would lower chi^2 to first order (the score test of C. R. Rao)."""
    model, name = restart(fit, fit.pattern.model), fit.pattern.model.phases[index].lines.name
    phases, square = list(model.phases), max(_breadth(fit, name), 0.1) ** 2
    shape = phases[index].strain_shape if phases[index].strain else "gaussian"
    phases[index] = dataclasses.replace(phases[index], strain=True, strain_shape=shape, directions=directions.shares)
    pattern = dataclasses.replace(prepare(dataclasses.replace(model, phases=tuple(phases))), scales=fit.pattern.scales)
    known = ended(fit)
    point = np.array([known.get(key, square if ".strain" in key else 0.0) for key in pattern.names])
    phi, slope = pattern.evaluate(point)
    weight = np.where(np.isfinite(fit.variance), 1 / np.sqrt(fit.variance), 0.0)
    changes, residual = slope(fit.solution.c) * weight[:, None], (data.counts - fit.solution.model) * weight
    is_strain = np.array([key.startswith(f"{name}.strain") for key in pattern.names])
    others = np.concatenate([phi * weight[:, None], changes[:, ~is_strain]], axis=1)
    known_gain, all_gain = (
        _explained(columns, residual) for columns in (others, np.concatenate([others, changes[:, is_strain]], axis=1))
    )
    return (all_gain - known_gain) / max(fit.reduced_chi2, 1.0)


def _explained(columns: Array, residual: Array) -> float:
    """The part of the sum of squares of a residual that columns describe."""
    columns = columns[:, np.any(columns != 0, axis=0)]
    left, singular, _ = np.linalg.svd(columns / np.linalg.norm(columns, axis=0), full_matrices=False)
    return float(np.sum((left[:, singular > _SINGULAR * singular.max()].T @ residual) ** 2))


def directed_quantities(fit: PatternFit, name: str) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Breadth / (4 tan theta) of a strain that depends on the direction, in per cent, and what the lines ask for.

    Of uniaxial phases along and across c (the mean square over [100] and [110]), of cubic ones along [100] and [111];
    of others the directions are only named, since six numbers are no strain.
    """
    model = next(one for one in fit.pattern.model.phases if one.lines.name == name)
    factor = 0.1 * (_BREADTH if model.strain_shape == "gaussian" else 1.0)
    found = {}
    for key, which in _shown(name).items():
        parameters = [f"{name}.strain{i}" for i in which]
        if any(fit.on_bound(one) for one in parameters):
            continue
        places = [fit.pattern.names.index(one) for one in parameters]
        square = float(np.mean(fit.solution.p[places]))
        block = fit.solution.covariance[np.ix_(places, places)] * max(fit.reduced_chi2, 1.0)
        std = float(np.sqrt(max(block.mean(), 0.0)))
        root = float(np.sqrt(max(square, 0.0)))
        spread = factor * std / (2 * max(root, std**0.5))
        found[f"{name}.strain_breadth_{key}"] = Quantity(factor * root, "%", spread, "fit covariance")
    seen = " and ".join(f"{value} {_AS_SAID[key.rsplit('strain_breadth_')[1]]}" for key, value in found.items())
    what = f"{name}: the widths of its lines ask for a strain that depends on the direction"
    text = f"{what}{f' ({seen})' if seen else ''}: it is fitted, and no strain that is one for all directions is given"
    return found, (Note("doubt", "anisotropic_strain", text),)


def is_directed(fit: PatternFit, name: str) -> bool:
    """Whether the strain of a phase depends on the direction in a fit.

    Parameters
    ----------
    fit, name
        The fit, and the phase.

    Returns
    -------
    bool
        Whether it has a strain for each direction.

    Source: definition.
    """
    return f"{name}.strain0" in fit.pattern.names


def _shown(name: str) -> dict[str, tuple[int, ...]]:
    """Which of the fitted directions stand for what is printed."""
    a, b, c, *angles = phase(name).cell
    if a == b == c and angles == [90.0, 90.0, 90.0]:
        return {"along_100": (0,), "along_111": (1,)}
    if a != b:
        return {}
    directions = strain_directions(name, ((1, 0, 0),)).directions
    across = tuple(i for i, one in enumerate(directions) if one in {(1, 0, 0), (1, 1, 0)})
    return {"along_c": (0,), "across_c": across}
