"""Analyse raw files in one call: read, choose the technique, build its settings, run, label the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.measurement import Measurement
from halfcell.core.settings import build
from halfcell.readers import read, read_all
from halfcell.techniques.choose import choose, its_part
from halfcell.techniques.run import run, selected

if TYPE_CHECKING:
    from halfcell.core.result import Result
    from halfcell.techniques.technique import Technique

Data = str | Path | Measurement


def analyse(
    data: Data | Sequence[Data], technique: str | None = None, *, join: bool = False, **settings: Any
) -> Result | list[Result]:
    """Analyse raw files or measurements by one technique.

    Parameters
    ----------
    data
        A path, a measurement, or a list of them.
    technique
        Name or alias of the technique; by default the one that reads this kind of data.
    join
        Whether several files are parts of one test.
    settings
        Settings of the technique by name, e.g. ``kind="half"``; a reference (a standard, a blank) as the path of its
        file.

    Returns
    -------
    Result or list of Result
        One result where there is one, else a list.

    Raises
    ------
    HalfcellError
        If a file cannot be read, a setting is wrong (all mistakes at once), or the analysis refuses.
    """
    given = [data] if isinstance(data, str | Path | Measurement) else list(data)
    measurements = [m for one in given for m in ((one,) if isinstance(one, Measurement) else read_all(one))]
    results = analyse_measurements(choose(measurements, technique), measurements, settings, join=join)
    return results[0] if len(results) == 1 else results


def analyse_measurements(
    technique: Technique, measurements: Sequence[Measurement], values: Mapping[str, Any], *, join: bool = False
) -> list[Result]:
    """Analyse measurements with settings given as names and values; each result gets a label that tells it apart.

    Raises
    ------
    HalfcellError
        As `analyse`.
    """
    files = {name: str(value) for name, value in values.items() if _is_file(technique, name, value)}
    settings = build(technique.settings, {name: value for name, value in values.items() if name not in files})
    references = {name: read(path) for name, path in files.items()}
    measurements = selected(technique, its_part(technique, measurements), settings)
    results = run(technique, measurements, settings, references, join=join)
    one_each = len(results) == len(measurements)
    labels = [result.label or _title(measurements[place if one_each else 0]) for place, result in enumerate(results)]
    names = distinct_labels(labels, results)
    return [result.stamped(label=name) for result, name in zip(results, names, strict=True)]


def distinct_labels(labels: Sequence[str], results: Sequence[Result]) -> list[str]:
    """Labels, where alike followed by what tells their files apart: the stem, the name, or a number."""
    paths = [Path(result.sources[0].path) if result.sources else Path(result.id[-4:]) for result in results]
    names = list(labels)
    for label in {label for label in labels if labels.count(label) > 1}:
        places = [place for place, one in enumerate(labels) if one == label]
        numbers = [str(number) for number, _ in enumerate(places, start=1)]
        ways = ([paths[i].stem for i in places], [paths[i].name for i in places], numbers)
        words = next(way for way in ways if len(set(way)) == len(way))
        for place, word in zip(places, words, strict=True):
            names[place] = f"{label} ({word})"
    return names


def _is_file(technique: Technique, name: str, value: Any) -> bool:
    return name in technique.references and isinstance(value, str | Path)


def _title(measurement: Measurement) -> str:
    return str(measurement.meta.get("title") or Path(measurement.where).name)
