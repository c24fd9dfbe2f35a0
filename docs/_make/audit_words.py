"""The page of what the audit reads: kinds of documents, and the words of column heads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from _make.markdown import MADE, page, table
from halfcell.core.plugins import load, plugins

SOURCE = Path(__file__).resolve().parents[2] / "src" / "halfcell" / "audit"
INTRO = """## Documents

DOCUMENTS

`halfcell audit DOCUMENT` says first how much it has understood. `--explain-heads` prints how each head was read, or
which word of it was not known; [teach it your words](../how-to/teach-the-audit.md).

## Heads of columns

A head is understood if each of its words is one of those below, a unit, a rate, a number of a cycle or the name of
a material. Symbols are taken with their case; for words it does not matter. "Units": those that fit; "none" may
stand without one."""


def audit_words() -> str:
    """The page."""
    lexicon = tomllib.loads((SOURCE / "heads" / "lexicon.toml").read_text(encoding="utf-8"))
    parts = [MADE, "# What the audit reads", INTRO.replace("DOCUMENTS", table(("document", "endings"), _documents()))]
    parts += ["### Quantities", table(("quantity", "words", "symbols", "units"), _quantities(lexicon["quantity"]))]
    for part, head in (("tag", "Qualifiers"), ("process", "What the cell does"), ("part", "Parts of the cell")):
        parts += [f"### {head}", table(("meaning", "words"), _words(lexicon.get(part, {})))]
    parts += ["### Columns of names", table(("what is named", "words"), _words(lexicon.get("name", {})))]
    checklist = tomllib.loads((SOURCE / "checklists" / "battery.toml").read_text(encoding="utf-8"))
    rows = [(one["group"], one["label"], one.get("only", "both")) for one in checklist["item"]]
    said = (
        "`battery`, used unless `--checklist` names another. The last column says for which cells an item is asked for."
    )
    return page([*parts, "## The checklist", said, table(("group", "item", "cells"), rows)])


def _documents() -> Iterator[tuple[str, str]]:
    for name, plugin in plugins("extractors").items():
        yield plugin.summary, ", ".join(f"`{suffix}`" for suffix in load("extractors", name).SUFFIXES)
    yield "The folder of a study: its own report", ""


def _quantities(entries: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, entry in entries.items():
        units = ", ".join(one or "none" for one in entry.get("units", ()))
        yield f"`{name}`", "; ".join(entry.get("words", ())), "; ".join(entry.get("symbols", ())), units


def _words(entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, entry in entries.items():
        words = entry if isinstance(entry, list) else [*entry.get("words", ()), *entry.get("symbols", ())]
        yield f"`{name}`", "; ".join(words)
