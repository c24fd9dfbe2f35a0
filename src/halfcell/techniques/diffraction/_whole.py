"""The whole-pattern fit of a powder: phases with sizes, cells and strain, and the spread over models of the sizes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.fit import PatternFit, fit_pattern
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.model import PatternModel, PhaseModel
from halfcell.techniques.diffraction._scan import Scan, lines_of

if TYPE_CHECKING:
    from halfcell.maths.powder.sizes import Shape
    from halfcell.techniques.diffraction._settings import Settings

OTHER_SHAPES: tuple[Shape, ...] = ("gamma spheres", "lorentzian")
_STRAIN_GAIN = 6.6  # fall of chi^2 that a strain must bring: one parameter at 99 %


@dataclass(frozen=True, kw_only=True, eq=False)
class Whole:
    """The fit with lognormal spheres, and for each phase what other shapes of the size distribution give.

    `others` maps a phase to (L_V in nm, fall of chi^2 against the main fit) of each other shape.
    """

    fit: PatternFit
    names: tuple[str, ...]
    strained: tuple[str, ...]
    others: dict[str, tuple[tuple[float, float], ...]]

    def spread(self, name: str) -> float:
        """Standard deviation of L_V over the size models, each weighted by its likelihood exp(-chi^2/2)."""
        chi2 = max(self.fit.reduced_chi2, 1.0)
        found = [(float(np.exp(self.fit.value(f"{name}.ln_size"))), 0.0), *self.others.get(name, ())]
        size, gain = np.array(found).T
        weight = np.exp(0.5 * (gain - gain.max()) / chi2)
        mean = (weight * size).sum() / weight.sum()
        return float(np.sqrt((weight * (size - mean) ** 2).sum() / weight.sum()))


def first_model(data: Scan, settings: Settings, names: tuple[str, ...], sizes: dict[str, float]) -> PatternModel:
    """The model that a fit starts from: lognormal spheres without strain."""
    instrument = settings.instrument if isinstance(settings.instrument, Instrument) else Instrument()
    phases = tuple(
        PhaseModel(
            lines=lines_of(name, data)[0],
            size=sizes.get(name, 10.0),
            cell_std=settings.cell_tolerance_percent / 200,
            texture=settings.texture_percent / 100,
        )
        for name in names
    )
    return PatternModel(
        two_theta=data.two_theta,
        radiation=data.radiation,
        instrument=instrument,
        phases=phases,
        degree=settings.background_degree or 10,
        humps=tuple(Hump(centre=centre, width=6.0) for centre in settings.humps_degree),
        shifts=() if settings.aberration == "none" else (settings.aberration,),
    )


def whole_pattern(data: Scan, settings: Settings, names: tuple[str, ...], sizes: dict[str, float]) -> Whole:
    """Fit the phases, choose the background's degree and whether there is strain, and try other size models.

    Raises
    ------
    Refused
        If a phase has no line in the scan, or the pattern does not determine the amplitudes.
    """
    fit = fit_pattern(first_model(data, settings, names, sizes), data.counts, data.variance)
    if settings.background_degree is None:
        fit = _better_degree(fit, data)
    strained: tuple[str, ...] = ()
    if settings.strain != "none":
        fit, strained = _with_strain(fit, data, settings, names)
    others = {name: tuple(_other(fit, data, name, shape) for shape in OTHER_SHAPES) for name in names}
    return Whole(fit=fit, names=names, strained=strained, others=others)


def restart(fit: PatternFit, model: PatternModel) -> PatternModel:
    """The same model begun at a fit's parameters (cells stay at their reference: their prior is there)."""
    known = dict(zip(fit.pattern.names, map(float, fit.solution.p), strict=True))
    phases = tuple(
        dataclasses.replace(
            phase,
            size=None if phase.size is None else float(np.exp(known.get(f"{phase.lines.name}.ln_size", 2.3))),
            sigma=known.get(f"{phase.lines.name}.sigma", phase.sigma),
        )
        for phase in model.phases
    )
    return dataclasses.replace(model, phases=phases)


def _better_degree(fit: PatternFit, data: Scan) -> PatternFit:
    """Try neighbouring degrees of the background; keep what the Bayesian information criterion prefers."""
    count, chi2 = len(data.counts), max(fit.reduced_chi2, 1.0)
    best, score = fit, fit.solution.deviance / chi2 + np.log(count) * fit.pattern.model.degree
    for degrees in ((8, 6), (13, 16)):
        for degree in degrees:
            model = dataclasses.replace(restart(best, fit.pattern.model), degree=degree)
            trial = fit_pattern(model, data.counts, data.variance)
            value = trial.solution.deviance / chi2 + np.log(count) * degree
            if value >= score:
                break
            best, score = trial, value
        if best is not fit:
            break
    return best


def _with_strain(
    fit: PatternFit, data: Scan, settings: Settings, names: tuple[str, ...]
) -> tuple[PatternFit, tuple[str, ...]]:
    """Free the strain of each phase whose lines reach far enough, where it lowers chi^2 by more than chance does."""
    strained: tuple[str, ...] = ()
    for index, name in enumerate(names):
        if settings.strain == "auto" and not _reaches(data, name):
            continue
        phases = list(restart(fit, fit.pattern.model).phases)
        phases[index] = dataclasses.replace(phases[index], strain=True)
        trial = fit_pattern(dataclasses.replace(fit.pattern.model, phases=tuple(phases)), data.counts, data.variance)
        gain = (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
        if settings.strain == "free" or gain > _STRAIN_GAIN:
            fit, strained = trial, (*strained, name)
    return fit, strained


def _reaches(data: Scan, name: str) -> bool:
    """Whether three orders lie in the scan and the last stands at 1.8 times the first's tangent or more."""
    lines, _ = lines_of(name, data)
    s = lines.places(np.zeros(lines.free))[0]
    top = 2 * np.sin(np.radians(data.two_theta[-1]) / 2) / data.radiation.first
    strong = s[(s < top) & (lines.intensity > 0.05 * lines.intensity.max())]
    return len(strong) >= 4 and bool(strong.max() > 1.8 * strong.min())


def _other(fit: PatternFit, data: Scan, name: str, shape: Shape) -> tuple[float, float]:
    """L_V of one phase with another shape of its size distribution, and the fall of chi^2."""
    model = restart(fit, fit.pattern.model)
    phases = tuple(
        dataclasses.replace(phase, shape=shape) if phase.lines.name == name else phase for phase in model.phases
    )
    trial = fit_pattern(dataclasses.replace(model, phases=phases), data.counts, fit.variance, limit=12)
    return float(np.exp(trial.value(f"{name}.ln_size"))), fit.solution.deviance - trial.solution.deviance
