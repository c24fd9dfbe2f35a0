"""What raw files say against the settings of their steps (a mass), read by `check` without any analysis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from halfcell.readers import read_all
from halfcell.study.attempt import attempt
from halfcell.study.plan.planned_item import PlannedStep
from halfcell.study.plan.study_plan import Plan
from halfcell.techniques.load import load_technique

_LARGEST = 5_000_000  # bytes of a file that is read for a check; larger ones are compared when the study runs


class _Read(NamedTuple):
    """A step and one of its files."""

    step: PlannedStep
    path: str


def file_remarks(plan: Plan) -> Iterator[str]:
    """The remarks of each technique that has some on a file and its settings, and how many files were not read."""
    large = 0
    for step, path in _steps(plan):
        place = plan.files.root / path
        if not place.is_file():
            continue
        if place.stat().st_size > _LARGEST:
            large += 1
            continue
        yield from attempt(_remarks, _Read(step, path), plan.files.root).value or ()
    if large:
        what = "1 raw file is" if large == 1 else f"{large} raw files are"
        yield f"{what} too large to be read by a check: what they state is compared when the study runs"


def _steps(plan: Plan) -> list[_Read]:
    """Each file once per value of the settings that it may contradict, of the techniques that compare any."""
    found: dict[tuple[str, str, str], _Read] = {}
    for step in (step for item in plan.items for step in item.steps):
        technique = load_technique(step.technique)
        if technique.remarks is None or step.columns:
            continue
        for file in step.files:
            found.setdefault((step.technique, file.path, str(step.values)), _Read(step, file.path))
    return list(found.values())


def _remarks(what: _Read, root: Path) -> tuple[str, ...]:
    technique = load_technique(what.step.technique)
    if technique.remarks is None:
        return ()
    found = []
    for measurement in read_all(root / what.path, what.step.reader):
        if measurement.technique in technique.reads:
            for setting, text in technique.remarks(measurement, what.step.settings):
                found.append(f"{what.step.layers.get(setting) or what.path}: {text} ({what.path})")
    return tuple(dict.fromkeys(found))
