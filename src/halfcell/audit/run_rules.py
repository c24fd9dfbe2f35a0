"""Runs the rules: their claims are judged one by one; a rule that fails becomes a finding and stops no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from halfcell.audit.claims import Claim, Finding, Severity, Verdict
from halfcell.audit.doubted_readings import without_doubted_readings
from halfcell.audit.last_digit_check import Judged
from halfcell.audit.verdicts import judge
from halfcell.core.errors import HalfcellError
from halfcell.core.plugins import described, load, plugins, printing_aside, working
from halfcell.core.unexpected_errors import Unexpected, guarded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from halfcell.audit.readings import Facts
    from halfcell.audit.settings import Settings


class Outcome(NamedTuple):
    """What a rule gives: its claims, each judged, and the findings that it judged itself."""

    judged: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()


def run_rules(facts: Facts) -> list[Outcome]:
    """Run the rules that the settings name, or all that work.

    Raises
    ------
    InputError
        If the settings name a rule or a checklist that does not exist.
    """
    return [_outcome(name, rule, facts) for name, rule in _rules(facts.settings)]


def _rules(settings: Settings) -> Iterable[tuple[str, ModuleType]]:
    return [(name, load("rules", name)) for name in settings.rules] or working("rules")


def _outcome(name: str, rule: ModuleType, facts: Facts) -> Outcome:
    """Run one rule; if it fails, its only finding is the failure."""
    expected = () if plugins("rules")[name].is_foreign else (HalfcellError,)  # a checklist that does not exist
    with printing_aside("rules", name):
        outcome = guarded(lambda: _judged(rule, facts), *expected)
    return Outcome(findings=(_failure(name, outcome),)) if isinstance(outcome, Unexpected) else outcome


def _judged(rule: ModuleType, facts: Facts) -> Outcome:
    """Judge what a rule yields.

    Raises
    ------
    TypeError, ValueError
        If the rule yields anything but claims and findings of a known severity.
    """
    judged, findings = [], []
    for item in rule.check(facts):
        if not isinstance(item, Claim | Finding):
            raise TypeError(f"it yields {type(item).__name__}, neither a Claim nor a Finding")
        if item.severity not in get_args(Severity):
            raise ValueError(f"it yields the severity {item.severity!r}, not one of {', '.join(get_args(Severity))}")
        if isinstance(item, Claim):
            judged.append(Judged(claim=item, finding=judge(item, facts.settings.rounding)))
        else:
            findings.append(item)
    kept, doubts = without_doubted_readings(judged)
    return Outcome(tuple(kept), (*findings, *doubts))


def _failure(name: str, failure: Unexpected) -> Finding:
    """The failure of a rule as a finding."""
    return Finding(
        rule=name,
        verdict=Verdict.BROKEN_RULE,
        severity="warning",
        what=f"{described('rules', name)} failed, so it checked nothing",
        explain=str(failure),
    )
