"""One document gives the same findings in each format: HTML, JATS, Markdown, LaTeX, Word, spreadsheet and PDF."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import printed_documents as written
from halfcell.audit import Settings, audit_file
from printed_documents import Document, Table, spans

with Path(__file__).with_name("tables.toml").open("rb") as _file:
    TABLES = {table["name"]: table for table in tomllib.load(_file)["table"]}
TEXTS: dict[str, Callable[[Document], str]] = {
    "html": written.html,
    "xml": written.jats,
    "md": written.markdown,
    "tex": written.latex,
}
FILES: dict[str, tuple[str, Callable[[Document, Path], None]]] = {
    "word": ("docx", written.docx),
    "workbook": ("xlsx", written.xlsx),
    "pdf with three rules": ("pdf", written.pdf),
    "pdf with a grid": ("pdf", lambda document, path: written.pdf(document, path, ruled=True)),
    "pdf in two columns": ("pdf", lambda document, path: written.pdf(document, path, columns=2)),
}
SOME = sorted(TABLES)[::9]


def _document(name: str) -> Document:
    """The table with its planted error."""
    table = TABLES[name]
    rows, done = [], False
    for row in table["rows"]:
        new = []
        for cell in row:
            hit = not done and table["right"] in cell
            new.append(cell.replace(table["right"], table["wrong"], 1) if hit else cell)
            done = done or hit
        rows.append(new)
    heads = 2 if any(width > 1 for _, width in spans(rows[0])) else 1
    return Document([Table(table["caption"], rows, heads=heads)])


def _findings(path: Path) -> list[tuple[str, str, str]]:
    report = audit_file(path, Settings(checklist="none"))
    return sorted((found.rule, found.what, found.verdict.value) for found in report.findings)


@pytest.mark.parametrize("name", SOME)
def test_same_findings(name: str, tmp_path: Path) -> None:
    document = _document(name)
    found = {}
    for suffix, make in TEXTS.items():
        path = tmp_path / f"a.{suffix}"
        path.write_text(make(document), encoding="utf-8")
        found[suffix] = _findings(path)
    for form, (suffix, save) in FILES.items():
        path = tmp_path / f"{form.replace(' ', '_')}.{suffix}"
        save(document, path)
        found[form] = _findings(path)
    assert found == dict.fromkeys(found, found["html"])
    assert found["html"]
