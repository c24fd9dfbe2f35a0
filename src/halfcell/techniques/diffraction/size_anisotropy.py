"""Crystallites that are longer or shorter along their axis than across: ellipsoids of revolution."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase
from halfcell.materials.preferred_orientation import squared_cosines
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.instrument_doubt import by_instrument, largest_size
from halfcell.techniques.diffraction.scan import Scan, lines_of
from halfcell.techniques.diffraction.strain_anisotropy import directed_fit
from halfcell.techniques.diffraction.strain_fits import reaches, strained_fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

_FEWEST = 4  # lines
_APART = 0.5  # by which cos^2 of the angles of lines to the axis must differ
ELLIPSOID_GAIN = 20.0  # decrease of chi^2 that ellipsoids must bring
_UNKNOWN = 0.5  # relative uncertainty beyond which a size is none
_LEAST = float(np.log(1.2))  # ratio of the axes that matters


def with_ellipsoids(
    fit: PatternFit, data: Scan, settings: Settings, names: tuple[str, ...]
) -> tuple[PatternFit, frozenset[str]]:
    """Ellipsoids of revolution about c for uniaxial phases that they describe better than spheres and than a strain.

    Tested before a strain may be freed: needles of 10 by 40 nm were spheres of 91 nm with a strain that was not there.
    """
    found: set[str] = set()
    for place, name in enumerate(names):
        if not _has_axis(name, data):
            continue
        trial = _as_ellipsoids(fit, data, place)
        gain = (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
        if gain < ELLIPSOID_GAIN or abs(trial.value(f"{name}.ln_ratio")) < _LEAST:
            continue
        if settings.strain != "none" and reaches(data, name):
            strained = strained_fit(fit, data, place)
            directed = directed_fit(strained, data, place) or strained
            if min(strained.solution.deviance, directed.solution.deviance) < trial.solution.deviance:
                continue
        fit = trial
        found.add(name)
    return fit, frozenset(found)


def _has_axis(name: str, data: Scan) -> bool:
    """Whether a phase has one axis, and lines along and across it in the scan."""
    a, b, c, *_ = phase(name).cell
    if not a == b != c:
        return False
    cosines = _cosines(name, data)
    return len(cosines) >= _FEWEST and bool(np.ptp(cosines) > _APART)


def _as_ellipsoids(fit: PatternFit, data: Scan, place: int) -> PatternFit:
    """The fit with ellipsoids of revolution for one phase."""
    model = restart(fit, fit.pattern.model)
    phases = list(model.phases)
    phases[place] = dataclasses.replace(phases[place], cosines=_cosines(phases[place].lines.name, data))
    return fit_pattern(dataclasses.replace(model, phases=tuple(phases)), data.counts, data.variance, start=ended(fit))


def _cosines(name: str, data: Scan) -> Array:
    """cos^2 of the angle between each line of a phase and its axis c."""
    hkl = tuple((int(h), int(k), int(l)) for h, k, l in lines_of(name, data)[1].hkl)
    return np.array([float(np.mean(one)) for one in squared_cosines(name, hkl, (0, 0, 1))])


def anisotropy_quantities(
    fit: PatternFit, found: frozenset[str], data: Scan, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """L_V along and across the axis of ellipsoids, from the whole pattern, and what was assumed."""
    quantities: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for name in sorted(found):
        if fit.on_bound(f"{name}.ln_ratio"):
            text = f"{name}: the ratio of the axes of its crystallites stays on a bound of the fit: no sizes are given"
            notes += (Note("refused", "anisotropic_size", text),)
            continue
        for key, ratio in (("along", 1.0), ("across", 0.0)):
            logarithm, relative = _logarithm(fit, name, ratio)
            size = float(np.exp(logarithm))
            if size > largest_size(fit, name, settings) or relative > _UNKNOWN:
                text = f"{name}: its size {key} c is lost in the breadth of the instrument"
                notes += (Note("refused", "size_beyond_resolution", text),)
                continue
            std = float(np.hypot(size * relative, by_instrument(size, data, settings)))
            quantities[f"{name}.size_{key}_c"] = Quantity(size, "nm", std, "fit covariance")
        sizes = {key: quantities.get(f"{name}.size_{key}_c") for key in ("along", "across")}
        seen = " and ".join(f"{size} {key} c" for key, size in sizes.items() if size is not None)
        what = f"{name}: the widths of its lines depend on the direction{f', {seen}' if seen else ''}"
        why = "ellipsoids of revolution are fitted, and L_V is that of the sphere of equal volume"
        notes += (Note("doubt", "anisotropic_size", f"{what}: {why}"),)
    return quantities, notes


def sphere_of_equal_volume(fit: PatternFit, name: str) -> tuple[float, float]:
    """ln L_V of a phase and its standard uncertainty; of ellipsoids that of the sphere of equal volume.

    Parameters
    ----------
    fit, name
        A fit, and the phase.

    Returns
    -------
    tuple of float
        L_V in nm.

    Source: definition.
    """
    if f"{name}.ln_ratio" not in fit.pattern.names:
        return fit.value(f"{name}.ln_size"), fit.std(f"{name}.ln_size")
    return _logarithm(fit, name, 1.0 / 3.0)


def _logarithm(fit: PatternFit, name: str, ratio: float) -> tuple[float, float]:
    """ln L_V across the axis plus `ratio` times ln of the ratio of the axes, and its standard uncertainty."""
    places = [fit.pattern.names.index(f"{name}.{key}") for key in ("ln_size", "ln_ratio")]
    share = np.array([1.0, ratio])
    covariance = fit.solution.covariance[np.ix_(places, places)] * max(fit.reduced_chi2, 1.0)
    return float(share @ fit.solution.p[places]), float(np.sqrt(share @ covariance @ share))
