"""Phase identification: which set of candidate phases explains a pattern, and which sets explain it as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.phases import phases
from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.fit import PatternFit, fit_pattern
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.model import PatternModel, PhaseModel
from halfcell.techniques.diffraction._scan import LABORATORY, Scan, lines_of
from halfcell.techniques.diffraction._templates import HALO, Template, halo_templates, rebinned, scores, templates

if TYPE_CHECKING:
    from halfcell.techniques.diffraction._settings import Settings

MARGIN = 10.0  # difference of the information criterion that counts as very strong (Kass and Raftery 1995)
_WORTH = 15.0  # fall of chi^2 that a candidate must promise to be fitted at all
_MOST = 6  # phases
_IMPOSSIBLE = 1e9  # added to the criterion of a set with a negative amount or a cell beyond belief
_AMORPHOUS_NM = 2.0  # L_V below which a phase is no crystal: halos take its place


@dataclass(frozen=True, kw_only=True)
class PhaseSet:
    """A set of phases and how much worse its information criterion is than the best set's."""

    names: tuple[str, ...]
    behind: float

    @property
    def text(self) -> str:
        """The set as people write it: ``Si + NiSi2``."""
        return " + ".join(self.names) or "no crystalline phase"


@dataclass(frozen=True, kw_only=True)
class Identified:
    """The best set, the other sets that were fitted by how far they are behind, and the sizes found on the way (nm)."""

    best: tuple[str, ...]
    sets: tuple[PhaseSet, ...]
    sizes: dict[str, float] = field(default_factory=dict)

    @property
    def ties(self) -> tuple[PhaseSet, ...]:
        """Sets that cannot be told from the best."""
        return tuple(one for one in self.sets if one.behind < MARGIN)

    @property
    def margin(self) -> float:
        """How far the second-best set is behind."""
        return self.sets[1].behind if len(self.sets) > 1 else float("inf")


def candidates(elements: tuple[str, ...]) -> tuple[str, ...]:
    """Phases of the library made of the given elements; all with known intensities where none are given."""
    allowed = frozenset(elements)
    return tuple(
        name
        for name, facts in phases().items()
        if (facts.elements <= allowed if allowed else True) and not facts.positions_only
    )


