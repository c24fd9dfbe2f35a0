"""Roles of raw files that their names tell: copies, standards and blanks, states of one subject after some cycles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from halfcell.techniques import technique

if TYPE_CHECKING:
    from halfcell.study.draft.draft import Group, Seen

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


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A file that a setting of a technique takes, by its name."""

    technique: str
    setting: str
    path: str


def without_copies(seen: Sequence[Seen]) -> tuple[list[Seen], list[tuple[str, str]], list[tuple[str, str]]]:
    """The files without those that are called copies and are, byte for byte; these, and alike files of other names."""
    first: dict[str, Seen] = {}
    copies: list[tuple[str, str]] = []
    doubts: list[tuple[str, str]] = []
    for item in sorted(seen, key=lambda one: (bool(_COPY.search(_stem(one.path))), len(one.path))):
        other = first.setdefault(item.sha256 or item.path, item)
        if other is not item:
            called = bool(_COPY.search(_stem(item.path)))
            (copies if called else doubts).append((item.path, f"byte for byte the same as {other.path}"))
    dropped = {path for path, _ in copies}
    return [item for item in seen if item.path not in dropped], [(p, f"a copy: {why}") for p, why in copies], doubts


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def references(groups: Sequence[Group], titles: Mapping[str, str]) -> tuple[tuple[Group, ...], tuple[Reference, ...]]:
    """The groups without the files that a setting takes, and these; a technique always keeps one subject at least.

    `titles` are what the files say of themselves, by path: a standard is known by that, too.
    """
    found = [
        Reference(technique=group.technique, setting=setting, path=path)
        for group in groups
        for setting, called in _REFERENCES.items()
        if setting in technique(group.technique).references
        for path in group.paths
        if called.search(_stem(path)) or (setting == "instrument" and _STANDARD.search(titles.get(path, "")))
    ]
    for name in {reference.technique for reference in found}:
        every = {path for group in groups if group.technique == name for path in group.paths}
        if every == {reference.path for reference in found if reference.technique == name}:
            found = [reference for reference in found if reference.technique != name]
    taken = {(reference.technique, reference.path) for reference in found}
    return tuple(_without(groups, taken)), tuple(found)


def _without(groups: Iterable[Group], taken: set[tuple[str, str]]) -> Iterator[Group]:
    for group in groups:
        pairs = zip(group.names, group.paths, strict=True)
        left = [(name, path) for name, path in pairs if (group.technique, path) not in taken]
        if left:
            yield replace(group, names=tuple(name for name, _ in left), paths=tuple(path for _, path in left))


def with_cycles(groups: Iterable[Group]) -> Iterator[Group]:
    """The groups, names that differ only in the number of a cycle as states of one subject: ``{cell}_EIS_cyc{cycle}``.

    Such a group has each name once, however many files.
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


_Key = tuple[str, str]  # the subject, and what stands in the pattern for the whole name


def _series(group: Group) -> dict[_Key, list[tuple[int, str, str]]]:
    """Number, name and path of names that differ only in the number of a cycle, two numbers or more."""
    found: dict[_Key, list[tuple[int, str, str]]] = {}
    for name, path in zip(group.names, group.paths, strict=True):
        match = next((match for shape in _CYCLES if (match := shape.fullmatch(name))), None)
        subject = _TECHNIQUE.sub("", match["before"]) if match else ""
        if match and subject:
            between = match["before"][len(subject) :]
            written = f"{{{group.subject}}}{between}{match['open']}{{cycle}}{match['close']}"
            found.setdefault((subject, written), []).append((int(match["number"]), name, path))
    return {key: members for key, members in found.items() if len({number for number, *_ in members}) > 1}


def numbered(group: Group) -> Iterator[tuple[str, str]]:
    """Questions on names that differ only in a number behind a technique's name: states of one subject, perhaps."""
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
            yield group.pattern, f"{what} then name it {subject} and write {wanted}"
