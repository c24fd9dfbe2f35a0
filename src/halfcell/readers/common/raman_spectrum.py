"""Raman spectra as measurements: checked, sorted, a wavelength axis converted to a shift where the laser is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from halfcell.core.json_values import Json

AxisUnit = Literal["1/cm", "nm", "absolute 1/cm"]
_COLUMN = {
    "1/cm": "raman_shift_per_cm",
    "nm": "wavelength_nanometre",
    "absolute 1/cm": "wavenumber_per_cm",
}

_VISIBLE = 8000.0  # 1/cm; scattered light of every laser in use has more


def raman(axis: ArrayLike, intensity: ArrayLike, unit: AxisUnit, meta: Mapping[str, Json], where: str) -> Measurement:
    """A Raman measurement with ascending axis; an axis in nm is converted to a shift if the laser line is known.

    Shift (1/cm) = 1e7 / laser (nm) - 1e7 / wavelength (nm).

    Raises
    ------
    InputError
        If the axis and the intensities differ in length or are empty, or the axis is damaged.
    """
    x, y = np.asarray(axis, dtype=float), np.asarray(intensity, dtype=float)
    if x.size != y.size or not x.size:
        raise InputError(f"{x.size} axis values but {y.size} intensities", where, "expected as many of both")
    if not np.isfinite(x).all() or np.unique(x).size != x.size:
        raise InputError("unknown layout: values of the axis repeat or are not numbers", where)
    if unit == "nm" and x.min() <= 0:
        raise InputError(f"unknown layout: a wavelength of {x.min():g} nm", where, "export the spectrum again")
    order = np.argsort(x)
    columns = {_COLUMN[unit]: x[order], "intensity_count": y[order]}
    laser = meta.get("laser_nm")
    if unit != "1/cm" and isinstance(laser, float | int | str) and laser:
        wavenumber = 1e7 / columns[_COLUMN[unit]] if unit == "nm" else columns[_COLUMN[unit]]
        shift = 1e7 / float(laser) - wavenumber
        up = np.argsort(shift)
        columns = {name: values[up] for name, values in columns.items()} | {"raman_shift_per_cm": shift[up]}
    notes = _doubts(columns, unit)
    return Measurement(technique="raman", columns=columns, meta=dict(meta), notes=notes)


def _doubts(columns: Mapping[str, NDArray[np.float64]], unit: AxisUnit) -> tuple[Note, ...]:
    if "raman_shift_per_cm" not in columns:
        text = f"the axis is in {unit} and the file states no laser line: no Raman shift"
        infrared = unit == "absolute 1/cm" and columns[_COLUMN[unit]].max() < _VISIBLE
        text += "; these are infrared wavenumbers" if infrared else ""
        return (Note("doubt", "no_laser_line", text),)
    if columns["raman_shift_per_cm"].max() < 0:
        text = "all shifts are negative: the laser line in the file is not that of this spectrum, or it is anti-Stokes"
        return (Note("doubt", "wrong_laser_line", text),)
    return ()
