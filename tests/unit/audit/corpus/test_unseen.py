"""Documents whose author had not seen how heads are read: right ones raise no alarm, one planted error does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.unit.audit.corpus.test_shapes import _html, _markdown

from halfcell.audit import Report, Settings, audit_file

with Path(__file__).with_name("unseen.toml").open("rb") as file:
    DOCUMENTS: dict[str, dict[str, Any]] = {found["name"]: found for found in tomllib.load(file)["document"]}
_PLANTED = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
_MARKUP = re.compile(r"([\^_])\{([^{}]*)\}")


def _audited(name: str, wrong: bool, folder: Path) -> Report:
    """The audit of a document, as HTML or, without spanning cells and for each second one, as Markdown."""
    document = DOCUMENTS[name]
    number = r"\2" if wrong else r"\1"

    def plain(text: str) -> str:
        return _MARKUP.sub(r"\2", _PLANTED.sub(number, text))

    rows = [[_PLANTED.sub(number, cell) for cell in row] for row in document.get("rows", ())]
    spanned = any("{" in _MARKUP.sub("", cell) or cell == "^" for row in rows for cell in row)
    suffix = "html" if spanned or len(name) % 2 else "md"
    draw, paragraph = (_html, "<p>{}</p>") if suffix == "html" else (_markdown, "{}")
    parts = [paragraph.format(plain(text)) for text in document.get("text", ())]
    if rows:
        parts += [paragraph.format(plain(document["caption"])), draw(rows)]
    parts += [paragraph.format(plain(note)) for note in document.get("notes", ())]
    path = folder / f"document.{suffix}"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return audit_file(path, Settings(checklist="none"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_unseen_document(name: str, tmp_path: Path) -> None:
    assert [alarm.explain for alarm in _audited(name, False, tmp_path).alarms] == []
    assert _audited(name, True, tmp_path).alarms
