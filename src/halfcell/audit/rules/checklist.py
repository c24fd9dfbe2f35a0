"""A paper states what a reporting checklist asks for; the checklist is data, and a laboratory can use its own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.document_place import Place
from halfcell.audit.tables.layout import layout
from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts
    from halfcell.core.printed_document import PrintedTable

FORMULA = (
    "each item of the checklist is found in a caption, in the text or in a column header; in a form, in a column that "
    "is filled in"
)
LIMITS = (
    "It finds words, not their meaning, and a supplement may leave out what its paper states: an item that is not "
    "found is no error."
)
FOLDER = Path(__file__).resolve().parent.parent / "checklists"
LONGEST = 20_000  # characters of one paragraph that are searched
NO = {"", "false", "no", "0", "0.0", "not reported", "n/a", "nan", "none", "-"}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to state, and the patterns that recognise it in a text and in the column names of a form."""

    label: str
    group: str
    text: tuple[re.Pattern[str], ...]
    form: tuple[re.Pattern[str], ...]
    only: str = ""


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Give one finding per item: where it is stated, or that it is not."""
    name = facts.settings.checklist
    if name == "none" or facts.paper.format == "bpx":
        return
    items = read(name)
    forms = [table for table in facts.paper.tables if _is_form(table)]
    for table in forms:
        yield from _form(table, items)
    if not forms and (facts.paper.captions or facts.paper.paragraphs):
        yield from _text(facts, items)


@cache
def read(name: str) -> tuple[Item, ...]:
    """Read a checklist by its bundled name or its path.

    Raises
    ------
    InputError
        If there is none, or if it does not have the form of ``checklists/battery.toml``.
    """
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        known = sorted(found.stem for found in FOLDER.glob("*.toml"))
        raise InputError(f"no checklist {name!r}", hint=did_you_mean(name, known))
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["item"]
        return tuple(_item(entry) for entry in entries)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, re.error, UnicodeDecodeError) as error:
        raise InputError(f"the checklist cannot be read: {error}", str(path), "see checklists/battery.toml") from error


def _item(entry: Mapping[str, object]) -> Item:
    text, form = entry.get("text", []), entry.get("form", [])
    if not isinstance(text, list) or not isinstance(form, list):
        raise TypeError("text and form must be lists of regular expressions")
    return Item(
        label=str(entry["label"]),
        group=str(entry.get("group", "")),
        text=tuple(re.compile(str(pattern), re.IGNORECASE) for pattern in text),
        form=tuple(re.compile(str(pattern), re.IGNORECASE) for pattern in form),
        only=str(entry.get("only", "")),
    )


def _text(facts: Facts, items: tuple[Item, ...]) -> Iterator[Finding]:
    """Look for each item in the document."""
    kinds = {record.kind for record in facts.records if record.kind}
    solid, liquid = any(k.is_solid_state for k in kinds), any(not k.is_solid_state for k in kinds)
    sources = _sources(facts)
    for item in items:
        if (item.only == "solid" and not solid) or (item.only == "liquid" and not liquid and solid):
            continue
        found = next(((where, m) for where, text in sources for p in item.text if (m := p.search(text))), None)
        if found:
            place, match = found
            yield _finding(item, Verdict.HOLDS, f"stated in {place.where}: “{match.group(0).strip()}”", place)
        else:
            yield _finding(item, Verdict.UNCHECKED, "not found in this document", None)


def _sources(facts: Facts) -> list[tuple[Place, str]]:
    """The texts that are searched, each once, with its first place: captions, paragraphs, own rows, column headers."""
    paper = facts.paper
    found = [(Place(where=c.name), c.text[:LONGEST]) for c in paper.captions]
    found += [(Place(where=f"paragraph {i}"), text[:LONGEST]) for i, text in enumerate(paper.paragraphs, start=1)]
    found += [(Place(where=r.table, row=r.row), " ".join(r.words.values())) for r in facts.records if r.own]
    for table in paper.tables:
        found.append((Place(where=table.name), " ".join(head.text for head in layout(table, facts.vocabulary).heads)))
    first: dict[str, Place] = {}
    for place, text in found:
        first.setdefault(text, place)
    return [(place, text) for text, place in first.items()]


def _is_form(table: PrintedTable) -> bool:
    """Whether a table is a filled form: many columns, and many values that are yes or no."""
    answers = [cell.text.strip().lower() for cell in table.cells if cell.row > 0]
    plain = sum(answer in {"true", "false", "yes", "no"} for answer in answers)
    return table.width >= 20 and plain >= 10


def _form(table: PrintedTable, items: tuple[Item, ...]) -> Iterator[Finding]:
    """Look for each item in each row of a form."""
    texts = table.texts()
    headers = [re.sub(r"[_\s]+", " ", header.replace("Checklist", "")).strip().lower() for header in texts[0]]
    for row, values in enumerate(texts[1:], start=1):
        subject = next((v for v in values if v.strip() and not v.strip().replace(".", "").isdigit()), f"row {row}")
        for item in items:
            columns = [i for i, header in enumerate(headers) if any(p.search(header) for p in item.form)]
            yes = [i for i in columns if values[i].strip().lower() not in NO]
            if not columns:
                continue
            column = (yes or columns)[0]
            place = Place(where=table.name, row=row, column=column)
            said = f"{texts[0][column]} = {values[column] or '(empty)'}"
            verdict = Verdict.HOLDS if yes else Verdict.UNCHECKED
            yield _finding(item, verdict, f"{subject}: {'stated' if yes else 'not stated'} ({said})", place)


def _finding(item: Item, verdict: Verdict, text: str, place: Place | None) -> Finding:
    return Finding(
        rule="checklist",
        verdict=verdict,
        severity="note",
        what=f"{item.group}: {item.label}",
        explain=text,
        places=(place,) if place else (),
    )
