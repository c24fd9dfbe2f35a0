"""Run a technique on measurements: the one engine behind the command line, Python, studies and clusters."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.techniques.stamp import stamped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Result
    from halfcell.techniques.technique import Technique


def run(
    technique: Technique,
    measurements: Sequence[Measurement],
    settings: Any,
    references: Mapping[str, Measurement] | None = None,
    *,
    join: bool = False,
) -> list[Result]:
    """Analyse measurements: several as one test, as a joint series where the technique has one, or one by one.

    Parameters
    ----------
    technique
        The technique.
    measurements
        What was read from the raw files, in the order in which they are to be analysed.
    settings
        The technique's own record of settings.
    references
        Measurements (an instrument standard, a blank) from which settings are calibrated first, by the setting's name.
    join
        Whether several measurements are parts of one test.

    Returns
    -------
    list of Result
        One result per measurement, or as many as the joint analysis makes; each with its sources, its settings and
        what the readers noted.

    Raises
    ------
    HalfcellError
        If the analysis refuses, a reference cannot be used, or the technique does not join files.
    """
    settings = calibrated(technique, settings, references or {})
    several = len(measurements) > 1
    if join and several:
        if technique.join is None:
            raise InputError(f"{technique.name} does not join files", hint="analyse them one by one")
        results: Sequence[Result] = [technique.analyse(technique.join(tuple(measurements)), settings)]
    elif technique.series is not None and several:
        results = technique.series(tuple(measurements), settings)
    else:
        results = [technique.analyse(measurement, settings) for measurement in measurements]
    one_each = len(results) == len(measurements)
    sources = [(measurement,) for measurement in measurements] if one_each else [tuple(measurements)] * len(results)
    return [stamped(result, members, settings, references) for result, members in zip(results, sources, strict=True)]


def calibrated(technique: Technique, settings: Any, references: Mapping[str, Measurement]) -> Any:
    """The settings with what is calibrated from reference measurements.

    Raises
    ------
    InputError
        If a setting takes no reference, or the technique does not read the reference's kind of data.
    """
    for name, measurement in references.items():
        if name not in technique.references:
            raise InputError(f"{technique.name}: the setting {name!r} is not calibrated from a file", measurement.where)
        if measurement.technique not in technique.reads:
            what = f"{name}: the file holds {measurement.technique} data"
            raise InputError(what, measurement.where, f"{technique.name} reads {', '.join(technique.reads)}")
        settings = dataclasses.replace(settings, **{name: technique.references[name](measurement, settings)})
    return settings
