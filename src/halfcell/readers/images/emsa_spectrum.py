"""X-ray spectra in the EMSA/MAS format (.msa, .emsa, .txt)."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.text_files import decode
from halfcell.readers.common.x_ray_spectrum import kiloelectronvolts, spectrum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
QUICK = True
SUFFIXES = (".msa", ".emsa", ".ems", ".txt")
_START = re.compile(rb"^\xef?\xbb?\xbf?#FORMAT\s*:\s*EMSA/MAS", re.IGNORECASE)
_LINE = re.compile(r"^#(?P<mark>#?)\s*(?P<key>[^:]+?)\s*:\s*(?P<value>.*?)\s*$")
_NUMBERS = {
    "BEAMKV": "beam_kilovolt",
    "LIVETIME": "live_time_second",
    "REALTIME": "real_time_second",
    "PROBECUR": "probe_current_nanoampere",
    "ELEVANGLE": "take_off_angle_degree",
    "XTILTSTGE": "tilt_degree",
}
_MARK = "simulated by halfcell"
_TEXTS = {"TITLE": "title", "OWNER": "instrument", "DATE": "date", "TIME": "time"}


def recognises(raw: RawFile) -> bool:
    """Whether the first line names the format."""
    return _START.match(raw.head) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum; labels of elements in the file are kept as what it states, not as what is there."""
    lines = decode(raw.read(), "utf-8", "latin-1").splitlines()
    start = next((n for n, line in enumerate(lines) if line.upper().startswith("#SPECTRUM")), None)
    if start is None:
        raise InputError("no line #SPECTRUM before the counts", raw.name, "unknown layout of EMSA")
    head = _head(lines[:start])
    rows = [line for line in lines[start + 1 :] if line.strip() and not line.startswith("#")]
    is_complete = any(line.upper().startswith("#ENDOFDATA") for line in lines[start + 1 :])
    energy, counts = _data(head, rows, raw.name)
    notes = _notes(head, len(counts), is_complete=is_complete)
    return (spectrum(energy, counts, _meta(head), notes),)


def _head(lines: Sequence[str]) -> dict[str, str]:
    """Keys without their units and marks (``BEAMKV   -kV`` is ``BEAMKV``) -> values; the first of equal keys."""
    head: dict[str, str] = {}
    for line in lines:
        match = _LINE.match(line)
        if match:
            key = match["key"].upper()
            known = f"##{key}" if match["mark"] else re.split(r"[\s-]", key, maxsplit=1)[0]
            head.setdefault(known, match["value"])
    return head


def _data(head: Mapping[str, str], rows: Sequence[str], where: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Energies (keV) and counts."""
    unit = kiloelectronvolts(head.get("XUNITS", ""))
    if unit is None:
        raise InputError(f"the unit of the axis is {head.get('XUNITS', 'missing')!r}, not eV or keV", where)
    table = [_row(line, where) for line in rows]
    if not table:
        raise InputError("no counts after #SPECTRUM", where, "the file ends there")
    if head.get("DATATYPE", "Y").upper().startswith("XY"):
        if any(len(row) != 2 for row in table):
            raise InputError("the file says XY, but not every row has an energy and a count", where)
        return unit * np.array([row[0] for row in table]), np.array([row[1] for row in table])
    counts = np.array([number for row in table for number in row])
    step, offset = _number(head, "XPERCHAN", where), _number(head, "OFFSET", where)
    return np.asarray((offset + step * np.arange(len(counts))) * unit, dtype=np.float64), counts


def _row(line: str, where: str) -> list[float]:
    try:
        return [float(word) for word in re.split(r"[,;\s]+", line.strip(" ,;\t")) if word]
    except ValueError:
        raise InputError(f"not a number: {line.strip()[:60]!r}", where) from None


def _number(head: Mapping[str, str], key: str, where: str) -> float:
    value = _value(head.get(key, ""))
    if value is None:
        raise InputError(f"#{key} is {head.get(key, 'missing')!r}, not a number", where)
    return value


def _value(text: str) -> float | None:
    try:
        number = float(text.split(maxsplit=1)[0])
    except (ValueError, IndexError):
        return None
    return number if math.isfinite(number) else None


def _meta(head: Mapping[str, str]) -> dict[str, Json]:
    """What the head states, in our words; a time of 0 is none."""
    meta: dict[str, Json] = {name: head[key] for key, name in _TEXTS.items() if head.get(key, "").strip("[] ")}
    if _MARK in head.get("##COMMENT", ""):
        meta["simulated"] = True
    for key, name in _NUMBERS.items():
        value = _value(head.get(key, ""))
        if value is not None and (value > 0 or name == "tilt_degree"):
            meta[name] = value
    stated = head.get("##ELEMENTS") or head.get("##OXINSTELEMS")
    if stated:
        meta["atomic_numbers_stated"] = stated
    composition = head.get("##D2STDCMP")
    if composition:
        meta["composition_stated"] = composition
    return meta


def _notes(head: Mapping[str, str], channels: int, *, is_complete: bool) -> tuple[Note, ...]:
    """Channels that are missing, and data without their closing line."""
    wanted = _value(head.get("NPOINTS", ""))
    if wanted is not None and round(wanted) != channels:
        text = f"The file says {wanted:g} channels and holds {channels}: channels at its end may be missing."
        return (Note("doubt", "channels_missing", text),)
    if not is_complete:
        text = "The closing line #ENDOFDATA is missing: channels at the end may be missing."
        return (Note("doubt", "channels_missing", text),)
    return ()
