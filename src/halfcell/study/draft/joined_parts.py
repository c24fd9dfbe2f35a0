"""Parts of one test: files that one program wrote one after another get one cell and a pattern of their own.

Names alone do not tell: two cells that were measured one after another on one channel may be called alike. Files are
joined only where names, times, voltages and stated masses agree, and the draft says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from halfcell.study.draft.consecutive_files import follow
from halfcell.study.draft.drafted_study import Doubt, FileGroup, RecognisedFile
from halfcell.techniques.load import load_technique

CYCLING_STEP = r"(?:OCV|GCPL\d?|MB|CP|CA|CC|CV|CCCV|BCD|CLD|CPW|PCGA|GITT|PITT|LOOP|WAIT|TO|TC)"
_SEQUENCE = re.compile(  # EC-Lab: cell_03_GCPL_C07
    rf"(?P<cell>.*\w)(?P<open>[-_ ])(?P<number>\d{{2}})(?P<close>[-_ ]{CYCLING_STEP})"
    r"(?P<channel>[-_ ]C[A-Z]?\d{1,3})?"
)
_WORD = r"(?:cc|cccv|gcd|gcpl|cycling|part|pt|teil|continued|cont|resumed|resume|restart)"
_PART = re.compile(rf"(?P<cell>.*?\w)(?P<open>[-_ .]+{_WORD}[-_ .]?)(?P<number>\d+)", re.IGNORECASE)
_RELAXATION_VOLT = 0.5  # V; a cell that rests moves by less, another one that was just built begins elsewhere


@dataclass(frozen=True)
class _Part:
    """A file whose name has a cell, a number and nothing else that is its own."""

    cell: str
    number: int
    written: str
    channel: str  # of the instrument, where its program numbered the file; a person may have numbered the others
    name: str
    path: str
    is_step: bool = False  # of a sequence, as its name says


@dataclass(frozen=True, kw_only=True)
class JoinedParts:
    """Groups in which the files of one test have one name, the files of each such cell, and what was joined."""

    groups: tuple[FileGroup, ...]
    members: Mapping[str, tuple[str, ...]]
    remarks: tuple[Doubt, ...]


def with_parts(
    groups: Iterable[FileGroup], files: Mapping[str, RecognisedFile], sequences: Collection[str] = ()
) -> JoinedParts:
    """Join the parts of one test, where everything that is known of them agrees.

    Parameters
    ----------
    groups
        The groups of files.
    files
        What each file contains, by path.
    sequences
        Cells that other steps of their sequence are named after: a single part of theirs has this name, too.

    Returns
    -------
    JoinedParts
        A joined cell has its name once, a pattern such as ``{cell}_cc_*.res``, and a remark that says why.
    """
    made: list[FileGroup] = []
    members: dict[str, tuple[str, ...]] = {}
    remarks: list[Doubt] = []
    for group in groups:
        tests = _tests(group, files, sequences)
        taken = {part.path for parts in tests.values() for part in parts}
        made += _rest(group, taken)
        for cell, parts in tests.items():
            members[cell] = tuple(part.path for part in parts)
            if len(parts) > 1:
                remarks.append(Doubt(group.pattern, _remark(cell, parts, group)))
        made += _groups(group, tests.values())
        remarks += [Doubt(group.pattern, text) for text in _left_apart(group, tests)]
    return JoinedParts(groups=tuple(made), members=members, remarks=tuple(remarks))


def _tests(group: FileGroup, files: Mapping[str, RecognisedFile], sequences: Collection[str]) -> dict[str, list[_Part]]:
    """The parts of each cell; a cell with one file is among them if others are named as it is."""
    if load_technique(group.technique).join is None or len(group.names) != len(group.paths):
        return {}
    series: dict[str, list[_Part]] = {}
    for name, path in zip(group.names, group.paths, strict=True):
        part = _part(name, path, group.subject)
        if part is not None and part.cell not in group.names:
            series.setdefault(part.cell, []).append(part)
    ordered = {cell: sorted(parts, key=lambda part: part.number) for cell, parts in series.items()}
    joined = {cell: parts for cell, parts in ordered.items() if _is_one_test(parts, files, cell in sequences)}
    written = {part.written for parts in joined.values() for part in parts}
    alone = {
        cell: parts
        for cell, parts in ordered.items()
        if len(parts) == 1 and (parts[0].written in written or cell in sequences)
    }
    return {cell: parts for cell, parts in ordered.items() if cell in joined or cell in alone}


def _left_apart(group: FileGroup, tests: Mapping[str, Sequence[_Part]]) -> Iterator[str]:
    """What to say of steps of one sequence that are not joined: each becomes a cell of its own."""
    parts = [_part(name, path, group.subject) for name, path in zip(group.names, group.paths, strict=False)]
    steps: dict[str, list[str]] = {}
    for part in parts:
        if part is not None and part.is_step and part.cell not in tests:
            steps.setdefault(part.cell, []).append(part.name)
    for cell, names in steps.items():
        if len(names) > 1 and load_technique(group.technique).join is not None:
            yield (
                f"{', '.join(names)}: steps of a sequence on {cell}, which do not follow one another in time (a loop, "
                "or no clock in the files): each is a cell of its own; export the whole test as one file to join them"
            )


def _part(name: str, path: str, subject: str) -> _Part | None:
    match = _SEQUENCE.fullmatch(name) or _PART.fullmatch(name)
    if match is None:
        return None
    words = match.groupdict()
    channel = words.get("channel")
    written = f"{{{subject}}}{words['open']}*{words.get('close') or ''}{channel[:2] + '*' if channel else ''}"
    return _Part(words["cell"], int(words["number"]), written, channel or "", name, path, "close" in words)


def _is_one_test(parts: Sequence[_Part], files: Mapping[str, RecognisedFile], has_other_steps: bool) -> bool:
    """Whether the files follow one another, no two masses are stated, and the voltage goes on from file to file.

    The voltage is not asked about where the program of the instrument numbered the steps: they name one channel, other
    steps of the sequence are there, or the steps are of several techniques.
    """
    found = [files[part.path] for part in parts]
    spans = [file.span for file in found if file.span]
    voltages = [file.facts.voltages for file in found if file.facts.voltages]
    masses = {mass for file in found for mass in file.facts.masses}
    numbers = {part.number for part in parts}
    known = len(spans) == len(voltages) == len(numbers) == len(parts) > 1
    goes_on = all(abs(later.first - earlier.last) <= _RELAXATION_VOLT for earlier, later in pairwise(voltages))
    one_channel = all(part.channel for part in parts) and len({part.channel for part in parts}) == 1
    several = len({part.written for part in parts if part.is_step}) > 1
    numbered_by_program = len({part.channel for part in parts}) == 1 and (one_channel or has_other_steps or several)
    return known and follow(spans) and (goes_on or numbered_by_program) and len(masses) <= 1


def _rest(group: FileGroup, taken: set[str]) -> list[FileGroup]:
    pairs = [(name, path) for name, path in zip(group.names, group.paths, strict=False) if path not in taken]
    if not taken:
        return [group]
    return [replace(group, names=tuple(n for n, _ in pairs), paths=tuple(p for _, p in pairs))] if pairs else []


def _groups(group: FileGroup, tests: Iterable[Sequence[_Part]]) -> list[FileGroup]:
    """A group for each pattern that the parts need."""
    by_pattern: dict[str, list[_Part]] = {}
    for parts in tests:
        for part in parts:
            by_pattern.setdefault(part.written, []).append(part)
    return [
        replace(
            group,
            pattern=group.pattern.replace("{" + group.subject + "}", written),
            names=tuple(dict.fromkeys(part.cell for part in parts)),
            paths=tuple(part.path for part in parts),
        )
        for written, parts in by_pattern.items()
    ]


def _remark(cell: str, parts: Sequence[_Part], group: FileGroup) -> str:
    """What was joined, why, and how to undo it."""
    goes_on = "" if parts[0].channel or parts[0].is_step else " and the voltage goes on"
    return (
        f"{cell}: {parts[0].name} to {parts[-1].name} are read as one test ({len(parts)} files): their numbers and "
        f"times follow one another{goes_on}. Tests of several cells? then name each in the table and write "
        f"{group.pattern}"
    )
