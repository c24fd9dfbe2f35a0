"""Analyse one raw file of a campaign, and give what was found as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from halfcell.core.errors import HalfcellError, UnrecognisedFile
from halfcell.core.measurement import Measurement
from halfcell.core.result import Result
from halfcell.core.settings import build
from halfcell.readers import read_all
from halfcell.study.cache.file_hashes import content_hash
from halfcell.techniques.analysis import analyse_measurements
from halfcell.techniques.choose import choose
from halfcell.techniques.technique import Technique

ANALYSED: Final = "analysed"
FAILED: Final = "failed"
OTHER: Final = "no raw file"
"""The states of a file: OTHER is one that no reader recognises."""
Rows = dict[str, list[dict[str, Any]]]
"""The rows of each table, by the table's name."""


@dataclass(frozen=True, kw_only=True)
class FileJob:
    """A raw file to analyse: its path, the cell that it belongs to, and the values of the cell and of the command.

    Values of the cell that the technique has no setting for are left out; those of the command must fit.
    """

    path: str
    technique: str = ""
    cell: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AnalysedFile:
    """What was found in a raw file: its `state`, the `rows` of each table, or the `failure` that prevented it."""

    state: str
    rows: Rows = field(default_factory=dict)
    sha256: str = ""
    reader: str = ""
    technique: str = ""
    version: str = ""
    failure: str = ""


def analyse_file(job: FileJob, root: Path) -> AnalysedFile:
    """Analyse one file; what is wrong with it is told in its `failure`."""
    try:
        measurements = read_all(root / job.path)
    except HalfcellError as error:
        state = OTHER if isinstance(error, UnrecognisedFile) else FAILED
        return AnalysedFile(state=state, failure=_without(root, error), sha256=content_hash(root / job.path))
    source = measurements[0].source
    known: dict[str, Any] = {"sha256": source.sha256 if source else "", "reader": source.reader if source else ""}
    try:
        technique = choose(measurements, job.technique or None)
        known |= {"technique": technique.name, "version": technique.version}
        results = analyse_measurements(technique, measurements, _settings(technique, job))
    except HalfcellError as error:
        return AnalysedFile(state=FAILED, failure=_without(root, error), **known)
    return AnalysedFile(state=ANALYSED, rows=_rows(results, technique, measurements, job), **known)


def _settings(technique: Technique, job: FileJob) -> dict[str, Any]:
    """The values of the cell that are settings of the technique, and those of the command.

    Raises
    ------
    StudyError
        With all values that do not fit.
    """
    fields = technique.settings.__dataclass_fields__
    values = {name: value for name, value in job.cell.items() if name in fields and value not in (None, "", {})}
    build(technique.settings, {**values, **job.values})
    return {**values, **job.values}


def _rows(results: list[Result], technique: Technique, measurements: tuple[Measurement, ...], job: FileJob) -> Rows:
    """The rows of all results of a file."""
    rows: Rows = {"cells": [], "quantities": [], _rows_table(technique.name): [], "notes": []}
    several = len(results) > 1
    simulated = any(measurement.is_simulated for measurement in measurements)
    for number, result in enumerate(results, start=1):
        own = {"file": job.path, "result": number, "cell": str(job.cell.get("name", "")) or Path(job.path).stem}
        doubts = sum(note.level in ("doubt", "refused") for note in result.notes)
        described = {"sample": str(job.cell.get("sample", "")), "label": result.label if several else ""}
        about = {"technique": technique.name, "simulated": simulated, "doubts": doubts, "rows": len(result.rows)}
        rows["cells"].append({**own, **described, **about, **_values(result)})
        rows["quantities"] += list(_quantities(result, own))
        rows[_rows_table(technique.name)] += [{**own, **row} for row in result.rows]
        rows["notes"] += [{**own, "level": n.level, "code": n.code, "text": n.text} for n in result.notes]
    return rows


def _values(result: Result) -> dict[str, float]:
    """The value of each quantity under its name; the units are in the table of quantities."""
    return {name: float(quantity.value) for name, quantity in result.quantities.items()}


def _quantities(result: Result, own: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, quantity in result.quantities.items():
        std = None if quantity.std is None else float(quantity.std)
        number = {"quantity": name, "value": float(quantity.value), "std": std}
        yield {**own, **number, "unit": quantity.unit, "kind": quantity.kind}


def _rows_table(technique: str) -> str:
    """The name of the table of a technique's rows: ``cycles``, ``impedance_rows``."""
    return "cycles" if technique == "cycling" else f"{technique}_rows"


def _without(root: Path, error: HalfcellError) -> str:
    """The error in one line, with paths as seen from the campaign's folder."""
    return str(error).replace(f"{root}/", "").replace(f"{root}\\", "")
