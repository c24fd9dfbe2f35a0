"""NETZSCH thermogravimetry, binary (.ngb-ss3, .ngb-bs3, .ngb-ds3); needs the extra `netzsch`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.core.optional_dependencies import require
from halfcell.core.result import Note
from halfcell.readers.common.thermogram import thermogram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Array = NDArray[np.float64]

_FLOWS = 1.0  # mL/min; below it a valve leaks

VERSION = "3"
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
        raise InputError(
            f"pyngb cannot read it: {error}", hint="unknown layout (a newer format?): export it as text by Proteus"
        ) from error
    if missing := [name for name in ("time", "sample_temperature", "mass") if name not in columns]:
        raise InputError(f"no column {', '.join(missing)}", hint=f"found: {', '.join(columns)}")
    sample = float(meta.get("sample_mass") or 0.0)
    kept: dict[str, Json] = {
        "title": str(meta.get("sample_name", "")),
        "instrument": str(meta.get("instrument", "NETZSCH")),
        "started": str(meta.get("date_performed", "")),
        "blank": sample <= 0 or meta.get("measurement_type") == "correction",
    }
    kept["gases"], stage = _gases(meta, columns)
    mass = columns["mass"] + max(sample, 0.0)
    if sample > 0:
        kept["sample_mass_mg"] = sample
    run = thermogram(columns["time"], columns["sample_temperature"], mass, kept, stage)
    text = "the file has the change of mass; the mass of the sample was added"
    notes = (Note("correction", "mass_change", text),) if sample > 0 else ()
    return (dataclasses.replace(run, notes=(*run.notes, *notes)),)


def _gases(meta: Mapping[str, Json], columns: Mapping[str, Array]) -> tuple[list[Json], Array | None]:
    """The purge gases that flow, as pairs (stage, gas), and the stage of each record where they change.

    A gas that is only connected has a flow of zero. Several at once are joined, without the protective gas.
    """
    names = {n: str(meta[f"purge_{n}_mfc_gas"]) for n in (1, 2) if meta.get(f"purge_{n}_mfc_gas")}
    count = len(columns["time"])
    flows = {n: columns.get(f"purge_flow_{n}", np.full(count, _stated_flow(meta, n))) for n in names}
    flowing = np.array([sum(n for n in flows if flows[n][k] > _FLOWS) for k in range(count)])  # 1, 2, or 3 for both
    starts = np.flatnonzero(np.concatenate([[True], np.diff(flowing) != 0]))
    gases: list[Json] = []
    for stage, record in enumerate(starts, 1):
        now = [name for n, name in names.items() if flows[n][record] > _FLOWS]
        if now:
            gases.append([stage, " and ".join(now)])
    if len(starts) < 2:
        return gases, None
    return gases, np.searchsorted(starts, np.arange(count), side="right").astype(float)


def _stated_flow(meta: Mapping[str, Json], purge: int) -> float:
    """The flow (mL/min) that the header states for a purge; zero where it states none."""
    return number_or_none(meta.get(f"purge_{purge}_mfc_flow")) or 0.0
