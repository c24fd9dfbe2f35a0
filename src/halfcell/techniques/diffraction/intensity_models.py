"""What makes the lines of a phase differ from those of its structure: preferred orientation, or another B."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from halfcell.materials.phases import phase
from halfcell.techniques.diffraction.displacement_factors import DisplacementFactor, another_b, usual_b
from halfcell.techniques.diffraction.line_amplitudes import is_pulled
from halfcell.techniques.diffraction.preferred_orientation import Orientation, oriented

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings

_ORIENTED = 20.0  # decrease of chi^2 that an orientation must bring: an axis was searched, too
_MOVING = 12.0  # decrease of chi^2 that another B must bring


class IntensityModels(NamedTuple):
    """A fit, the preferred orientation of phases that have one, and B of every phase whose intensities are known."""

    fit: PatternFit
    oriented: dict[str, Orientation]
    factors: dict[str, DisplacementFactor]


def with_intensity_models(fit: PatternFit, data: Scan, names: tuple[str, ...], settings: Settings) -> IntensityModels:
    """Give each phase that one of both which describes its lines better, if it lowers chi^2 significantly."""
    orientations: dict[str, Orientation] = {}
    factors: dict[str, DisplacementFactor] = {}
    for place, name in enumerate(names):
        if phase(name).positions_only:
            continue
        factors[name] = usual_b(fit, data, place, name)
        if not is_pulled(fit, place):
            continue
        moved, factor = another_b(fit, data, place, name)
        turned, orientation = (fit, None) if settings.orientation == "none" else oriented(fit, data, place, name)
        by_b, by_turn = _gain(fit, moved) - _MOVING, _gain(fit, turned) - _ORIENTED
        if orientation is not None and by_turn > max(by_b, 0.0):
            fit, orientations[name] = turned, orientation
        elif factor is not None and by_b > 0:
            fit, factors[name] = moved, factor
    return IntensityModels(fit, orientations, factors)


def _gain(fit: PatternFit, trial: PatternFit) -> float:
    """By how much a trial lowers chi^2."""
    return (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
