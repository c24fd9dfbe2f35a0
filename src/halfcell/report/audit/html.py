"""The audit as one HTML file: problems, and the tables of the document with coloured cells and their calculations."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Verdict
from halfcell.audit.document_place import Place
from halfcell.audit.rule_texts import rule_text
from halfcell.core import markup
from halfcell.report.audit.wording import SHORT, counted, heading, place_text, understood
from halfcell.report.content_policy import policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit import Report
    from halfcell.audit.claims import Finding
    from halfcell.core.printed_document import PrintedCell, PrintedTable

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
MOST_IN_TIP = 5  # findings
LEGEND = (
    ("fails", "does not hold"),
    ("inexact", "agrees within rounding, but the other rows are exact"),
    ("seen", "to look at"),
    ("unrounded", "holds only with, or only without, intermediate rounding"),
    ("holds", "holds"),
    ("weak", "holds, but the check can hardly fail"),
)


def html(report: Report) -> str:
    """The whole page."""
    style = (Path(__file__).parents[1] / "templates" / "audit.css").read_text(encoding="utf-8")
    name = escape(Path(report.facts.paper.path).name)
    body = "\n".join(_body(report))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Audit of {name}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n{style}</style>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _body(report: Report) -> Iterator[str]:
    paper = report.facts.paper
    yield f'<p class="kind">Audit by halfcell</p>\n<h1>{escape(Path(paper.path).name)}</h1>'
    yield from _facts(report)
    yield f"<h2>{heading(report)}</h2>"
    for finding in report.alarms:
        yield _alarm(finding)
    yield from _notes(report)
    yield '<h2>Tables of the document</h2>\n<ul class="legend">'
    for name, words in LEGEND:
        yield f'<li><i style="background: var(--{name})"></i>{words}</li>'
    yield "<li>underlined: used in a calculation</li><li>hatched: could not be read with certainty</li></ul>"
    findings = _by_place(report.findings)
    for table in paper.tables:
        yield from _table(table, findings)
    yield from _counts(report)
    yield from _rule_texts(report)
    yield "<footer>Each finding is a question, not an accusation. Assumed rounding rule: "
    yield f"{escape(report.facts.settings.rounding)}. All calculations are exact, with closed intervals.</footer>"


def _facts(report: Report) -> Iterator[str]:
    paper = report.facts.paper
    cells = sum(bool(cell.text.strip()) for table in paper.tables for cell in table.cells)
    doubts = sum(bool(cell.doubt) for table in paper.tables for cell in table.cells)
    checks = sum(finding.is_check for finding in report.findings)
    yield '<ul class="facts">'
    for count, words, is_bad in (
        (len(paper.tables), "table", False),
        (cells, "cell", False),
        (len(paper.captions), "caption", False),
        (checks, "check", False),
        (len(report.alarms), "problem", bool(report.alarms)),
        (doubts, "doubtful cell", bool(doubts)),
    ):
        number, noun = counted(count, words).split(" ", 1)
        yield f"<li{' class=bad' if is_bad else ''}><b>{number}</b> {noun}</li>"
    yield f"</ul>\n<p>{escape(understood(report))}.</p>"
    missing = report.understanding.not_understood
    if missing:
        yield f"<details><summary>{counted(len(missing), 'head')} not understood</summary><ul class=quiet>"
        yield from (f"<li>{escape(text)}</li>" for text in missing)
        yield "</ul></details>"


def _alarm(finding: Finding) -> str:
    """One card."""
    places = ", ".join(f'<a href="#{_anchor(place)}">{escape(place_text(place))}</a>' for place in finding.places[:4])
    more = f" and {len(finding.places) - 4} more" if len(finding.places) > 4 else ""
    ask = f'<p class="ask">{escape(finding.ask)}</p>' if finding.ask else ""
    return (
        f'<section class="alarm {finding.severity}"><h3>{escape(finding.what)}</h3>'
        f'<p class="where"><span class="level">{finding.severity}</span> · {places}{more} · '
        f'<span class="rule">{escape(finding.rule)}</span></p>'
        f'<p class="calculation">{escape(finding.explain)}</p>{ask}</section>'
    )


def _notes(report: Report) -> Iterator[str]:
    """What was noticed or could not be checked, without being a problem."""
    quiet = [f for f in report.findings if not f.is_alarm and f.verdict in {Verdict.SEEN, Verdict.UNCHECKED}]
    if quiet:
        yield f"<details><summary>{counted(len(quiet), 'note')}</summary><ul class=quiet>"
        for finding in quiet:
            where = escape(place_text(finding.places[0])) + ": " if finding.places else ""
            yield f"<li>{where}{escape(finding.what)}. {escape(finding.explain)}</li>"
        yield "</ul></details>"


class _Touching(NamedTuple):
    """A finding about a cell: it checks the cell, or only uses it."""

    finding: Finding
    checks: bool


def _by_place(findings: Sequence[Finding]) -> Mapping[Place, list[_Touching]]:
    """Place -> the findings about it."""
    found: dict[Place, list[_Touching]] = {}
    for finding in findings:
        for index, place in enumerate(finding.places):
            seen = finding.verdict is Verdict.SEEN
            found.setdefault(place.cell, []).append(_Touching(finding, finding.is_alarm if seen else index == 0))
    return found


def _table(table: PrintedTable, findings: Mapping[Place, Sequence[_Touching]]) -> Iterator[str]:
    """One table of the document."""
    yield f'<div class="scroll"><table id="{_slug(table.name)}"><caption><b>{escape(table.name)}</b>'
    yield f"{escape(table.caption)}</caption>"
    headers = table.head_rows or 1
    rows: dict[int, list[PrintedCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in range(table.height):
        ordered = sorted(rows.get(row, []), key=lambda c: c.column)
        places = [Place(where=table.name, row=cell.row, column=cell.column) for cell in ordered]
        cells = "".join(_cell(c, p, findings.get(p, ())) for c, p in zip(ordered, places, strict=True))
        yield f"<tr{' class=header' if row < headers else ''}>{cells}</tr>"
    yield "</table></div>"
    for note in table.notes:
        yield f'<p class="hint">{escape(note)}</p>'


def _cell(cell: PrintedCell, place: Place, findings: Sequence[_Touching]) -> str:
    checks = [touching.finding.verdict for touching in findings if touching.checks]
    names = [CLASS[min(checks, key=RANK.index)]] if checks else []
    names += ["used"] if len(checks) < len(findings) else []
    names += ["doubt"] if cell.doubt else []
    names += ["words"] if cell.column == 0 else []
    spans = f" rowspan={cell.rows}" if cell.rows > 1 else ""
    spans += f" colspan={cell.columns}" if cell.columns > 1 else ""
    text = markup.html(cell.markup) if cell.markup else escape(cell.text)
    tip = _tip(findings, cell.doubt)
    marks = f' id="{_anchor(place)}"' + (' data-v tabindex="0"' if tip else "")
    return f'<td{marks}{spans} class="{" ".join(names)}">{text}{tip}</td>'


def _tip(findings: Sequence[_Touching], doubt: str) -> str:
    """The box that opens over a cell: the calculations that check it, then those that use it."""
    lines = [f"<p><b>doubtful</b> {escape(doubt)}</p>"] if doubt else []
    ordered = sorted(findings, key=lambda touching: (not touching.checks, RANK.index(touching.finding.verdict)))
    for finding, checks in ordered[:MOST_IN_TIP]:
        word = SHORT[finding.verdict] if checks else "used in"
        lines.append(f"<p><b>{word}</b> {escape(finding.what)}<br>{escape(finding.explain)}</p>")
    if len(ordered) > MOST_IN_TIP:
        lines.append(f"<p>and {len(ordered) - MOST_IN_TIP} more</p>")
    return f'<span class="tip" role="tooltip">{"".join(lines)}</span>' if lines else ""


def _counts(report: Report) -> Iterator[str]:
    """One row per rule."""
    yield '<h2>Rules</h2>\n<div class="scroll"><table class="counts"><tr class="header"><th>rule</th>'
    broken = any(finding.verdict is Verdict.BROKEN_RULE for finding in report.findings)
    shown = [verdict for verdict in Verdict if broken or verdict is not Verdict.BROKEN_RULE]
    yield "".join(f"<th>{escape(SHORT[v])}</th>" for v in shown) + "</tr>"
    for rule in sorted({finding.rule for finding in report.findings}):
        found = [f.verdict for f in report.findings if f.rule == rule]
        cells = "".join(f"<td>{found.count(v) or ''}</td>" for v in shown)
        yield f"<tr><td><a href='#rule-{_slug(rule)}'>{escape(rule)}</a></td>{cells}</tr>"
    yield "</table></div>"


def _rule_texts(report: Report) -> Iterator[str]:
    """Claim, formula and limits of each rule with findings."""
    for rule in sorted({finding.rule for finding in report.findings}):
        words = rule_text(rule)
        if words:
            yield f'<p class="source" id="rule-{_slug(rule)}"><b>{escape(rule)}</b> {escape(words.claim)}<br>'
            yield f"{escape(words.formula)}<br><span class=hint>{escape(words.limits)}</span></p>"


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()


def _anchor(place: Place) -> str:
    return _slug(place.where) + (f"-{place.row}-{place.column}" if place.row >= 0 and place.column >= 0 else "")
