"""GSAS powder histograms with constant wavelength (STD, ESD, FXYE)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import MARK, SINGLE_BYTE, numbers, pattern, uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Array = NDArray[np.float64]

VERSION = "3"
SUFFIXES = (".gsas", ".gsa", ".gss", ".gda", ".xra", ".raw", ".fxye", ".xye", ".dat")

_BANK = re.compile(r"^BANK\s+\d+\s+\d+\s+\d+\s+[A-Z]", re.MULTILINE)


def recognises(raw: RawFile) -> bool:
    """Whether a line in the first 64 KiB declares a bank."""
    return b"\0" not in raw.head[:4096] and bool(_BANK.search(raw.head[:65536].decode(SINGLE_BYTE)))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every bank.

    Raises
    ------
    InputError
        If a bank does not have constant steps in 2theta, or is shorter than stated.
    """
    text = raw.read().decode(SINGLE_BYTE)
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if line.startswith("BANK")]
    meta: dict[str, Json] = {"title": lines[0].strip() if starts[0] else "", "intensity_unit": "counts"}
    if MARK in text:
        meta["simulated"] = True
    ends = [*starts[1:], len(lines)]
    return tuple(_bank(lines[i], lines[i + 1 : end], meta) for i, end in zip(starts, ends, strict=True))


def _bank(head: str, lines: Sequence[str], meta: dict[str, Json]) -> Measurement:
    words = head.split()
    if len(words) < 6 or words[4] not in {"CONST", "CONS"}:
        kind = words[4] if len(words) > 4 else "unknown"
        raise InputError(f"a bank with {kind} steps", hint="only constant steps in 2theta are read, no time of flight")
    count = int(words[2])
    start, step = numbers(f"{words[5]} {words[6] if len(words) > 6 else 0}", "BANK") / 100  # centidegrees
    form = words[9] if len(words) > 9 else "STD"
    body = [line for line in lines if line.strip() and not line.startswith("#")]
    if form == "STD":
        counts, std = _fields(body, 8, 2), None
    elif form == "ESD":
        pairs = _fields(body, 8, 0)
        counts, std = pairs[0::2], pairs[1::2]
    elif form in {"FXYE", "FXY"}:
        return _listed(body, count, meta, 3 if form == "FXYE" else 2)
    else:
        raise InputError(f"a bank of type {form}", hint="supported: STD, ESD, FXYE and FXY")
    if len(counts) < count or (std is not None and len(std) < count):
        raise InputError(f"{len(counts)} of {count} points found", hint="the file is truncated")
    return pattern(uniform(start, step, count), counts[:count], meta, std=None if std is None else std[:count])


def _fields(lines: Sequence[str], width: int, skip: int) -> Array:
    """Numbers in fields of fixed width, without the first `skip` characters (the number of detectors).

    Raises
    ------
    InputError
        If a field is empty: all that follow it would move.
    """
    fields = [line[i + skip : i + width].strip() for line in lines for i in range(0, len(line.rstrip()), width)]
    if not all(fields):
        raise InputError(f"value {fields.index('') + 1} of a bank is empty", hint="export it again")
    return numbers(" ".join(fields))


def _listed(lines: Sequence[str], count: int, meta: dict[str, Json], width: int) -> Measurement:
    values = numbers(" ".join(lines))
    if len(values) < count * width:
        raise InputError(f"{len(values) // width} of {count} points found", hint="the file is truncated")
    table = values[: count * width].reshape(count, width)
    return pattern(table[:, 0] / 100, table[:, 1].copy(), meta, std=table[:, 2].copy() if width == 3 else None)
