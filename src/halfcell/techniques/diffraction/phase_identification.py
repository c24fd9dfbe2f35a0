"""Phase identification: which set of candidate phases explains a pattern, and which sets explain it equally well."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.techniques.diffraction.phase_set_fits import IMPOSSIBLE, MARGIN, Search
from halfcell.techniques.diffraction.possible_elements import foreign_phases, foreign_phases_note
from halfcell.techniques.diffraction.unidentified_lines import compared_lines

if TYPE_CHECKING:
    from halfcell.core.result import Note
    from halfcell.maths.powder.line_search import FoundLine
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings

_MOST = 6  # phases, chosen: more are not told apart in one pattern


@dataclass(frozen=True, kw_only=True)
class PhaseSet:
    """A set of phases, and by how much its information criterion is higher than that of the best set."""

    names: tuple[str, ...]
    behind: float

    @property
    def text(self) -> str:
        """The set as text: ``Si + NiSi2``."""
        return " + ".join(self.names) or "no crystalline phase"


@dataclass(frozen=True, kw_only=True)
class Identification:
    """The best set of phases, all sets in order of their information criterion, and the sizes of the best set (nm).

    `searched` is the number of candidates; `unexplained` are lines that the best set does not explain; if they are the
    strongest ones, the identification is not conclusive. `too_high` are lines of the best set that are much higher than
    calculated. `doubtful` are phases of the best set that are uncertain.
    """

    best: tuple[str, ...]
    sets: tuple[PhaseSet, ...]
    sizes: dict[str, float] = field(default_factory=dict)
    searched: int = 0
    unexplained: tuple[FoundLine, ...] = ()
    too_high: tuple[FoundLine, ...] = ()
    is_conclusive: bool = True
    doubtful: tuple[str, ...] = ()

    @property
    def ties(self) -> tuple[PhaseSet, ...]:
        """Sets that cannot be distinguished from the best one, which is among them."""
        return tuple(one for one in self.sets if one.behind < MARGIN)

    @property
    def margin(self) -> float:
        """By how much the information criterion of the second-best set is higher."""
        return self.sets[1].behind if len(self.sets) > 1 else float("inf")


def identify(data: Scan, settings: Settings) -> Identification:
    """Add phases while the information criterion falls by more than the margin, drop superfluous ones, exchange.

    Every fit has free cells with priors, free sizes with free spread, free displacement and loosely restrained
    intensities, so that a second phase must explain what the first cannot explain even with another cell and size. The
    answer is a set together with the sets that cannot be distinguished from it.

    Raises
    ------
    Refused
        If the pattern does not determine the background.
    """
    search = Search(data, settings)
    names: frozenset[str] = frozenset()
    seen: set[frozenset[str]] = set()
    while names not in seen:
        seen.add(names)
        names = _alternatives(search, _grown(search, names))
    return _answer(search)


def identify_beyond(data: Scan, settings: Settings, everything: Settings) -> tuple[Identification, tuple[Note, ...]]:
    """Identify among the phases made of a composition's elements and, if lines stay unexplained, among all phases.

    The wider answer is used if it explains lines that the narrow one cannot; its phases outside the composition are
    doubtful, and a note says so.
    """
    found = identify(data, settings)
    if settings is everything or (found.is_conclusive and not found.unexplained):
        return found, ()
    wider = identify(data, everything)
    foreign = foreign_phases(wider.best, settings.elements)
    explains_more = not found.is_conclusive or len(wider.unexplained) < len(found.unexplained)
    if not (wider.is_conclusive and foreign and explains_more):
        return dataclasses.replace(found, searched=wider.searched), ()
    doubtful = tuple(name for name in wider.best if name in {*wider.doubtful, *foreign})
    return dataclasses.replace(wider, doubtful=doubtful), foreign_phases_note(foreign, settings.elements)


def _grown(search: Search, names: frozenset[str]) -> frozenset[str]:
    """Add candidates while each lowers the criterion by more than the margin; drop those that become superfluous."""
    while len(names) < _MOST:
        more = search.best_addition(names)
        if search.criterion(names) - search.criterion(more) < MARGIN:
            break
        names = _without_superfluous(search, more)
    return names


def _without_superfluous(search: Search, names: frozenset[str]) -> frozenset[str]:
    """Drop every phase or halo without which the criterion is no higher."""
    for name in sorted(names):
        less = names - {name}
        if less and search.criterion(less) <= search.criterion(names):
            return _without_superfluous(search, less)
    return names


def _alternatives(search: Search, names: frozenset[str]) -> frozenset[str]:
    """The best set of all that were fitted, after those with one phase exchanged and one more were added."""
    for name in sorted(names):
        search.best_addition(names - {name})
    search.best_addition(names, tries=1)
    return min(search.fits, key=search.criterion)


def _answer(search: Search) -> Identification:
    """The sets in order of the criterion; sets that differ only by a halo count once.

    A set with one phase more must be better by the margin; otherwise the smaller set is the answer.
    """
    found: dict[tuple[str, ...], float] = {}
    ranked = sorted(search.fits, key=search.criterion)
    near = [one for one in ranked if one <= ranked[0] and search.criterion(one) < search.criterion(ranked[0]) + MARGIN]
    first = min(near, key=len)
    for one in (first, *ranked):
        if search.criterion(one) >= IMPOSSIBLE:
            continue
        found.setdefault(_ordered(search, one), search.criterion(one) - search.criterion(ranked[0]))
    sets = tuple(PhaseSet(names=names, behind=behind) for names, behind in found.items())
    fit = search.fit(first)
    sizes = {name: float(np.exp(fit.value(f"{name}.ln_size"))) for name in sets[0].names}
    lines = compared_lines(search.data, fit.solution.model, fit.calculated(), without_phases=not sets[0].names)
    return Identification(
        best=sets[0].names,
        sets=sets,
        sizes=sizes,
        searched=search.searched,
        unexplained=lines.unexplained,
        too_high=lines.too_high,
        is_conclusive=lines.are_identified,
        doubtful=_doubtful(search, first, sets, lines.unexplained),
    )


def _doubtful(
    search: Search, first: frozenset[str], sets: tuple[PhaseSet, ...], unexplained: tuple[FoundLine, ...]
) -> tuple[str, ...]:
    """Phases that are missing in a set within the margin, and those whose lines are all below an unexplained one.

    Unexplained lines do not cast doubt on a phase that explains stronger ones: each phase is judged by itself.
    """
    fit = search.fit(first)
    heights = [float(part.max()) for part in fit.parts()[1]]
    highest = dict(zip((phase.lines.name for phase in fit.pattern.model.phases), heights, strict=True))
    limit = max((line.height for line in unexplained), default=0.0)
    dispensable = {name for name in sets[0].names for one in sets if one.behind < MARGIN and name not in one.names}
    return tuple(name for name in sets[0].names if name in dispensable or highest[name] < limit)


def _ordered(search: Search, names: frozenset[str]) -> tuple[str, ...]:
    """Phases in order of their share of the pattern, the largest first; without halos."""
    fit = search.fit(names)
    order = [phase.lines.name for phase in fit.pattern.model.phases]
    _, parts = fit.parts()
    return tuple(name for _, name in sorted(zip((-float(p.sum()) for p in parts), order, strict=True)))
