"""Bruker/Siemens UXD diffractograms (text), of one or several ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import (
    MARK,
    SINGLE_BYTE,
    numbers,
    pattern,
    rate_to_counts,
    same_angles_again,
    uniform,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "4"
SUFFIXES = (".uxd", ".txt")

_NAMES = {
    "_WL1": "wavelength_angstrom",
    "_WL2": "wavelength2_angstrom",
    "_WLRATIO": "wavelength_ratio",
    "_GONIOMETER_RADIUS": "radius_mm",
    "_STEPTIME": "counting_time_second",
}
_AXES = {"_THETA": "theta", "_KHI": "chi", "_PHI": "phi"}  # where the other axes stood in a range
_WORDS = {"_SAMPLE": "sample", "_ANODE": "anode", "_DATEMEASURED": "started"}


def recognises(raw: RawFile) -> bool:
    """Whether the header has the keyword `_FILEVERSION` of UXD."""
    return b"_FILEVERSION" in raw.head[:4096]


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every range.

    Raises
    ------
    InputError
        If a range has no data, fewer points than stated, or text among its numbers, or the ranges are those of a map.
    """
    common: dict[str, str] = {}
    ranges: list[tuple[dict[str, str], list[str]]] = []
    text = raw.read().decode(SINGLE_BYTE)
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("_"):
            key, _, value = line.partition("=")
            if key == "_DRIVE":
                ranges.append(({}, []))
            (ranges[-1][0] if ranges else common)[key.strip()] = value.strip().strip("'")
        elif line and not line.startswith(";"):
            if not ranges:
                what = f"unknown layout: {line[:30]!r} before the first range (_DRIVE)"
                raise InputError(what, hint="export it again, or as xy")
            ranges[-1][1].append(line)
    if not ranges:
        raise InputError("no range of data", hint="copy or export it again")
    if "_STEPCOUNT" not in ranges[-1][0] and not text.endswith(("\n", "\r", "\x1a")):
        raise InputError("the file ends within a line", hint="it is truncated, or needs a line end after the last line")
    found = tuple(_range(common | head, lines, MARK in text) for head, lines in ranges)
    _no_map(found, [head for head, _ in ranges])
    return found


def _no_map(found: tuple[Measurement, ...], heads: list[dict[str, str]]) -> None:
    """Check that the ranges are not those of a map of reciprocal space.

    Raises
    ------
    InputError
        If they go over the same angles, each at the next step of another axis.
    """
    for key, axis in _AXES.items():
        places = [place for head in heads if (place := _number(head, key)) is not None]
        if what := same_angles_again(found, axis, places):
            raise InputError(what, hint="it is no powder diffractogram; measure or export a single scan over 2theta")


def _range(head: Mapping[str, str], lines: list[str], simulated: bool) -> Measurement:
    values = numbers(" ".join(lines), "data")
    pairs = "_2THETACOUNTS" in head or "_2THETACPS" in head
    if pairs and len(values) % 2:
        raise InputError(f"an odd number of values ({len(values)}), not pairs", hint="copy or export it again")
    start, step = _number(head, "_START"), _number(head, "_STEPSIZE")
    counts = values[1::2] if pairs else values
    stated = int(_number(head, "_STEPCOUNT") or len(counts))
    if stated != len(counts):
        raise InputError(f"{len(counts)} of {stated} points found", hint="the file is truncated")
    x = values[0::2] if pairs and len(values) else None
    if start is not None and step and len(counts) > 1:
        even = uniform(start, step, len(counts))  # the column has fewer digits than the header
        x = even if x is None or np.abs(even - x).max() < 0.006 + 0.5e-6 * len(counts) else x
    if x is None:
        raise InputError("no angles, and no start and step", hint="copy or export it again")
    values_of = {name: _number(head, key) for key, name in _NAMES.items()}
    meta: dict[str, Json] = {**values_of}
    meta |= {name: head.get(key, "") for key, name in _WORDS.items()}
    notes: tuple[Note, ...] = ()
    meta["intensity_unit"] = "counts"
    if any(key.endswith("CPS") for key in head):
        counts, notes, meta["intensity_unit"] = rate_to_counts(counts, values_of["counting_time_second"])
    return pattern(x, counts, meta | ({"simulated": True} if simulated else {}), notes)


def _number(head: Mapping[str, str], key: str) -> float | None:
    if key not in head:
        return None
    try:
        return float(head[key])
    except ValueError as error:
        raise InputError(f"{key} is {head[key]!r}, not a number", hint="unknown layout of the head") from error


def write(measurement: Measurement) -> bytes:
    """Write one range as UXD; simulated data are marked in the first comment."""
    x, counts, meta = measurement["two_theta_degree"], measurement["intensity_count"], measurement.meta
    lines = [f"; {MARK}"] if measurement.is_simulated else []
    lines += ["_FILEVERSION=2", f"_SAMPLE='{meta.get('sample', '')}'", f"_ANODE='{meta.get('anode', 'Cu')}'"]
    lines += ["_WL_UNIT='A'"] + [
        f"{key}={meta[n]:.6f}" for key, n in _NAMES.items() if n in meta and key != "_STEPTIME"
    ]
    lines += ["; (Data for Range number 1)", "_DRIVE='COUPLED'"]
    lines += [
        f"_STEPTIME={meta.get('counting_time_second', 1.0):.6f}",
        f"_STEPSIZE={(x[-1] - x[0]) / (len(x) - 1):.6f}",
    ]
    lines += [f"_STEPCOUNT={len(x)}", "_STEPMODE='C'", f"_START={x[0]:.6f}", "_2THETACOUNTS"]
    lines += [f"{angle:.4f}\t{count:.10g}" for angle, count in zip(x, counts, strict=True)]
    return ("\n".join(lines) + "\n").encode(SINGLE_BYTE, "replace")
