"""Diffractograms in SPEC files (text, ``#S`` and ``#L``), of one or several scans over 2theta.

The format is that of the documentation of SPEC; it was not tried on a real diffractogram.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import pattern, plausible_wavelengths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = ()  # many have a number or none

_TWO_THETA = re.compile(r"(?i)(?:s?tth|2[-_ ]?theta|two[-_ ]?theta|twoth|2th)(?:[-_ ]?\w*)?")
_MONITOR = re.compile(r"(?i)(?:mon(?:itor)?\d*|i0|io|ion ?ch\w*)")
_TIME = re.compile(r"(?i)sec(?:onds?)?|count_time|exp_time|time")
_ENERGY = re.compile(r"(?i)(?:mono_?)?(?:energy|en|egy)")
_WAVELENGTH = re.compile(r"(?i)lambda|wavelength")
_HC = 12.398420  # keV angstrom
_STEADY = 0.02  # relative spread of the monitor above which counts are divided by it


@dataclass(frozen=True, kw_only=True)
class _Scan:
    """One scan as written: its command, its line, labels, rows, positions of motors, and other lines of its head."""

    command: str
    line: int
    labels: list[str] = field(default_factory=list)
    rows: list[list[float]] = field(default_factory=list)
    motors: dict[str, float] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)


def recognises(raw: RawFile) -> bool:
    """Whether there are lines ``#S`` and ``#L``, the last with a column of 2theta."""
    text = raw.head.decode("latin-1")
    if "\0" in text[:4096] or not re.search(r"(?m)^#S +\d+", text):
        return False
    return any(_place(_labels(match[1])) is not None for match in re.finditer(r"(?m)^#L (.*)$", text))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every scan over 2theta; the counts are those of the last column, as SPEC plots it.

    Raises
    ------
    InputError
        If a row has not as many numbers as columns are stated, the scans are those of a map, or none is over 2theta.
    """
    scans = _scans(raw.text("latin-1").splitlines())
    found = [made for scan in scans if (made := _measurement(scan, raw.name)) is not None]
    if not found:
        raise InputError("no scan over 2theta with rising angles", hint="scans of other motors are not read")
    left = len(scans) - len(found)
    if not left:
        return tuple(found)
    note = Note("info", "other_scans", f"{left} scans over other motors, or of fewer than two points, are left out")
    return tuple(dataclasses.replace(m, notes=(*m.notes, note)) for m in found)


def _labels(text: str) -> list[str]:
    """Labels are separated by two blanks, since one may be part of a label."""
    return [label for label in re.split(r"\s{2,}|\t", text.strip()) if label]


def _place(labels: list[str]) -> int | None:
    return next((i for i, label in enumerate(labels) if _TWO_THETA.fullmatch(label)), None)


def _scans(lines: Iterable[str]) -> list[_Scan]:
    """The scans of a file in order, with the positions of the motors."""
    scans: list[_Scan] = []
    motors: dict[str, list[str]] = {}
    for number, line in enumerate(lines, start=1):
        key, _, rest = line.partition(" ")
        if key == "#S":
            scans.append(_Scan(command=rest.strip(), line=number))
        elif re.fullmatch(r"#O\d+", key):
            motors[key[2:]] = _labels(rest)
        elif scans:
            _add(scans[-1], key, rest, motors, (number, line))
    return scans


def _add(scan: _Scan, key: str, rest: str, motors: Mapping[str, list[str]], where: tuple[int, str]) -> None:
    number, line = where
    if key in {"#N", "#D"}:
        scan.head[key] = rest.strip()
    elif key == "#L":
        scan.labels.extend(_labels(rest))
    elif re.fullmatch(r"#P\d+", key):
        scan.motors.update(zip(motors.get(key[2:], []), _row(rest, number), strict=False))
    elif line.strip() and not line.startswith(("#", "@")) and scan.labels:
        row = _row(line, number)
        if len(row) != len(scan.labels) or scan.head.get("#N", str(len(row))) != str(len(row)):
            what = f"line {number}: {len(row)} numbers for {len(scan.labels)} columns"
            raise InputError(what, hint="copy or export it again")
        scan.rows.append(row)


def _row(line: str, number: int) -> list[float]:
    try:
        return [float(cell) for cell in line.split()]
    except ValueError as error:
        raise InputError(f"line {number}: {line.strip()[:40]!r} is not a row of numbers", hint=str(error)) from error


def _measurement(scan: _Scan, name: str) -> Measurement | None:
    """The scan as a measurement; None if it is not over 2theta."""
    place = _place(scan.labels)
    if place is None or len(scan.rows) < 2 or place == len(scan.labels) - 1:
        return None
    words = scan.command.split()
    if len(words) > 1 and "mesh" in words[1]:
        what = f"line {scan.line}: a map ({' '.join(words[1:4])} ...)"
        raise InputError(what, name, "it is no powder diffractogram; save a single scan over 2theta")
    table = np.array(scan.rows)
    angles = table[:, place].copy()
    if not (np.all(np.diff(angles) > 0) or np.all(np.diff(angles) < 0)):
        return None
    counts, notes, unit = _counts(scan, table)
    meta: dict[str, Json] = {
        "started": scan.head.get("#D", ""),
        "scan": scan.command,
        "intensity_unit": unit,
        **_radiation(scan),
    }
    return pattern(angles, counts, meta, notes)


def _counts(scan: _Scan, table: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[Note, ...], str]:
    """The counts of the detector, on the mean of the monitor where that was not steady."""
    counts = table[:, -1].copy()
    detector = scan.labels[-1]
    notes: tuple[Note, ...] = (Note("info", "detector", f"the intensity is the last column, {detector!r}"),)
    monitors = [i for i, label in enumerate(scan.labels[:-1]) if _MONITOR.fullmatch(label)]
    for place in monitors[:1]:
        monitor = table[:, place]
        if (monitor <= 0).any() or np.std(monitor) < _STEADY * np.mean(monitor):
            continue
        text = f"counts were divided by {scan.labels[place]!r}, which was not steady, and multiplied by its mean"
        notes += (Note("correction", "monitor", text),)
        # the noise of scaled counts is no longer that of their number: it is estimated from their scatter
        return counts * monitor.mean() / monitor, notes, "cps"
    seconds = [i for i, label in enumerate(scan.labels[:-1]) if _TIME.fullmatch(label)]
    if seconds and np.ptp(table[:, seconds[0]]) > _STEADY * np.mean(table[:, seconds[0]]) and not monitors:
        time = table[:, seconds[0]]
        if (time > 0).all():
            notes += (Note("correction", "monitor", "counts were scaled to the mean counting time, which varied"),)
            return counts * time.mean() / time, notes, "cps"
    return counts, notes, "counts"


def _radiation(scan: _Scan) -> dict[str, Json]:
    """The wavelength (angstrom) of one line from a motor of energy (keV or eV) or wavelength; nothing if there is none.

    A scan at a synchrotron has no K-alpha-2.
    """
    for label, value in scan.motors.items():
        energy = value / 1000 if value > 1000 else value
        wave = value if _WAVELENGTH.fullmatch(label) else _HC / energy if _ENERGY.fullmatch(label) and energy else 0.0
        if stated := plausible_wavelengths(round(wave, 6))["wavelength_angstrom"]:
            return {"wavelength_angstrom": stated, "wavelength_ratio": 0.0}
    return {}
