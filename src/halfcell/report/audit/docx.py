"""The audit as a Word document: problems, the tables of the document with coloured cells, a list of calculations."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict
from halfcell.audit.document_place import Place
from halfcell.report.audit.html import CLASS, RANK
from halfcell.report.audit.wording import SHORT, counted, heading, place_text
from halfcell.report.word.xml import clean, element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document as WordDocument
    from docx.table import _Cell as WordCell

    from halfcell.audit import Report
    from halfcell.audit.claims import Finding
    from halfcell.core.printed_document import PrintedTable

FILL = {
    "fails": "F7C9B4", "inexact": "FBE0AD", "seen": "FDF3C4", "unrounded": "CFE6F6", "rounded": "CFE6F6",
    "holds": "CDEADD", "weak": "E7EAEF", "unchecked": "FFFFFF",
}  # fmt: skip


def docx(report: Report) -> bytes:
    """The bytes of the document."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    paper = report.facts.paper
    document.add_heading(f"Audit of {Path(paper.path).name}", level=1)
    document.add_paragraph(_summary(report))
    document.add_heading(heading(report), level=2)
    for finding in report.alarms:
        _alarm(document, finding)
    document.add_heading("Tables of the document", level=2)
    judged = _judged(report.findings)
    for table in paper.tables:
        _table(document, table, judged)
    document.add_heading("Calculations", level=2)
    _calculations(document, report.findings)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _summary(report: Report) -> str:
    paper = report.facts.paper
    counts = ", ".join(f"{n} {SHORT[v]}" for v in Verdict if (n := sum(f.verdict is v for f in report.findings)))
    read = f"{counted(len(paper.tables), 'table')}, {counted(len(paper.captions), 'caption')}"
    return f"{read}; {counts}. Each finding is a question, not an accusation."


def _alarm(document: WordDocument, finding: Finding) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{finding.severity}: {clean(finding.what)}").bold = True
    where = "; ".join(place_text(place) for place in finding.places[:4])
    paragraph.add_run(f"\n{where} [{finding.rule}]\n{clean(finding.explain)}")
    if finding.ask:
        paragraph.add_run(f"\n{finding.ask}").italic = True


def _judged(findings: Sequence[Finding]) -> Mapping[Place, Verdict]:
    """Place -> the verdict that colours it."""
    found: dict[Place, Verdict] = {}
    for finding in findings:
        if finding.verdict is Verdict.SEEN and not finding.is_alarm:
            continue
        for place in finding.places if finding.verdict is Verdict.SEEN else finding.places[:1]:
            found[place.cell] = min(found.get(place.cell, finding.verdict), finding.verdict, key=RANK.index)
    return found


def _table(document: WordDocument, table: PrintedTable, judged: Mapping[Place, Verdict]) -> None:
    from docx.shared import Pt

    document.add_paragraph().add_run(f"{table.name} {clean(table.caption)}").bold = True
    made = document.add_table(rows=table.height, cols=table.width)
    made.style = "Table Grid"
    grid = [list(row.cells) for row in made.rows]
    for cell in table.cells:
        target = grid[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(grid[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        run = target.paragraphs[0].add_run(clean(cell.text))
        run.font.size = Pt(7.5)
        run.bold = cell.row < (table.head_rows or 1) or None
        verdict = judged.get(Place(where=table.name, row=cell.row, column=cell.column))
        if verdict:
            _shade(target, FILL[CLASS[verdict]])


def _shade(cell: WordCell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", {"val": "clear", "color": "auto", "fill": colour}))


def _calculations(document: WordDocument, findings: Sequence[Finding]) -> None:
    """One line per check."""
    from docx.shared import Pt

    for finding in findings:
        where = place_text(finding.places[0]) if finding.places else ""
        run = document.add_paragraph(style="List Bullet").add_run(
            f"{SHORT[finding.verdict]} · {where} · {clean(finding.what)}: {clean(finding.explain)}"
        )
        run.font.size = Pt(8)
