"""B&W Tek BWSpec Raman spectra, exported as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.raman_spectrum import raman

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "4"
SUFFIXES = (".txt",)
_SHIFT, _CORRECTED, _RAW = "Raman Shift", "Dark Subtracted #1", "Raw data #1"


def recognises(raw: RawFile) -> bool:
    """Whether the first line is the file version of the program."""
    return raw.head.startswith(b"File Version;BWRam") or raw.head.startswith(b"File Version;BWSpec")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the Raman shift and the dark-corrected intensity (or the raw one if there is no other)."""
    lines = raw.text("latin-1").splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith("Pixel;")), None)
    if start is None:
        raise InputError("no table of pixels", raw.name, "expected a line that begins with Pixel;")
    names = [name.strip() for name in lines[start].split(";")]
    wanted = _CORRECTED if _CORRECTED in names else _RAW
    if _SHIFT not in names or wanted not in names:
        raise InputError("no column 'Raman Shift' or no intensities", f"{raw.name}:{start + 1}")
    rows = _rows(lines[start:], names.index(_SHIFT), names.index(wanted), f"{raw.name}:{start + 1}")
    named = next((line.split(";")[1] for line in lines[:start] if line.startswith("pixel_num;")), "")
    given = sum(1 for line in lines[start + 1 :] if line.strip())
    if named.strip().isdigit() and given < int(named):
        raise InputError(f"{given} of {named.strip()} pixels", raw.name, "the file is truncated")
    return (raman(rows[:, 0], rows[:, 1], "1/cm", _meta(lines[:start]) | {"intensity": wanted}, raw.name),)


def _rows(lines: list[str], shift: int, intensity: int, where: str) -> NDArray[np.float64]:
    """Shift and intensity of the pixels with both (the first pixels have no calibrated shift), below the header."""
    found = []
    fields = lines[0].count(";") + 1
    for number, line in enumerate(line for line in lines[1:] if line.strip()):
        cells = line.replace(",", ".").split(";")
        if len(cells) != fields:
            what = f"data row {number + 1} has {len(cells)} fields for {fields} columns"
            raise InputError(what, where, "a field was lost or added: export it again")
        try:
            pair = cells[shift].strip(), cells[intensity].strip()
            if all(pair):
                found.append((float(pair[0]), float(pair[1])))
        except (IndexError, ValueError):
            raise InputError(f"unexpected text in data row {number + 1}", where, "expected numbers") from None
    if not found:
        raise InputError("no pixel has a Raman shift", where)
    return np.array(found)


def _meta(lines: list[str]) -> dict[str, Json]:
    fields = dict(line.split(";", 1) for line in lines if ";" in line)
    meta: dict[str, Json] = {
        "instrument": "B&W Tek " + fields.get("model", "").strip(),
        "started": fields.get("Date", ""),
    }
    laser = fields.get("laser_wavelength", "").replace(",", ".").strip()
    time = fields.get("intigration times(ms)", "").strip()
    try:
        return (
            meta
            | ({"laser_nm": float(laser)} if laser else {})
            | ({"exposure_second": float(time) / 1e3} if time else {})
        )
    except ValueError:
        return meta
