"""Words that all outputs of an audit share: verdicts in short, places, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def understood(report: Report) -> str:
    """How much was understood: ``12 tables, 9 understood; 61 of 84 columns understood; 143 checks decided``."""
    read = report.understanding
    text = f"{counted(read.tables, 'table')}, {read.tables_understood} understood"
    text += f"; {read.columns_understood} of {counted(read.columns, 'column')} understood"
    text += f"; {counted(decided(report), 'check')} decided"
    if read.cells_unread:
        text += f"; {counted(read.cells_unread, 'cell')} without a number that should hold one"
    if read.left_out:
        text += f"; left out: {left_out(read.left_out)}"
    return text


def left_out(reasons: Sequence[str]) -> str:
    """What was left out, by its kind: ``2 (no numbers), 1 (an equation)``."""
    return ", ".join(f"{reasons.count(reason)} ({reason})" for reason in dict.fromkeys(reasons))


def decided(report: Report) -> int:
    """The number of checks with a verdict."""
    return sum(f.is_check and f.verdict is not Verdict.UNCHECKED for f in report.findings if f.rule != "checklist")


def problems(report: Report) -> str:
    """How many problems there are, or how far "none" carries: ``4 problems to look at``."""
    if report.alarms:
        return f"{counted(len(report.alarms), 'problem')} to look at"
    if not report.understanding.columns:
        return "nothing was checked: no tables of numbers were found"
    if not decided(report):
        little = ": little was understood" if report.understanding.is_little else ""
        return f"nothing could be checked{little}"
    if report.understanding.is_little:
        return "no problems found, but little was understood"
    return "no problems found"


def heading(report: Report) -> str:
    """The heading of the list of problems."""
    words = problems(report)
    return "Problems to look at" if report.alarms else words[0].upper() + words[1:]
