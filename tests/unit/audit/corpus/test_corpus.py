"""Seventy tables in the shapes of real ones: a right table raises no alarm, and a planted error is found."""

from __future__ import annotations

import re
import tomllib
from html import escape
from pathlib import Path

import pytest

from halfcell.audit import Report, Settings, audit_file

with Path(__file__).with_name("tables.toml").open("rb") as file:
    TABLES = {table["name"]: table for table in tomllib.load(file)["table"]}
_SPAN = re.compile(r"\{(\d+)\}$")


def _spans(row: list[str]) -> list[tuple[str, int]]:
    found = [(_SPAN.sub("", cell), _SPAN.search(cell)) for cell in row]
    return [(text, int(match.group(1)) if match else 1) for text, match in found]


def _html(table: dict[str, object], rows: list[list[str]]) -> str:
    lines = ("".join(f"<td colspan={n}>{escape(text)}</td>" for text, n in _spans(row)) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><body><p>Table 1. {escape(str(table['caption']))}</p><table>{body}</table></body></html>"


def _markdown(table: dict[str, object], rows: list[list[str]]) -> str:
    plain = [[cell for text, n in _spans(row) for cell in (text, *[""] * (n - 1))] for row in rows]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in plain]
    return "\n".join([f"Table 1. {table['caption']}", "", lines[0], "|" + "---|" * len(plain[0]), *lines[1:], ""])


def _audited(name: str, wrong: bool, suffix: str, folder: Path) -> Report:
    table, done = TABLES[name], not wrong
    rows = []
    for row in table["rows"]:
        new = []
        for cell in row:
            hit = not done and table["right"] in cell
            new.append(cell.replace(table["right"], table["wrong"], 1) if hit else cell)
            done = done or hit
        rows.append(new)
    path = folder / f"table.{suffix}"
    path.write_text((_html if suffix == "html" else _markdown)(table, rows), encoding="utf-8")
    return audit_file(path, Settings(checklist="none"))


@pytest.mark.parametrize("suffix", ["html", "md"])
@pytest.mark.parametrize("name", TABLES)
def test_table(name: str, suffix: str, tmp_path: Path) -> None:
    assert [alarm.explain for alarm in _audited(name, False, suffix, tmp_path).alarms] == []
    wrong = str(TABLES[name]["wrong"]).replace(",", ".")
    assert any(wrong in f"{a.printed} {a.explain}" for a in _audited(name, True, suffix, tmp_path).alarms)
