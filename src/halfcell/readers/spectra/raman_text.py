"""Raman text exports of two columns: Horiba LabSpec (#-header), Renishaw (#Wave #Intensity), bare columns.

Bare columns have no names, so they are only recognised if they look like those of a grating spectrometer: the axis
goes beyond 180 (unlike a scattering angle), is dense, and its steps change smoothly and shrink towards large shifts, as
those of a grating in wavenumbers. Decimal commas are read if columns are separated by tabs or ``;``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.raman_spectrum import raman

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "4"
SUFFIXES = (".txt", ".dat", ".csv", ".asc")
_MARK = "simulated by halfcell"
_FIELD = re.compile(r"#\s*([^=\t]+?)\s*=\s*(.*)")


def recognises(raw: RawFile) -> bool:
    """Whether there is a header of LabSpec or Renishaw, or bare columns with the steps of a grating."""
    text = raw.head.decode("latin-1").lstrip("\ufeffï»¿")
    if text.startswith("#"):
        return "#AxisUnit[1]=\t1/cm" in text or text.startswith("#Wave\t") or "#Acq. time (s)" in text
    lines = text.splitlines()[:-1] if len(raw.head) >= 65536 else text.splitlines()
    return _like_a_grating(lines)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read shift and intensity; the fields of the header go to `meta`."""
    lines = raw.text("latin-1").splitlines()
    meta: dict[str, Json] = {}
    for line in lines:
        match = _FIELD.match(line)
        if match:
            meta[match[1]] = match[2].strip()
    laser = re.search(r"\d{3,4}(?:\.\d+)?", str(meta.get("Laser", "")))
    meta |= {"laser_nm": float(laser[0])} if laser else {}
    meta |= {"simulated": True} if any(_MARK in line for line in lines[:40]) else {}
    meta |= {"title": meta["Title"]} if "Title" in meta else {}
    time = re.search(r"\d+(?:[.,]\d+)?", str(meta.get("Acq. time (s)", "")))
    meta |= {"exposure_second": float(time[0].replace(",", "."))} if time else {}
    first = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    table = _table(lines[first:])
    if table is None:
        raise InputError("no two columns of numbers after the header", f"{raw.name}:{first + 1}")
    return (raman(table[:, 0], table[:, 1], "1/cm", meta, raw.name),)


def write(measurement: Measurement) -> bytes:
    """Write a spectrum in the text format of Horiba LabSpec; simulated data are marked in the title."""
    meta = measurement.meta
    title = f"{meta.get('title', '')}{' - ' + _MARK if measurement.is_simulated else ''}"
    head = [
        f"#Title=\t{title}",
        f"#Acq. time (s)=\t{meta.get('exposure_second', 10):g}",
        f"#Laser=\t{meta.get('laser_nm', 532.0):g}nm",
        "#AxisType[0]=\tIntens",
        "#AxisUnit[0]=\tCnt",
        "#AxisType[1]=\tSpectr",
        "#AxisUnit[1]=\t1/cm",
    ]
    pairs = zip(measurement["raman_shift_per_cm"], measurement["intensity_count"], strict=True)
    rows = [f"{shift:.4f}\t{count:.2f}" for shift, count in pairs]
    return ("\n".join(head + rows) + "\n").encode("latin-1", "replace")


def _table(lines: list[str]) -> NDArray[np.float64] | None:
    """Two columns of numbers, or None."""
    rows = []
    for line in lines:
        if not line.strip():
            continue
        text = line.replace(",", ".") if re.search(r"[\t;]", line) else line.replace(",", " ")
        cells = re.split(r"[\t; ]+", text.strip())
        try:
            rows.append(tuple(float(cell) for cell in cells))
        except ValueError:
            return None
    table = np.array(rows) if len({len(row) for row in rows}) == 1 else np.empty((0, 0))
    return table if table.ndim == 2 and table.shape[1] == 2 else None


def _like_a_grating(lines: list[str]) -> bool:
    """Whether bare columns have the steps of a grating: smooth, and decreasing with the shift."""
    table = _table(lines)
    if table is None or len(table) < 200:
        return False
    shift = np.sort(table[:, 0])
    steps = np.diff(shift)
    if shift[-1] <= 180 or shift[-1] > 12000 or steps.min() <= 0:
        return False
    parts = np.array([part.mean() for part in np.array_split(steps, 20)])
    shrinks = bool((np.diff(parts) < 0.02 * parts[:-1]).all() and parts[-1] < 0.95 * parts[0])
    return shrinks and bool(steps.max() < 3 * np.median(steps))
