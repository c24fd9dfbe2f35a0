"""X-ray absorption as columns (.xmu, .nor, .dat): ``#`` header, energy in eV or keV, absorption or detector counts.

The labels of the columns stand in the last line of the header (above a line of dashes, or behind ``#L`` as in SPEC).
The headers of Ifeffit's foils (``#%name:``) and of older Athena (``# Saving NAME as``, ``E0=``) are read. If the header
says ``multicolumn``, each column is a scan, named in the last line of the header.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.xas_scan import absorption, table, xas

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Array = NDArray[np.float64]

VERSION = "3"
_OWN = (".xmu", ".nor", ".mu", ".norm")  # suffixes of absorption; others need labels of energy and absorption
SUFFIXES = (*_OWN, ".dat", ".txt")
_MU = re.compile(r"(?i)(?:x?mu|norm|flat|abs)")
_INCIDENT = re.compile(r"(?i)i_?0")
_TRANSMITTED = re.compile(r"(?i)(?:i_?1|i_?t|itrans)(?![a-z0-9])")
_FLUORESCENCE = re.compile(r"(?i)(?:i_?f|ifluor|fluo)")
_KEV_BELOW = 150.0  # no absorption edge with a fine structure has so few eV, and none so many keV
_ATHENA = {
    "title": r"# Saving (.+) as (?:normalized )?mu\(E\)",
    "element": r"\bElement=([A-Z][a-z]?)\b",
    "edge": r"\bEdge=(\w+)",
}


def recognises(raw: RawFile) -> bool:
    """Whether a ``#`` header (not of XDI) is above two or more columns, the first an energy of X-rays."""
    lines = raw.head.decode("latin-1").splitlines()
    if not lines or not lines[0].startswith("#") or re.match(r"#\s*XDI/", lines[0]):
        return False
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines) - 1)
    labels = _labels(lines[:first])
    named = bool(labels) and labels[0].lower().startswith("energy")
    if raw.suffix not in _OWN and not (named and any(_MU.match(x) or _INCIDENT.match(x) for x in labels[1:])):
        return False
    cells = lines[first].replace(",", " ").split()
    try:
        return len(cells) >= 2 and 1.0 < float(cells[0]) < 2e5
    except ValueError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read energy and absorption (by the labels of the columns; without any, the second; or each of several groups).

    Raises
    ------
    InputError
        If the file has several scans, one column, labels of which none is an absorption, or impossible energies.
    """
    lines = raw.text("latin-1").splitlines()
    if sum(line.startswith("#S ") for line in lines) > 1:
        raise InputError("several scans in one file", raw.name, "save each scan (#S) in a file of its own")
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    rows = table(lines[first:], f"{raw.name}:{first + 1}")
    if rows.shape[1] < 2:
        raise InputError("only one column", raw.name)
    meta = _meta(lines[:first]) | {"normalised": raw.suffix in {".nor", ".norm"}}
    labels = _labels(lines[:first])
    energy, notes = _energy(rows[:, 0], labels, raw.name)
    several = any("multicolumn" in line.lower() for line in lines[:first]) and len(labels) == rows.shape[1]
    if several:
        groups = [({"title": label}, rows[:, place]) for place, label in enumerate(labels[1:], start=1)]
    else:
        mu, on_mu = _absorption(rows, labels, raw.name)
        groups, notes = [({}, mu)], notes + on_mu
    scans = (xas({"energy_electronvolt": energy, "absorption": mu}, meta | title, raw.name) for title, mu in groups)
    return tuple(dataclasses.replace(scan, notes=(*notes, *scan.notes)) for scan in scans)


def _labels(head: list[str]) -> list[str]:
    """Labels of the columns: the last line of the header that is not only dashes."""
    written = [line for line in head if line.strip("#-=* \t\r")]
    if not written:
        return []
    last = next((line for line in reversed(written) if line.startswith("#L ")), written[-1])
    if last.startswith("#L "):
        return [label.strip() for label in re.split(r"\s{2,}|\t", last[3:]) if label.strip()]
    return last.lstrip("# \t").split()


def _energy(energy: Array, labels: list[str], where: str) -> tuple[Array, tuple[Note, ...]]:
    """Energies in eV: in keV by the label, or by their size where the label has no unit."""
    label = labels[0].lower() if labels and labels[0].lower().startswith("e") else ""
    kilo = "kev" in label
    span = f"{energy.min():g} to {energy.max():g}"
    if kilo and energy.max() > _KEV_BELOW:
        raise InputError(f"energies from {span} keV", where, "the label of the column says keV, its values say eV")
    if kilo:
        return 1000.0 * energy, ()
    if energy.max() > _KEV_BELOW:
        return energy, ()
    if "ev" in label.replace("energy", ""):
        raise InputError(f"energies from {span} eV", where, "the label of the column says eV, its values say keV")
    text = f"energies from {span} without a unit are taken as keV"
    return 1000.0 * energy, (Note("correction", "energy_in_kev", text),)


def _absorption(rows: Array, labels: list[str], where: str) -> tuple[Array, tuple[Note, ...]]:
    """The column that the labels call absorption, ln(I0 / I1) or If / I0; without labels, the second column."""
    if len(labels) != rows.shape[1]:
        text = "the columns are not named: the second of them is taken as the absorption"
        return rows[:, 1], (Note("doubt", "absorption_column", text),) if rows.shape[1] > 2 else ()
    place = {
        kind: next((i for i, label in enumerate(labels) if i and pattern.match(label)), None)
        for kind, pattern in (("mu", _MU), ("i0", _INCIDENT), ("i1", _TRANSMITTED), ("if", _FLUORESCENCE))
    }
    mu, incident, transmitted, fluorescence = (place[kind] for kind in ("mu", "i0", "i1", "if"))
    if mu is not None:
        return rows[:, mu], ()
    if incident is not None and transmitted is not None:
        text = f"absorption is ln({labels[incident]} / {labels[transmitted]})"
        return absorption(rows[:, incident], rows[:, transmitted], where), (Note("info", "absorption_column", text),)
    if incident is not None and fluorescence is not None and (rows[:, incident] > 0).all():
        text = f"absorption is {labels[fluorescence]} / {labels[incident]}"
        return rows[:, fluorescence] / rows[:, incident], (Note("info", "absorption_column", text),)
    if rows.shape[1] == 2:
        return rows[:, 1], ()
    named = ", ".join(labels[1:6])
    raise InputError(f"none of the columns {named} is an absorption", where, "name one mu, or two of them i0 and i1")


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
