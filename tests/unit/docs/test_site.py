"""The site: what its pages promise is there, its pictures are small, and its messages are those of the program."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from halfcell.core.plugins import load, plugins
from halfcell.techniques.load import load_technique

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
PICTURES = sorted(path for path in (DOCS / "pictures").rglob("*") if path.is_file())
UNDRAWN = {  # figures without a picture: why
    ("cycling", "internal resistance"): "the example study has no rests before its half cycles",
    ("impedance", "relaxation times"): "needs the extra drt",
    ("polarisation", "arrhenius"): "the same drawing as that of conductivity",
}


@pytest.fixture(scope="module")
def file_name() -> object:
    """How the pictures are named, from the scripts of the documentation."""
    sys.path.insert(0, str(DOCS))
    try:
        from _make.pictures import file_name as named
    finally:
        sys.path.remove(str(DOCS))
    return named


def test_every_figure_has_its_picture(file_name) -> None:
    """If this fails: ``python docs/make_pictures.py``, and name in UNDRAWN what cannot be drawn."""
    shows = {(name, show) for name in plugins("techniques") for show in load_technique(name).figures}
    drawn = {(name, show) for name, show in shows if (DOCS / "pictures" / "shows" / file_name(name, show)).is_file()}
    assert shows - drawn == set(UNDRAWN)


def test_pictures_are_small_and_shown() -> None:
    assert [path.name for path in PICTURES if path.stat().st_size > 100_000] == []
    assert sum(path.stat().st_size for path in PICTURES) < 4_000_000
    pages = "".join(path.read_text(encoding="utf-8") for path in [*DOCS.rglob("*.md"), ROOT / "README.md"])
    assert [path.name for path in PICTURES if path.name not in pages] == []


def test_messages_are_those_of_the_program() -> None:
    """The words of each message between its ``...`` stand in the source."""
    text = (DOCS / "reference" / "messages.md").read_text(encoding="utf-8")
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "halfcell").rglob("*.py"))
    messages = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    parts = {part.strip() for message in messages for part in re.split(r"\.\.\.", message) if len(part.strip()) > 3}
    assert len(messages) > 30
    assert sorted(part for part in parts if part not in source) == []


def test_the_readme_counts_the_files_that_the_readers_were_tested_with() -> None:
    """The sums per kind of measurement, and over all, are those of docs/_make/tested_files.toml."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    counted = tomllib.loads((DOCS / "_make" / "tested_files.toml").read_text(encoding="utf-8"))
    kinds: Counter[str] = Counter()
    for name in plugins("readers"):
        kinds[load("readers", name).__name__.split(".")[-2]] += counted.get(name, 0)
    printed = [int(count) for count in re.findall(r"^\| [\w, -]+ \((\d+)(?: real files)?\) \|", readme, re.MULTILINE)]
    assert sorted(printed) == sorted(count for count in kinds.values() if count)
    assert f"{sum(kinds.values())} files of other laboratories" in readme


def test_every_page_is_in_a_list_of_contents() -> None:
    for folder in ("how-to", "explanation", "reference"):
        index = (DOCS / folder / "index.md").read_text(encoding="utf-8").splitlines()
        names = {path.stem for path in (DOCS / folder).glob("*.md")} - {"index"}
        assert names <= set(index), folder


def test_nothing_is_fetched_when_the_site_is_built_or_read() -> None:
    """No script, style, font or picture of another host, and no inventory of another project."""
    settings = (DOCS / "conf.py").read_text(encoding="utf-8")
    assert "intersphinx" not in settings
    for path in [*DOCS.rglob("*.md"), *DOCS.rglob("*.css"), *(DOCS / "_ext").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"!\[[^\]]*\]\(https?:|<(?:script|link|img)[^>]+https?:|url\(['\"]?https?:", text) == [], path


def test_links_of_sections_that_other_pages_include_lead_there_too() -> None:
    """Pages of techniques include sections of these: a link to a page beside it is written ``../explanation/NAME``."""
    links = tomllib.loads((DOCS / "_make" / "links.toml").read_text(encoding="utf-8"))
    names = {"uncertainty", *(place.partition("#")[0] for one in links.values() for place in one.get("formulas", ()))}
    for name in sorted(names):
        body = (DOCS / "explanation" / f"{name}.md").read_text(encoding="utf-8").partition("\n## ")[2]
        assert re.findall(r"\]\(([\w-]+\.md)", body) == [], name
