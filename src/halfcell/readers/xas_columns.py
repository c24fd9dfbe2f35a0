"""Column files of absorption (.xmu, .nor): ``#`` head, energy in eV, then the absorption (raw or normalised)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.readers._xas import table, xas

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".xmu", ".nor", ".mu", ".norm")
_LABELS = re.compile(r"#\s*(?:energy|e)\s", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """A ``#`` head (but not XDI's) over at least two columns, the first an energy of an edge (100 eV to 200 keV)."""
    lines = raw.head.decode("latin-1").splitlines()
    if not lines or not lines[0].startswith("#") or re.match(r"#\s*XDI/", lines[0]):
        return False
    first = next((line.split() for line in lines if line.strip() and not line.startswith("#")), [])
    try:
        return len(first) >= 2 and 100.0 < float(first[0]) < 2e5
    except ValueError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read energy and absorption (the second column)."""
    lines = raw.text("latin-1").splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    rows = table(lines[first:], f"{raw.name}:{first + 1}")
    if rows.shape[1] < 2:
        raise InputError("one column only", raw.name)
    meta: dict[str, Any] = {}
    for line in lines[:first]:
        match = re.match(r"#%?\s*(name|atom|edge|element|beam|date|temp)\s*:\s*(.+)", line)
        if match:
            meta[{"name": "title", "atom": "element", "beam": "beamline"}.get(match[1], match[1])] = match[2].strip()
    meta["normalised"] = raw.suffix in {".nor", ".norm"}
    return (xas({"energy_electronvolt": rows[:, 0], "absorption": rows[:, 1]}, meta, raw.name),)
