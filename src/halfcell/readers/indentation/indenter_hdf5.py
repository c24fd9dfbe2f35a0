"""Indentation in the common HDF5 format 2.0 (from KLA, MTS, FemtoTools, SURFACE, Fischer, Micro Materials)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.optional_dependencies import require
from halfcell.core.result import Note
from halfcell.readers.common.packed_tables import check_hdf5
from halfcell.readers.common.spreadsheets import damaged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".hdf5", ".h5", ".nxs")

# converter named in the file -> (manufacturer, unit of depth in m, of load in N, names of depth, load, time)
_Format = tuple[str, float, float, tuple[tuple[str, ...], ...]]
_MAKERS: dict[bytes, _Format] = {
    b"nmd2hdf": ("KLA", 1.0, 1.0, (("depth", "displacement"), ("load", "force"), ("time_on_sample", "time"))),
    b"xls2hdf": ("MTS", 1e-9, 1e-3, (("displacement_into_surface",), ("load_on_sample",), ("time_on_sample",))),
    b"dat2hdf": ("SURFACE", 1e-9, 1e-3, (("displacement_into_surface",), ("load_on_sample",), ("time_on_sample",))),
    b"hap2hdf": ("Fischerscope", 1e-6, 1e-3, (("displacement",), ("force",), ("time",))),
    b"Micromaterials2hdf": ("Micro Materials", 1e-9, 1e-3, (("displacement",), ("force",), ("time",))),
    b"converter_femtotools": ("FemtoTools", 1e-6, 1e-6, (("displacement",), ("force_a",), ("time",))),
}
_MAGIC = b"\x89HDF\r\n\x1a\n"
_HUGE = 1e99
_JUMP, _UNLOADED, _LOADED = 0.5, 0.02, 0.05  # part of the test's duration; parts of its greatest load


def recognises(raw: RawFile) -> bool:
    """Whether it is an HDF5 file made by one of the converters of the common format."""
    if not raw.head.startswith(_MAGIC):
        return False
    try:
        content = raw.read()
    except InputError:
        return False
    return any(name in content for name in _MAKERS) and b"test_" in content


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one measurement per test, in order of the test numbers.

    Raises
    ------
    MissingExtra
        If h5py is not installed.
    """
    h5py = require("h5py", "hdf5")
    content = raw.read()
    maker = next((made for name, made in _MAKERS.items() if name in content), None)
    if maker is None:
        raise InputError("the file was not made by a known converter of the common format")
    with damaged("HDF5 file"), h5py.File(io.BytesIO(content), "r") as book:
        check_hdf5(book, len(content), raw.name)
        names = sorted((n for n in book if n.startswith("test_")), key=lambda n: int(n.split("_")[-1]))
        return tuple(_test(book[name]["data"], name, maker) for name in names)


def _test(
    group: Mapping[str, ArrayLike], name: str, maker: tuple[str, float, float, tuple[tuple[str, ...], ...]]
) -> Measurement:
    title, metre, newton, words = maker
    found = []
    for choices in words:
        key = next((word for word in choices if word in group), None)
        if key is None:
            raise InputError(f"no column {' or '.join(choices)}", name, f"found: {', '.join(group)}")
        found.append(np.asarray(group[key], dtype=float))
    depth, load, time = found
    good = np.isfinite(depth) & np.isfinite(load) & np.isfinite(time) & (np.abs(depth) < _HUGE) & (np.abs(load) < _HUGE)
    time, depth, load = time[good], depth[good], load[good]
    end = _end(time, load)
    columns = {
        "test_time_second": time[:end],
        "depth_metre": depth[:end] * metre,
        "load_newton": load[:end] * newton,
    }
    meta = {"title": name.replace("_", " "), "instrument": title, "vendor": {}}
    return Measurement(technique="indentation", columns=columns, meta=meta, notes=_left_out(len(time) - end))


def _end(time: NDArray[np.float64], load: NDArray[np.float64]) -> int:
    """Where the test ends: some converters leave records after it, where time and load jump from one to the next."""
    for place in range(max(len(time) // 2, 1), len(time)):
        step, top = time[place] - time[place - 1], float(np.max(load[:place]))
        odd_time = step < 0 or step > _JUMP * (time[place - 1] - time[0])
        if odd_time and load[place - 1] < _UNLOADED * top and load[place] > _LOADED * top:
            return place
    return len(time)


def _left_out(count: int) -> tuple[Note, ...]:
    if not count:
        return ()
    text = (
        f"The last {count} records were left out: their time jumps, and their loads and depths are no part of the test."
        " Export the test again if it went on."
    )
    return (Note("doubt", "records_out_of_family", text),)
