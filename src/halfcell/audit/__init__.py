"""Audit: recompute the numbers in the tables of a document and report what does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.extract import extract, silent
from halfcell.audit.interpretation import interpret
from halfcell.audit.joint_check import check_jointly
from halfcell.audit.last_digit_check import check_last_digits
from halfcell.audit.linked_rows import linked_findings
from halfcell.audit.run_rules import run_rules
from halfcell.audit.settings import Settings
from halfcell.audit.understanding import Understanding, understanding
from halfcell.core.limits import MAX_SECONDS
from halfcell.core.time_limit import time_limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract import Progress
    from halfcell.audit.last_digit_check import Judged
    from halfcell.audit.readings import Facts
    from halfcell.core.printed_document import Paper

BY_NUMBERS = "other_rows"  # the rule that needs no words
__all__ = ["Claim", "Finding", "Report", "Settings", "Verdict", "audit", "audit_file"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of an audit: what the document states, and the findings."""

    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def understanding(self) -> Understanding:
        """How much of the document's tables was understood."""
        return understanding(self.facts.tables)

    @property
    def alarms(self) -> tuple[Finding, ...]:
        """The findings that a reader should look at, the worst first."""
        order = {"error": 0, "warning": 1, "note": 2}
        return tuple(sorted((f for f in self.findings if f.is_alarm), key=lambda f: order[f.severity]))


def audit_file(path: str | Path, settings: Settings | None = None, progress: Progress | None = None) -> Report:
    """Audit a file.

    Parameters
    ----------
    path
        The document (.docx, .pdf, .html, .txt, .md, .tex, .csv, .xlsx, BPX .json).
    settings
        How to audit it.
    progress
        Called with (done, total, what) while the document is read.

    Raises
    ------
    InputError
        If the document cannot be read, or takes more than `MAX_SECONDS` of computing.
    """
    with time_limit(MAX_SECONDS, "the audit", str(path), "leave out pictures and raw data, or audit it in parts"):
        return audit(extract(path, progress or silent), settings)


def audit(paper: Paper, settings: Settings | None = None) -> Report:
    """Audit a document that is in memory: interpret its tables and texts, run the rules, check their claims."""
    facts = interpret(paper, settings or Settings())
    outcomes = run_rules(facts)
    judged = [one for outcome in outcomes for one in outcome.judged]
    others = [finding for outcome in outcomes for finding in outcome.findings]
    return Report(
        facts=facts,
        findings=_without_repeats([*_checked(judged, others, facts.settings), *others, *linked_findings(facts)]),
    )


def _without_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Without what `other_rows` found by the numbers alone, where another rule raises an alarm about the same cells."""
    told = {
        place.cell
        for finding in findings
        if finding.is_alarm and finding.rule != BY_NUMBERS
        for place in finding.places
    }
    return tuple(f for f in findings if f.rule != BY_NUMBERS or not any(place.cell in told for place in f.places))


def _checked(judged: Sequence[Judged], others: Sequence[Finding], settings: Settings) -> list[Finding]:
    """The findings on all claims: each judged alone, then compared with its table, then checked together."""
    failed = frozenset(j.finding.places[0] for j in judged if j.finding.verdict in {Verdict.FAILS, Verdict.SEEN})
    found = (
        check_last_digits(judged, settings.rounding, others) if settings.strict else [item.finding for item in judged]
    )
    claims = [item.claim for item in judged]
    return found + (check_jointly(claims, failed, settings.rounding) if settings.joint else [])
