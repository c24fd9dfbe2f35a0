"""BioLogic binary files (.mpr) of EC-Lab and BT-Lab: cycling, voltammetry, impedance, chronoamperometry."""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING, Protocol

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common import biologic_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
QUICK = True
SUFFIXES = (".mpr",)

_MAGIC = b"BIO-LOGIC MODULAR FILE\x1a"
_HINT = "copy it from the instrument again, or export it as .mpt"
_LOG = b"MODULEVMP LOG   "
_CLOCK = ("Date mismatch", "find timestamp")
_PROTOCOLS = {  # first byte of the settings -> EC-Lab's name, from files with their text export
    4: "Galvanostatic Cycling with Potential Limitation",
    6: "Cyclic Voltammetry",
    11: "Open Circuit Voltage",
    24: "Chronoamperometry / Chronocoulometry",
    25: "Chronopotentiometry",
    29: "Potentio Electrochemical Impedance Spectroscopy",
    30: "Galvano Electrochemical Impedance Spectroscopy",
    51: "Cyclic Voltammetry Advanced",
    108: "Linear Sweep Voltammetry",
    127: "Modulo Bat",
}


class _File(Protocol):
    """A file as galvani reads it."""

    data: np.ndarray
    npts: int
    flags_dict: Mapping[str, object]
    modules: Sequence[Mapping[str, bytes]]


class _ClockError(InputError):
    """The time in the log does not match the date in the settings; the data may still be complete."""


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the signature of EC-Lab."""
    return raw.head.startswith(_MAGIC)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the data; current and cycle number are calculated where EC-Lab adds them only when it exports.

    Raises
    ------
    InputError
        If the file is truncated or damaged, or contains no records.
    """
    content = raw.read()
    doubts: tuple[Note, ...] = ()
    try:
        file, unknown = _open(content)
    except _ClockError as error:
        file, unknown = _open(_without_log(content))
        doubts = (Note("doubt", "clock_unclear", f"only the date of the start is known, not its time: {error.what}"),)
    notes = (*doubts, *(Note("info", "columns_left_out", text) for text in unknown))
    table = {name: file.data[name] for name in file.data.dtype.names or () if name != "flags"}
    if "mode" in file.flags_dict:
        table["mode"] = file.data["flags"] & 3
    settings = next(m["data"] for m in file.modules if m["shortname"].startswith(b"VMP Set"))
    code = settings[0]
    meta: dict[str, Json] = {}
    started: date | None = getattr(file, "timestamp", None) or getattr(file, "startdate", None)
    if started is not None:
        meta["started"] = started.isoformat()
    return biologic_columns.measurements(table, _PROTOCOLS.get(code, f"EC-Lab technique {code}"), meta, notes)


def _without_log(content: bytes) -> bytes:
    """The file without its log, which is only needed for the time of the start."""
    start = content.find(_LOG)
    end = content.find(b"MODULE", start + len(_LOG))
    return content[:start] + (content[end:] if end > 0 else b"") if start > 0 else content


def _open(content: bytes) -> tuple[_File, list[str]]:
    """Read the modules with galvani; whatever it raises means damage. Also return its warnings."""
    from galvani import BioLogic

    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            file: _File = BioLogic.MPRfile(io.BytesIO(content))
            count = len(file.data)
    except OSError as error:
        raise InputError("the file is truncated: it ends within a module", hint=_HINT) from error
    except (ValueError, IndexError, KeyError, AssertionError, RuntimeError, struct.error, UnboundLocalError) as error:
        if any(words in str(error) for words in _CLOCK):
            raise _ClockError(" ".join(str(error).split())[:120]) from error
        reason = " ".join(str(error).split())[:120] or "its modules do not match"
        raise InputError(f"unknown layout: {reason}", hint=_HINT) from error
    if not count or not np.any(file.npts):
        raise InputError("the file contains no records", hint="the technique was stopped before its first record")
    return file, sorted({str(warning.message) for warning in caught})
