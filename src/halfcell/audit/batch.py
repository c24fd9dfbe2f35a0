"""Many documents: each is audited by itself, and one that cannot be read does not stop the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.audit import Report, audit_file
from halfcell.core.errors import HalfcellError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.settings import Settings

SUFFIXES = {
    ".docx",
    ".pdf",
    ".html",
    ".htm",
    ".xhtml",
    ".txt",
    ".md",
    ".tex",
    ".csv",
    ".xlsx",
    ".xml",
    ".nxml",
    ".json",
}


@dataclass(frozen=True, kw_only=True)
class Audited:
    """One document of a batch: its report, or why there is none."""

    path: Path
    report: Report | None = None
    error: str = ""


def documents(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The documents that are named, and all documents in the folders that are named, in order."""
    found: list[Path] = []
    for path in paths:
        found += sorted(p for p in path.rglob("*") if _is_document(p)) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def _is_document(path: Path) -> bool:
    """Whether a file is a document; what Word keeps beside an open one (``~$si.docx``) and hidden files are not."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")) and path.is_file()


def audit_all(paths: Sequence[Path], settings: Settings) -> Iterator[Audited]:
    """Audit one document after the other."""
    for path in paths:
        try:
            yield Audited(path=path, report=audit_file(path, settings))
        except HalfcellError as error:
            yield Audited(path=path, error=str(error))
