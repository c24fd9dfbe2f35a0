"""Impedance steps of a sequence: the files that EC-Lab numbered are states of the cell that the sequence was run on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from halfcell.study.draft.drafted_study import Doubt, FileGroup
from halfcell.study.draft.joined_parts import CYCLING_STEP
from halfcell.techniques.load import load_technique

_SWEEP = r"(?:S?PEISW?|S?GEISW?|EIS|ZIR|CVA?|CVAD|LSVA?|LASV|VASP|CASP|CA|CALIMIT)"
_STEP = re.compile(  # EC-Lab: cell_03_PEIS_C07; steps that cycle may hold spectra, too
    rf"(?P<cell>.*\w)(?P<open>[-_ ])(?P<number>\d{{2}})(?P<close>[-_ ](?:{_SWEEP}|{CYCLING_STEP}))"
    r"(?P<channel>[-_ ]C[A-Z]?\d{1,3})?"
)


class NamedSteps(NamedTuple):
    """Groups in which the impedance steps of a sequence are states of one cell, what was done, and these cells."""

    groups: tuple[FileGroup, ...]
    remarks: tuple[Doubt, ...]
    cells: frozenset[str]


class _Step(NamedTuple):
    """A file of one impedance step: its cell, its name, its path, and what replaces its name in the pattern."""

    cell: str
    name: str
    path: str
    joint: str
    end: str


def with_impedance_steps(groups: Iterable[FileGroup]) -> NamedSteps:
    """The groups; an impedance file that EC-Lab numbered belongs to the cell of its sequence.

    Its name tells the channel, or other steps of the same sequence are there. Several steps of a cell become its states
    (``{cell}_{step}_PEIS_C*``), a single one is its only spectrum (``{cell}_*_PEIS_C*``).
    """
    groups = tuple(groups)
    every = [name for group in groups for name in group.names]
    made: list[FileGroup] = []
    remarks: list[Doubt] = []
    joined: set[str] = set()
    for group in groups:
        found = _steps(group, every) if _takes_states(group) else []
        taken = {step.path for step in found}
        pairs = [pair for pair in zip(group.names, group.paths, strict=False) if pair[1] not in taken]
        if not found:
            made.append(group)
            continue
        if pairs:
            made.append(replace(group, names=tuple(n for n, _ in pairs), paths=tuple(p for _, p in pairs)))
        for written, steps in _by_pattern(found, group.subject).items():
            pattern = group.pattern.replace("{" + group.subject + "}", written)
            cells = tuple(dict.fromkeys(step.cell for step in steps))
            made.append(replace(group, pattern=pattern, names=cells, paths=tuple(step.path for step in steps)))
            remarks.append(Doubt(pattern, _remark(steps, group)))
            joined |= set(cells)
    return NamedSteps(tuple(made), tuple(remarks), frozenset(joined))


def _takes_states(group: FileGroup) -> bool:
    """Whether the technique takes several files of a cell as its states, and the group still has one name per file."""
    technique = load_technique(group.technique)
    return technique.series is not None and technique.join is None and len(group.names) == len(group.paths)


def _steps(group: FileGroup, every: Iterable[str]) -> list[_Step]:
    """The files of impedance steps whose cell is known."""
    found = []
    for name, path in zip(group.names, group.paths, strict=True):
        match = _STEP.fullmatch(name)
        if match is None:
            continue
        joint, channel = match["open"], match["channel"]
        alike = re.compile(rf"{re.escape(match['cell'] + joint)}\d{{2}}[-_ ].*")
        if channel or sum(bool(alike.fullmatch(other)) for other in every) > 1:
            end = f"{match['close']}{channel[:2] + '*' if channel else ''}"
            found.append(_Step(match["cell"], name, path, joint, end))
    return found


def _by_pattern(steps: Iterable[_Step], subject: str) -> dict[str, list[_Step]]:
    """The steps by what replaces their names in the pattern: with a word for the state if a cell has several."""
    steps = tuple(steps)
    word = "{step}" if len(steps) > len({step.cell for step in steps}) else "*"
    found: dict[str, list[_Step]] = {}
    for step in steps:
        found.setdefault(f"{{{subject}}}{step.joint}{word}{step.end}", []).append(step)
    return found


def _remark(steps: list[_Step], group: FileGroup) -> str:
    """What was done, and how to undo it."""
    cells = dict.fromkeys(step.cell for step in steps)
    names = steps[0].name if len(steps) == 1 else f"{steps[0].name} to {steps[-1].name}"
    return (
        f"{names}: steps of a sequence, which belong to {', '.join(cells)}; of other cells? then name each in the "
        f"table and write {group.pattern}"
    )
