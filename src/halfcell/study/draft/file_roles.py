"""Roles of raw files by their names: copies, standards and blanks, states of one subject after some cycles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from halfcell.study.draft.drafted_study import COPY, Doubt, FileGroup, LeftFile, RecognisedFile, ReferenceFile
from halfcell.techniques.load import load_technique

_COPY = re.compile(r"(?<![a-z])(?:copy|kopie|copie|copia)(?![a-z])|\(\d+\)$", re.IGNORECASE)
_REFERENCES: Mapping[str, re.Pattern[str]] = {  # the setting that takes a file -> what such a file is called
    "instrument": re.compile(r"(?<![a-z])(?:lab6|srm[ _-]?6[46]0[a-z]?|nist|standard|std)(?![a-z])", re.IGNORECASE),
    "wafer": re.compile(r"wafer|(?<![a-z])c[ _-]?si(?![a-z])", re.IGNORECASE),
    "blank": re.compile(r"(?<![a-z])(?:blank|baseline|empty|leer)", re.IGNORECASE),
}
_STANDARD = re.compile(r"(?<![a-z])(?:lab6|srm[ _-]?6[46]0)", re.IGNORECASE)
_WORD = r"(?:cycles?|cyc|cy|zyklus|zyklen|loops?)"
_CYCLES = (
    re.compile(rf"(?P<before>.*?)(?P<open>(?<![a-z]){_WORD}[-_ .]?)(?P<number>\d+)(?P<close>(?!\d).*)", re.IGNORECASE),
    re.compile(
        rf"(?P<before>.*?)(?P<open>)(?<!\d)(?P<number>\d+)(?P<close>(?:st|nd|rd|th)?[-_ .]?{_WORD}(?![a-z]).*)",
        re.IGNORECASE,
    ),
)
_TECHNIQUE = re.compile(r"[-_ .]*(?:[pg]?eis|impedance|gcpl|cv|xrd|raman|xas|exafs|iv|ocv|tga)?[-_ .]*$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<before>.*\w[-_ .](?:[pg]?eis|impedance|raman|xrd))[-_ .]?(?P<number>\d+)", re.IGNORECASE)


def without_copies(
    files: Sequence[RecognisedFile],
) -> tuple[list[RecognisedFile], list[LeftFile], list[Doubt]]:
    """The files without those that are named as copies and are identical to another.

    Returns
    -------
    list of RecognisedFile, list of LeftFile, list of Doubt
        The files, the copies, and a doubt about each identical file of another name.
    """
    first: dict[str, RecognisedFile] = {}
    copies: list[LeftFile] = []
    doubts: list[Doubt] = []
    for file in sorted(files, key=lambda file: (bool(_COPY.search(_stem(file.path))), len(file.path))):
        other = first.setdefault(file.sha256 or file.path, file)
        if other is file:
            continue
        if _COPY.search(_stem(file.path)):
            copies.append(LeftFile(file.path, f"{COPY} identical to {other.path}"))
        else:
            doubts.append(Doubt(file.path, f"identical to {other.path}"))
    dropped = {path for path, _ in copies}
    return [file for file in files if file.path not in dropped], copies, doubts


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def references(
    groups: Sequence[FileGroup], titles: Mapping[str, str]
) -> tuple[tuple[FileGroup, ...], tuple[ReferenceFile, ...]]:
    """The groups without the files that a setting takes, and these; every technique keeps at least one subject.

    `titles` are the titles inside the files, by path: a standard is recognised by its title, too.
    """
    found = [
        ReferenceFile(technique=group.technique, setting=setting, path=path)
        for group in groups
        for setting, called in _REFERENCES.items()
        if setting in load_technique(group.technique).references
        for path in group.paths
        if called.search(_stem(path)) or (setting == "instrument" and _STANDARD.search(titles.get(path, "")))
    ]
    for name in {reference.technique for reference in found}:
        every = {path for group in groups if group.technique == name for path in group.paths}
        if every == {reference.path for reference in found if reference.technique == name}:
            found = [reference for reference in found if reference.technique != name]
    taken = {(reference.technique, reference.path) for reference in found}
    return tuple(_without(groups, taken)), tuple(found)


def _without(groups: Iterable[FileGroup], taken: set[tuple[str, str]]) -> Iterator[FileGroup]:
    for group in groups:
        pairs = zip(group.names, group.paths, strict=True)
        left = [(name, path) for name, path in pairs if (group.technique, path) not in taken]
        if left:
            yield replace(group, names=tuple(name for name, _ in left), paths=tuple(path for _, path in left))


def with_cycles(groups: Iterable[FileGroup]) -> Iterator[FileGroup]:
    """The groups; names that differ only in a cycle number become states of one subject: ``{cell}_EIS_cyc{cycle}``.

    Such a group has each name once, however many files there are.
    """
    for group in groups:
        series = _series(group)
        taken = {path for members in series.values() for _, _, path in members}
        yield from _without([group], {(group.technique, path) for path in taken})
        by_pattern: dict[str, list[tuple[str, str]]] = {}
        for (subject, written), members in series.items():
            by_pattern.setdefault(written, []).extend((subject, path) for _, _, path in members)
        for written, pairs in by_pattern.items():
            names, paths = dict.fromkeys(name for name, _ in pairs), tuple(path for _, path in pairs)
            pattern = group.pattern.replace("{" + group.subject + "}", written)
            yield replace(group, pattern=pattern, names=tuple(names), paths=paths)


_Key = tuple[str, str]  # the subject, and what replaces the whole name in the pattern


def _series(group: FileGroup) -> dict[_Key, list[tuple[int, str, str]]]:
    """Number, name and path of names that differ only in a cycle number, with two numbers or more."""
    found: dict[_Key, list[tuple[int, str, str]]] = {}
    for name, path in zip(group.names, group.paths, strict=True):
        match = next((match for shape in _CYCLES if (match := shape.fullmatch(name))), None)
        subject = _TECHNIQUE.sub("", match["before"]) if match else ""
        if match and subject:
            between = match["before"][len(subject) :]
            written = f"{{{group.subject}}}{between}{match['open']}{{cycle}}{match['close']}"
            found.setdefault((subject, written), []).append((int(match["number"]), name, path))
    return {key: members for key, members in found.items() if len({number for number, *_ in members}) > 1}


def numbered(group: FileGroup) -> Iterator[Doubt]:
    """Questions about names that differ only in a number after a technique's name: perhaps states of one subject."""
    found: dict[str, list[str]] = {}
    for name in group.names:
        match = _NUMBERED.fullmatch(name)
        if match:
            found.setdefault(match["before"], []).append(name)
    for before, names in found.items():
        if len(names) > 1:
            subject = _TECHNIQUE.sub("", before)
            joint = names[0][len(subject) :].rstrip("0123456789")
            wanted = group.pattern.replace("{" + group.subject + "}", f"{{{group.subject}}}{joint}{{cycle}}")
            what = f"{', '.join(names)} differ only in a number: states of one {group.subject}?"
            yield Doubt(group.pattern, f"{what} then name it {subject} and write {wanted}")
