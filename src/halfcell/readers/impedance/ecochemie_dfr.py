"""Eco Chemie (Autolab FRA) data files (.dfr): version, number of points, nine values per point, one per line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common import record_checks, text_files

if TYPE_CHECKING:
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".dfr",)

_START = re.compile(rb"VERSION\d+(\.\d+)?\s*\n\s*\d+\s*\n\s*\d+\s*\n")
_WIDTH = 9  # frequency, Z', -Z'', and six that are not used here


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with its version and two counts."""
    return _START.match(text_files.lines_as_lf(raw.head)) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum.

    Raises
    ------
    InputError
        If there are fewer values than points need, or one is not a number.
    """
    lines = text_files.decode(text_files.lines_as_lf(raw.read())).splitlines()
    filled = [(place, line) for place, line in enumerate(lines, start=1) if line.strip()]
    count, body = int(filled[1][1]), filled[3:]
    if len(body) < _WIDTH * count:
        text = f"{len(body)} of {_WIDTH * count} values found ({count} points)"
        raise InputError(text, f"line {len(lines)}", "copy or export it again")
    values = [_number(line, place) for place, line in body[: _WIDTH * count]]
    table = np.array(values).reshape(count, _WIDTH)
    columns = {
        "frequency_hertz": table[:, 0].copy(),
        "real_impedance_ohm": table[:, 1].copy(),
        "imaginary_impedance_ohm": -table[:, 2],
    }
    notes = record_checks.check(columns, ("frequency_hertz",))
    if not (columns["frequency_hertz"] > 0).all():
        raise InputError("frequencies must be positive", hint="unknown layout: another version?")
    return (Measurement(technique="impedance", columns=columns, meta={"instrument": "Autolab"}, notes=notes),)


def _number(line: str, place: int) -> float:
    try:
        return float(line)
    except ValueError:
        raise InputError(f"{line.strip()[:30]!r} is not a number", f"line {place}", "copy or export it again") from None
