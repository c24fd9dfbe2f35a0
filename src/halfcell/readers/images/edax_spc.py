"""X-ray spectra of EDAX TEAM and Genesis (.spc)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.x_ray_spectrum import spectrum

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".spc",)
# Places in the head, after EDAX's description of the format (SPECTRUM-V70): a float each, but where said
_DATE, _SIZES, _POINTS = 16, 24, 32  # year, day, month, minute, hour; sizes of file and head; channels
_WIDTH, _START, _LIVE, _TILT, _TAKE_OFF, _ELEVATION, _BEAM = 384, 448, 456, 460, 464, 512, 532  # width: an integer
_ELEMENTS, _MOST_ELEMENTS = 638, 48  # how many, then their atomic numbers
_HEAD = 736  # bytes of the head that are used
_VERSIONS = (0.5, 0.99)
_MOST_CHANNELS = 16384
_WIDEST = 100  # eV per channel


def recognises(raw: RawFile) -> bool:
    """Whether version, sizes, number and width of channels are possible: the format has no mark of its own."""
    head = raw.head
    if len(head) < _HEAD:
        return False
    [version] = struct.unpack_from("<f", head)
    _, start = struct.unpack_from("<ii", head, _SIZES)
    [points] = struct.unpack_from("<H", head, _POINTS)
    [width] = struct.unpack_from("<i", head, _WIDTH)
    return bool(
        _VERSIONS[0] < version < _VERSIONS[1]
        and _HEAD < start < 2**16
        and 0 < points <= _MOST_CHANNELS
        and 0 < width <= _WIDEST
    )


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum.

    Raises
    ------
    InputError
        If the file ends before the last channel.
    """
    content = raw.read()
    [start] = struct.unpack_from("<i", content, _SIZES + 4)
    [points] = struct.unpack_from("<H", content, _POINTS)
    if len(content) < start + 4 * points:
        raise InputError(f"the file holds {len(content)} of {start + 4 * points} bytes", raw.name, "it was cut off")
    counts = np.frombuffer(content, "<u4", points, start).astype(float)
    [width] = struct.unpack_from("<i", content, _WIDTH)
    [first] = struct.unpack_from("<f", content, _START)
    energy = (float(first) * 1e3 + width * np.arange(points)) * 1e-3
    return (spectrum(energy, counts, _meta(content)),)


def _meta(content: bytes) -> dict[str, Json]:
    """What the head states; a number of 0 is none."""
    places = {
        "beam_kilovolt": _BEAM,
        "live_time_second": _LIVE,
        "take_off_angle_degree": _TAKE_OFF,
        "tilt_degree": _TILT,
    }
    meta: dict[str, Json] = {"instrument": "EDAX"}
    numbers = {name: round(struct.unpack_from("<f", content, place)[0], 4) for name, place in places.items()}
    if not numbers["take_off_angle_degree"]:
        numbers["take_off_angle_degree"] = round(struct.unpack_from("<f", content, _ELEVATION)[0], 4)
    meta |= {name: value for name, value in numbers.items() if value > 0 or name == "tilt_degree"}
    year, day, month, minute, hour = struct.unpack_from("<h4b", content, _DATE)
    if year > 0:
        meta["started"] = f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}"
    [number] = struct.unpack_from("<h", content, _ELEMENTS)
    if 0 < number <= _MOST_ELEMENTS:
        meta["atomic_numbers_stated"] = ",".join(map(str, struct.unpack_from(f"<{number}H", content, _ELEMENTS + 2)))
    return meta
