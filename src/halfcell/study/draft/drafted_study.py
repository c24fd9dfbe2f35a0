"""A drafted study as data: the groups of raw files, the files left over, and what a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from halfcell.study.draft.consecutive_files import TimeSpan
from halfcell.study.draft.stated_facts import CellFacts

_NOTES_AND_PICTURES = {
    ".txt",
    ".md",
    ".rtf",
    ".doc",
    ".docx",
    ".odt",
    ".pdf",
    ".ppt",
    ".pptx",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".log",
}
UNKNOWN_FORMAT = "no reader recognises"  # how the reason of a file of no known format begins
COPY = "a copy:"  # how the reason of a copied file begins


class Claim(NamedTuple):
    """A kind of measurement in a file that looks like the measurement of a technique of another name, and why."""

    kind: str
    technique: str
    why: str


class LeftFile(NamedTuple):
    """A raw file that is in no group, and why."""

    path: str
    why: str


class Doubt(NamedTuple):
    """A file or a pattern that a person should look at, and why."""

    path: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RecognisedFile:
    """What a raw file contains: the kinds of its measurements, and the reader that recognised it.

    `span` is the time of the first and the last record by the instrument's clock, where it is known.
    """

    path: str
    kinds: tuple[str, ...]
    reader: str
    claims: tuple[Claim, ...] = ()
    span: TimeSpan | None = None
    sha256: str = ""
    title: str = ""
    facts: CellFacts = field(default_factory=CellFacts)


@dataclass(frozen=True, kw_only=True)
class FileGroup:
    """Files of one technique that one pattern matches; `names` are their subjects, in order, each once."""

    technique: str
    subject: str
    pattern: str
    names: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReferenceFile:
    """A file that a setting of a technique takes (a standard, a wafer, a blank), as its name tells."""

    technique: str
    setting: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A drafted study: groups of files, files in no group, reference files, doubts, and the files written.

    `facts` are what the cycling files tell of their cells, by the names of the cells.
    """

    groups: tuple[FileGroup, ...]
    left: tuple[LeftFile, ...]
    references: tuple[ReferenceFile, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    written: tuple[str, ...] = ()
    facts: Mapping[str, CellFacts] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether all files in no group are copies, notes or pictures."""
        return all(_is_harmless(file) for file in self.left)


def _is_harmless(file: LeftFile) -> bool:
    is_unknown = file.why.startswith(UNKNOWN_FORMAT)
    is_note = is_unknown and PurePosixPath(file.path).suffix.lower() in _NOTES_AND_PICTURES
    return is_note or file.why.startswith(COPY)
