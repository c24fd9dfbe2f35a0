"""Groups of raw files that one pattern matches, by technique, folder and suffix."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from halfcell.core.sample import Cell
from halfcell.study.draft.drafted_study import FileGroup, LeftFile, RecognisedFile
from halfcell.study.files.unit_heads import slug
from halfcell.techniques.choose import reading
from halfcell.techniques.load import load_technique

_FORMATS = {
    ".bdf",
    ".neware",
    ".arbin",
    ".landt",
    ".maccor",
    ".biologic",
    ".gamry",
}  # words before a suffix that name a format
_SAME_NAME = "the same name as"


def group_files(files: Iterable[RecognisedFile]) -> tuple[tuple[FileGroup, ...], list[LeftFile]]:
    """Group files by technique, folder and suffix; of files with one name and technique only the first is grouped.

    Returns
    -------
    tuple of FileGroup, list of LeftFile
        The groups, and the files that are in none.
    """
    groups: dict[tuple[str, str], FileGroup] = {}
    names: dict[tuple[str, str], str] = {}
    left: list[LeftFile] = []
    for file in files:
        for kind in file.kinds:
            claimed = tuple(claim.technique for claim in file.claims if claim.kind == kind)
            fitting = claimed or techniques_for(kind)
            if not fitting:
                also = "also " if len(file.kinds) > 1 else ""
                what = f"it {also}contains {kind} data (read as {file.reader}), which no technique analyses"
                left.append(LeftFile(file.path, what))
                continue
            why = _put(file.path, fitting[0], groups, names)
            if why:
                left.append(LeftFile(file.path, why))
    patterns = {group.pattern for group in groups.values()}
    return tuple(groups.values()), [LeftFile(path, why + _matched_anyway(path, why, patterns)) for path, why in left]


def _matched_anyway(path: str, why: str, patterns: set[str]) -> str:
    """What to add for a file whose name is taken and that a pattern of other files matches nevertheless."""
    pure, suffix = PurePosixPath(path), full_suffix(path)
    for subject in ("cell", "sample"):
        pattern = str(pure.with_name("{" + subject + "}" + suffix))
        if why.startswith(_SAME_NAME) and pattern in patterns:
            return f"; until then the pattern {pattern} matches it as another file of the same {subject}"
    return ""


def _put(path: str, name: str, groups: dict[tuple[str, str], FileGroup], names: dict[tuple[str, str], str]) -> str:
    """Add a file to its group; returns why it cannot be added, or nothing."""
    pure, suffix = PurePosixPath(path), full_suffix(path)
    subject = subject_kind_of(name)
    stem = pure.name.removesuffix(suffix) if suffix else pure.name
    if not slug(stem):
        return "its file name contains no name for a sample or a cell"
    other = names.setdefault((name, slug(stem)), path)
    if other != path:
        return f"{_SAME_NAME} {other}: an export of the same run? if not, rename it and add its pattern"
    pattern = str(pure.with_name("{" + subject + "}" + suffix))
    spelled = names.setdefault((subject + "s", slug(stem)), stem)
    group = groups.get((name, pattern))
    if group is None:
        group = FileGroup(technique=name, subject=subject, pattern=pattern, names=(), paths=())
    groups[name, pattern] = replace(group, names=(*group.names, spelled), paths=(*group.paths, path))
    return ""


def techniques_for(kind: str) -> tuple[str, ...]:
    """The techniques that read a kind of measurement, the one of its own name first."""
    return tuple(sorted(reading(kind), key=lambda name: name != kind))


def subject_kind_of(name: str) -> str:
    """Whether a technique's files belong to a ``cell`` (its settings take values of cells) or a ``sample``."""
    of_cell = {item.name for item in dataclasses.fields(Cell)} - {"name", "sample", "label", "meta"}
    return "cell" if of_cell & {item.name for item in dataclasses.fields(load_technique(name).settings)} else "sample"


def full_suffix(path: str) -> str:
    """The suffix of a file with that of its compression and a word for its format: ``.res.gz``, ``.bdf.csv``."""
    suffixes = PurePosixPath(path).suffixes
    count = 1 + (len(suffixes) > 1 and suffixes[-1].lower() in {".gz", ".bz2", ".zip"})
    count += len(suffixes) > count and suffixes[-count - 1].lower() in _FORMATS
    return "".join(suffixes[-count:])
