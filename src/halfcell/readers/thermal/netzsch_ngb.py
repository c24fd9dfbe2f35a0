"""NETZSCH thermogravimetry, binary (.ngb-ss3, .ngb-bs3, .ngb-ds3); needs the extra `netzsch`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.extras import require
from halfcell.core.result import Note
from halfcell.readers.common.thermogram import thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".ngb-ss3", ".ngb-bs3", ".ngb-ds3")


def recognises(raw: RawFile) -> bool:
    """Whether it is a ZIP archive with NETZSCH's streams."""
    return raw.head.startswith(b"PK\x03\x04") and b"Streams/stream_" in raw.head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run. The file has the change of mass; the mass of the sample is added (a blank has none).

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
        raise InputError(f"no column {', '.join(missing)}", hint=f"found: {', '.join(columns)}")
    sample = float(meta.get("sample_mass") or 0.0)
    kept: dict[str, Json] = {
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
    text = "the file has the change of mass; the mass of the sample was added"
    notes = (Note("correction", "mass_change", text),) if sample > 0 else ()
    return (dataclasses.replace(run, notes=(*run.notes, *notes)),)
