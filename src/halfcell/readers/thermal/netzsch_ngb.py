"""Thermogravimetry by NETZSCH, binary (.ngb-ss3, .ngb-bs3, .ngb-ds3): needs the extra `netzsch`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.extras import require
from halfcell.core.result import Note
from halfcell.readers.common.thermogram import thermogram

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".ngb-ss3", ".ngb-bs3", ".ngb-ds3")


def recognises(raw: RawFile) -> bool:
    """Whether it is a zip archive of NETZSCH's streams."""
    return raw.head.startswith(b"PK\x03\x04") and b"Streams/stream_" in raw.head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """One run. The mass is the change since the tare; the sample's mass is added (a blank has none: its -1000).

    Raises
    ------
    MissingExtra
        If pyngb is not installed.
    """
    pyngb = require("pyngb", "netzsch")
    try:
        with raw.on_disk() as path:
            meta, table = pyngb.read_ngb(str(path), return_metadata=True)
        columns = {name: np.asarray(table[name].to_numpy(), dtype=float) for name in table.column_names}
    except (ValueError, KeyError, OSError, IndexError, TypeError, pyngb.NGBParseError) as error:
        raise InputError(f"pyngb cannot read it: {error}", hint="the file is damaged, or of a newer format") from error
    if missing := [name for name in ("time", "sample_temperature", "mass") if name not in columns]:
        raise InputError(f"there is no {', '.join(missing)}", hint=f"there are: {', '.join(columns)}")
    sample = float(meta.get("sample_mass") or 0.0)
    kept: dict[str, Any] = {
        "title": str(meta.get("sample_name", "")),
        "instrument": str(meta.get("instrument", "NETZSCH")),
        "started": str(meta.get("date_performed", "")),
        "blank": sample <= 0,
        "gases": [[1, str(meta[key])] for key in ("purge_1_mfc_gas", "purge_2_mfc_gas") if meta.get(key)],
    }
    mass = columns["mass"] + max(sample, 0.0)
    if sample > 0:
        kept["sample_mass_mg"] = sample
    run = thermogram(columns["time"], columns["sample_temperature"], mass, kept)
    text = "The file holds the change of mass; the sample's mass was added."
    notes = (Note("correction", "mass_change", text),) if sample > 0 else ()
    return (dataclasses.replace(run, notes=(*run.notes, *notes)),)
