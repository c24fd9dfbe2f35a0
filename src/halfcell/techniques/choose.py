"""Choose the technique for measurements by their kind of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.techniques.load import all_techniques, load_technique

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.technique import Technique


def reading(kind: str) -> tuple[str, ...]:
    """Names of the techniques that read a kind of measurement."""
    return tuple(technique.name for technique in all_techniques() if kind in technique.reads)


def choose(measurements: Sequence[Measurement], name: str | None = None) -> Technique:
    """Choose the technique for some measurements: the one named, the one of the kind's own name, or the only one.

    Raises
    ------
    InputError
        If none reads their kind, several do and none has its name, or the one named does not.
    """
    technique = load_technique(name or _only(sorted({measurement.technique for measurement in measurements})))
    its_part(technique, measurements)
    return technique


def its_part(technique: Technique, measurements: Sequence[Measurement]) -> list[Measurement]:
    """The measurements that a technique reads: of a file with cycling and impedance each technique takes its part.

    Raises
    ------
    InputError
        If a file, or a measurement without a file, contains no data that the technique reads.
    """
    fitting = [m for m in measurements if m.technique in technique.reads]
    files = {m.source.path for m in fitting if m.source is not None}
    wrong = [
        m
        for m in measurements
        if m.technique not in technique.reads and (m.source is None or m.source.path not in files)
    ]
    if wrong:
        what = f"{technique.name} does not read {wrong[0].technique} data"
        raise InputError(what, wrong[0].where, f"it reads {', '.join(technique.reads)}")
    return fitting


def _only(kinds: Sequence[str]) -> str:
    """The one technique that reads some kinds of data."""
    fitting = sorted({found for kind in kinds for found in reading(kind)})
    fitting = list(kinds) if len(kinds) == 1 and kinds[0] in fitting else fitting
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise InputError(f"no technique reads {', '.join(kinds)} data", hint="use halfcell read")
    raise InputError(f"several techniques read {', '.join(kinds)} data", hint=f"--technique {' or '.join(fitting)}")
