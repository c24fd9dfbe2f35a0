"""A batch of audits as a table: one row per document, as text, CSV or HTML."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.spreadsheet_cells import harmless_row
from halfcell.report.audit.wording import decided, problems
from halfcell.report.content_policy import policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.batch import Audited

COLUMNS = (
    "document", "tables", "tables_understood", "columns", "columns_understood", "cells_unread", "checks_decided",
    "errors", "warnings", "result",
)  # fmt: skip


def row(one: Audited) -> tuple[str, ...]:
    """One document."""
    if one.report is None:
        return (str(one.path), *[""] * (len(COLUMNS) - 2), f"not read: {one.error}")
    read, alarms = one.report.understanding, one.report.alarms
    numbers = (
        read.tables, read.tables_understood, read.columns, read.columns_understood, read.cells_unread,
        decided(one.report), sum(a.severity == "error" for a in alarms), sum(a.severity == "warning" for a in alarms),
    )  # fmt: skip
    return (str(one.path), *map(str, numbers), problems(one.report))


def line(one: Audited) -> str:
    """One document on one line of a terminal."""
    cells = row(one)
    if one.report is None:
        return f"{cells[0]}: {cells[-1]}"
    return f"{cells[0]}: {cells[2]} of {cells[1]} tables understood, {cells[6]} checks decided; {cells[-1]}"


def csv_text(found: Sequence[Audited]) -> str:
    """The table as CSV with a header row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow(harmless_row(row(one)))
    return buffer.getvalue()


def html(found: Sequence[Audited]) -> str:
    """The table as a page."""
    style = (Path(__file__).parents[1] / "templates" / "audit.css").read_text(encoding="utf-8")
    heads = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in COLUMNS)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row(one)) + "</tr>" for one in found)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Audit of several documents</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<h1>Audit of several documents</h1>\n"
        f'<div class="scroll"><table><tr class=header>{heads}</tr>\n{rows}\n</table></div>\n</body>\n</html>\n'
    )
