"""What RosettaSciIO reads of a microscope's file, as measurements: pictures, X-ray spectra and maps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require
from halfcell.core.result import Note
from halfcell.readers.common.apart import read_apart
from halfcell.readers.common.library_errors import EXTRA, unreadable
from halfcell.readers.common.micrograph import micrograph
from halfcell.readers.common.packed_tables import HDF5, check_hdf5_file
from halfcell.readers.common.pixel_size import PixelSize, pixel_size
from halfcell.readers.common.x_ray_spectrum import kiloelectronvolts, spectrum, spectrum_image

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Signal = Mapping[str, Any]


def signals(raw: RawFile, plugin: str, *, apart: bool = False) -> list[Signal]:
    """What a plug-in of RosettaSciIO reads of a file; `apart` in a process of its own, which a damaged file may end.

    Raises
    ------
    MissingExtra
        If RosettaSciIO is not installed.
    InputError
        If it cannot read the file.
    """
    require("rsciio", EXTRA)
    reader = require(f"rsciio.{plugin}", EXTRA)
    logging.getLogger("rsciio").setLevel(logging.ERROR)
    with raw.on_disk() as path:
        if raw.head.startswith(HDF5):
            check_hdf5_file(path, raw.name)
        if apart:
            return read_apart(plugin, path, raw.name)
        try:
            found: list[Signal] = reader.file_reader(str(path))
        except unreadable(plugin) as error:
            raise InputError(
                f"the file cannot be read: {error}", raw.name, "unknown layout; export it again"
            ) from error
    return found


def measurements(raw: RawFile, plugin: str, instrument: str = "", *, apart: bool = False) -> tuple[Measurement, ...]:
    """Every picture, spectrum and map of a file that RosettaSciIO reads; other signals are left out.

    Raises
    ------
    InputError
        If the file cannot be read, or holds none of these.
    """
    found = signals(raw, plugin, apart=apart)
    made = tuple(m for signal in found for m in measured(signal, instrument))
    if not made:
        shapes = ", ".join(str(np.shape(signal["data"])) for signal in found) or "nothing"
        raise InputError(f"no picture, X-ray spectrum or map in the file, but {shapes}", raw.name)
    return made


def measured(signal: Signal, instrument: str = "") -> Iterator[Measurement]:
    """The measurement of one signal, if it is a picture, an X-ray spectrum or a map of them."""
    axes = signal["axes"]
    data = signal["data"]
    meta = _meta(signal, instrument)
    energy = [n for n, axis in enumerate(axes) if kiloelectronvolts(str(axis.get("units") or "")) is not None]
    if len(energy) == 1 and energy[0] == len(axes) - 1:
        yield from _spectra(axes, data, meta)
    elif not energy and np.ndim(data) in {2, 3} and len(axes) >= 2:
        size, said = size_of(axes[-2], axes[-1])
        yield micrograph(np.asarray(data), size, meta, said=said)


def size_of(rows: Signal, columns: Signal) -> tuple[PixelSize | None, str]:
    """The size of a pixel from the axes of a picture, and what they say where it is unusable."""
    size = pixel_size(rows.get("scale"), rows.get("units"), columns.get("scale"), columns.get("units"))
    units = "/".join(dict.fromkeys(str(axis.get("units") or "no unit") for axis in (rows, columns)))
    scale = columns.get("scale")
    return size, "" if size or scale is None else f"it says {float(scale):g} with {_quoted(units)}"


def _quoted(units: str) -> str:
    return units if units == "no unit" else f"the unit {units!r}"


def _spectra(axes: list[Signal], data: Any, meta: dict[str, Json]) -> Iterator[Measurement]:
    """One spectrum, the spectra of a line added up, or a map."""
    axis = axes[-1]
    unit = kiloelectronvolts(str(axis.get("units") or "")) or 1.0
    energy = (float(axis.get("offset") or 0.0) + float(axis["scale"]) * np.arange(np.shape(data)[-1])) * unit
    values = np.asarray(data)
    if values.ndim == 1:
        yield spectrum(energy, values, meta)
    elif values.ndim == 2:
        note = Note("info", "spectra_added", f"{len(values)} spectra along a line were added up.")
        yield spectrum(energy, values.sum(axis=0, dtype=float), meta, (note,))
    elif values.ndim == 3:
        size, _ = size_of(axes[0], axes[1])
        yield spectrum_image(energy, values, {**meta, **(size.meta() if size else {})})


def _meta(signal: Signal, instrument: str) -> dict[str, Json]:
    """Title, instrument, voltage and detector, where the file states them."""
    metadata = signal.get("metadata", {})
    general = metadata.get("General", {})
    setup = metadata.get("Acquisition_instrument", {})
    column = setup.get("TEM") or setup.get("SEM") or {}
    detector = (column.get("Detector") or {}).get("EDS") or {}
    stated: dict[str, object] = {
        "title": general.get("title"),
        "instrument": column.get("microscope") or instrument,
        "started": " ".join(filter(None, (str(general.get("date") or ""), str(general.get("time") or "")))),
        "beam_kilovolt": column.get("beam_energy"),
        "magnification": column.get("magnification"),
        "live_time_second": detector.get("live_time"),
        "take_off_angle_degree": detector.get("elevation_angle"),
        "elements_stated": ", ".join((metadata.get("Sample") or {}).get("elements") or ()),
    }
    return {name: plain for name, value in stated.items() if (plain := _plain(value)) not in {None, ""}}


def _plain(value: object) -> str | float | None:
    """A value of a file's metadata as a text or a number; None for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float | np.number) and np.isfinite(value):
        return float(value)
    return None
