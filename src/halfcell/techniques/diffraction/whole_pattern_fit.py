"""The whole-pattern fit of a powder: phases with sizes, cells and strain, and the spread over size models."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.powder.pattern_model import PatternModel
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.turbostratic_carbon import Bands
from halfcell.techniques.diffraction.aberrations import other_aberrations, tempered_weights
from halfcell.techniques.diffraction.amorphous_halos import PARAMETERS_OF_A_HALO, with_halos
from halfcell.techniques.diffraction.fit_bounds import cell_on_bound
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.intensity_models import with_intensity_models
from halfcell.techniques.diffraction.scan import NARROW, Scan, lines_of
from halfcell.techniques.diffraction.size_anisotropy import ELLIPSOID_GAIN, sphere_of_equal_volume, with_ellipsoids
from halfcell.techniques.diffraction.strain_anisotropy import with_strain
from halfcell.techniques.diffraction.strain_fits import STRAINS, fit_of_strain
from halfcell.techniques.diffraction.turbostratic_carbon import stack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.pattern_model import Shift
    from halfcell.maths.powder.size_models import Shape
    from halfcell.techniques.diffraction.displacement_factors import DisplacementFactor
    from halfcell.techniques.diffraction.preferred_orientation import Orientation
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.texture_harmonics import Harmonics

    Array = NDArray[np.float64]

OTHER_SHAPES: tuple[Shape, ...] = ("gamma spheres", "lorentzian")
SMALLEST_NM = 2.0  # L_V below which a phase that is named would stand for a halo
CELL_RANGE = 6.0  # times the tolerance of cell lengths: the bound of a fit
_FIRST_NM = 10.0  # column length from which a fit starts where none is known: a start alone, chosen
_FIRST_HUMP_DEGREE = 6.0  # width from which a hump whose place is given starts; fitted, chosen
_DEGREE_OF_CARBON = 2  # of the background of carbon: its layers and the air give the rest
_DEGREE = 10  # of the background before other degrees are compared; chosen
_DEGREES_OF_CARBON = (3, 4, 5, 6)  # tried beside it; a higher one takes from the amorphous humps of carbon; chosen
_DEGREES = (6, 8, 13)  # tried beside it, the criterion decides; chosen
_ITERATIONS_OF_A_SHAPE = 12  # from the main fit, which is close; chosen
_SIGNIFICANT = 3.0  # standard deviations: of an amount that is seen, and of a cell beyond its tolerance
_REJECTED = ((100.0, 0.0), (20.0, 0.1), (5.0, 0.2))  # above a reduced chi^2, a missed share of the height of the lines


class SizeByModel(NamedTuple):
    """Size of a phase from one shape of the size distribution.

    L_V (nm), sigma of ln D (NaN if the model has none), and by how much chi^2 is lower than in the main fit.
    """

    column_length: float
    sigma: float
    gain: float


@dataclass(frozen=True, kw_only=True, eq=False)
class WholePatternFit:
    """The fit with lognormal spheres, and for each phase the sizes from other shapes of the size distribution.

    `names` are the phases and `strained` those with free strain; `others` maps a phase to its sizes by other models;
    `degrees` are the fits with other degrees of the background, including that of the main one, and `aberrations` those
    with other causes of the shift of all lines; `oriented` maps phases to their preferred orientation,
    `factors` to their displacement factor; `anisotropic` are the phases whose crystallites are ellipsoids,
    `harmonics` the orientation of phases that one axis does not describe.
    """

    fit: PatternFit
    names: tuple[str, ...]
    strained: tuple[str, ...]
    others: dict[str, tuple[SizeByModel, ...]]
    degrees: tuple[PatternFit, ...] = ()
    aberrations: tuple[PatternFit, ...] = ()
    oriented: dict[str, Orientation] = field(default_factory=dict)
    factors: dict[str, DisplacementFactor] = field(default_factory=dict)
    anisotropic: frozenset[str] = frozenset()
    harmonics: dict[str, Harmonics] = field(default_factory=dict)

    def misfit(self, name: str, counts: Array) -> float:
        """By how much the fit misses the lines of a phase beyond the noise, as a share of their height."""
        place = [phase.lines.name for phase in self.fit.pattern.model.phases].index(name)
        return missed_share(self.fit, place, counts)

    def rejection(self, name: str, counts: Array) -> str:
        """Why no size of a phase may be read from the fit; empty if it may.

        The worse the whole fit is, the less of the lines of the phase may be missed. In a poor fit, an implausible cell
        or an insignificant amount are reasons as well.
        """
        if held := cell_on_bound(self.fit, name):
            return held
        chi2 = self.fit.reduced_chi2
        allowed = next((share for least, share in _REJECTED if chi2 > least), np.inf)
        if not np.isfinite(allowed):
            return ""
        place = [phase.lines.name for phase in self.fit.pattern.model.phases].index(name)
        scale, std = self.fit.scale(place)
        if scale < _SIGNIFICANT * std:
            return "it is not seen in the pattern"
        off = max(abs(self.fit.value(key)) for key in self.fit.pattern.names if key.startswith(f"{name}.cell"))
        if off > _SIGNIFICANT * self.fit.pattern.model.phases[place].cell_std:
            return f"its cell would have to be off by {100 * off:.1f} %"
        missed = self.misfit(name, counts)
        return f"the fit misses its lines by {100 * missed:.0f} % of their height" if missed > allowed else ""

    def spread(self, name: str) -> tuple[float, float]:
        """Standard deviations of L_V and sigma over the size models, each weighted by its likelihood.

        A model that is worse by less than the misfit that no model explains is not ruled out (`tempered_weights`).
        """
        own = SizeByModel(
            float(np.exp(sphere_of_equal_volume(self.fit, name)[0])), self.fit.value(f"{name}.sigma"), 0.0
        )
        size, sigma, gain = np.array([own, *self.others.get(name, ())]).T
        weight = tempered_weights(gain, self.fit)
        has = np.isfinite(sigma)
        return _scatter(size, weight), _scatter(sigma[has], weight[has])


def missed_share(fit: PatternFit, place: int, counts: Array) -> float:
    """By how much a fit misses the lines of its phase number `place` beyond the noise, as a share of their height.

    Parameters
    ----------
    fit
        The fit.
    place
        Number of the phase.
    counts
        Of the scan, shape (points,).

    Returns
    -------
    float
        The root of the excess squares over that of the squares of the lines: 0.1 is a tenth of their height.

    Source: procedure of this package.
    """
    weight = np.maximum(fit.parts()[1][place], 0.0) ** 2
    known = np.isfinite(fit.variance)
    excess = (counts - fit.solution.model)[known] ** 2 - fit.variance[known]
    return float(np.sqrt(max((weight[known] * excess).sum(), 0.0) / max((weight**2).sum(), 1e-300)))


def first_model(data: Scan, settings: Settings, names: tuple[str, ...], sizes: dict[str, float]) -> PatternModel:
    """The model from which a fit starts: lognormal spheres without strain."""
    instrument = settings.instrument if isinstance(settings.instrument, Instrument) else NARROW
    phases = tuple(
        PhaseModel(
            lines=lines_of(name, data)[0],
            size=sizes.get(name, _FIRST_NM),
            smallest=SMALLEST_NM,
            cell_std=settings.cell_tolerance_percent / 200,
            cell_range=CELL_RANGE * settings.cell_tolerance_percent / 100,
            texture=settings.texture_percent / 100,
        )
        for name in names
    )
    return PatternModel(
        two_theta=data.two_theta,
        radiation=data.radiation,
        instrument=instrument,
        phases=(*phases, stack()) if settings.carbon else phases,
        degree=settings.background_degree or (_DEGREE_OF_CARBON if settings.carbon else _DEGREE),
        air=settings.carbon,
        bands=Bands() if settings.carbon else None,
        humps=tuple(Hump(centre=centre, width=_FIRST_HUMP_DEGREE) for centre in settings.humps_degree),
        shifts=_shifts(settings) if names else (),
    )


def _shifts(settings: Settings) -> tuple[Shift, ...]:
    """What shifts all lines in the main fit."""
    if settings.aberration == "none":
        return ()
    return ("zero",) if settings.aberration == "zero" else ("displacement",)


def fit_whole_pattern(
    data: Scan, settings: Settings, names: tuple[str, ...], sizes: dict[str, float]
) -> WholePatternFit:
    """Fit the phases, choose the degree of the background and whether there is strain, and try other size models.

    Raises
    ------
    Refused
        If a phase has no line in the scan, or the pattern does not determine the amplitudes.
    """
    fit = fit_pattern(first_model(data, settings, names, sizes), data.counts, data.variance)
    fit, anisotropic = _shaped(fit, data, settings, names)
    degrees: tuple[PatternFit, ...] = (fit,)
    if settings.background_degree is None:
        degrees = _other_degrees(fit, data, _DEGREES_OF_CARBON if settings.carbon else _DEGREES)
        fit = _best_degree(degrees, data)
    models = with_intensity_models(fit, data, names, settings)
    fit = models.fit
    strained: tuple[str, ...] = ()
    if settings.strain != "none":
        fit, strained = with_strain(fit, data, settings, names, anisotropic)
    return WholePatternFit(
        fit=fit,
        names=names,
        strained=strained,
        others=other_sizes(fit, data, names),
        degrees=degrees,
        aberrations=other_aberrations(fit, data, settings) if names else (),
        oriented=models.oriented,
        factors=models.factors,
        anisotropic=anisotropic,
        harmonics=models.harmonics,
    )


def _shaped(
    fit: PatternFit, data: Scan, settings: Settings, names: tuple[str, ...]
) -> tuple[PatternFit, frozenset[str]]:
    """The fit with amorphous halos, and ellipsoids instead of spheres where those describe the pattern better.

    Ellipsoids are tried before halos are added, which would else take the feet of lines of another width.
    """
    shaped, anisotropic = with_ellipsoids(fit, data, settings, names)
    if settings.halos == "none" or settings.carbon:
        return shaped, anisotropic
    plain = with_halos(fit, data)
    if not anisotropic:
        return plain, anisotropic
    shaped = with_halos(shaped, data)
    more = len(plain.pattern.model.humps) - len(shaped.pattern.model.humps)
    gain = (plain.solution.deviance - shaped.solution.deviance) / max(shaped.reduced_chi2, 1.0)
    is_better = gain + PARAMETERS_OF_A_HALO * more * float(np.log(len(data.counts))) > ELLIPSOID_GAIN
    return (shaped, anisotropic) if is_better else (plain, frozenset())


def _other_degrees(fit: PatternFit, data: Scan, degrees: tuple[int, ...]) -> tuple[PatternFit, ...]:
    """The fit and those with other degrees of the background."""
    tried = [fit]
    for degree in degrees:
        model = dataclasses.replace(restart(fit, fit.pattern.model), degree=degree)
        tried.append(fit_pattern(model, data.counts, data.variance, start=ended(fit)))
    return tuple(tried)


def _best_degree(tried: tuple[PatternFit, ...], data: Scan) -> PatternFit:
    """The fit with the lowest Bayesian information criterion."""
    noise = max(tried[0].reduced_chi2, 1.0)

    def criterion(one: PatternFit) -> float:
        return one.solution.deviance / noise + float(np.log(len(data.counts))) * one.pattern.model.degree

    return min(tried, key=criterion)


def other_sizes(fit: PatternFit, data: Scan, names: tuple[str, ...]) -> dict[str, tuple[SizeByModel, ...]]:
    """The sizes of each phase from other shapes of the size distribution."""
    return {name: _sizes_by_model(fit, data, name) for name in names}


def _sizes_by_model(fit: PatternFit, data: Scan, name: str) -> tuple[SizeByModel, ...]:
    """The sizes of a phase from other shapes of its size distribution, and of its strain if that is free."""
    found = tuple(_size_by_model(fit, data, name, shape) for shape in OTHER_SHAPES)
    place = [one.lines.name for one in fit.pattern.model.phases].index(name)
    own = fit.pattern.model.phases[place]
    if not own.strain:
        return found
    trial = fit_of_strain(fit, data, place, next(shape for shape in STRAINS if shape != own.strain_shape))
    length, gain = (
        float(np.exp(sphere_of_equal_volume(trial, name)[0])),
        fit.solution.deviance - trial.solution.deviance,
    )
    return (*found, SizeByModel(length, trial.value(f"{name}.sigma"), gain))


def _scatter(value: Array, weight: Array) -> float:
    mean = (weight * value).sum() / weight.sum()
    return float(np.sqrt((weight * (value - mean) ** 2).sum() / weight.sum()))


def _size_by_model(fit: PatternFit, data: Scan, name: str, shape: Shape) -> SizeByModel:
    """Size of one phase with another shape of its size distribution."""
    model = restart(fit, fit.pattern.model)
    phases = tuple(
        dataclasses.replace(phase, shape=shape) if phase.lines.name == name else phase for phase in model.phases
    )
    start = {key: value for key, value in ended(fit).items() if not key.startswith(f"{name}.ln_size")}
    trial = fit_pattern(
        dataclasses.replace(model, phases=phases), data.counts, fit.variance, _ITERATIONS_OF_A_SHAPE, start=start
    )
    # gamma-distributed diameters of relative width g have that of lognormal ones with sigma^2 = ln(1 + g^2)
    width = trial.value(f"{name}.sigma") if shape == "gamma spheres" else np.nan
    sigma = float(np.sqrt(np.log1p(width**2)))
    length = float(np.exp(sphere_of_equal_volume(trial, name)[0]))
    return SizeByModel(length, sigma, fit.solution.deviance - trial.solution.deviance)
