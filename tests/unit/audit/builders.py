"""Small documents for the tests of the audit."""

from __future__ import annotations

from halfcell.audit import Report, Settings, audit
from halfcell.audit.claims import Finding
from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.core.printed_document import Caption, Paper


def paper(
    *tables: tuple[str, str, str], captions: tuple[tuple[str, str], ...] = (), text: tuple[str, ...] = ()
) -> Paper:
    """A document; each table is given by name, caption and rows (cells separated by ;, rows by line breaks)."""
    made = tuple(
        plain_table(name, caption, [[cell.strip() for cell in line.split(";")] for line in rows.strip().splitlines()])
        for name, caption, rows in tables
    )
    return Paper(
        path="made.txt",
        format="text",
        tables=made,
        captions=tuple(Caption(name=name, text=words) for name, words in captions),
        paragraphs=text,
    )


def report(*tables: tuple[str, str, str], rules: tuple[str, ...] = (), **more: tuple[tuple[str, str], ...]) -> Report:
    """Audit such a document with some rules."""
    return audit(paper(*tables, **more), Settings(rules=rules, checklist="none"))  # type: ignore[arg-type]


def findings(report_: Report, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in report_.findings if finding.rule == rule]
