"""The audit as one JSON document; its keys and the names of verdicts are an interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict
from halfcell.report.audit.wording import decided, problems

if TYPE_CHECKING:
    from halfcell.audit import Report
    from halfcell.audit.claims import Finding


def as_json(report: Report) -> dict[str, object]:
    """The document's tables, the counts of verdicts, and all findings, as what `json.dumps` takes."""
    paper = report.facts.paper
    return {
        "document": paper.path,
        "format": paper.format,
        "rounding": report.facts.settings.rounding,
        "understanding": _understanding(report),
        "tables": [{"name": t.name, "caption": t.caption, "rows": t.texts()} for t in paper.tables],
        "doubts": [
            {"table": t.name, "row": c.row, "column": c.column, "text": c.text, "doubt": c.doubt}
            for t in paper.tables
            for c in t.cells
            if c.doubt
        ],
        "counts": {str(v): sum(f.verdict is v for f in report.findings) for v in Verdict},
        "alarms": len(report.alarms),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _understanding(report: Report) -> dict[str, object]:
    read = report.understanding
    return {
        "tables": read.tables,
        "tables_understood": read.tables_understood,
        "tables_left_out": len(read.left_out),
        "left_out": list(read.left_out),
        "columns": read.columns,
        "columns_understood": read.columns_understood,
        "cells_unread": read.cells_unread,
        "checks_decided": decided(report),
        "little_understood": read.is_little,
        "result": problems(report),
        "not_understood": list(read.not_understood),
        "heads": [
            {
                "table": table.name,
                "text": head.text,
                "quantity": head.quantity,
                "unit": head.unit.text if head.unit else "",
            }
            for table in report.facts.tables
            for head in table.heads
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
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
