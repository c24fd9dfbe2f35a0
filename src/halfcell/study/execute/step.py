"""Compute one step: read its raw files, run its technique on them, and give each result its id."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from halfcell import __version__
from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.missing_subject import MissingSubject
from halfcell.readers import read_all
from halfcell.readers.common.column_map import read_columns
from halfcell.study.cache.measurements import StoredMeasurements
from halfcell.study.cache.step_results import StepResults
from halfcell.study.cache.stored_value import restored
from halfcell.techniques.load import load_technique
from halfcell.techniques.run import run

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.study.files.input_file import InputFile
    from halfcell.study.plan.identified_plan import Step
    from halfcell.techniques import Technique


class _TaggedMeasurement(NamedTuple):
    """A measurement, and the words that tell it from others of its subject."""

    measurement: Measurement
    tag: str


def compute_step(step: Step, root: Path) -> StepResults:
    """Compute the results of a step of the study at `root`.

    Raises
    ------
    HalfcellError
        If a file cannot be read or the analysis refuses.
    """
    technique = load_technique(step.technique)
    inputs, missing = _read_files(step, root, technique)
    if not step.files:
        described = Measurement(technique=step.technique, columns={}, meta=dict(step.context))
        inputs = [_TaggedMeasurement(described, "")]
    measurements = [one.measurement for one in inputs]
    references = _read_references(step, root, technique)
    results = run(technique, measurements, restored(step.settings), references, join=technique.join is not None)
    tags = [one.tag for one in inputs] if len(results) == len(inputs) else [result.label for result in results]
    numbers = [f"-{number}" for number, _ in enumerate(results, start=1)] if len(results) > 1 else [""]
    stamped = [result.stamped(id=step.id + number, label="") for number, result in zip(numbers, results, strict=True)]
    version = f"halfcell {__version__}"
    return StepResults(results=tuple(stamped), tags=tuple(tags), code_version=version, missing=missing)


class _FileChanged(InputError):
    """The content of a file is no longer the one that was hashed: nothing of it may be stored."""


def _read_files(
    step: Step, root: Path, technique: Technique
) -> tuple[list[_TaggedMeasurement], tuple[MissingSubject, ...]]:
    """The measurements of all files of a step; of a series those states that can be read, and why others cannot.

    The other states are compared with the first one: without it there is no series, as there is no joined test without
    one of its parts.
    """
    is_series = technique.series is not None and technique.join is None
    inputs: list[_TaggedMeasurement] = []
    missing: list[MissingSubject] = []
    for file in step.files:
        try:
            inputs += _read_fitting(file, step, root, technique)
        except InputError as error:
            if isinstance(error, _FileChanged) or not (is_series and inputs):
                raise
            state = tag_text(file.tags) or Path(file.path).stem
            missing.append(MissingSubject(state, _with_short_paths(error, root)))
    return inputs, tuple(missing)


def _with_short_paths(error: InputError, root: Path) -> str:
    """The error's text with paths as seen from the study's folder."""
    return str(error).replace(str(root) + os.sep, "")


def _read_fitting(file: InputFile, step: Step, root: Path, technique: Technique) -> list[_TaggedMeasurement]:
    """The measurements of one file that the technique can analyse, each with the words that tell it from others."""
    measurements = _read_file(file, root, step.columns, technique.reads[0])
    fitting = [m for m in measurements if m.technique in technique.reads]
    if not fitting:
        kinds = ", ".join(sorted({m.technique for m in measurements}))
        raise InputError(
            f"the file contains {kinds} data", file.path, f"{step.technique} reads {', '.join(technique.reads)}"
        )
    words = tag_text(file.tags)
    titles = [str(m.meta.get("title") or f"#{n}") for n, m in enumerate(fitting, start=1)] if len(fitting) > 1 else [""]
    return [
        _TaggedMeasurement(_with_study_path(m, file), ", ".join(part for part in (words, title) if part))
        for m, title in zip(fitting, titles, strict=True)
    ]


def _read_file(file: InputFile, root: Path, columns: Mapping[str, str], kind: str) -> tuple[Measurement, ...]:
    """Read a file, by the study's column map if there is one; stored measurements are used if there are any.

    Raises
    ------
    InputError
        If it cannot be read, or its content is no longer the one that was hashed.
    """
    options: dict[str, Json] = {"columns": dict(columns), "technique": kind} if columns else {}
    stored = StoredMeasurements(root).load(file, options) if file.reader else None
    if stored is not None:
        return stored
    path = root / file.path
    measurements = read_columns(path, kind, columns) if columns else read_all(path, file.reader.split(" ")[0])
    if any(m.source is not None and m.source.sha256 != file.sha256 for m in measurements):
        raise _FileChanged("the file changed during the run", file.path, "run again")
    StoredMeasurements(root).save(file, options, measurements)
    return measurements


def _with_study_path(measurement: Measurement, file: InputFile) -> Measurement:
    """A measurement whose source path is below the study's folder, with the words of its name in ``meta["tags"]``."""
    source = replace(measurement.source, path=file.path) if measurement.source else None
    meta = {**measurement.meta, "tags": dict(file.tags)} if file.tags else measurement.meta
    return replace(measurement, source=source, meta=meta)


def _read_references(step: Step, root: Path, technique: Technique) -> dict[str, Measurement]:
    """The measurements from which settings are calibrated, by the setting's name."""
    references = {}
    for name, file in step.references.items():
        kinds = technique.kinds_of_reference(name)
        fitting = [m for m in _read_file(file, root, {}, "") if m.technique in kinds]
        if len(fitting) != 1:
            what = f"{name}: a reference file must contain one measurement, this one contains {len(fitting)}"
            raise InputError(what, file.path)
        references[name] = _with_study_path(fitting[0], file)
    return references


def tag_text(tags: Mapping[str, str]) -> str:
    """The words of a file's name as they are printed: ``cycle 10``, ``0.01 V``."""
    texts = []
    for word, value in tags.items():
        plain = re.sub(r"\s+", " ", value.replace("_", " ")).strip()
        plain = re.sub(r"(?<=\d)(?=[A-Za-z%°]+$)", " ", plain)
        texts.append(f"{word} {plain}" if re.fullmatch(r"[\d.]+", plain) else plain)
    return ", ".join(text for text in texts if text)


def with_present_paths(stored: StepResults, step: Step) -> StepResults:
    """Stored results with the present paths of their files: a renamed file has the same content and results."""
    paths = {file.sha256: file.path for file in (*step.files, *step.references.values())}
    results = [
        result.stamped(sources=tuple(replace(s, path=paths.get(s.sha256, s.path)) for s in result.sources))
        for result in stored.results
    ]
    return replace(stored, results=tuple(results))
