"""The page of file formats: by kind of measurement, with what each reader was tested with."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from _make.markdown import MADE, page, prose, table
from halfcell.core.plugins import load, plugins

DOCS = Path(__file__).resolve().parents[1]
DIALECTS = DOCS.parent / "src" / "halfcell" / "readers" / "common" / "dialects"
KINDS = {  # folder of the readers -> heading
    "cycling": "Battery cyclers and potentiostats",
    "impedance": "Impedance, potentiostats",
    "diffraction": "Powder diffraction",
    "spectra": "Raman, X-ray absorption",
    "sorption": "Gas sorption",
    "thermal": "Thermogravimetry",
    "indentation": "Indentation",
    "sizes": "Particle size",
    "images": "Microscopes, X-ray spectra and maps",
}
INTRO = """Which reader reads a file is decided by its content, not by its name. `halfcell read FILE` says which
one, and what the file holds; where two claim it, `--reader NAME`, or `reader = "NAME"` in `study.toml`, chooses.
Any other table of numbers is read by a [column map](../how-to/write-a-study.md#study-toml). A compressed file
(`.gz`, `.bz2`, `.zip` with one file) is read as it is.

**Tested with** counts files that other laboratories have published, which the reader reads in each run of the tests
and whose numbers were compared with those of another program or of the file itself where that was possible. "From
its description" means that there was no such file: the format was read from its description, and the tests use
files that halfcell wrote. Such a reader may meet a surprise; please [report it](../contributing.md) with a file.
[Damaged files](../damaged-files.md) says what happens to cut and altered ones."""


def formats() -> str:
    """The page."""
    parts = [MADE, "# File formats", INTRO, _dialects()]
    for folder, head in KINDS.items():
        parts += [f"## {head}", table(("format", "suffixes", "tested with", "reader"), _rows(folder))]
    others = [name for name in plugins("readers") if _folder(name) not in KINDS]
    if others:
        rows = [_row(name) for name in others]
        parts += ["## Others", table(("format", "suffixes", "tested with", "reader"), rows)]
    parts += ["## What the readers do", *_details()]
    return page(parts)


@cache
def tested() -> Mapping[str, int]:
    """Reader, or reader and dialect -> real files."""
    counted: dict[str, int] = tomllib.loads((DOCS / "_make" / "tested_files.toml").read_text(encoding="utf-8"))
    return counted


def how(name: str) -> str:
    """What a reader was tested with, in words."""
    if name in {"cell_card", "halfcell_table"}:
        return "files that halfcell writes"
    if name == "refused_by_name":
        return ""
    count = tested().get(name, 0)
    return f"{count} real file{'s' if count > 1 else ''}" if count else "from its description"


def _folder(name: str) -> str:
    return load("readers", name).__name__.split(".")[-2]


def _rows(folder: str) -> Iterator[tuple[str, str, str, str]]:
    return (_row(name) for name in plugins("readers") if _folder(name) == folder)


def _row(name: str) -> tuple[str, str, str, str]:
    reader = load("readers", name)
    suffixes = ", ".join(f"`{one}`" for one in reader.SUFFIXES) or "any"
    what = prose((inspect.getdoc(reader) or "").split("\n\n")[0])
    written = "" if not hasattr(reader, "write") or "also written here" in what else " halfcell also writes it."
    return what + written, suffixes, how(name), f"`{name}`"


def _dialects() -> str:
    rows = []
    for path in sorted(DIALECTS.glob("*.toml")):
        dialect = tomllib.loads(path.read_text(encoding="utf-8"))
        if "refuse" in dialect:
            continue
        count = tested().get(f"text_dialect.{path.stem}", 0)
        rows.append(
            (dialect["summary"], f"{count} real file{'s' if count > 1 else ''}" if count else "from its description")
        )
    said = (
        "Texts of cyclers come in many layouts. `text_dialect` recognises these, with decimal point or comma, in "
        "English, Chinese, German, French, Japanese or Korean where the software writes them:"
    )
    return "\n\n".join(["## Texts of cyclers", said, table(("text", "tested with"), rows)])


def _details() -> Iterator[str]:
    for name in plugins("readers"):
        text = prose(inspect.getdoc(load("readers", name)) or "")
        if "\n\n" in text:
            yield f"### {name}\n\n{text}"
