"""The files of a crate as entities: what each is, its media type and, for a raw file, its format and its subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from halfcell.core import markup
from halfcell.core.media_types import media_type
from halfcell.core.plugins import plugins
from halfcell.report.crate.entities import Entity, anchor, path_id, reference, references

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.report.crate.copies import Copied
    from halfcell.study.items.deposit import Deposit

_HEAD: Final = 4096  # bytes that tell whether a file is text
_FIXED: Final = {
    "study.lock": "What was computed from what: the analyses with their settings, files, readers and versions.",
    "out/numbers.csv": "Every number of the figures and tables, with its result, settings and files.",
    "out/settings.json": "The settings of the analyses that numbers.csv refers to.",
    "out/datapackage.json": "The columns of numbers.csv (Frictionless Data Package).",
    "out/cells.battinfo.jsonld": "The cells in the terms of BattINFO.",
    "out/review.html": "The review document: every figure and table with every note and origin.",
    "out/si.docx": "The supplementary information (Word).",
    "out/si.pdf": "The supplementary information (PDF).",
    "out/si.tex": "The supplementary information (LaTeX).",
    "out/si.xlsx": "The numbers of the supplementary information (spreadsheet).",
    ".zenodo.json": "Metadata for a deposit in Zenodo.",
    "CITATION.cff": "How to cite this study (Citation File Format).",
    "environment.json": "What the study was computed with: Python, packages, platform.",
    "requirements.txt": "The same versions for pip.",
    "README.md": "What is where, and how to run the study again.",
}


def file_entities(deposit: Deposit, document: Document, crate: Path, copies: Sequence[Copied]) -> Iterator[Entity]:
    """Each file of a crate, and the formats of the raw files."""
    described = {**_of_study(deposit), **_of_items(document, crate), **_FIXED}
    readers, subjects = _readers(deposit), _subjects(deposit)
    for one in copies:
        with (crate / one.path).open("rb") as file:
            kind = media_type(one.path, file.read(_HEAD))
        reader = readers.get(one.path, "")
        entity: Entity = {
            "@id": path_id(one.path),
            "@type": "File",
            "name": Path(one.path).name,
            "description": described.get(one.path, "") or _raw_words(reader, subjects.get(one.path, ())),
            "encodingFormat": [kind, reference(_format_id(reader))] if reader else kind,
            "contentSize": str(one.size),
            "sha256": one.sha256,
        }
        about = references(f"#{subject}" for subject in subjects.get(one.path, ()))
        yield {**entity, "about": about} if about else entity
    yield from (_format(name) for name in sorted(set(readers.values())))


def _format_id(reader: str) -> str:
    return f"#format-{anchor(reader)}"


def _format(reader: str) -> Entity:
    """The format that a reader reads."""
    plugin = plugins("readers").get(reader)
    words = plugin.summary if plugin else f"As read by {reader}."
    kind, name = ["WebSite", "WebPage"], reader.replace("_", " ")
    return {"@id": _format_id(reader), "@type": kind, "name": name, "description": words}


def _raw_words(reader: str, subjects: Sequence[str]) -> str:
    """What a raw file is."""
    plugin = plugins("readers").get(reader)
    form = f" ({plugin.summary.rstrip('.')})" if plugin else ""
    names = ", ".join(unquote(one.split("-", 1)[1]) for one in subjects)
    return f"Raw file of {names}{form}." if names else f"Raw file{form}."


def _readers(deposit: Deposit) -> dict[str, str]:
    """Path in the crate -> name of the reader."""
    steps = [step for item in deposit.items for step in item.steps]
    files = [file for step in steps for file in (*step.files, *step.references.values())]
    return {file.path: file.reader.split(" ")[0] for file in files if file.reader}


def _subjects(deposit: Deposit) -> dict[str, tuple[str, ...]]:
    """Path in the crate -> the subjects whose raw file it is, as ``cell-A1``."""
    known = deposit.plan.files.subjects
    found: dict[str, dict[str, None]] = {}
    for item in deposit.items:
        for step in item.steps:
            kind = "cell" if step.subject in known.cells else "sample" if step.subject in known.samples else ""
            for file in step.files if kind else ():
                found.setdefault(file.path, {})[f"{kind}-{anchor(step.subject)}"] = None
    return {path: tuple(names) for path, names in found.items()}


def _of_study(deposit: Deposit) -> Mapping[str, str]:
    """The study's own files."""
    words = dict.fromkeys(deposit.inputs, "A file of the author that the study shows or cites.")
    words[deposit.plan.files.lines.name] = "The study: its raw files, figures and tables."
    for name in ("samples", "cells"):
        words |= dict.fromkeys((f"{name}.csv", f"{name}.xlsx"), f"The {name} of the study with their facts.")
    return words | {"truth.csv": "The true values of the simulated raw files."}


def _of_items(document: Document, crate: Path) -> dict[str, str]:
    """The files of figures and tables."""
    return {
        Path(path).relative_to(crate).as_posix(): f"{item.name} as {kind}. {markup.plain(item.caption)}".strip()
        for item in document.items
        for kind, path in item.files.items()
    }
