"""The audit as text: what does not hold first, each with its calculation; then a line a rule."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from halfcell.audit.claims import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit import Report
    from halfcell.audit.claims import Finding, Place

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


def text(report: Report, every: bool = False, width: int = 100) -> str:
    """The report for a terminal; `every` adds each check that holds."""
    lines = [*_head(report), ""]
    for finding in report.alarms:
        lines += [*_alarm(finding, width), ""]
    rest = [finding for finding in report.findings if not finding.is_alarm]
    notes = [finding for finding in rest if finding.verdict is Verdict.SEEN]
    lines += [line for finding in notes for line in _note(finding, width)]
    lines += ["", *_rules(report)]
    if every:
        lines += ["", *(line for finding in rest if finding not in notes for line in _quiet(finding, width))]
    return "\n".join(lines)


def _head(report: Report) -> Iterator[str]:
    paper = report.facts.paper
    cells = sum(bool(cell.text.strip()) for table in paper.tables for cell in table.cells)
    doubts = sum(bool(cell.doubt) for table in paper.tables for cell in table.cells)
    yield f"{paper.path}: {len(paper.tables)} tables, {cells} cells, {len(paper.captions)} captions ({paper.format})"
    if doubts:
        yield f"{doubts} cells could not be read with certainty"
    yield from (note.text for note in paper.notes)
    alarms = len(report.alarms)
    checks = sum(finding.is_check for finding in report.findings)
    yield f"{checks} checks; {alarms} to look at" if alarms else f"{checks} checks; nothing to look at"


def _alarm(finding: Finding, width: int) -> Iterator[str]:
    where = spot(finding.places[0]) if finding.places else ""
    yield f"{finding.severity.upper()}  {where}  {finding.what}  [{finding.rule}]"
    for sentence in filter(None, (finding.explain, finding.ask)):
        yield from textwrap.wrap(sentence, width, initial_indent="    ", subsequent_indent="    ")


def _note(finding: Finding, width: int) -> list[str]:
    return textwrap.wrap(finding.explain, width, initial_indent="note  ", subsequent_indent="      ")


def _quiet(finding: Finding, width: int) -> Iterator[str]:
    where = spot(finding.places[0]) if finding.places else ""
    yield f"{SHORT[finding.verdict]:<14} {where}  {finding.what}  [{finding.rule}]"
    yield from textwrap.wrap(finding.explain, width, initial_indent=" " * 15, subsequent_indent=" " * 15)


def _rules(report: Report) -> Iterator[str]:
    """A line a rule: how many checks came out how."""
    rules: dict[str, list[Finding]] = {}
    for finding in report.findings:
        rules.setdefault(finding.rule, []).append(finding)
    seen = [verdict for verdict in Verdict if any(f.verdict is verdict for f in report.findings)]
    if rules:
        yield f"{'rule':<24}" + "".join(f"{SHORT[verdict]:>15}" for verdict in seen)
    for rule, findings in sorted(rules.items()):
        counts = (sum(f.verdict is verdict for f in findings) for verdict in seen)
        yield f"{rule:<24}" + "".join(f"{count or '.':>15}" for count in counts)


def spot(place: Place) -> str:
    """A place in words: ``Table S5, row 4, column 11`` (from 1, the head included)."""
    if place.row < 0:
        return place.where
    return f"{place.where}, row {place.row + 1}, column {place.column + 1}"


def as_json(report: Report) -> dict[str, Any]:
    """The report as one JSON document."""
    paper = report.facts.paper
    return {
        "document": paper.path,
        "format": paper.format,
        "rounding": report.facts.settings.rounding,
        "tables": [{"name": t.name, "caption": t.caption, "rows": t.texts()} for t in paper.tables],
        "doubts": [
            {"table": t.name, "row": c.row, "column": c.column, "text": c.text, "doubt": c.doubt}
            for t in paper.tables
            for c in t.cells
            if c.doubt
        ],
        "counts": {str(v): sum(f.verdict is v for f in report.findings) for v in Verdict},
        "alarms": len(report.alarms),
        "findings": [_json(finding) for finding in report.findings],
    }


def _json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "verdict": str(finding.verdict),
        "severity": finding.severity,
        "alarm": finding.is_alarm,
        "what": finding.what,
        "printed": finding.printed,
        "computed": finding.computed,
        "width_in_last_digits": None if finding.width is None else float(finding.width),
        "explain": finding.explain,
        "ask": finding.ask,
        "places": [{"where": p.where, "row": p.row, "column": p.column} for p in finding.places],
    }
