"""Feff scattering paths (feffNNNN.dat): amplitude, phase and mean free path of one path over k.

Columns of the file: k, real[2 phc], mag[feff], phase[feff], red factor, lambda, real[p]; in the header: number of legs,
degeneracy and half path length. Written by Feff 6 to 8 (J. J. Rehr et al., Phys. Rev. B 41 (1990) 8139).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common.xas_scan import table

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".dat",)
_LEGS = re.compile(r"^\s*(\d+)\s+([\d.]+)\s+([\d.]+)\s+[-\d.]+\s+[-\d.]+\s+nleg,\s*deg,\s*reff", re.MULTILINE)
_HEAD = "real[2*phc]"


def recognises(raw: RawFile) -> bool:
    """Whether the file has Feff's line of legs and its column headers."""
    text = raw.head.decode("latin-1")
    return _HEAD in text and _LEGS.search(text) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the path."""
    text = raw.text("latin-1")
    legs = _LEGS.search(text)
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if _HEAD in line), None)
    if legs is None or start is None:
        raise InputError("unknown layout: no line of legs or of column headers", raw.name, "give feffNNNN.dat")
    rows = table(lines[start + 1 :], f"{raw.name}:{start + 2}")
    if rows.shape[1] < 7 or len(rows) < 10 or rows[-1, 0] < 15:
        raise InputError(
            f"the path ends at k = {rows[-1, 0]:g} 1/angstrom", raw.name, "Feff writes to 20: copy it again"
        )
    columns = {
        "k_per_angstrom": rows[:, 0],
        "amplitude": rows[:, 2] * rows[:, 4],
        "phase_radian": rows[:, 1] + rows[:, 3],
        "free_path_angstrom": rows[:, 5],
        "momentum_per_angstrom": rows[:, 6],
    }
    meta: dict[str, Json] = {
        "legs": int(legs[1]),
        "degeneracy": float(legs[2]),
        "half_path_angstrom": float(legs[3]),
        "title": lines[0].split("Feff")[0].strip(),
    }
    return (Measurement(technique="feff_path", columns=columns, meta=meta),)
