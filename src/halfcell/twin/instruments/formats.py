"""The formats in which a simulated measurement is written, by the suffix of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from halfcell.core.measurement import Measurement

    Write = Callable[[Measurement], bytes]


def formats_of(technique: str) -> dict[str, Write]:
    """Suffix -> what writes it, for cycling, voltammetry or impedance."""
    from halfcell.readers.common import cycler_text_writers as cyclers
    from halfcell.readers.common import gamry_text_writer as gamry
    from halfcell.readers.cycling import bdf, biologic_mpt
    from halfcell.readers.impedance import chi, zplot

    known: dict[str, dict[str, Write]] = {
        "cycling": {
            ".mpt": biologic_mpt.write,
            ".bdf.csv": bdf.write,
            ".neware.csv": cyclers.write_neware,
            ".arbin.csv": cyclers.write_arbin,
        },
        "voltammetry": {".mpt": biologic_mpt.write, ".txt": chi.write, ".dta": gamry.write},
        "impedance": {".z": zplot.write, ".mpt": biologic_mpt.write, ".dta": gamry.write},
    }
    return known.get(technique, {})


def raw_file(measurement: Measurement, suffix: str) -> bytes:
    """A measurement as the content of a raw file.

    Parameters
    ----------
    measurement
        Cycling, voltammetry or impedance.
    suffix
        Of a file or its whole path: ``.mpt`` (EC-Lab), ``.bdf.csv`` (Battery Data Format), ``.neware.csv``,
        ``.arbin.csv``, ``.z`` (ZPlot), ``.txt`` (CHI), ``.dta`` (Gamry).

    Raises
    ------
    InputError
        If its technique is not written in that format.
    """
    known = formats_of(measurement.technique)
    chosen = next((one for one in known if suffix.lower().endswith(one)), None)
    if chosen is None:
        hint = "use " + ", ".join(known) if known else ""
        raise InputError(f"{measurement.technique} is not written as {suffix}", hint=hint)
    return known[chosen](measurement)
