"""Run a technique on measurements: pick it by what was read, build its settings, stamp the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from halfcell.core.errors import InputError
from halfcell.core.plugins import load, plugins
from halfcell.core.settings import build
from halfcell.readers import read
from halfcell.techniques import technique

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Result
    from halfcell.techniques import Technique


def reading(kind: str) -> tuple[str, ...]:
    """Names of the techniques that read a kind of measurement."""
    return tuple(name for name in plugins("techniques") if kind in load("techniques", name).READS)


def pick(measurements: Sequence[Measurement], name: str | None = None) -> tuple[str, Technique]:
    """Choose the technique for some measurements: the one named, the one of the kind's own name, or the only one.

    Raises
    ------
    InputError
        If none reads their kind, several do and none has its name, or the one named does not.
    """
    kinds = sorted({measurement.technique for measurement in measurements})
    if name is None:
        fitting = sorted({found for kind in kinds for found in reading(kind)})
        fitting = kinds if len(kinds) == 1 and kinds[0] in fitting else fitting
        if len(fitting) != 1:
            what = (
                f"several techniques read {', '.join(kinds)}" if fitting else f"no technique reads {', '.join(kinds)}"
            )
            raise InputError(what, hint=f"--technique {' or '.join(fitting)}" if fitting else "use halfcell read")
        name = fitting[0]
    room = technique(name)
    wrong = [m for m in measurements if m.technique not in room.READS]
    if wrong:
        raise InputError(
            f"{name} does not read {wrong[0].technique} data", wrong[0].where, f"it reads {', '.join(room.READS)}"
        )
    return name, room


def settings_of(room: Technique, values: Mapping[str, Any], where: str = "") -> Any:
    """Build a technique's settings; a reference that is given as a file is read and calibrated first."""
    references = getattr(room, "REFERENCES", {})
    plain = {name: value for name, value in values.items() if not _is_file(name, value, references)}
    settings = build(room.Settings, plain, where)
    found = {
        name: references[name](read(value), settings)
        for name, value in values.items()
        if _is_file(name, value, references)
    }
    return build(room.Settings, {**plain, **found}, where) if found else settings


def _is_file(name: str, value: Any, references: Mapping[str, Any]) -> bool:
    return name in references and isinstance(value, str)


def analyse_files(
    room: Technique, measurements: Sequence[Measurement], values: Mapping[str, Any], *, join: bool = False
) -> tuple[Result, ...]:
    """Analyse measurements as one test (`join`), as a joint series where the technique has one, or one by one."""
    settings = settings_of(room, values)
    if join:
        if not hasattr(room, "join"):
            raise InputError("this technique does not join files", "--join")
        whole = cast("Any", room).join(tuple(measurements))
        return (_stamp(room.analyse(whole, settings), measurements, values),)
    together = getattr(room, "analyse_series", None)
    if together is not None and len(measurements) > 1:
        results = together(tuple(measurements), settings)
    else:
        results = tuple(room.analyse(measurement, settings) for measurement in measurements)
    stamped = [_stamp(result, (m,), values) for result, m in zip(results, measurements, strict=True)]
    names = told_apart([result.label for result in stamped], stamped)
    return tuple(result.stamped(label=name) for result, name in zip(stamped, names, strict=True))


def told_apart(labels: Sequence[str], results: Sequence[Result]) -> list[str]:
    """Labels, those that are alike with what tells their files apart behind them: stem, name, or number."""
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


def _stamp(result: Result, measurements: Sequence[Measurement], values: Mapping[str, Any]) -> Result:
    """Fill in what the framework knows: label, files, settings, whether any of the data are simulated."""
    return result.stamped(
        label=result.label or str(measurements[0].meta.get("title") or Path(measurements[0].where).name),
        sources=tuple(m.source for m in measurements if m.source),
        settings=dict(result.settings) or dict(values),
        simulated=any(m.is_simulated for m in measurements),
    )
