"""Eco Chemie (Autolab FRA) text exports (.P00): a header, then rows of frequency, Z', -Z'' and time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common import impedance_spectra, record_checks, text_files

if TYPE_CHECKING:
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".p00", ".p01", ".p02", ".p03", ".p04", ".p05")

_HEAD = re.compile(r"^[ \t]*f/Hz\s+Z'/Ohm\s+-Z''/Ohm\s+time/s\s+Edc/V\s+Idc/A", re.MULTILINE)
_NAMES = ("frequency_hertz", "real", "minus_imaginary", "test_time_second", "voltage_volt", "current_ampere")


def recognises(raw: RawFile) -> bool:
    """Whether the column headers of the FRA program are there."""
    return _HEAD.search(text_files.decode(text_files.lines_as_lf(raw.head))) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum.

    Raises
    ------
    InputError
        If there are fewer records than stated, or a value is not a number.
    """
    text = text_files.decode(text_files.lines_as_lf(raw.read()))
    match = _HEAD.search(text)
    lines = text[match.end() if match else 0 :].splitlines()[1:]
    first = text[: match.end() if match else 0].count("\n") + 2
    if not lines or not lines[0].strip().isdigit():
        raise InputError("the number of records is missing", f"line {first}", "copy or export it again")
    promised, rows = int(lines[0]), [line.split() for line in lines[1:] if line.strip()]
    if len(rows) < promised or any(len(row) < 3 for row in rows[:promised]):
        raise InputError(
            f"{len(rows)} of {promised} complete records", f"line {first + len(rows)}", "the file is truncated"
        )
    body = "\n".join("\t".join(row) for row in rows[:promised]).encode()
    table = text_files.numbers(body, _NAMES[: len(rows[0])], "\t", first + 1)
    columns = {name: values for name, values in table.items() if name in _NAMES and "_" in name and name != _NAMES[2]}
    columns |= {"real_impedance_ohm": table["real"], "imaginary_impedance_ohm": -table["minus_imaginary"]}
    notes = record_checks.check(columns, ("frequency_hertz",))
    meta = {"instrument": "Autolab", "title": text.splitlines()[0].partition(":")[2].strip()}
    return tuple(
        Measurement(technique="impedance", columns={n: c[part] for n, c in columns.items()}, meta=meta, notes=notes)
        for part in impedance_spectra.split(columns["frequency_hertz"])
    )
