"""Elchemea files (.i2b): comments, an empty line, the number of points, then rows of frequency, Z', Z''."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common import impedance_spectra, record_checks, text_files

if TYPE_CHECKING:
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".i2b",)

_NUMBER = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
_START = re.compile(rf"\n[ \t]*\n[ \t]*(\d{{1,12}})\s*\n(?=\s*{_NUMBER}[ \t]+{_NUMBER}[ \t]+{_NUMBER}\s*\n)")


def recognises(raw: RawFile) -> bool:
    """Whether an empty line is followed by the number of points and rows of three numbers."""
    return _START.search(text_files.decode(text_files.lines_as_lf(raw.head))) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum.

    Raises
    ------
    InputError
        If there are fewer points than stated, or a value is not a number.
    """
    text = text_files.decode(text_files.lines_as_lf(raw.read()))
    match = _START.search(text)
    if match is None:
        raise InputError("the number of points is missing", hint="copy or export it again")
    promised, first = int(match[1]), text[: match.end()].count("\n") + 1
    rows = [line.split() for line in text[match.end() :].splitlines() if line.strip()]
    if len(rows) < promised or any(len(row) != 3 for row in rows[:promised]):
        whole = sum(len(row) == 3 for row in rows)
        raise InputError(
            f"{whole} of {promised} complete points", f"line {first + len(rows) - 1}", "the file is truncated"
        )
    names = ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
    columns = text_files.numbers("\n".join("\t".join(row) for row in rows[:promised]).encode(), names, "\t", first)
    notes = record_checks.check(columns, ("frequency_hertz",))
    meta = {"instrument": "Elchemea", "title": text[: match.start()].strip().partition("\n")[0]}
    return tuple(
        Measurement(technique="impedance", columns={n: c[part] for n, c in columns.items()}, meta=meta, notes=notes)
        for part in impedance_spectra.split(columns["frequency_hertz"])
    )
