"""The audit as one HTML file: what to look at, the document's tables, each cell coloured and with its calculation."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict
from halfcell.audit.explained import explained
from halfcell.core import markup
from halfcell.report.audit.text import SHORT, spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit import Report
    from halfcell.audit.claims import Finding, Place
    from halfcell.core.paper import PrintedCell, PrintedTable

CLASS = {
    Verdict.HOLDS: "holds",
    Verdict.UNROUNDED: "unrounded",
    Verdict.ROUNDED: "rounded",
    Verdict.WEAK: "weak",
    Verdict.INEXACT: "inexact",
    Verdict.FAILS: "fails",
    Verdict.UNCHECKED: "unchecked",
    Verdict.SEEN: "seen",
    Verdict.BROKEN_RULE: "broken",
}
RANK = (
    Verdict.FAILS, Verdict.INEXACT, Verdict.SEEN, Verdict.ROUNDED, Verdict.UNROUNDED, Verdict.HOLDS, Verdict.WEAK,
    Verdict.UNCHECKED, Verdict.BROKEN_RULE,
)  # fmt: skip # which verdict colours a cell that has several
LEGEND = (
    ("fails", "does not hold"),
    ("inexact", "within rounding, but the rest of its table is exact"),
    ("seen", "to look at"),
    ("unrounded", "holds on one route only (with, or without, rounding on the way)"),
    ("holds", "holds"),
    ("weak", "holds, but the check could hardly fail"),
)


def html(report: Report) -> str:
    """The whole page."""
    style = (Path(__file__).parents[1] / "templates" / "audit.css").read_text(encoding="utf-8")
    name = escape(Path(report.facts.paper.path).name)
    body = "\n".join(_body(report))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Audit of {name}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n{style}</style>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _body(report: Report) -> Iterator[str]:
    paper = report.facts.paper
    yield f'<p class="kind">Audit by halfcell</p>\n<h1>{escape(Path(paper.path).name)}</h1>'
    yield from _facts(report)
    yield "<h2>To look at</h2>" if report.alarms else "<h2>Nothing to look at</h2>"
    for finding in report.alarms:
        yield _alarm(finding)
    yield from _notes(report)
    yield '<h2>The tables</h2>\n<ul class="legend">'
    for name, words in LEGEND:
        yield f'<li><i style="background: var(--{name})"></i>{words}</li>'
    yield "<li>underlined: used in a calculation</li><li>hatched: could not be read with certainty</li></ul>"
    held = _held(report.findings)
    for table in paper.tables:
        yield from _table(table, held)
    yield from _counts(report)
    yield from _sources(report)
    yield "<footer>Each finding is a question, not an accusation. Rounding is taken as "
    yield f"“{escape(report.facts.settings.rounding)}”; every number is an exact fraction, every interval is closed. "
    yield "What a rule claims and where it does not apply stands below its name above.</footer>"


def _facts(report: Report) -> Iterator[str]:
    paper = report.facts.paper
    cells = sum(bool(cell.text.strip()) for table in paper.tables for cell in table.cells)
    doubts = sum(bool(cell.doubt) for table in paper.tables for cell in table.cells)
    checks = sum(finding.is_check for finding in report.findings)
    yield '<ul class="facts">'
    for count, words, bad in (
        (len(paper.tables), "tables", False),
        (cells, "cells", False),
        (len(paper.captions), "captions", False),
        (checks, "checks", False),
        (len(report.alarms), "to look at", bool(report.alarms)),
        (doubts, "cells in doubt", bool(doubts)),
    ):
        yield f"<li{' class=bad' if bad else ''}><b>{count}</b> {words}</li>"
    yield "</ul>"


def _alarm(finding: Finding) -> str:
    """One card."""
    places = ", ".join(f'<a href="#{_anchor(place)}">{escape(spot(place))}</a>' for place in finding.places[:4])
    more = f" and {len(finding.places) - 4} more" if len(finding.places) > 4 else ""
    ask = f'<p class="ask">{escape(finding.ask)}</p>' if finding.ask else ""
    return (
        f'<section class="alarm {finding.severity}"><h3>{escape(finding.what)}</h3>'
        f'<p class="where"><span class="level">{finding.severity}</span> · {places}{more} · '
        f'<span class="rule">{escape(finding.rule)}</span></p>'
        f'<p class="calculation">{escape(finding.explain)}</p>{ask}</section>'
    )


def _notes(report: Report) -> Iterator[str]:
    """What was seen or could not be checked, without alarm."""
    quiet = [f for f in report.findings if not f.is_alarm and f.verdict in {Verdict.SEEN, Verdict.UNCHECKED}]
    if quiet:
        yield f"<details><summary>{len(quiet)} notes</summary><ul class=quiet>"
        for finding in quiet:
            where = escape(spot(finding.places[0])) + ": " if finding.places else ""
            yield f"<li>{where}{escape(finding.what)}. {escape(finding.explain)}</li>"
        yield "</ul></details>"


def _held(findings: Sequence[Finding]) -> Mapping[tuple[str, int, int], list[tuple[Finding, bool]]]:
    """Place -> findings that touch it, and whether they judge it."""
    found: dict[tuple[str, int, int], list[tuple[Finding, bool]]] = {}
    for finding in findings:
        for index, place in enumerate(finding.places):
            seen = finding.verdict is Verdict.SEEN
            judged = finding.is_alarm if seen else index == 0
            found.setdefault((place.where, place.row, place.column), []).append((finding, judged))
    return found


def _table(table: PrintedTable, held: Mapping[tuple[str, int, int], list[tuple[Finding, bool]]]) -> Iterator[str]:
    """One of the document's tables."""
    yield f'<div class="scroll"><table id="{_slug(table.name)}"><caption><b>{escape(table.name)}</b>'
    yield f"{escape(table.caption)}</caption>"
    head = table.head_rows or 1
    rows: dict[int, list[PrintedCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in range(table.height):
        cells = "".join(_cell(table, cell, held) for cell in sorted(rows.get(row, []), key=lambda c: c.column))
        yield f"<tr{' class=head' if row < head else ''}>{cells}</tr>"
    yield "</table></div>"
    for note in table.notes:
        yield f'<p class="hint">{escape(note)}</p>'


def _cell(
    table: PrintedTable, cell: PrintedCell, held: Mapping[tuple[str, int, int], list[tuple[Finding, bool]]]
) -> str:
    findings = held.get((table.name, cell.row, cell.column), [])
    judged = [finding for finding, is_judged in findings if is_judged]
    names = [CLASS[min((f.verdict for f in judged), key=RANK.index)]] if judged else []
    names += ["used"] if len(judged) < len(findings) else []
    names += ["doubt"] if cell.doubt else []
    names += ["words"] if cell.column == 0 else []
    spans = (f" rowspan={cell.rows}" if cell.rows > 1 else "") + (
        f" colspan={cell.columns}" if cell.columns > 1 else ""
    )
    text = markup.html(cell.markup) if cell.markup else escape(cell.text)
    tip = _tip(findings, cell.doubt)
    marks = f' id="{_slug(table.name)}-{cell.row}-{cell.column}"' + (' data-v tabindex="0"' if tip else "")
    return f'<td{marks}{spans} class="{" ".join(names)}">{text}{tip}</td>'


def _tip(findings: Sequence[tuple[Finding, bool]], doubt: str) -> str:
    """What stands in the box over a cell: the calculations that judge it, then those that use it."""
    lines = [f"<p><b>doubtful</b> {escape(doubt)}</p>"] if doubt else []
    ordered = sorted(findings, key=lambda item: (not item[1], RANK.index(item[0].verdict)))
    for finding, judged in ordered[:5]:
        word = SHORT[finding.verdict] if judged else "used in"
        lines.append(f"<p><b>{word}</b> {escape(finding.what)}<br>{escape(finding.explain)}</p>")
    if len(ordered) > 5:
        lines.append(f"<p>and {len(ordered) - 5} more</p>")
    return f'<span class="tip" role="tooltip">{"".join(lines)}</span>' if lines else ""


def _counts(report: Report) -> Iterator[str]:
    """A row a rule."""
    yield '<h2>The rules</h2>\n<div class="scroll"><table class="counts"><tr class="head"><th>rule</th>'
    broken = any(finding.verdict is Verdict.BROKEN_RULE for finding in report.findings)
    shown = [verdict for verdict in Verdict if broken or verdict is not Verdict.BROKEN_RULE]
    yield "".join(f"<th>{escape(SHORT[v])}</th>" for v in shown) + "</tr>"
    for rule in sorted({finding.rule for finding in report.findings}):
        found = [f.verdict for f in report.findings if f.rule == rule]
        cells = "".join(f"<td>{found.count(v) or ''}</td>" for v in shown)
        yield f"<tr><td><a href='#rule-{_slug(rule)}'>{escape(rule)}</a></td>{cells}</tr>"
    yield "</table></div>"


def _sources(report: Report) -> Iterator[str]:
    """Each rule that spoke: its claim, formula and limits."""
    for rule in sorted({finding.rule for finding in report.findings}):
        facts = explained(rule)
        if facts:
            yield f'<p class="source" id="rule-{_slug(rule)}"><b>{escape(rule)}</b> {escape(facts.claim)}<br>'
            yield f"{escape(facts.formula)}<br><span class=hint>{escape(facts.limits)}</span></p>"


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()


def _anchor(place: Place) -> str:
    return _slug(place.where) + (f"-{place.row}-{place.column}" if place.row >= 0 and place.column >= 0 else "")
