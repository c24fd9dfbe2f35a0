"""The strict check: where all other rows of a table are exact to the last digit, one that is not stands out.

A number that agrees within rounding need not be right: 309.2 for 309.148 is within the interval that three rounded
inputs leave open. But where every other row of the table, computed from its printed digits alone, prints exactly as it
stands, its authors computed from those digits, and the one row that does not is asked about: as a warning where it is
improbable that all others are exact by chance, else as a note.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Place, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

CHANCE = 0.05  # that all other rows are exact although computed from unrounded data; above it, only a note
FEWEST = 3  # other rows that must be exact


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim with its finding."""

    claim: Claim
    finding: Finding


def strict(judged: Sequence[Judged]) -> list[Finding]:
    """The findings, those that break the pattern of their table made `Verdict.INEXACT`."""
    odd: dict[int, list[Judged]] = {}
    by_rule = _groups(judged, lambda item: item.claim.rule)
    for group in _groups(judged, lambda item: f"{item.claim.rule} {item.claim.target.where}"):
        whole = group
        if len(group) <= FEWEST:
            whole = next(g for g in by_rule if group[0] in g)
        odd |= {id(item): others for item, others in _breaking(whole) if item in group}
    return [_marked(item.finding, odd[id(item)]) if id(item) in odd else item.finding for item in judged]


def _groups(judged: Sequence[Judged], key: Callable[[Judged], str]) -> list[list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for item in judged:
        if item.finding.exact is not None:
            found.setdefault(key(item), []).append(item)
    return list(found.values())


def _breaking(group: list[Judged]) -> list[tuple[Judged, list[Judged]]]:
    """The rows that are not exact, if one cell can explain them all, each with the rows without it, which are exact."""
    inexact = [item for item in group if not item.finding.exact]
    quiet = [item for item in inexact if item.finding.verdict not in {Verdict.FAILS, Verdict.SEEN}]
    if not quiet:
        return []
    suspects = set.intersection(*(set(item.finding.places) for item in inexact))
    others = [item for item in group if item.finding.exact and not _only(suspects, item)]
    if not suspects or len(others) < FEWEST:
        return []
    return [(item, others) for item in quiet]


def _only(suspects: set[Place], item: Judged) -> bool:
    """Whether an exact row holds one of the suspects, so that it says nothing for or against."""
    return bool(suspects & set(item.finding.places))


def _chance(others: list[Judged]) -> float:
    """The chance that rows computed from unrounded data all look exact: about 1.5 last digits over the width each."""
    chance = 1.0
    for item in others:
        width = item.finding.width
        chance *= min(1.0, 1.5 / float(width)) if width else 1.0
    return chance


def _marked(finding: Finding, others: list[Judged]) -> Finding:
    explain = finding.explain.rsplit(": ", 1)[0]
    return dataclasses.replace(
        finding,
        verdict=Verdict.INEXACT,
        severity="warning" if _chance(others) <= CHANCE else "note",
        explain=f"{explain}: within rounding, but the other {len(others)} rows are exact to the last digit",
        ask="Is one of its digits mistyped?",
    )
