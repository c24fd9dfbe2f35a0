"""Words that all outputs of an audit share: verdicts in short, places, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict

if TYPE_CHECKING:
    from halfcell.audit import Report
    from halfcell.audit.document_place import Place

SHORT = {
    Verdict.HOLDS: "holds",
    Verdict.UNROUNDED: "unrounded only",
    Verdict.ROUNDED: "rounded only",
    Verdict.WEAK: "weak",
    Verdict.INEXACT: "inexact",
    Verdict.FAILS: "FAILS",
    Verdict.UNCHECKED: "unchecked",
    Verdict.SEEN: "seen",
    Verdict.BROKEN_RULE: "rule failed",
}


def place_text(place: Place) -> str:
    """A place in words: ``Table S5, row 4, column 11`` (counted from 1, header rows included)."""
    if place.row < 0:
        return place.where
    return f"{place.where}, row {place.row + 1}, column {place.column + 1}"


def counted(number: int, word: str) -> str:
    """A number and a noun: ``1 table``, ``2 tables``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def problems(report: Report) -> str:
    """How many problems there are: ``4 problems to look at``."""
    return f"{counted(len(report.alarms), 'problem')} to look at" if report.alarms else "no problems found"


def heading(report: Report) -> str:
    """The heading of the list of problems."""
    return "Problems to look at" if report.alarms else "No problems found"
