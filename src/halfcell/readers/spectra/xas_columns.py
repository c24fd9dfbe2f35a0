"""X-ray absorption as columns (.xmu, .nor): ``#`` header, energy in eV, then the absorption (raw or normalised).

The headers of Ifeffit's foils (``#%name:``) and of older Athena (``# Saving NAME as``, ``E0=``) are read. If the header
says ``multicolumn``, each column is a scan, named in the last line of the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.xas_scan import table, xas

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".xmu", ".nor", ".mu", ".norm")
_ATHENA = {
    "title": r"# Saving (.+) as (?:normalized )?mu\(E\)",
    "element": r"\bElement=([A-Z][a-z]?)\b",
    "edge": r"\bEdge=(\w+)",
}


def recognises(raw: RawFile) -> bool:
    """Whether a ``#`` header (not of XDI) is above two or more columns, the first an energy of 100 eV to 200 keV."""
    lines = raw.head.decode("latin-1").splitlines()
    if not lines or not lines[0].startswith("#") or re.match(r"#\s*XDI/", lines[0]):
        return False
    first = next((line.split() for line in lines if line.strip() and not line.startswith("#")), [])
    try:
        return len(first) >= 2 and 100.0 < float(first[0]) < 2e5
    except ValueError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read energy and absorption (the second column, or each of several groups)."""
    lines = raw.text("latin-1").splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    rows = table(lines[first:], f"{raw.name}:{first + 1}")
    if rows.shape[1] < 2:
        raise InputError("only one column", raw.name)
    meta = _meta(lines[:first]) | {"normalised": raw.suffix in {".nor", ".norm"}}
    labels = lines[first - 1].lstrip("# ").split()
    several = any("multicolumn" in line.lower() for line in lines[:first]) and len(labels) == rows.shape[1]
    titles = [{"title": label} for label in labels[1:]] if several else [{}]
    return tuple(
        xas({"energy_electronvolt": rows[:, 0], "absorption": rows[:, place]}, meta | title, raw.name)
        for place, title in enumerate(titles, start=1)
    )


def _meta(head: list[str]) -> dict[str, Json]:
    """Title, element, edge, beamline and Athena's E0, as far as the header has them."""
    meta: dict[str, Json] = {}
    for line in head:
        match = re.match(r"#%?\s*(name|atom|edge|element|beam|date|temp)\s*:\s*(.+)", line)
        if match:
            meta[{"name": "title", "atom": "element", "beam": "beamline"}.get(match[1], match[1])] = match[2].strip()
    text = "\n".join(head)
    for key, pattern in _ATHENA.items():
        found = re.search(pattern, text)
        if found and key not in meta:
            meta[key] = found[1]
    e0 = re.search(r"\bE0=(\d{3,6}(?:\.\d+)?)", text) if "Athena" in text else None
    return meta | ({"vendor": {"e0_electronvolt": float(e0[1])}} if e0 else {})
