"""A page per technique: formulas and limits, settings, quantities, shows, notes, how far it was tested."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from _make import pictures
from _make.markdown import MADE, capital, first, page, prose, table
from halfcell.core.plugins import load, plugins
from halfcell.core.setting_rows import setting_rows
from halfcell.core.vocabulary import vocabulary
from halfcell.techniques import Technique
from halfcell.techniques.load import load_technique

DOCS = Path(__file__).resolve().parents[1]
HEAD = "Give settings in `study.toml`, or on the command line as `--set name=value`."
OVERVIEW = """A page for each: what it computes by which formula, where that holds, its settings, the numbers that it
prints, and how far they were tested. A short name may be written in place of the name. Quantities that a study
prints are rows of `out/numbers.csv` by these names; `halfcell list shows` and `halfcell list settings` show the same
lists in a terminal."""
COVERAGE = """How often the truth of simulated measurements, disturbed as real instruments disturb them, lies within one
and two of the printed uncertainties ([all techniques](../../explanation/uncertainty.md); ideal: 68 % and 95 %)."""
TESTS = """Tests on real files and published values are in `tests/known`, those that recover a known truth in
`tests/truth`. The example study shows each recovered value beside the declared one (`out/review.html`)."""
COLUMNS = """Names that a [column map](../../how-to/write-a-study.md#study-toml) may give to the columns of a plain
table, and that `halfcell read --to csv` writes. Each ends in its unit."""


def pages() -> dict[str, str]:
    """The overview, and a page per technique."""
    links = tomllib.loads((DOCS / "_make" / "links.toml").read_text(encoding="utf-8"))
    made = {f"techniques/{name}.md": _technique(name, links.get(name, {})) for name in plugins("techniques")}
    return {"techniques.md": _overview(), **made}


def _overview() -> str:
    rows = [
        (f"[{name}](techniques/{name}.md)", ", ".join(f"`{word}`" for word in _aliases(name)), capital(plugin.summary))
        for name, plugin in plugins("techniques").items()
    ]
    tree = "\n".join(["```{toctree}", ":hidden:", "", *(f"techniques/{name}" for name in plugins("techniques")), "```"])
    return page([MADE, "# Techniques", OVERVIEW, table(("technique", "short names", "what it is"), rows), tree])


def _aliases(name: str) -> list[str]:
    return [word for word, target in vocabulary()["alias"].items() if target == name and word != name]


def _technique(name: str, links: Mapping[str, Any]) -> str:
    technique = load_technique(name)
    text = inspect.getdoc(load("techniques", name)) or ""
    title, _, rest = prose(text).partition("\n\n")
    head, _, what = " ".join(title.split()).partition(": ")
    parts = [MADE, f"# {head.removesuffix('.')}", capital(what) if what else "", _facts(name, technique, links), rest]
    if picture := pictures.of_technique(name):
        parts.append(picture)
    parts += _explained(links)
    parts += ["## Settings", HEAD, _settings(technique)]
    parts += ["## Quantities", _words("quantity", name)]
    if rows := _words("row", name):
        parts += ["## Columns of its table of rows", rows]
    parts += ["## Columns of raw data", COLUMNS, *(_raw_columns(kind) for kind in technique.reads)]
    parts += ["## Figures and tables", _shows(name, technique), *_notes(name), *_validation(links)]
    return page(parts)


def _facts(name: str, technique: Technique, links: Mapping[str, Any]) -> str:
    words = ", ".join(f"`{word}`" for word in (name, *_aliases(name)))
    how = ", ".join(f"[{_title(page)}](../../how-to/{page}.md)" for page in links.get("how_to", ()))
    reads = ", ".join(f"[{kind}](../formats.md)" for kind in technique.reads)
    facts = [f"- In `study.toml`: {words}", f"- Reads measurements of: {reads}"]
    facts += [f"- How to: {how}"] if how else []
    return "\n".join([*facts, f"- Version of the recipe: {technique.version}"])


def _title(name: str) -> str:
    path = DOCS / "how-to" / f"{name}.md"
    line = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    return line[:1].lower() + line[1:]


def _settings(technique: Technique) -> str:
    return table(
        ("setting", "type", "default", "meaning"),
        [
            (f"`{row.name}`", row.type, _toml(row.default), prose(row.meaning))
            for row in setting_rows(technique.settings)
        ],
    )


def _toml(default: str) -> str:
    """A default as TOML writes it."""
    return {"True": "true", "False": "false"}.get(default, default)


def _words(part: str, section: str) -> str:
    words = vocabulary().get(part, {}).get(section, {})
    rows = [(f"`{key}`", w.get("unit") or "", w["label"], w["meaning"]) for key, w in words.items()]
    return table(("name", "unit", "label", "meaning"), rows)


def _raw_columns(kind: str) -> str:
    columns = vocabulary()["column"].get(kind, {})
    return table((f"column ({kind})", "meaning"), [(f"`{name}`", _meaning(word)) for name, word in columns.items()])


def _meaning(word: object) -> str:
    return str(word.get("meaning", "")) if isinstance(word, Mapping) else str(word)


def _shows(name: str, technique: Technique) -> str:
    rows = []
    for kind, shows in (("figure", technique.figures), ("table", technique.tables)):
        for show, function in shows.items():
            seen = pictures.gallery_link(name, show) if kind == "figure" else ""
            rows.append((kind, f"`{show}`", first(inspect.getdoc(function)), seen))
    return table(("", "show", "what it is", ""), rows)


def _notes(name: str) -> Iterator[str]:
    codes = vocabulary()["note"].get(name, {})
    if codes:
        yield "## Notes"
        yield "What may stay with its numbers, see [notes](../notes.md)."
        yield table(("code", "meaning"), [(f"`{code}`", text) for code, text in codes.items()])


def _explained(links: Mapping[str, Any]) -> Iterator[str]:
    places = links.get("formulas", ())
    if places:
        yield "## Formulas, limits, sources"
        yield from (_section(*place.split("#", 1)) for place in places)


def _validation(links: Mapping[str, Any]) -> Iterator[str]:
    heads = links.get("validation", ())
    yield "## How far it was tested"
    if heads:
        yield COVERAGE
        yield from (_section("uncertainty", head) for head in heads)
    yield str(links.get("tested", ""))
    yield TESTS


def _section(name: str, head: str) -> str:
    """A section of a page of explanation, included when the site is built; its links lead where they did."""
    text = (DOCS / "explanation" / f"{name}.md").read_text(encoding="utf-8")
    begin = f"## {head}\n" if head else text.split("\n", 1)[0] + "\n"
    if begin not in text:
        raise ValueError(f"docs/explanation/{name}.md has no section {head!r}: correct docs/_make/links.toml")
    later = re.search(r"^## .*$", text.split(begin, 1)[1], re.MULTILINE)
    lines = [f"```{{include}} ../../explanation/{name}.md", f":start-after: {_quoted(begin.strip())}"]
    lines += [f":end-before: {_quoted(later[0])}"] if later else []
    return "\n".join([*lines, ":relative-docs: ..", "```"])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
