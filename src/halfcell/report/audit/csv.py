"""The audit as a table: a row a finding."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from halfcell.report.audit.text import spot

if TYPE_CHECKING:
    from halfcell.audit import Report

COLUMNS = (
    "severity", "verdict", "rule", "where", "what", "printed", "computed", "width_in_last_digits", "explain", "ask",
)  # fmt: skip


def text(report: Report) -> str:
    """CSV with a head; a leading = + - @ is guarded, so that a spreadsheet takes it for words."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        width = "" if finding.width is None else f"{float(finding.width):.3g}"
        row = (
            finding.severity,
            str(finding.verdict),
            finding.rule,
            "; ".join(spot(place) for place in finding.places[:1]),
            finding.what,
            finding.printed,
            finding.computed,
            width,
            finding.explain,
            finding.ask,
        )
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in row])
    return buffer.getvalue()
