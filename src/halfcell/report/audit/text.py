"""The audit as text for a terminal: problems first, each with its calculation, then one line per rule."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict
from halfcell.report.audit.wording import SHORT, counted, place_text, problems, understood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit import Report
    from halfcell.audit.claims import Finding


MOST_NAMED = 6  # heads


def text(report: Report, every: bool = False, width: int = 100) -> str:
    """The text; with `every`, also each check that holds."""
    lines = [*_summary(report), ""]
    for finding in report.alarms:
        lines += [*_alarm(finding, width), ""]
    rest = [finding for finding in report.findings if not finding.is_alarm]
    notes = [finding for finding in rest if finding.verdict is Verdict.SEEN]
    lines += [line for finding in notes for line in _note(finding, width)]
    lines += ["", *_rules(report)]
    if every:
        lines += ["", *(line for finding in rest if finding not in notes for line in _check(finding, width))]
    return "\n".join(lines)


def _summary(report: Report) -> Iterator[str]:
    paper = report.facts.paper
    cells = sum(bool(cell.text.strip()) for table in paper.tables for cell in table.cells)
    doubts = sum(bool(cell.doubt) for table in paper.tables for cell in table.cells)
    yield f"{paper.path}: {understood(report)}"
    yield f"{counted(cells, 'cell')}, {counted(len(paper.captions), 'caption')} ({paper.format})"
    yield from _not_understood(report)
    if doubts:
        yield f"{counted(doubts, 'cell')} could not be read with certainty"
    yield from (note.text for note in paper.notes)
    yield problems(report)


def _not_understood(report: Report) -> Iterator[str]:
    """The heads that were not understood, the first ones by name, and how to teach a word."""
    missing = report.understanding.not_understood
    if missing:
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        text = f"not understood: {'; '.join(missing[:MOST_NAMED])}{more}"
        yield from textwrap.wrap(text, 100, subsequent_indent="    ")
        yield "(--explain-heads shows how each head was read; --lexicon mine.toml teaches a word)"


def _alarm(finding: Finding, width: int) -> Iterator[str]:
    where = place_text(finding.places[0]) if finding.places else ""
    yield f"{finding.severity.upper()}  {where}  {finding.what}  [{finding.rule}]"
    for sentence in filter(None, (finding.explain, finding.ask)):
        yield from textwrap.wrap(sentence, width, initial_indent="    ", subsequent_indent="    ")


def _note(finding: Finding, width: int) -> list[str]:
    return textwrap.wrap(finding.explain, width, initial_indent="note  ", subsequent_indent="      ")


def _check(finding: Finding, width: int) -> Iterator[str]:
    where = place_text(finding.places[0]) if finding.places else ""
    yield f"{SHORT[finding.verdict]:<14} {where}  {finding.what}  [{finding.rule}]"
    yield from textwrap.wrap(finding.explain, width, initial_indent=" " * 15, subsequent_indent=" " * 15)


def _rules(report: Report) -> Iterator[str]:
    """One line per rule: how many checks had which outcome."""
    rules: dict[str, list[Finding]] = {}
    for finding in report.findings:
        rules.setdefault(finding.rule, []).append(finding)
    seen = [verdict for verdict in Verdict if any(f.verdict is verdict for f in report.findings)]
    if rules:
        yield f"{'rule':<24}" + "".join(f"{SHORT[verdict]:>15}" for verdict in seen)
    for rule, findings in sorted(rules.items()):
        counts = (sum(f.verdict is verdict for f in findings) for verdict in seen)
        yield f"{rule:<24}" + "".join(f"{count or '.':>15}" for count in counts)
