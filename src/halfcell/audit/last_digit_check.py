"""The last-digit check: a row stands out if it is inexact while all other rows are exact to the last digit.

A number that agrees within rounding need not be right: 309.2 instead of 309.148 lies within the interval that three
rounded inputs leave open. But if the printed digits of every other row of the table give the printed result exactly,
its authors calculated with those digits, and the one row that deviates raises a question: as a warning if the others
are unlikely to be exact by chance, else as a note.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import evaluate, readings
from halfcell.audit.interval import exactly
from halfcell.audit.verdicts import turned_exactly

if TYPE_CHECKING:
    from collections.abc import Callable

    from halfcell.audit.document_place import Place
    from halfcell.audit.interval import Interval
    from halfcell.core.printed import Rounding

CHANCE = 0.05  # probability that all others are exact although calculated from unrounded data; above it, only a note
LIKELY = 0.5  # the same probability above which the exactness of the others says nothing
MOST_INPUTS = 2  # of a calculation that may be turned round: a density, or a mass from it; no capacity from an energy
FEWEST = 3  # other rows that must be exact


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim with its finding."""

    claim: Claim
    finding: Finding


def check_last_digits(
    judged: Sequence[Judged], rounding: Rounding = "half up", others: Sequence[Finding] = ()
) -> list[Finding]:
    """The findings of all claims; those of rows that stand out in their table become `Verdict.INEXACT`.

    `others` are findings that rules judged themselves: the numbers they calculate are derived ones, too.
    """
    exact_rows: dict[int, list[Judged]] = {}
    derived = {item.claim.target.place for item in judged} | {f.places[0] for f in others if f.places and f.computed}
    by_rule = _groups(judged, lambda item: item.claim.rule)
    for group in _groups(judged, lambda item: f"{item.claim.rule} {item.claim.target.where}"):
        whole = group
        if len(group) <= FEWEST:
            whole = next(g for g in by_rule if group[0] in g)
        found = [(item, others) for item, others in _standing_out(whole, derived) if item in group]
        exact_rows |= {id(item): others for item, others in found if not _turned(item, others, rounding)}
    return [_marked(i.finding, exact_rows[id(i)]) if id(i) in exact_rows else i.finding for i in judged]


def _turned(item: Judged, others: Sequence[Judged], rounding: Rounding) -> bool:
    """Whether all rows are exact the other way round: with one of the inputs as the number that was calculated."""
    rows = (item, *others)
    return any(
        _is_own(rows, place) and all(turned_exactly(one.claim, place, rounding) for one in rows)
        for place in range(MOST_INPUTS)
    )


def _is_own(rows: Sequence[Judged], place: int) -> bool:
    """Whether each row has an input of its own at a place: what several rows share was not calculated in each."""
    used = [[*readings(one.claim.direct)] if one.claim.direct else [] for one in rows]
    return all(place < len(own) <= MOST_INPUTS for own in used) and len({own[place].place for own in used}) == len(rows)


def _groups(judged: Sequence[Judged], key: Callable[[Judged], str]) -> list[list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for item in judged:
        if item.finding.exact is not None and not item.claim.soft:  # what is assumed is not known to the last digit
            found.setdefault(key(item), []).append(item)
    return list(found.values())


def _standing_out(group: list[Judged], derived: set[Place]) -> list[tuple[Judged, list[Judged]]]:
    """The inexact rows if a single cell can explain them all, each with the exact rows that do not use that cell."""
    inexact = [item for item in group if not item.finding.exact]
    quiet = [item for item in inexact if item.finding.verdict not in {Verdict.FAILS, Verdict.SEEN}]
    if not quiet:
        return []
    suspects = set.intersection(*(set(item.finding.places) for item in inexact))
    others = [item for item in group if item.finding.exact and not _uses(suspects, item)]
    if not suspects:
        return []
    alike = [(item, [other for other in others if _is_alike(other, item)]) for item in quiet]
    found = [(item, rows) for item, rows in alike if len(rows) >= FEWEST and _chance(rows) <= LIKELY]
    return [(item, rows) for item, rows in found if not _is_rounded(item, rows, derived)]


def _is_alike(other: Judged, item: Judged) -> bool:
    """Whether two rows print the same quantity in the same unit, so that one tells how the other was calculated.

    A density may be what its printed mass and volume give, and the relative density be that of the unrounded density;
    currents per mass may be round numbers, and those per area be rounded.
    """
    one, two = (claim.claim.target for claim in (other, item))
    same = one.quantity == two.quantity if one.quantity else one.label == two.label
    return same and one.unit.dimension == two.unit.dimension


def _uses(suspects: set[Place], item: Judged) -> bool:
    """Whether an exact row uses a suspect cell, so that it tells nothing about it."""
    return bool(suspects & set(item.finding.places))


def _chance(others: list[Judged]) -> float:
    """Probability that rows calculated from unrounded data all look exact: 1.5 last digits over the width of each."""
    chance = 1.0
    for item in others:
        width = item.finding.width
        chance *= min(1.0, 1.5 / float(width)) if width else 1.0
    return chance


def _is_rounded(item: Judged, others: list[Judged], derived: set[Place]) -> bool:
    """Whether the rounding of one derived input explains an inexact row, and leaves the other rows likely to be exact.

    The other inputs are then what was set: a porosity of 0.55 times 7.533, printed as 7.54, is 4.14. `derived` are the
    numbers that are calculated from others, too.
    """
    varied = item.claim.direct
    places = [reading.place for reading in readings(varied)] if varied else []
    for index, place in enumerate(places):
        made = _varied(item.claim, place)
        if place not in derived or made is None or not item.claim.target.interval().meets(made):
            continue
        widths = [_digits(other.claim, index) for other in others]
        if all(width is not None for width in widths):
            chance = prod(min(1.0, 1.5 / width) if width else 1.0 for width in widths)
            if chance > LIKELY:
                return True
    return False


def _varied(claim: Claim, place: Place) -> Interval | None:
    """The interval of a claim if only one of its inputs was rounded."""
    if claim.direct is None:
        return None
    return evaluate(claim.direct, lambda r: r.interval() if r.place == place else exactly(r.point))


def _digits(claim: Claim, index: int) -> float | None:
    """The width of that interval in last digits of the target; None if the claim has no such input."""
    inputs = [*readings(claim.direct)] if claim.direct else []
    made = _varied(claim, inputs[index].place) if index < len(inputs) else None
    last = claim.target.printed.last_digit * claim.target.unit.scale
    return float(made.width / last) if made else None


def _marked(finding: Finding, others: list[Judged]) -> Finding:
    explain = finding.explain.rsplit(": ", 1)[0]
    return dataclasses.replace(
        finding,
        verdict=Verdict.INEXACT,
        severity="warning" if _chance(others) <= CHANCE else "note",
        explain=f"{explain}: within rounding, but the other {len(others)} rows are exact to the last digit",
        ask="Is one of its digits mistyped?",
    )
