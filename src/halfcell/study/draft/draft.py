"""Draft a study from a folder of raw files: format and technique recognised, patterns written, nothing guessed."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.plugins import described, report_once
from halfcell.core.sample import Cell
from halfcell.core.unexpected import Unexpected, guarded
from halfcell.readers import read_all
from halfcell.study.draft.consecutive_files import Span, clock_span, followers, question
from halfcell.study.draft.roles import Reference, numbered, references, with_cycles, without_copies
from halfcell.study.draft.texts import texts
from halfcell.study.execute.scheduler import Attempt, Crew, Job
from halfcell.study.files.patterns import NOT_TEXT, folder_files, nameable, natural, printable
from halfcell.study.files.unit_heads import slug
from halfcell.techniques import technique
from halfcell.techniques.choose import reading

_FORMATS = {".bdf"}  # words before a suffix that are no part of a name
_NOTES = {
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
_SAME_NAME = "the same name as"
WRITTEN = ("study.toml", "samples.csv", "cells.csv")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a raw file turned out to be: the kinds of its measurements, the reader that claimed it.

    `claims` are (kind, technique, why): a technique of another name that the measurements look like. `span` is the
    time of the first and the last record by the instrument's clock, where it is known.
    """

    path: str
    kinds: tuple[str, ...]
    reader: str
    claims: tuple[tuple[str, str, str], ...] = ()
    span: Span | None = None
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Files of one technique that one pattern finds; `names` are their subjects, in order, each once."""

    technique: str
    subject: str
    pattern: str
    names: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was drafted: the groups of files, the files that could not be placed and why, doubts, what was written.

    `references` are files that a setting takes (a standard, a wafer, a blank): they are no subject.
    """

    groups: tuple[Group, ...]
    left: tuple[tuple[str, str], ...]
    references: tuple[Reference, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    written: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether what is left are copies and files that no reader knows and whose suffix tells notes or pictures."""
        return all(_is_beside(path, why) for path, why in self.left)


def _is_beside(path: str, why: str) -> bool:
    unknown = why.startswith("no reader recognises") and PurePosixPath(path).suffix.lower() in _NOTES
    return unknown or why.startswith("a copy:")


def draft(folder: Path, raw: Path, *, copy: bool = False, tell: Callable[[int, int], None] | None = None) -> Draft:
    """Look at every file below `raw` and write study.toml, samples.csv and cells.csv into `folder`.

    Kinds and masses are left empty: a person fills them in. `copy` copies the raw files below ``folder/raw``.

    Raises
    ------
    InputError
        If `raw` is no folder, or `folder` holds a study already.
    """
    if not raw.is_dir():
        raise InputError("no such folder", str(raw), "name the folder of raw files with --from")
    there = [name for name in WRITTEN if (folder / name).exists()]
    if there:
        raise InputError(f"the folder holds {there[0]} already", str(folder), "name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    if copy and raw.resolve() != (folder / "raw").resolve():
        shutil.copytree(raw, folder / "raw", dirs_exist_ok=True)
        raw = folder / "raw"
    base = PurePosixPath(os.path.relpath(raw, folder).replace(os.sep, "/"))
    paths = [path for path, _ in folder_files(raw, ".")]
    seen, left = _look_at(folder, raw, [*filter(nameable, paths)], tell)
    left += [(printable(path), NOT_TEXT) for path in paths if not nameable(path)]
    seen = [replace(item, path=str(base / item.path)) for item in seen]
    seen, copies, alike = without_copies(seen)
    groups, more = _grouped(seen)
    groups, taken = references(groups, {item.path: item.title for item in seen})
    groups = tuple(with_cycles(groups))
    left = [(str(base / path), why) for path, why in left] + more + copies
    doubts = alike + [
        (item.path, f"taken as {name}, not as {kind}: {why}") for item in seen for kind, name, why in item.claims
    ]
    doubts += _series(groups, {item.path: item.span for item in seen})
    left.sort(key=lambda item: natural(item[0]))
    made = Draft(groups=groups, left=tuple(left), references=taken, doubts=tuple(doubts))
    for name, text in texts(folder.resolve().name, made).items():
        (folder / name).write_text(text, encoding="utf-8")
    return replace(made, written=WRITTEN)


def _series(groups: Iterable[Group], spans: Mapping[str, Span | None]) -> list[tuple[str, str]]:
    """Files that follow one another in number and time, of a technique that joins several; states of one subject."""
    single = [group for group in groups if len(group.names) == len(group.paths)]
    tests = [
        (group.pattern, question(names, group.pattern))
        for group in single
        if technique(group.technique).join is not None
        for names in followers((name, spans.get(path)) for name, path in zip(group.names, group.paths, strict=True))
    ]
    return tests + [asked for group in single for asked in numbered(group)]


def look(path: str, root: Path) -> Seen:
    """Read one file and say what it holds.

    Raises
    ------
    InputError
        If no reader claims it, or it cannot be read.
    """
    measurements = read_all(root / path)
    source = measurements[0].source
    kinds = tuple(dict.fromkeys(m.technique for m in measurements))
    claims = tuple(claim for kind in kinds if (claim := _claim([m for m in measurements if m.technique == kind])))
    reader, span = source.reader if source else "", clock_span(measurements)
    title = " ".join(str(m.meta.get("title", "")) for m in measurements)
    sha256 = source.sha256 if source else ""
    return Seen(path=path, kinds=kinds, reader=reader, claims=claims, span=span, sha256=sha256, title=title)


def _claim(measurements: Sequence[Measurement]) -> tuple[str, str, str] | None:
    """Kind, technique and reason, where a technique of another name claims all measurements of a kind."""
    kind = measurements[0].technique
    for name in techniques_for(kind)[1:]:
        words = _reasons(name, measurements)
        if words and all(words):
            return kind, name, words[0]
    return None


def _reasons(name: str, measurements: Sequence[Measurement]) -> list[str]:
    """Why a technique claims measurements, one by one; nothing where it claims none, or fails and is reported."""
    asked = technique(name).claims
    if asked is None:
        return []
    words = guarded(lambda: [asked(measurement) for measurement in measurements])
    if isinstance(words, Unexpected):
        report_once("techniques", name, f"{described('techniques', name)} failed: {words}")
        return []
    return words


def _look_at(
    folder: Path, raw: Path, paths: Sequence[str], tell: Callable[[int, int], None] | None
) -> tuple[list[Seen], list[tuple[str, str]]]:
    """Look at every file in processes of their own: one that breaks its reader does not stop the others."""
    seen: list[Seen] = []
    left: list[tuple[str, str]] = []
    absolute = [str((raw / path).resolve()) for path in paths]
    back = dict(zip(absolute, paths, strict=True))
    inside = f"{folder.resolve()}{os.sep}"  # failures name what is inside the folder from there

    def after(job: Job, end: Attempt) -> tuple[Job, ...]:
        if end.failure:
            left.append((back[job.what], end.failure.replace(f"{job.what.removeprefix(inside)}: ", "")))
        else:
            seen.append(replace(end.value, path=back[job.what]))
        if tell:
            tell(len(left) + len(seen), len(paths))
        return ()

    Crew(folder.resolve()).work([Job(look, path) for path in absolute], after)
    return sorted(seen, key=lambda item: natural(item.path)), left


def techniques_for(kind: str) -> tuple[str, ...]:
    """The techniques that read a kind of measurement, the one of its own name first."""
    return tuple(sorted(reading(kind), key=lambda name: name != kind))


def subject_of(name: str) -> str:
    """Whether a technique's files are a cell's (its settings take what a cell has) or a sample's."""
    of_cell = {item.name for item in dataclasses.fields(Cell)} - {"name", "sample", "label", "meta"}
    return "cell" if of_cell & {item.name for item in dataclasses.fields(technique(name).settings)} else "sample"


def full_suffix(path: str) -> str:
    """The suffix of a file with that of a packer, and with a word that names its format: ``.res.gz``, ``.bdf.csv``."""
    suffixes = PurePosixPath(path).suffixes
    count = 1 + (len(suffixes) > 1 and suffixes[-1].lower() in {".gz", ".bz2", ".zip"})
    count += len(suffixes) > count and suffixes[-count - 1].lower() in _FORMATS
    return "".join(suffixes[-count:])


def _grouped(seen: Iterable[Seen]) -> tuple[tuple[Group, ...], list[tuple[str, str]]]:
    """Group files by technique, folder and suffix; files of one name and technique in one group only."""
    found: dict[tuple[str, str], Group] = {}
    names: dict[tuple[str, str], str] = {}
    left: list[tuple[str, str]] = []
    for item in seen:
        for kind in item.kinds:
            claimed = tuple(name for of, name, _ in item.claims if of == kind)
            fitting = claimed or techniques_for(kind)
            if not fitting:
                also = "also " if len(item.kinds) > 1 else ""
                left.append((item.path, f"it {also}holds {kind} data (read as {item.reader}); no technique takes them"))
                continue
            why = _put(item.path, fitting[0], found, names)
            if why:
                left.append((item.path, why))
    patterns = {group.pattern for group in found.values()}
    return tuple(found.values()), [(path, why + _taken(path, why, patterns)) for path, why in left]


def _taken(path: str, why: str, patterns: set[str]) -> str:
    """A word on a file of a name that is taken, where a pattern written for other files finds it all the same."""
    pure, suffix = PurePosixPath(path), full_suffix(path)
    for subject in ("cell", "sample"):
        pattern = str(pure.with_name("{" + subject + "}" + suffix))
        if why.startswith(_SAME_NAME) and pattern in patterns:
            return f"; until then the pattern {pattern} takes it, as another file of the same {subject}"
    return ""


def _put(path: str, name: str, found: dict[tuple[str, str], Group], names: dict[tuple[str, str], str]) -> str:
    """Add a file to its group; returns why it cannot be, or nothing."""
    pure, suffix = PurePosixPath(path), full_suffix(path)
    subject = subject_of(name)
    stem = pure.name.removesuffix(suffix) if suffix else pure.name
    if not slug(stem):
        return "its name gives no name for a sample or a cell"
    other = names.setdefault((name, slug(stem)), path)
    if other != path:
        return f"{_SAME_NAME} {other}: an export of the same run? if not, rename it and add its pattern"
    pattern = str(pure.with_name("{" + subject + "}" + suffix))
    spelled = names.setdefault((subject + "s", slug(stem)), stem)
    group = found.get((name, pattern))
    if group is None:
        group = Group(technique=name, subject=subject, pattern=pattern, names=(), paths=())
    found[name, pattern] = replace(group, names=(*group.names, spelled), paths=(*group.paths, path))
    return ""
