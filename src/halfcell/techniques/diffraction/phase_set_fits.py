"""Fits of sets of phases to one scan, each made only once, and their information criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.phases import phases
from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.line_search import averaged, smooth_background
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.powder.pattern_model import PatternModel
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.techniques.diffraction.phase_templates import HALO, bank_of, rebinned, scores
from halfcell.techniques.diffraction.scan import LABORATORY, Scan, lines_of
from halfcell.techniques.diffraction.whole_pattern_fit import CELL_RANGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

MARGIN = 10.0  # difference of the information criterion that counts as very strong evidence (Kass and Raftery 1995)
IMPOSSIBLE = 1e9  # added to the criterion of a set with a negative amount or an implausible cell
_WORTH = 15.0  # decrease of chi^2 that must be expected from a candidate before it is fitted
_AMORPHOUS_NM = 2.0  # L_V below which a phase is not crystalline: halos describe it instead
_WEAKEST = 0.01  # of the strongest line: weaker lines are ignored in the search
_SHAPE = 0.02  # of a line's height: uncertainty of the line shapes in the search, on top of the counting noise
_SATELLITES = (0.139223, 0.147639)  # nm: Cu K-beta, W L-alpha-1 (Bearden, Rev. Mod. Phys. 39 (1967) 78)
# of the highest line of the pattern: a phase whose lines are all weaker is not named (candidates narrowed down or not)
_FAINTEST = {True: 0.01, False: 0.03}
_NEAR = 0.3  # of the decrease expected from the best candidate: those with less are not fitted
_HALOS = 3  # a fourth hump always fits something and means nothing
_FOOT = 0.2  # degrees from the top of a line over which its shape can be wrong
_IS_COPPER = 1e-4  # nm from K-alpha of copper, whose satellites these are


def candidates(elements: tuple[str, ...]) -> tuple[str, ...]:
    """Phases of the library that are made of the given elements; all with known intensities if none are given."""
    allowed = frozenset(elements)
    return tuple(
        name
        for name, facts in phases().items()
        if (facts.elements <= allowed if allowed else True) and not facts.positions_only
    )


def _rise(data: Scan) -> Array:
    """What stands out above the smooth background."""
    smooth = smooth_background(data.two_theta, data.counts)
    return np.asarray(np.maximum(averaged(data.two_theta, data.counts) - smooth, 0.0))


def _search_variance(data: Scan) -> Array:
    """Variance of each point in the search: counting noise plus the uncertainty of line shapes and filters.

    Within 0.2 degrees of a line, and at the positions of its K-beta and tungsten L satellites (from an aged tube), a
    share of the height of the line is not evidence of a phase.
    """
    from scipy.ndimage import maximum_filter1d

    reach = 2 * round(_FOOT / float(np.median(np.diff(data.two_theta)))) + 1
    rise = maximum_filter1d(_rise(data), reach)
    total = rise**2
    for wave in _SATELLITES if abs(data.radiation.first - 0.15406) < _IS_COPPER else ():
        sine = np.sin(np.radians(data.two_theta) / 2) * data.radiation.first / wave
        parent = 2 * np.degrees(np.arcsin(np.minimum(sine, 1.0)))
        total += np.interp(parent, data.two_theta, rise, left=0.0, right=0.0) ** 2
    return np.asarray(data.noise + _SHAPE**2 * total)


class Search:
    """Fits of sets of phases to one scan, each made only once. A halo in a set is written ``halo 31.5``."""

    def __init__(self, data: Scan, settings: Settings) -> None:
        given = settings.instrument
        self.instrument = given if isinstance(given, Instrument) else LABORATORY
        narrowest = float(self.instrument.width(data.two_theta[:: max(len(data.two_theta) // 50, 1)]).min())
        self.data = rebinned(data, min(0.045, narrowest / 2.0))
        self.variance = _search_variance(self.data)
        self.settings = settings
        names = settings.candidates or candidates(settings.elements)
        self.searched = len(names)
        self.bank = bank_of(names, self.data, self.instrument, settings.halos == "auto")
        self.fits: dict[frozenset[str], PatternFit] = {}
        self.impossible: dict[frozenset[str], bool] = {}
        self.starts: dict[str, tuple[float, float]] = {}
        narrowed = bool(settings.elements or settings.candidates)
        self.faintest = _FAINTEST[narrowed] * float(_rise(self.data).max())

    def fit(self, names: frozenset[str]) -> PatternFit:
        """The fit of a set; it starts from the largest subset that was fitted, new phases from their best template."""
        if names not in self.fits:
            part = max((one for one in self.fits if one < names), key=len, default=frozenset[str]())
            model, counts, variance = self._model(names), self.data.counts, self.variance
            starts = self._starts(names, part)
            near = [fit_pattern(model, counts, variance, 1, 5.0, one).solution for one in starts] if starts[1:] else []
            best = starts[int(np.argmin([one.deviance for one in near]))] if near else starts[0]
            self.fits[names] = fit_pattern(model, counts, variance, 12, 1.0, best)
        return self.fits[names]

    def _starts(self, names: frozenset[str], part: frozenset[str]) -> list[dict[str, float]]:
        """Possible starts of a fit: new phases with their reference cell, or with the cell of their best template."""
        known: dict[str, float] = {}
        if part in self.fits:
            halos = {f"hump{i}" for i in range(len(names))}  # their order changes with the set
            fit = self.fits[part]
            pairs = zip(fit.pattern.names, map(float, fit.solution.p), strict=True)
            known = {name: value for name, value in pairs if name.split(".")[0] not in halos}
        swollen = {
            f"{name}.cell{i}": self.starts[name][1]
            for name in names - part
            if name in self.starts and not name.startswith(HALO)
            for i in range(3)
        }
        return [known, known | swollen] if any(swollen.values()) else [known]

    def _model(self, names: frozenset[str]) -> PatternModel:
        parts, humps = [], []
        for name in sorted(names):
            size, swelling = self.starts.get(name, (10.0, 0.0))
            if name.startswith(HALO):
                humps.append(Hump(centre=swelling, width=size))
                continue
            parts.append(
                PhaseModel(
                    lines=lines_of(name, self.data, 8, _WEAKEST)[0],
                    size=size,
                    smallest=_AMORPHOUS_NM,
                    cell_std=self.settings.cell_tolerance_percent / 200,
                    cell_range=CELL_RANGE * self.settings.cell_tolerance_percent / 100,
                    texture=self.settings.texture_percent / 100,
                )
            )
        return PatternModel(
            two_theta=self.data.two_theta,
            radiation=self.data.radiation,
            instrument=self.instrument,
            phases=tuple(parts),
            degree=10,
            humps=tuple(humps),
            shifts=("displacement",) if parts else (),
        )

    def criterion(self, names: frozenset[str]) -> float:
        """Chi^2 with priors, relative to the residual of the best fit, plus ln(n) per parameter (Schwarz 1978)."""
        fit = self.fit(names)
        noise = max(min(one.reduced_chi2 for one in self.fits.values()), 1.0)
        if names not in self.impossible:
            self.impossible[names] = self._is_impossible(fit)
        phases_, halos = fit.pattern.model.phases, len(fit.pattern.model.humps)
        count = sum(phase.lines.free + 3 for phase in phases_) + 3 * halos
        value = fit.solution.deviance / noise + count * np.log(len(self.data.counts))
        return float(value + (IMPOSSIBLE if self.impossible[names] else 0.0))

    def _is_impossible(self, fit: PatternFit) -> bool:
        """Whether a phase has a negative amount, an implausible cell, or only lines that could be artefacts."""
        limit = 3 * self.settings.cell_tolerance_percent / 200  # three standard deviations of the prior
        if any(abs(fit.value(name)) > limit for name in fit.pattern.names if ".cell" in name):
            return True
        count = len(fit.pattern.model.phases)
        if any(fit.scale(i)[0] <= 0 for i in range(count)):
            return True
        return any(float(part.max()) < self.faintest for part in fit.parts()[1])

    def best_addition(self, names: frozenset[str], tries: int = 3) -> frozenset[str]:
        """The set with the one additional candidate that lowers the criterion most (it need not lower it).

        Candidates are fitted if the expected decrease of chi^2 is near that of the best one and if their strongest line
        is not too weak.
        """
        ranked = scores(self.fit(names), self.data.counts, self.bank)
        least = max(_WORTH, _NEAR * ranked[0].decrease) if ranked else _WORTH
        sets: list[frozenset[str]] = []
        for one in ranked:
            if one.decrease < least or len(sets) == tries:
                break
            if one.name in names or (one.name != HALO and one.height < 0.5 * self.faintest):
                continue
            if one.name == HALO and sum(name.startswith(HALO) for name in names) >= _HALOS:
                continue
            full = f"{HALO} {one.swelling:.1f}" if one.name == HALO else one.name
            self.starts.setdefault(full, (one.size, one.swelling))
            sets.append(names | {full})
        return min(sets, key=self.criterion, default=names)