class _Search:
    """Fits of sets of phases to one scan, each made once. A halo in a set is written ``halo 31.5``."""

    def __init__(self, data: Scan, settings: Settings) -> None:
        given = settings.instrument
        self.instrument = given if isinstance(given, Instrument) else LABORATORY
        narrowest = float(self.instrument.width(data.two_theta[:: max(len(data.two_theta) // 50, 1)]).min())
        self.data = rebinned(data, min(0.045, narrowest / 2.0))
        self.settings = settings
        names = settings.candidates or candidates(settings.elements)
        halo = (halo_templates(self.data),) if settings.halos == "auto" else ()
        self.bank: tuple[Template, ...] = (*templates(names, self.data, self.instrument), *halo)
        self.fits: dict[frozenset[str], PatternFit] = {}
        self.starts: dict[str, tuple[float, float]] = {}

    def fit(self, names: frozenset[str]) -> PatternFit:
        """The fit of a set, begun from the reference cells or from the best templates', whichever is nearer."""
        if names not in self.fits:
            models = [self._model(names, swollen) for swollen in ((False, True) if names else (False,))]
            counts, variance = self.data.counts, self.data.variance
            near = [fit_pattern(model, counts, variance, 2, 1.0).solution.deviance for model in models]
            best = models[int(np.argmin(near))]
            self.fits[names] = fit_pattern(best, counts, variance, 15, 0.3)
        return self.fits[names]

    def _model(self, names: frozenset[str], swollen: bool) -> PatternModel:
        parts, humps = [], []
        for name in sorted(names):
            size, swelling = self.starts.get(name, (10.0, 0.0))
            if name.startswith(HALO):
                humps.append(Hump(centre=swelling, width=size))
                continue
            parts.append(
                PhaseModel(
                    lines=lines_of(name, self.data, 8)[0],
                    size=size,
                    smallest=_AMORPHOUS_NM,
                    cell_start=swelling if swollen else 0.0,
                    cell_std=self.settings.cell_tolerance_percent / 200,
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
        """Chi^2 with priors, over the noise that the best fit leaves, plus ln(n) a parameter (Schwarz 1978)."""
        fit = self.fit(names)
        noise = max(min(one.reduced_chi2 for one in self.fits.values()), 1.0)
        phases_, halos = fit.pattern.model.phases, len(fit.pattern.model.humps)
        count = sum(phase.lines.free + 3 for phase in phases_) + 3 * halos
        lost = any(fit.scale(i)[0] <= 0 for i in range(len(phases_))) or self._strange(fit)
        return float(
            fit.solution.deviance / noise + count * np.log(len(self.data.counts)) + (_IMPOSSIBLE if lost else 0.0)
        )

    def _strange(self, fit: PatternFit) -> bool:
        """Whether a cell length is further from its reference than three standard deviations of the prior."""
        limit = 3 * self.settings.cell_tolerance_percent / 200
        cells = [fit.value(name) for name in fit.pattern.names if ".cell" in name]
        return any(abs(value) > limit for value in cells)

    def best_addition(self, names: frozenset[str], tries: int = 3) -> frozenset[str]:
        """The set with the one candidate more that lowers the criterion most (it may not lower it)."""
        fit = self.fit(names)
        promised = [row for row in scores(fit, self.data, self.bank) if row[1] not in names and row[0] > _WORTH]
        sets = []
        for _, name, size, swelling in promised[:tries]:
            full = f"{HALO} {swelling:.1f}" if name == HALO else name
            self.starts.setdefault(full, (size, swelling))
            sets.append(names | {full})
        return min(sets, key=self.criterion, default=names)


def identify(data: Scan, settings: Settings) -> Identified:
    """Add phases while the information criterion falls by more than the margin, drop those it can spare, swap.

    Every fit has free cells under their prior, free sizes with free spread, free displacement and intensities held
    loosely, so that a second phase must explain what the first cannot even with another cell and size. The answer is a
    set with the sets that cannot be told from it.

    Raises
    ------
    Refused
        If the pattern does not determine the background.
    """
    search = _Search(data, settings)
    names: frozenset[str] = frozenset()
    seen: set[frozenset[str]] = set()
    while names not in seen:
        seen.add(names)
        names = _alternatives(search, _grown(search, names))
    return _answer(search)


def _grown(search: _Search, names: frozenset[str]) -> frozenset[str]:
    """Add candidates while each lowers the criterion by more than the margin, dropping what becomes needless."""
    while len(names) < _MOST:
        more = search.best_addition(names)
        if search.criterion(names) - search.criterion(more) < MARGIN:
            break
        names = _without_needless(search, more)
    return names


def _without_needless(search: _Search, names: frozenset[str]) -> frozenset[str]:
    """Drop every phase or halo whose absence the criterion does not punish."""
    for name in sorted(names):
        less = names - {name}
        if less and search.criterion(less) <= search.criterion(names):
            return _without_needless(search, less)
    return names


def _alternatives(search: _Search, names: frozenset[str]) -> frozenset[str]:
    """The best of a set and its neighbours: one phase less, one exchanged, one more."""
    for name in sorted(names):
        search.best_addition(names - {name})
    search.best_addition(names, tries=1)
    return min(search.fits, key=search.criterion)


def _answer(search: _Search) -> Identified:
    """The sets by criterion; sets that differ by a halo alone count once.

    A set with one phase more must be better by the margin: where it is not, the smaller one is the answer.
    """
    found: dict[tuple[str, ...], float] = {}
    ranked = sorted(search.fits, key=search.criterion)
    near = [one for one in ranked if one <= ranked[0] and search.criterion(one) < search.criterion(ranked[0]) + MARGIN]
    first = min(near, key=len)
    for one in (first, *ranked):
        if search.criterion(one) >= _IMPOSSIBLE:
            continue
        found.setdefault(_ordered(search, one), search.criterion(one) - search.criterion(ranked[0]))
    sets = tuple(PhaseSet(names=names, behind=behind) for names, behind in found.items())
    fit = search.fit(first)
    sizes = {name: float(np.exp(fit.value(f"{name}.ln_size"))) for name in sets[0].names}
    return Identified(best=sets[0].names, sets=sets, sizes=sizes)


def _ordered(search: _Search, names: frozenset[str]) -> tuple[str, ...]:
    """Phases by their share of the pattern, the largest first; halos left out."""
    fit = search.fit(names)
    order = [phase.lines.name for phase in fit.pattern.model.phases]
    _, parts = fit.parts()
    return tuple(name for _, name in sorted(zip((-float(p.sum()) for p in parts), order, strict=True)))
