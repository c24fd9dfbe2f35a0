"""Audit: recompute the tables of a document and say what does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from halfcell.audit.claims import Claim, Finding, Severity, Verdict
from halfcell.audit.judge import judge
from halfcell.audit.settings import Settings
from halfcell.core.errors import HalfcellError
from halfcell.core.plugins import described, load, plugins, printing_aside, working
from halfcell.core.unexpected import Unexpected, guarded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from halfcell.audit.extract import Progress
    from halfcell.audit.facts import Facts
    from halfcell.audit.strict import Judged
    from halfcell.core.paper import Paper

__all__ = ["Claim", "Finding", "Report", "Settings", "Verdict", "audit", "audit_file"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The outcome of an audit: the document, what was understood of it, what was found."""

    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def alarms(self) -> tuple[Finding, ...]:
        """The findings that a reader should look at, worst first."""
        order = {"error": 0, "warning": 1, "note": 2}
        return tuple(sorted((f for f in self.findings if f.is_alarm), key=lambda f: order[f.severity]))


def audit_file(path: str | Path, settings: Settings | None = None, progress: Progress | None = None) -> Report:
    """Audit a document on disk.

    Raises
    ------
    InputError
        If the document cannot be read.
    """
    from halfcell.audit.extract import extract, silent

    return audit(extract(path, progress or silent), settings)


def audit(paper: Paper, settings: Settings | None = None) -> Report:
    """Audit a document: understand its tables and captions, let every rule look, judge every claim."""
    from halfcell.audit.understand import understand

    facts = understand(paper, settings or Settings())
    found = [_of_rule(name, rule, facts) for name, rule in _rules(facts.settings)]
    judged = [one for outcome in found for one in outcome.judged]
    return Report(facts=facts, findings=(*_judged(judged, facts), *(f for outcome in found for f in outcome.findings)))


class _Outcome(NamedTuple):
    """What a rule gave: its claims, judged one by one, and what it judged itself."""

    judged: list[Judged]
    findings: list[Finding]


def _rules(settings: Settings) -> Iterable[tuple[str, ModuleType]]:
    """The rules asked for; if none is, all that work."""
    return [(name, load("rules", name)) for name in settings.rules] or working("rules")


def _of_rule(name: str, rule: ModuleType, facts: Facts) -> _Outcome:
    """Let a rule look and judge its claims; of a rule that fails, the failure is the only finding."""
    expected = () if plugins("rules")[name].is_foreign else (HalfcellError,)  # a checklist that is not there
    with printing_aside("rules", name):
        outcome = guarded(lambda: _looked(rule, facts), *expected)
    return _Outcome([], [_failure(name, outcome)]) if isinstance(outcome, Unexpected) else outcome


def _looked(rule: ModuleType, facts: Facts) -> _Outcome:
    from halfcell.audit.strict import Judged

    outcome = _Outcome([], [])
    for item in rule.check(facts):
        if not isinstance(item, Claim | Finding):
            raise TypeError(f"it gave {type(item).__name__}, neither a Claim nor a Finding")
        if item.severity not in get_args(Severity):
            raise ValueError(f"it gave the severity {item.severity!r}, not one of {', '.join(get_args(Severity))}")
        if isinstance(item, Claim):
            outcome.judged.append(Judged(claim=item, finding=judge(item, facts.settings.rounding)))
        else:
            outcome.findings.append(item)
    return outcome


def _failure(name: str, failure: Unexpected) -> Finding:
    """The failure of a rule as a finding."""
    return Finding(
        rule=name,
        verdict=Verdict.BROKEN_RULE,
        severity="warning",
        what=f"{described('rules', name)} failed: nothing was checked by it",
        explain=str(failure),
    )


def _judged(judged: list[Judged], facts: Facts) -> list[Finding]:
    """The findings on all claims: each judged alone, against its table, and all together."""
    from halfcell.audit.joint import joint
    from halfcell.audit.strict import strict

    settings = facts.settings
    failed = frozenset(j.finding.places[0] for j in judged if j.finding.verdict in {Verdict.FAILS, Verdict.SEEN})
    found = strict(judged) if settings.strict else [item.finding for item in judged]
    return found + (joint([j.claim for j in judged], failed, settings.rounding) if settings.joint else [])
