"""Princeton Instruments frames (.spe, WinSpec version 2 and LightField version 3) with their calibration.

4100-byte header: width at 42, data type at 108, height at 656, frames at 1446, calibration (unit, order, six
coefficients, laser line) at 3000. Pixel p (1 ... width) has x = sum of c_i p^i. Version 3 keeps the header for the
shape and adds XML at the offset given at 678, with the wavelength of each pixel and the laser line. Layout after the
WinSpec manual (appendix) and the SPE 3.0 file format specification, Princeton Instruments.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.raman_spectrum import AxisUnit, raman

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".spe",)
_HEADER = 4100
_FORMS = {0: "<f4", 1: "<i4", 2: "<i2", 3: "<u2", 8: "<u4"}
_UNITS: dict[int, AxisUnit] = {5: "nm", 6: "absolute 1/cm", 7: "1/cm"}


def recognises(raw: RawFile) -> bool:
    """Whether the header has its end mark (0x5555) and a known data type."""
    head = raw.head
    marked = b"\x55\x55" in {head[4096:4098], head[4098:4100]}
    return len(head) >= _HEADER and marked and struct.unpack_from("<h", head, 108)[0] in _FORMS


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read each frame; the rows of the detector are summed."""
    content = raw.read()
    width, height = struct.unpack_from("<H", content, 42)[0], struct.unpack_from("<H", content, 656)[0]
    frames = struct.unpack_from("<i", content, 1446)[0]
    form = _FORMS[struct.unpack_from("<h", content, 108)[0]]
    count = width * height * frames
    if count <= 0 or _HEADER + count * np.dtype(form).itemsize > len(content):
        raise InputError(
            f"{frames} frames of {width} x {height} do not fit the file", raw.name, "the file is truncated"
        )
    data = floats(content, form, count, _HEADER).reshape(frames, height, width).sum(axis=1)
    version = struct.unpack_from("<f", content, 1992)[0]
    axis, unit, laser = _footer(content, raw.name) if version >= 3 else _axis(content, width, raw.name)
    meta: dict[str, Json] = {"instrument": "Princeton Instruments"} | ({"laser_nm": laser} if laser > 0 else {})
    return tuple(raman(axis, row, unit, meta | {"spectrum": i + 1}, raw.name) for i, row in enumerate(data))


def _axis(content: bytes, width: int, where: str) -> tuple[NDArray[np.float64], AxisUnit, float]:
    """The calibrated axis, its unit and the laser line (nm; 0 if not given)."""
    valid, order = content[3098], content[3101]
    unit = _UNITS.get(content[3100])
    if not valid or unit is None or order > 5:
        raise InputError("the frame has no wavelength calibration", where, "calibrate it in the instrument's software")
    coefficients = struct.unpack_from("<6d", content, 3263)[: order + 1]
    laser = struct.unpack_from("<d", content, 3311)[0]
    axis = np.polynomial.Polynomial(coefficients)(np.arange(1, width + 1))
    return axis, unit, laser


def _footer(content: bytes, where: str) -> tuple[NDArray[np.float64], AxisUnit, float]:
    """The axis of version 3, from the XML at the end of the file."""
    from lxml import etree

    start = struct.unpack_from("<Q", content, 678)[0]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content[start:], parser)
    except etree.XMLSyntaxError as error:
        raise InputError("the XML at the end is not well formed", where, "copy it again") from error
    mapping = next(root.iter("{*}WavelengthMapping"), None)
    words = None if mapping is None else next(mapping.iter("{*}Wavelength"), None)
    if mapping is None or words is None or not words.text:
        raise InputError("the frame has no wavelength calibration", where, "calibrate it in the instrument's software")
    try:
        axis = np.array([float(word) for word in words.text.split(",")])
        return axis, "nm", float(mapping.get("laserLine") or 0)
    except ValueError as error:
        raise InputError(f"the wavelengths are not numbers: {error}", where) from error
