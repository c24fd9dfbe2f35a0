"""Example: a study whose raw files are simulated in real instrument formats.

Each module of this folder adds one topic: ``RAW`` (lines of ``[raw]``), ``SETTINGS`` (optional, tables of settings),
``SAMPLES`` and ``CELLS`` (rows, merged by name), ``ITEMS`` (TOML of figures and tables), ``files(seed)`` (path and
content of each raw file) and ``TRUTH`` (what was put in). The truth is set so that the tables come out near those of
a published study; it shows the analysis, not the chemistry.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from halfcell.core.errors import InputError

SEED = 20260101
TITLE = "Si/a-Sn/CoSi2/G/C anode: example study with simulated raw files"
README = """This study was written by `halfcell demo`.

Every file under raw/ was SIMULATED by halfcell in the format of a real instrument, and says so in its header. The
numbers show that the analysis finds again what was put in (truth.csv); they say nothing about real materials.

Run it again with:   halfcell run      (in this folder)
"""


def write(folder: Path, seed: int = SEED) -> int:
    """Write the example study into an empty or new folder; return the number of raw files.

    Raises
    ------
    InputError
        If the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise InputError("the folder is not empty", str(folder), "name a new one: halfcell demo FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    topics = _topics()
    count = 0
    for topic in topics:
        for name, content in topic.files(seed):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            count += 1
    for name, text in _texts(topics).items():
        (folder / name).write_text(text, encoding="utf-8")
    return count


def _topics() -> tuple[ModuleType, ...]:
    """The modules of this folder, in order of their names."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def _texts(topics: Iterable[ModuleType]) -> dict[str, str]:
    """The study's own files."""
    topics = tuple(topics)
    return {
        "study.toml": _study(topics),
        "samples.csv": _rows("name", [row for topic in topics for row in topic.SAMPLES]),
        "cells.csv": _rows("cell", [row for topic in topics for row in topic.CELLS]),
        "truth.csv": _truth(topics),
        "README.txt": README,
    }


def _study(topics: tuple[ModuleType, ...]) -> str:
    """study.toml: the raw patterns, the settings, then the items in the order of the document."""
    raw = {key: value for topic in topics for key, value in topic.RAW.items()}
    settings: dict[str, Mapping[str, Any]] = {}
    for topic in topics:
        settings |= getattr(topic, "SETTINGS", {})
    lines = [f"title = {json.dumps(TITLE)}", "", "[raw]  # simulated by halfcell, in real instrument formats"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in raw.items()]
    for name, values in settings.items():
        lines += ["", f"[settings.{name}]"] + [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    lines += ["", "[truth]", 'file = "truth.csv"']
    items = sorted((item for topic in topics for item in _items(topic.ITEMS)), key=_order)
    return "\n".join(lines) + "\n\n" + "\n\n".join(items) + "\n"


def _items(toml: str) -> list[str]:
    """Cut the TOML of a topic into its items."""
    return [part.strip() for part in re.split(r"(?m)^(?=\[\[(?:figure|table)\]\])", toml) if part.strip()]


def _order(item: str) -> tuple[bool, int, str]:
    """Figures by number, then tables by number."""
    match = re.search(r'(?m)^id\s*=\s*"S(\d+)([^"]*)"', item)
    number, rest = (int(match[1]), match[2]) if match else (10**6, item)
    return item.startswith("[[table]]"), number, rest


def _rows(key: str, rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV table of rows that are merged by their name."""
    merged: dict[str, dict[str, str]] = {}
    for row in rows:
        merged.setdefault(row[key], {}).update(row)
    columns = list(dict.fromkeys([key, *(name for row in merged.values() for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(merged.values())
    return out.getvalue()


def _truth(topics: Iterable[ModuleType]) -> str:
    """truth.csv: what was put into the simulation."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["subject", "technique", "quantity", "value", "unit"])
    writer.writerows(row for topic in topics for row in topic.TRUTH)
    return out.getvalue()
