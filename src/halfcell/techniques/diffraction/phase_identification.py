"""Phase identification: which set of candidate phases explains a pattern, and which sets explain it as well."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.techniques.diffraction.phase_set_fits import IMPOSSIBLE, MARGIN, Search
from halfcell.techniques.diffraction.possible_elements import outside, outside_note
from halfcell.techniques.diffraction.unidentified_lines import is_identified, open_lines

if TYPE_CHECKING:
    from halfcell.core.result import Note
    from halfcell.maths.powder.line_search import FoundLine
    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings

_MOST = 6  # phases


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
    """The best set, the other sets that were fitted by how far they are behind, and the sizes found on the way (nm).

    `known` is how many phases were searched; `left` are lines that the best set does not explain; where they are the
    strongest ones `named` is false. `doubtful` are the phases of the best set that are not certain by themselves.
    """

    best: tuple[str, ...]
    sets: tuple[PhaseSet, ...]
    sizes: dict[str, float] = field(default_factory=dict)
    known: int = 0
    left: tuple[FoundLine, ...] = ()
    named: bool = True
    doubtful: tuple[str, ...] = ()

    @property
    def ties(self) -> tuple[PhaseSet, ...]:
        """Sets that cannot be told from the best."""
        return tuple(one for one in self.sets if one.behind < MARGIN)

    @property
    def margin(self) -> float:
        """How far the second-best set is behind."""
        return self.sets[1].behind if len(self.sets) > 1 else float("inf")


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
    search = Search(data, settings)
    names: frozenset[str] = frozenset()
    seen: set[frozenset[str]] = set()
    while names not in seen:
        seen.add(names)
        names = _alternatives(search, _grown(search, names))
    return _answer(search)


def identify_beyond(data: Scan, settings: Settings, everything: Settings) -> tuple[Identified, tuple[Note, ...]]:
    """Identify among the phases of a composition's elements; where lines stay open, among all phases.

    The wider answer counts where it explains lines that the narrow one cannot; its phases outside the composition are
    doubtful, and a note says so.
    """
    found = identify(data, settings)
    if settings is everything or (found.named and not found.left):
        return found, ()
    wider = identify(data, everything)
    foreign = outside(wider.best, settings.elements)
    if not (wider.named and foreign) or (found.named and len(wider.left) >= len(found.left)):
        return dataclasses.replace(found, known=wider.known), ()
    doubtful = tuple(name for name in wider.best if name in {*wider.doubtful, *foreign})
    return dataclasses.replace(wider, doubtful=doubtful), outside_note(foreign, settings.elements)


def _grown(search: Search, names: frozenset[str]) -> frozenset[str]:
    """Add candidates while each lowers the criterion by more than the margin, dropping what becomes needless."""
    while len(names) < _MOST:
        more = search.best_addition(names)
        if search.criterion(names) - search.criterion(more) < MARGIN:
            break
        names = _without_needless(search, more)
    return names


def _without_needless(search: Search, names: frozenset[str]) -> frozenset[str]:
    """Drop every phase or halo whose absence the criterion does not punish."""
    for name in sorted(names):
        less = names - {name}
        if less and search.criterion(less) <= search.criterion(names):
            return _without_needless(search, less)
    return names


def _alternatives(search: Search, names: frozenset[str]) -> frozenset[str]:
    """The best of a set and its neighbours: one phase less, one exchanged, one more."""
    for name in sorted(names):
        search.best_addition(names - {name})
    search.best_addition(names, tries=1)
    return min(search.fits, key=search.criterion)


def _answer(search: Search) -> Identified:
    """The sets by criterion; sets that differ by a halo alone count once.

    A set with one phase more must be better by the margin: where it is not, the smaller one is the answer.
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
    lines, left = open_lines(search.data, fit.solution.model, not sets[0].names)
    named = is_identified(lines, left)
    return Identified(
        best=sets[0].names,
        sets=sets,
        sizes=sizes,
        known=search.known,
        left=left,
        named=named,
        doubtful=_doubtful(search, first, sets, left),
    )


def _doubtful(
    search: Search, first: frozenset[str], sets: tuple[PhaseSet, ...], left: tuple[FoundLine, ...]
) -> tuple[str, ...]:
    """Phases that a set within the margin does without, and those whose every line is below one that is left.

    Lines that are left say nothing against a phase that explains stronger ones: each phase is judged by its own margin.
    """
    fit = search.fit(first)
    heights = [float(part.max()) for part in fit.parts()[1]]
    highest = dict(zip((phase.lines.name for phase in fit.pattern.model.phases), heights, strict=True))
    beaten = max((line.height for line in left), default=0.0)
    spared = {name for name in sets[0].names for one in sets if one.behind < MARGIN and name not in one.names}
    return tuple(name for name in sets[0].names if name in spared or highest[name] < beaten)


def _ordered(search: Search, names: frozenset[str]) -> tuple[str, ...]:
    """Phases by their share of the pattern, the largest first; halos left out."""
    fit = search.fit(names)
    order = [phase.lines.name for phase in fit.pattern.model.phases]
    _, parts = fit.parts()
    return tuple(name for _, name in sorted(zip((-float(p.sum()) for p in parts), order, strict=True)))
