"""What makes the lines of a phase differ from those of its structure: preferred orientation, or another B."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from halfcell.materials.phases import phase
from halfcell.materials.reflections import B_ISO
from halfcell.techniques.diffraction.displacement_factors import DisplacementFactor, another_b, likely_b
from halfcell.techniques.diffraction.line_amplitudes import is_pulled
from halfcell.techniques.diffraction.preferred_orientation import Orientation, oriented, turning
from halfcell.techniques.diffraction.texture_harmonics import Harmonics, with_harmonics

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings

_ORIENTED = 20.0  # decrease of chi^2 that an orientation must bring: an axis was searched, too
_MOVING = 12.0  # decrease of chi^2 that another B must bring
_EACH = 6.0  # decrease of chi^2 that each coefficient of harmonics must bring beside that of an orientation


class IntensityModels(NamedTuple):
    """A fit, the preferred orientation of phases that have one, and B of every phase whose intensities are known."""

    fit: PatternFit
    oriented: dict[str, Orientation]
    factors: dict[str, DisplacementFactor]
    harmonics: dict[str, Harmonics]


def with_intensity_models(fit: PatternFit, data: Scan, names: tuple[str, ...], settings: Settings) -> IntensityModels:
    """Give each phase that model which describes its lines best, if it lowers chi^2 significantly.

    Another B, an orientation about one axis, or, where lines still pull with either, spherical harmonics.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    names
        The phases.
    settings
        Which models may be tried.

    Returns
    -------
    IntensityModels
        The fit, March-Dollase orientations, harmonics, and B (angstrom^2) by phase.

    Source: W. A. Dollase, J. Appl. Cryst. 19 (1986) 267; M. Järvinen, J. Appl. Cryst. 26 (1993) 525, for harmonics.
    """
    orientations: dict[str, Orientation] = {}
    series: dict[str, Harmonics] = {}
    used = dict.fromkeys((name for name in names if not phase(name).positions_only), B_ISO)
    for name in used:
        place = names.index(name)
        if not is_pulled(fit, place):
            continue
        plain = fit
        moved, b = another_b(fit, data, place, name)
        turned, orientation = (fit, None) if settings.orientation == "none" else oriented(fit, data, place, name)
        by_b, by_turn = _gain(fit, moved) - _MOVING, _gain(fit, turned) - _ORIENTED
        if orientation is not None and by_turn > max(by_b, 0.0):
            fit, orientations[name] = turned, orientation
        elif b is not None and by_b > 0:
            fit, used[name] = moved, b
        best = _in_series(plain, fit, data, (place, name), settings)
        if best is not None:
            fit, series[name], used[name] = *best, B_ISO
            orientations.pop(name, None)
    return IntensityModels(fit, orientations, _factors(fit, data, names, used, (orientations, series)), series)


def _in_series(
    plain: PatternFit, fit: PatternFit, data: Scan, which: tuple[int, str], settings: Settings
) -> tuple[PatternFit, Harmonics] | None:
    """The fit of a phase with harmonics, where that is better than the simpler models by what its coefficients cost."""
    place, name = which
    if settings.orientation == "none" or not is_pulled(fit, place):
        return None
    ahead, best = 0.0, None
    for trial, made, count in with_harmonics(plain, data, place, name):
        gain = _gain(fit, trial) - _ORIENTED - _EACH * count
        if gain > ahead:
            ahead, best = gain, (trial, made)
    return best


def _factors(
    fit: PatternFit,
    data: Scan,
    names: tuple[str, ...],
    used: dict[str, float],
    turned: tuple[dict[str, Orientation], dict[str, Harmonics]],
) -> dict[str, DisplacementFactor]:
    """B of each phase, beside what its orientation does to the lines."""
    found = {}
    for name, b in used.items():
        orientations, series = turned
        factor = series[name].factor if name in series else turning(name, data, orientations.get(name))
        found[name] = likely_b(fit, data, names.index(name), name, (b, factor))
    return found


def _gain(fit: PatternFit, trial: PatternFit) -> float:
    """By how much a trial lowers chi^2."""
    return (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
