"""X-ray spectra, maps and electron images of Oxford Instruments AZtec (.h5oina)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_VALUES
from halfcell.core.optional_dependencies import require
from halfcell.core.result import Note
from halfcell.readers.common.micrograph import micrograph
from halfcell.readers.common.packed_tables import check_hdf5
from halfcell.readers.common.pixel_size import pixel_size
from halfcell.readers.common.x_ray_spectrum import ReportedAmount, reported, spectrum, spectrum_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".h5oina",)
_HDF5 = b"\x89HDF\r\n\x1a\n"
_DETECTORS = ("SE", "BSE", "FSE")


def recognises(raw: RawFile) -> bool:
    """Whether it is an HDF5 file; the suffix is that of Oxford Instruments alone."""
    return raw.head.startswith(_HDF5)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the electron images, then the spectra and maps, of every acquisition (layout after versions 1.0 to 8.0).

    Raises
    ------
    MissingExtra
        If h5py is not installed.
    InputError
        If the file is damaged, or holds neither spectra nor images.
    """
    h5py = require("h5py", "hdf5")
    with raw.on_disk() as path:
        try:
            with h5py.File(path) as file:
                check_hdf5(file, path.stat().st_size, raw.name)
                made = [m for group in _groups(file) for m in _measurements(*group)]
        except (OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
            hint = "it was cut off, or is of a layout that is not known: export the spectrum as EMSA"
            raise InputError(f"the file cannot be read: {error}", raw.name, hint) from error
    if not made:
        hint = "AZtec exports spectra from version 6.2 on; export the spectrum as EMSA"
        raise InputError("no electron image, X-ray spectrum or map in the file", raw.name, hint)
    return tuple(made)


def _groups(file: Any) -> Iterator[tuple[str, Any]]:
    """Techniques of all acquisitions: images first."""
    slices = [file[name] for name in file if hasattr(file[name], "keys")]
    found = [(name, one[name]) for one in slices for name in one]
    yield from ((name, group) for name, group in found if name == "Electron Image")
    yield from ((name, group) for name, group in found if name.startswith("EDS"))


def _measurements(name: str, group: Any) -> Iterator[Measurement]:
    head, data = group["Header"], group["Data"]
    shape = (_whole(head, "Y Cells"), _whole(head, "X Cells"))
    steps = (_number(head, "Y Step"), _number(head, "X Step"))
    meta = _meta(head)
    if name != "Electron Image":
        yield from _spectra(head, data, shape, steps, meta)
        return
    for detector in (d for d in _DETECTORS if d in data):
        for title, image in data[detector].items():
            size = pixel_size(steps[0], "um", steps[1], "um")
            yield micrograph(_read(image).reshape(shape), size, {**meta, "title": title, "detector": detector})


def _spectra(
    head: Any, data: Any, shape: tuple[int, int], steps: tuple[float, float], meta: dict[str, Json]
) -> Iterator[Measurement]:
    """One spectrum, the spectra of a line added up, or a map; none where the file holds results alone."""
    if "Spectrum" not in data:
        return
    counts = _read(data["Spectrum"])
    width, first = 1e-3 * _number(head, "Channel Width"), 1e-3 * _number(head, "Start Channel")
    energy = first + width * np.arange(counts.shape[-1])
    live = float(np.nansum(_read(data["Live Time"]))) if "Live Time" in data else 0.0
    elevation = math.degrees(_number(head, "Detector Elevation")) if "Detector Elevation" in head else 0.0
    meta = {**meta, **_amounts(data)}
    meta |= {"live_time_second": live} if live > 0 else {}
    meta |= {"take_off_angle_degree": elevation} if 0 < elevation <= 90 else {}
    if min(shape) > 1:
        size = pixel_size(steps[0], "um", steps[1], "um")
        yield spectrum_image(energy, counts.reshape(*shape, -1), {**meta, **(size.meta() if size else {})})
    elif max(shape) > 1:
        note = Note("info", "spectra_added", f"{len(counts)} spectra along a line were added up.")
        yield spectrum(energy, counts.sum(axis=0, dtype=float), meta, (note,))
    else:
        yield spectrum(energy, counts.reshape(-1), meta)


def _meta(head: Any) -> dict[str, Json]:
    """Beam, magnification, time and names, where they are stated."""
    meta: dict[str, Json] = {"instrument": "Oxford Instruments"}
    for key, name in (("Beam Voltage", "beam_kilovolt"), ("Magnification", "magnification")):
        if key in head and _number(head, key) > 0:
            meta[name] = _number(head, key)
    for key, name in (("Acquisition Date", "started"), ("Analysis Label", "title"), ("Specimen Label", "specimen")):
        if key in head:
            text = np.asarray(head[key][()]).ravel()[0]
            meta[name] = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return meta


def _amounts(data: Any) -> dict[str, Json]:
    """The composition that AZtec computed, averaged over the pixels."""
    means = {kind: _means(data[kind]) for kind in ("Composition", "K Ratio") if kind in data}
    weights, ratios = means.get("Composition", {}), means.get("K Ratio", {})
    return reported(
        ReportedAmount(element=symbol, weight_percent=weights.get(symbol), k_ratio=ratios.get(symbol))
        for symbol in dict.fromkeys((*weights, *ratios))
    )


def _means(group: Any) -> dict[str, float]:
    values = {symbol.split()[0]: _read(group[symbol]).astype(float) for symbol in group}
    return {symbol: float(np.nanmean(v)) for symbol, v in values.items() if np.isfinite(v).any()}


def _read(dataset: Any) -> np.ndarray[Any, Any]:
    """The values of a dataset.

    Raises
    ------
    ValueError
        If it is larger than any picture or map.
    """
    if dataset.size > MAX_VALUES:
        raise ValueError(f"a dataset of {dataset.size} values")
    return np.asarray(dataset[()])


def _number(head: Any, key: str) -> float:
    return float(np.asarray(head[key][()]).ravel()[0])


def _whole(head: Any, key: str) -> int:
    return round(_number(head, key))
