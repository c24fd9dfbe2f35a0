"""Recognise raw files: read each in another process, and say what it contains."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from halfcell.core.measurement import Measurement
from halfcell.core.plugins import described, report_once
from halfcell.core.unexpected_errors import Unexpected, guarded
from halfcell.readers import read_all
from halfcell.study.draft.consecutive_files import clock_span
from halfcell.study.draft.drafted_study import Claim, LeftFile, RecognisedFile
from halfcell.study.draft.file_groups import techniques_for
from halfcell.study.draft.stated_facts import cell_facts
from halfcell.study.execute.jobs import Finished, Job
from halfcell.study.execute.scheduler import scheduler_for
from halfcell.study.files.patterns import natural_order
from halfcell.techniques.load import load_technique


def recognise_files(
    folder: Path, raw: Path, paths: Sequence[str], tell: Callable[[int, int], None] | None
) -> tuple[list[RecognisedFile], list[LeftFile]]:
    """Read the files in other processes, so that one that crashes its reader does not stop the others.

    Parameters
    ----------
    folder
        The folder of the study.
    raw
        The folder of the raw files.
    paths
        The files, below `raw`.
    tell
        Called with the number of files read so far and in all.

    Returns
    -------
    list of RecognisedFile, list of LeftFile
        The files that could be read, in natural order, and the others with the reasons.
    """
    recognised: list[RecognisedFile] = []
    left: list[LeftFile] = []
    names = {str((raw / path).resolve()): path for path in paths}
    inside = f"{folder.resolve()}{os.sep}"  # failures name files below the folder from there
    jobs = deque(Job(recognise, path) for path in names)
    for event in scheduler_for(folder.resolve()).work_through(jobs):
        if not isinstance(event, Finished):
            continue
        path, end = event.job.what, event.attempt
        if end.value is None:
            left.append(LeftFile(names[path], end.failure.replace(f"{path.removeprefix(inside)}: ", "")))
        else:
            recognised.append(replace(end.value, path=names[path]))
        if tell:
            tell(len(left) + len(recognised), len(paths))
    return sorted(recognised, key=lambda file: natural_order(file.path)), left


def recognise(path: str, root: Path) -> RecognisedFile:
    """Read one file and say what it contains.

    Raises
    ------
    InputError
        If no reader recognises it, or it cannot be read.
    """
    measurements = read_all(root / path)
    source = measurements[0].source
    kinds = tuple(dict.fromkeys(m.technique for m in measurements))
    claims = (_claim([m for m in measurements if m.technique == kind]) for kind in kinds)
    return RecognisedFile(
        path=path,
        kinds=kinds,
        reader=source.reader if source else "",
        claims=tuple(claim for claim in claims if claim),
        span=clock_span(measurements),
        sha256=source.sha256 if source else "",
        facts=cell_facts(measurements),
        title=" ".join(str(m.meta.get("title", "")) for m in measurements),
    )


def _claim(measurements: Sequence[Measurement]) -> Claim | None:
    """The claim of a technique of another name, if it claims all measurements of a kind."""
    kind = measurements[0].technique
    for name in techniques_for(kind)[1:]:
        reasons = _reasons(name, measurements)
        if reasons and all(reasons):
            return Claim(kind, name, reasons[0])
    return None


def _reasons(name: str, measurements: Sequence[Measurement]) -> list[str]:
    """Why a technique claims measurements, one by one; empty if it claims none, or fails and is reported."""
    claims = load_technique(name).claims
    if claims is None:
        return []
    reasons = guarded(lambda: [claims(measurement) for measurement in measurements])
    if isinstance(reasons, Unexpected):
        report_once("techniques", name, f"{described('techniques', name)} failed: {reasons}")
        return []
    return reasons
