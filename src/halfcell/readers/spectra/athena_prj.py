"""Athena projects (.prj): every group with its energy, absorption and the choices made in Athena.

A gzip-packed list of Perl assignments: ``$old_group``, ``@args`` (parameters), ``@x``, ``@y`` and optional ``@stddev``,
``@i0``, closed by ``[record]``. It is read as text; nothing of it is run. (Projects kept as JSON are read too.)
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.xas_scan import xas

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".prj",)
_MARK = "Athena project file"
_LARGEST = 256 * 2**20
_ITEM = re.compile(r"'((?:[^'\\]|\\.)*)'|([^,\s()]+)")
_ATHENA = {  # the parameter's name in the project -> in meta["vendor"]
    "bkg_e0": "e0_electronvolt",
    "bkg_step": "edge_step",
    "bkg_rbkg": "rbkg_angstrom",
    "bkg_pre1": "pre1_electronvolt",
    "bkg_pre2": "pre2_electronvolt",
    "bkg_nor1": "norm1_electronvolt",
    "bkg_nor2": "norm2_electronvolt",
}


def recognises(raw: RawFile) -> bool:
    """The first line, packed or not, names Athena."""
    return _MARK.encode() in _start(raw)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read each group that is an absorption scan."""
    found = []
    for number, record in enumerate(_records(_text(raw)), start=1):
        if "x" in record and "y" in record:
            found.append(_measurement(record, f"{raw.name}: group {number}"))
    if not found:
        raise InputError("the project has no group with energy and absorption", raw.name, "is the file cut off?")
    return tuple(found)


def _start(raw: RawFile) -> bytes:
    """The first bytes, unpacked."""
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
            content = unpacked.decompress(content, _LARGEST)
        except (zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"the packed project is damaged: {error}", raw.name) from error
        if not unpacked.eof:
            raise InputError("the packed project ends too early or is beyond 256 MiB", raw.name, "is it cut off?")
    return content.decode("utf-8", errors="replace")


def _records(text: str) -> list[dict[str, Any]]:
    """The groups: name -> list of words."""
    if text.lstrip().startswith("{"):
        return _json_records(text)
    records: list[dict[str, Any]] = [{}]
    for line in text.splitlines():
        match = re.match(r"[$@](\w+)\s*=\s*(.*);\s*$", line)
        if match:
            records[-1][match[1]] = _words(match[2])
        elif line.startswith("[record]"):
            records.append({})
    return records


def _json_records(text: str) -> list[dict[str, Any]]:
    try:
        groups = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"the project's JSON is damaged: {error}") from error
    return [g for name, g in groups.items() if isinstance(g, dict) and not name.startswith("_")]


def _words(text: str) -> list[str]:
    """The items of a Perl list (or the one word of a scalar)."""
    return [m[1].replace("\\'", "'") if m[2] is None else m[2] for m in _ITEM.finditer(text)]


def _measurement(record: dict[str, Any], where: str) -> Measurement:
    try:
        columns = {
            "energy_electronvolt": np.array(record["x"], dtype=float),
            "absorption": np.array(record["y"], dtype=float),
        }
    except ValueError as error:
        raise InputError(f"an array holds what is no number: {error}", where) from error
    args = record.get("args", [])
    parameters = args if isinstance(args, dict) else dict(zip(args[::2], args[1::2], strict=False))
    vendor = {name: _number(parameters.get(key)) for key, name in _ATHENA.items()}
    meta = {
        "title": " ".join(str(parameters.get("label", where)).split()),
        "element": str(parameters.get("bkg_z", "")),
        "edge": str(parameters.get("fft_edge", "")).capitalize(),
        "vendor": {name: value for name, value in vendor.items() if value is not None},
    }
    return xas(columns, meta, where)


def _number(word: Any) -> float | None:
    try:
        return float(word)
    except (TypeError, ValueError):
        return None
