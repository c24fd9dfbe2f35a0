"""XAFS Data Interchange (.xdi): header of ``# Name.field: value`` lines, columns named in it; also written here.

Absorption is taken from a ``mutrans``/``mufluor``/``normtrans`` column, or calculated from ``i0`` and ``itrans``.
Exports of Athena (.xmu, .nor) have this header, too; those of marked groups have one column (scan) per group. Format:
B. Ravel and M. Newville, J. Phys. Conf. Ser. 712 (2016) 012148.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.xas_scan import absorption, table, xas

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Array = NDArray[np.float64]

VERSION = "4"
SUFFIXES = (".xdi", ".dat", ".txt", ".xmu", ".nor", ".mu", ".norm")
_MARK = "simulated by halfcell"
_FIELD = re.compile(r"#\s*([A-Za-z0-9_]+\.[A-Za-z0-9_ ]+?):\s*(.*)")
_PLACES = frozenset(map(str, range(1, 1000)))  # of columns, from 1
_PLANCK_NM = 12398.419843320026  # h c in eV angstrom (exact SI values)


def recognises(raw: RawFile) -> bool:
    """Whether the first line names XDI."""
    return re.match(rb"#\s*XDI/\d", raw.head) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read energy and absorption: one scan, or one for each marked group of Athena."""
    lines = raw.text().splitlines()
    fields = {m[1].lower(): m[2].strip() for m in (_FIELD.match(line) for line in lines) if m}
    numbered = {key.removeprefix("column."): value for key, value in fields.items() if key.startswith("column.")}
    titles = {int(number) - 1: value for number, value in numbered.items() if value and number in _PLACES}
    names = {}
    for place, value in titles.items():
        words = value.split()
        names[words[0].lower()] = (place, words[1].lower() if len(words) > 1 else "")
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    rows = table(lines[first:], f"{raw.name}:{first + 1}")
    if titles and max(titles) >= rows.shape[1]:
        raise InputError(f"the header names more than the {rows.shape[1]} columns found", raw.name)
    energy = _energy(names, rows, fields, raw.name)
    meta = _meta(fields, lines[:first])
    kind = fields.get("demeter.output_filetype", "").lower()
    meta |= {"normalised": True} if "norm" in kind else {}
    if "multicolumn" in kind:
        groups = {title: rows[:, place] for place, title in titles.items() if place != names["energy"][0]}
        return tuple(_scan(energy, mu, meta | {"title": title}, raw.name) for title, mu in groups.items())
    made = {"energy_electronvolt": energy, "absorption": _absorption(names, rows, raw.name)}
    return (xas(made | _reference(names, rows), meta, raw.name),)


def _scan(energy: Array, mu: Array, meta: dict[str, Json], where: str) -> Measurement:
    return xas({"energy_electronvolt": energy, "absorption": mu}, meta, where)


def _reference(names: dict[str, tuple[int, str]], rows: Array) -> dict[str, Array]:
    """The absorption of a foil behind the sample: ``murefer``, or ln(itrans / irefer); empty where there is none."""
    for name in ("murefer", "muref", "mu_ref"):
        if name in names:
            return {"reference_absorption": np.asarray(rows[:, names[name][0]])}
    behind = next((name for name in ("irefer", "iref", "i2") if name in names), "")
    if not behind or "itrans" not in names:
        return {}
    before, after = rows[:, names["itrans"][0]], rows[:, names[behind][0]]
    return {"reference_absorption": np.log(before / after)} if (before > 0).all() and (after > 0).all() else {}


def write(measurement: Measurement) -> bytes:
    """Write a scan as XDI; simulated data are marked in the comments."""
    meta = measurement.meta
    head = [
        "# XDI/1.0 halfcell",
        "# Column.1: energy eV",
        "# Column.2: mutrans",
        f"# Element.symbol: {meta.get('element', '')}",
        f"# Element.edge: {meta.get('edge', 'K')}",
        "# Mono.d_spacing: 3.13555",
        f"# Sample.name: {meta.get('title', '')}",
        "# ///",
        f"# {_MARK if measurement.is_simulated else 'written by halfcell'}",
        "#----",
        "# energy mutrans",
    ]
    columns = [measurement["energy_electronvolt"], measurement["absorption"]]
    if "reference_absorption" in measurement:
        columns.append(measurement["reference_absorption"])
        head[3:3], head[-1] = ["# Column.3: murefer"], f"{head[-1]} murefer"
    rows = zip(*columns, strict=True)
    lines = ("  " + "  ".join([f"{row[0]:.4f}", *(f"{mu:.8f}" for mu in row[1:])]) for row in rows)
    return ("\n".join([*head, *lines]) + "\n").encode()


def _energy(names: dict[str, tuple[int, str]], rows: Array, fields: dict[str, str], where: str) -> Array:
    """Energy in eV; from an angle with the spacing of the monochromator: E = h c / (2 d sin theta)."""
    if "energy" in names:
        place, unit = names["energy"]
        return np.asarray(rows[:, place] * (1000.0 if unit == "kev" else 1.0))
    if "angle" in names and "mono.d_spacing" in fields:
        place, unit = names["angle"]
        angle = rows[:, place] if unit.startswith("rad") else np.radians(rows[:, place])
        return np.asarray(_PLANCK_NM / (2.0 * float(fields["mono.d_spacing"].split()[0]) * np.sin(angle)))
    raise InputError("no column 'energy' (nor 'angle' with Mono.d_spacing)", where)


def _absorption(names: dict[str, tuple[int, str]], rows: Array, where: str) -> Array:
    for name in ("mutrans", "mufluor", "mu", "xmu", "normtrans", "normfluor", "norm"):
        if name in names:
            return np.asarray(rows[:, names[name][0]])
    if "i0" in names and "itrans" in names:
        return absorption(rows[:, names["i0"][0]], rows[:, names["itrans"][0]], where)
    raise InputError("no absorption: no column mutrans, and no i0 with itrans", where)


def _meta(fields: dict[str, str], head: list[str]) -> dict[str, Json]:
    wanted = {
        "element": "element.symbol",
        "edge": "element.edge",
        "title": "sample.name",
        "beamline": "beamline.name",
        "started": "scan.start_time",
    }
    found: dict[str, Json] = {key: fields[name] for key, name in wanted.items() if fields.get(name)}
    found.setdefault("element", fields.get("scan.element", ""))
    return found | ({"simulated": True} if any(_MARK in line for line in head) else {})
