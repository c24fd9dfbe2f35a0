"""Run a technique on measurements: the one engine behind the command line, Python, studies and clusters."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import HalfcellError, InputError, StudyError
from halfcell.techniques.one_thread import one_thread
from halfcell.techniques.stamp import stamped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Result
    from halfcell.techniques.technique import Technique


_MOST_NAMED = 3  # files that an error of a joint analysis names


def run(
    technique: Technique,
    measurements: Sequence[Measurement],
    settings: Any,
    references: Mapping[str, Measurement] | None = None,
    *,
    join: bool = False,
) -> list[Result]:
    """Analyse measurements: several as one test, as a joint series where the technique has one, or one by one.

    Linear algebra runs on one thread meanwhile, so that the digits do not depend on the machine.

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
    with one_thread():
        settings = calibrated(technique, settings, references or {})
        measurements = selected(technique, measurements, settings)
        results = _analysed(technique, measurements, settings, join=join)
    together = len(measurements) > 1 and (join or technique.series is not None)
    if not together and not references:
        return list(results)  # the record has stamped each with its own file
    one_each = len(results) == len(measurements)
    sources = [(measurement,) for measurement in measurements] if one_each else [tuple(measurements)] * len(results)
    return [stamped(result, members, settings, references) for result, members in zip(results, sources, strict=True)]


def selected(technique: Technique, measurements: Sequence[Measurement], settings: Any) -> Sequence[Measurement]:
    """The measurements that the settings ask for; all of them where the technique has no such setting.

    Raises
    ------
    InputError
        If there is none among them.
    """
    if technique.select is None:
        return measurements
    with _naming(measurements):
        return technique.select(tuple(measurements), settings)


def _analysed(
    technique: Technique, measurements: Sequence[Measurement], settings: Any, *, join: bool
) -> Sequence[Result]:
    """The results, as the technique gives them; an error names the file, or the files that are analysed together."""
    several = len(measurements) > 1
    if join and several:
        if technique.join is None:
            raise InputError(f"{technique.name} does not join files", hint="analyse them one by one")
        with _naming(measurements):
            return [technique.analyse(technique.join(tuple(measurements)), settings)]
    if technique.series is not None and several:
        with _naming(measurements):
            return technique.series(tuple(measurements), settings)
    results = []
    for measurement in measurements:
        with _naming([measurement]):
            results.append(technique.analyse(measurement, settings))
    return results


@contextmanager
def _naming(measurements: Sequence[Measurement]) -> Iterator[None]:
    """Put the files into an error that names none of them."""
    files = list(dict.fromkeys(measurement.where for measurement in measurements if measurement.where))
    try:
        yield
    except HalfcellError as error:
        if not files or isinstance(error, StudyError) or any(file in error.where for file in files):
            raise
        shown = files if len(files) <= _MOST_NAMED else [*files[:_MOST_NAMED], f"and {len(files) - _MOST_NAMED} more"]
        raise error.at(", ".join(shown)) from error


def calibrated(technique: Technique, settings: Any, references: Mapping[str, Measurement]) -> Any:
    """The settings with what is calibrated from reference measurements.

    Raises
    ------
    InputError
        If a setting takes no reference, or the technique does not read the reference's kind of data.
    """
    order = {name: place for place, name in enumerate(technique.references)}  # one may need what another gave
    for name, measurement in sorted(references.items(), key=lambda pair: order.get(pair[0], -1)):
        if name not in technique.references:
            raise InputError(f"{technique.name}: the setting {name!r} is not calibrated from a file", measurement.where)
        kinds = technique.kinds_of_reference(name)
        if measurement.technique not in kinds:
            what = f"{name}: the file holds {measurement.technique} data"
            raise InputError(what, measurement.where, f"it must hold {' or '.join(kinds)} data")
        settings = dataclasses.replace(settings, **{name: technique.references[name](measurement, settings)})
    return settings
