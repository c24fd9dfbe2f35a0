"""The audit as a table: one row per finding."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from halfcell.core.spreadsheet_cells import harmless_row
from halfcell.report.audit.wording import place_text

if TYPE_CHECKING:
    from halfcell.audit import Report

COLUMNS = (
    "severity", "verdict", "rule", "where", "what", "printed", "computed", "width_in_last_digits", "explain", "ask",
)  # fmt: skip


def text(report: Report) -> str:
    """The table as CSV with a header row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        width = "" if finding.width is None else f"{float(finding.width):.3g}"
        row = (
            finding.severity,
            str(finding.verdict),
            finding.rule,
            place_text(finding.places[0]) if finding.places else "",
            finding.what,
            finding.printed,
            finding.computed,
            width,
            finding.explain,
            finding.ask,
        )
        writer.writerow(harmless_row(row))
    return buffer.getvalue()
