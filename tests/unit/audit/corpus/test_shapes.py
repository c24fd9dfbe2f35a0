"""Further tables in the shapes of real ones, with raised and merged parts: right ones raise no alarm, wrong ones do."""

from __future__ import annotations

import re
import tomllib
from html import escape
from pathlib import Path
from typing import Any

import pytest

from halfcell.audit import Report, Settings, audit_file

with Path(__file__).with_name("shapes.toml").open("rb") as file:
    TABLES: dict[str, dict[str, Any]] = {table["name"]: table for table in tomllib.load(file)["table"]}
_SPAN = re.compile(r"(?<![\^_])\{(\d+)\}$")
_MARKUP = re.compile(r"([\^_])\{([^{}]*)\}")


def _cells(rows: list[list[str]]) -> list[list[tuple[str, int, int, int]]]:
    """For each row the text, the column, the columns and the rows of each cell."""
    found: list[list[list[Any]]] = []
    at: dict[tuple[int, int], list[Any]] = {}
    for index, row in enumerate(rows):
        line, column = [], 0
        for cell in row:
            span = _SPAN.search(cell)
            above = at.get((index - 1, column)) if cell == "^" else None
            if above is not None:
                above[3] += 1
            made = above or ["" if cell == "^" else _SPAN.sub("", cell), column, int(span.group(1)) if span else 1, 1]
            line += [] if above else [made]
            at |= {(index, column + k): made for k in range(made[2])}
            column += made[2]
        found.append(line)
    return [[(text, column, wide, high) for text, column, wide, high in line] for line in found]


def _html(rows: list[list[str]]) -> str:
    def cell(text: str, wide: int, high: int) -> str:
        words = _MARKUP.sub(
            lambda m: f"<su{'p' if m[1] == '^' else 'b'}>{m[2]}</su{'p' if m[1] == '^' else 'b'}>", escape(text)
        )
        return f"<td colspan={wide} rowspan={high}>{words}</td>"

    lines = ("".join(cell(text, wide, high) for text, _, wide, high in line) for line in _cells(rows))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _markdown(rows: list[list[str]]) -> str:
    cells = _cells(rows)
    width = max(column + wide for line in cells for _, column, wide, _ in line)
    lines = []
    for line in cells:
        texts = [""] * width
        for text, column, _, _ in line:
            texts[column] = _MARKUP.sub(r"\2", text).replace("\n", " ").replace("|", "\\|")
        lines.append("| " + " | ".join(texts) + " |")
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _audited(name: str, wrong: bool, suffix: str, folder: Path) -> Report:
    table = TABLES[name]
    draw, paragraph = (_html, "<p>{}</p>") if suffix == "html" else (_markdown, "{}")
    rows = [
        [cell.replace(table["right"], table["wrong"], 1) if wrong else cell for cell in row] for row in table["rows"]
    ]
    parts = [
        *(paragraph.format(text) for text in table.get("text", ())),
        paragraph.format(f"Table 1. {table['caption']}"),
    ]
    parts += [draw(rows), *(paragraph.format(note) for note in table.get("notes", ()))]
    if "then" in table:
        parts += [paragraph.format(table["then"]), draw(table["then_rows"])]
    path = folder / f"table.{suffix}"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return audit_file(path, Settings(checklist="none"))


@pytest.mark.parametrize("suffix", ["html", "md"])
@pytest.mark.parametrize("name", TABLES)
def test_shape(name: str, suffix: str, tmp_path: Path) -> None:
    assert [alarm.explain for alarm in _audited(name, False, suffix, tmp_path).alarms] == []
    assert _audited(name, True, suffix, tmp_path).alarms
