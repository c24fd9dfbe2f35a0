"""Shared by readers of Raman spectra: one way to make the measurement, one way to read an axis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

AxisUnit = Literal["1/cm", "nm", "absolute 1/cm"]
_COLUMN = {
    "1/cm": "raman_shift_per_cm",
    "nm": "wavelength_nanometre",
    "absolute 1/cm": "wavenumber_per_cm",
}

_VISIBLE = 8000.0  # 1/cm: light scattered from no laser in use has less


def raman(x: Any, y: Any, unit: AxisUnit, meta: Mapping[str, Any], where: str) -> Measurement:
    """A Raman measurement with ascending axis; an axis in nm becomes a shift where the laser line is known.

    Shift (1/cm) = 1e7 / laser (nm) - 1e7 / wavelength (nm).

    Raises
    ------
    InputError
        If the axis and the intensities differ in length, are empty or hold no finite number.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.size != y.size or not x.size:
        raise InputError(f"{x.size} axis values but {y.size} intensities", where, "is the file cut off?")
    if not np.isfinite(x).all() or np.unique(x).size != x.size:
        raise InputError("the axis is damaged: values repeat or are not numbers", where)
    order = np.argsort(x)
    columns = {_COLUMN[unit]: x[order], "intensity_count": y[order]}
    laser = meta.get("laser_nm")
    if unit != "1/cm" and laser:
        wavenumber = 1e7 / columns[_COLUMN[unit]] if unit == "nm" else columns[_COLUMN[unit]]
        shift = 1e7 / float(laser) - wavenumber
        up = np.argsort(shift)
        columns = {name: values[up] for name, values in columns.items()} | {"raman_shift_per_cm": shift[up]}
    notes = _doubts(columns, unit)
    return Measurement(technique="raman", columns=columns, meta=dict(meta), notes=notes)


def _doubts(columns: Mapping[str, Any], unit: AxisUnit) -> tuple[Note, ...]:
    if "raman_shift_per_cm" not in columns:
        text = f"the axis is in {unit} and the file names no laser line: no Raman shift"
        infrared = unit == "absolute 1/cm" and columns[_COLUMN[unit]].max() < _VISIBLE
        text += "; these are wavenumbers of the infrared" if infrared else ""
        return (Note("doubt", "no_laser_line", text),)
    if columns["raman_shift_per_cm"].max() < 0:
        laser = "all shifts are negative: the laser line that the file names does not belong to this spectrum"
        text = f"{laser}, or it is anti-Stokes"
        return (Note("doubt", "wrong_laser_line", text),)
    return ()
