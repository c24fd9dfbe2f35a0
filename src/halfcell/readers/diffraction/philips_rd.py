"""Philips PC-APD .rd and .sd diffractograms (binary, V3RD and V5RD).

The layout is that of the readers xylib and PyXRD; it was not tried on a real file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import SINGLE_BYTE, pattern, plausible_wavelengths, uniform

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".rd", ".sd")

_DATA = {b"V3RD": 250, b"V5RD": 810}  # byte at which the counts begin
_ANODES = ("Cu", "Mo", "Fe", "Cr")
_ANODE, _WAVES, _SAMPLE, _ANGLES = 85, 94, 146, 214  # bytes


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with ``V3RD`` or ``V5RD``."""
    return raw.head[:4] in _DATA


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the scan: 2-byte integers y with floor(y^2 / 100) counts.

    Raises
    ------
    InputError
        If the number of points is not that of the angles in the head.
    """
    content = raw.read()
    begin = _DATA[content[:4]]
    if len(content) < begin:
        raise InputError(f"{len(content)} bytes, the head has {begin}", hint="the file is truncated")
    step, start, stop = struct.unpack_from("<3d", content, _ANGLES)
    if not (np.isfinite([step, start, stop]).all() and step > 1e-5 and -20 <= start < stop <= 180):
        what = f"angles from {start:g} to {stop:g} in steps of {step:g} at byte {_ANGLES}"
        raise InputError(what, hint="unknown layout of the head: export it as UDF or xy")
    steps, held = round((stop - start) / step), (len(content) - begin) // 2
    if held < steps:
        raise InputError(f"{held} of {steps} points found", hint="the file is truncated")
    counts, notes = np.frombuffer(content, "<u2", min(held, steps + 1), begin).astype(float), _rounded()
    if held == steps:  # one point in each step, in its middle
        start += step / 2
        text = "there are as many points as steps: each is taken as the middle of its step"
        notes += (Note("info", "middle_of_steps", text),)
    return (pattern(uniform(start, step, len(counts)), np.floor(counts**2 / 100), _meta(content), notes),)


def _rounded() -> tuple[Note, ...]:
    text = "the format keeps the root of the counts to 0.1: counts are rounded to about 0.2 times their root"
    return (Note("info", "rounded_counts", text),)


def _meta(content: bytes) -> dict[str, Json]:
    first, second, ratio = struct.unpack_from("<3d", content, _WAVES)
    anode = content[_ANODE]
    return {
        **plausible_wavelengths(first, second, ratio),
        "anode": _ANODES[anode] if anode < len(_ANODES) else "",
        "sample": content[_SAMPLE : _SAMPLE + 20].split(b"\0")[0].decode(SINGLE_BYTE).strip(),
        "intensity_unit": "counts",
    }
