"""The study's own files: study.toml, samples.csv, cells.csv, truth.csv and a README."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from halfcell.example.accepted_doubts import ACCEPTED
from halfcell.example.accidents import ACCIDENTS
from halfcell.example.topic import Truth

if TYPE_CHECKING:
    from halfcell.example.topic import Topic

TITLE = "Si/a-Sn/CoSi2/G/C anode: example study with simulated raw files"
# Josiah Carberry is the fictitious person whom ORCID uses for demonstrations: https://orcid.org/0000-0002-1825-0097
PUBLICATION = """[[author]]  # a fictitious person, whom ORCID uses for demonstrations
name = "Josiah Carberry"
family_name = "Carberry"
affiliation = "Brown University"
ror = "https://ror.org/05gq02987"
orcid = "0000-0002-1825-0097"
email = "josiah.carberry@example.org"

[publication]  # what a repository asks for: halfcell report --format crate
license = "CC0-1.0"
keywords = ["lithium-ion battery", "silicon anode", "simulated data"]
publisher = "Example repository"
publisher_url = "https://example.org/"
version = "1"
"""
README = """This study was written by `halfcell demo`.

Every file under raw/ was SIMULATED by halfcell in the format of a real instrument, and says so in its header. The
numbers show that the analysis recovers what was put in (truth.csv); they say nothing about real materials.

Some files are as they come from any laboratory, on purpose; where it touches a number, the report says so:

{accidents}

Run it again with:   halfcell run      (in this folder)
"""


def study_files(topics: Sequence[Topic]) -> dict[str, str]:
    """Name and text of each file."""
    return {
        "study.toml": _study(topics),
        "samples.csv": _rows("name", [row for topic in topics for row in topic.samples]),
        "cells.csv": _rows("cell", [row for topic in topics for row in topic.cells]),
        "truth.csv": _truth(topics),
        "README.txt": README.format(accidents=_accidents()),
    }


def _accidents() -> str:
    """What happened to which raw file, a line for each."""
    told = [f"  {accident.path} {accident.told}" for accident in ACCIDENTS]
    return "\n".join([*told, "  raw/cycling/Si-CoSi2.mpt ends within its last cycle"])


def _study(topics: Sequence[Topic]) -> str:
    """study.toml: the raw patterns, the settings, then the items in the order of the document."""
    raw = {key: value for topic in topics for key, value in topic.raw.items()}
    settings: dict[str, Mapping[str, Any]] = {}
    for topic in topics:
        settings |= topic.settings
    lines = [
        f"title = {json.dumps(TITLE)}",
        "",
        *PUBLICATION.splitlines(),
        "",
        "[raw]  # simulated by halfcell, in real instrument formats",
    ]
    lines += [f"{key} = {json.dumps(value)}" for key, value in raw.items()]
    for name, values in settings.items():
        lines += ["", f"[settings.{name}]"] + [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    lines += ["", "[truth]", 'file = "truth.csv"']
    for one in ACCEPTED:
        lines += ["", "[[accept]]", f"code = {json.dumps(one.code)}", f"reason = {json.dumps(one.reason)}"]
    items = sorted((item for topic in topics for item in _items(topic.items)), key=_order)
    return "\n".join(lines) + "\n\n" + "\n\n".join(items) + "\n"


def _items(toml: str) -> list[str]:
    """Divide the TOML of a topic into its items."""
    return [part.strip() for part in re.split(r"(?m)^(?=\[\[(?:figure|table)\]\])", toml) if part.strip()]


def _order(item: str) -> tuple[bool, int, str]:
    """Figures by number, then tables by number."""
    match = re.search(r'(?m)^id\s*=\s*"S(\d+)([^"]*)"', item)
    number, rest = (int(match[1]), match[2]) if match else (10**6, item)
    return item.startswith("[[table]]"), number, rest


def _rows(key: str, rows: Iterable[Mapping[str, str]]) -> str:
    """A CSV table of rows; those of one name are merged."""
    merged: dict[str, dict[str, str]] = {}
    for row in rows:
        merged.setdefault(row[key], {}).update(row)
    columns = list(dict.fromkeys([key, *(name for row in merged.values() for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(merged.values())
    return out.getvalue()


def _truth(topics: Sequence[Topic]) -> str:
    """truth.csv: what was put into the simulation."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Truth._fields)
    writer.writerows(row for topic in topics for row in (*topic.truth, *topic.computed_truth()))
    return out.getvalue()
