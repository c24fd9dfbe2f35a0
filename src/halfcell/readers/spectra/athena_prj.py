"""Athena projects (.prj): energy, absorption and parameters of every group.

A gzip-compressed list of Perl assignments: ``$old_group``, ``@args`` (parameters), ``@x``, ``@y`` and optional
``@stddev``, ``@i0``, closed by ``[record]``. It is read as text and never executed. Projects in JSON are read, too.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_PROJECT
from halfcell.readers.common.xas_scan import xas

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".prj",)
_MARK = "Athena project file"
_ITEM = re.compile(r"'((?:[^'\\]|\\.)*)'|([^,\s()]+)")
_ATHENA = {  # name of the parameter in the project -> in meta["vendor"]
    "bkg_e0": "e0_electronvolt",
    "bkg_step": "edge_step",
    "bkg_rbkg": "rbkg_angstrom",
    "bkg_pre1": "pre1_electronvolt",
    "bkg_pre2": "pre2_electronvolt",
    "bkg_nor1": "norm1_electronvolt",
    "bkg_nor2": "norm2_electronvolt",
}


def recognises(raw: RawFile) -> bool:
    """Whether the first line, compressed or not, names Athena."""
    return _MARK.encode() in _start(raw)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read each group that is an absorption scan."""
    found = []
    for number, record in enumerate(_records(_text(raw)), start=1):
        if "x" in record and "y" in record:
            found.append(_measurement(record, f"{raw.name}: group {number}"))
    if not found:
        raise InputError("the project has no group with energy and absorption", raw.name, "expected @x and @y")
    return tuple(found)


def _start(raw: RawFile) -> bytes:
    """The first bytes, decompressed."""
    if not raw.head.startswith(b"\x1f\x8b"):
        return raw.head[:400]
    try:
        return zlib.decompressobj(31).decompress(raw.head, 400)
    except zlib.error:
        return b""


def _text(raw: RawFile) -> str:
    content = raw.read()
    if content.startswith(b"\x1f\x8b"):
        try:
            unpacked = zlib.decompressobj(31)
            content = unpacked.decompress(content, MAX_PROJECT)
        except (zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"the compressed project is damaged: {error}", raw.name) from error
        if not unpacked.eof:
            raise InputError("the project is truncated or larger than 256 MiB", raw.name, "copy or save it again")
    return content.decode("utf-8", errors="replace")


def _records(text: str) -> list[dict[str, Json]]:
    """The groups, each as name -> list of items."""
    if text.lstrip().startswith("{"):
        return _json_records(text)
    records: list[dict[str, Json]] = [{}]
    for line in text.splitlines():
        match = re.match(r"[$@](\w+)\s*=\s*(.*);\s*$", line)
        if match:
            records[-1][match[1]] = _words(match[2])
        elif line.startswith("[record]"):
            records.append({})
    return records


def _json_records(text: str) -> list[dict[str, Json]]:
    try:
        groups = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the project's JSON is not well formed: {error}") from error
    return [g for name, g in groups.items() if isinstance(g, dict) and not name.startswith("_")]


def _words(text: str) -> list[str]:
    """The items of a Perl list (or the one word of a scalar)."""
    return [m[1].replace("\\'", "'") if m[2] is None else m[2] for m in _ITEM.finditer(text)]


def _measurement(record: dict[str, Json], where: str) -> Measurement:
    try:
        columns = {
            "energy_electronvolt": np.array(record["x"], dtype=float),
            "absorption": np.array(record["y"], dtype=float),
        }
    except ValueError as error:
        raise InputError(f"a list contains a non-numeric value: {error}", where) from error
    args = record.get("args", [])
    items = list(args) if isinstance(args, Sequence) else []
    parameters = dict(args) if isinstance(args, Mapping) else dict(zip(map(str, items[::2]), items[1::2], strict=False))
    vendor = {name: _number(parameters.get(key)) for key, name in _ATHENA.items()}
    meta: dict[str, Json] = {
        "title": " ".join(str(parameters.get("label", where)).split()),
        "element": str(parameters.get("bkg_z", "")),
        "edge": str(parameters.get("fft_edge", "")).capitalize(),
        "vendor": {name: value for name, value in vendor.items() if value is not None},
    }
    return xas(columns, meta, where)


def _number(word: object) -> float | None:
    try:
        return float(word) if isinstance(word, str | int | float) else None
    except ValueError:
        return None
