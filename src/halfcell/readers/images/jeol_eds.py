"""X-ray spectra of JEOL Analysis Station (.eds), with the amounts that it computed."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.x_ray_spectrum import ReportedAmount, reported, spectrum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".eds",)
_START = b"\x02\0\0\0\x02\0\0\0\0\0"
# Places in the head, as RosettaSciIO found them: days since _DAY_ZERO, name, live and real time, axis, channels, counts
_DATE, _NAME, _TIMES, _AXIS, _CHANNELS, _COUNTS = 10, 18, 258, 362, 454, 458
_NAME_LENGTH = 80
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_MOST_CHANNELS = 2**16
_MOST_ITEMS = 500  # of a list behind the counts: more is no list
_PARAMETERS = 5  # mark of the list of what was set


def recognises(raw: RawFile) -> bool:
    """Whether the first bytes, and the number of channels, are those of such a spectrum."""
    head = raw.head
    return head.startswith(_START) and len(head) >= _COUNTS and 0 < _integer(head, _CHANNELS) <= _MOST_CHANNELS


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum and the amounts.

    Raises
    ------
    InputError
        If the file ends before what it lists.
    """
    content = raw.read()
    channels = _integer(content, _CHANNELS)
    if len(content) < _COUNTS + 4 * channels:
        needed = _COUNTS + 4 * channels
        raise InputError(f"the file holds {len(content)} of {needed} bytes", raw.name, "the file was cut off")
    counts = np.frombuffer(content, "<i4", channels, _COUNTS).astype(float)
    width, first = struct.unpack_from("<dd", content, _AXIS)
    live, real = struct.unpack_from("<dd", content, _TIMES)
    [days] = struct.unpack_from("<d", content, _DATE)
    meta: dict[str, Json] = {"live_time_second": live, "real_time_second": real}
    if 0 < days < 1e5:
        meta["started"] = (_DAY_ZERO + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")
    name = content[_NAME : _NAME + _NAME_LENGTH].split(b"\0")[0].decode("latin-1").strip()
    meta |= {"title": name} if name else {}
    try:
        meta |= _behind(_Place(content, _COUNTS + 4 * channels))
    except (struct.error, ValueError) as error:
        hint = "it was cut off, or is of a layout that is not known: export it as EMSA"
        raise InputError("the file ends within the lists behind its counts", raw.name, hint) from error
    return (spectrum(first + width * np.arange(channels), counts, meta),)


class _Place:
    """A place in the content that moves on with what is read."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, layout: str) -> tuple[Any, ...]:
        """The next values of a layout of `struct`, little endian."""
        values = struct.unpack_from(f"<{layout}", self.content, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return values

    def number(self) -> int:
        """The length of a list.

        Raises
        ------
        ValueError
            If it is none.
        """
        [number] = self.take("i")
        if not 0 <= number <= _MOST_ITEMS:
            raise ValueError(f"a list of {number}")
        return int(number)


def _behind(place: _Place) -> dict[str, Json]:
    """Elements that were selected, amounts, and what was set: beam, microscope, take-off angle."""
    place.take("i")
    place.take(f"{place.number()}H")
    numbers = [_selected(place) for _ in range(place.number())]
    meta: dict[str, Json] = {}
    if numbers:
        meta["atomic_numbers_stated"] = ",".join(map(str, dict.fromkeys(numbers)))
    amounts = place.number()
    if amounts:
        place.take("iiidii")
        meta |= reported(_amounts(place, amounts))
    if place.take("i") == (_PARAMETERS,):
        _, microscope, _, beam, _ = place.take("16s16s16sdd")
        place.take("38s4d")
        [take_off] = place.take("d")
        meta["instrument"] = microscope.split(b"\0")[0].decode("latin-1").strip() or "JEOL"
        meta |= {"beam_kilovolt": beam} if beam > 0 else {}
        meta |= {"take_off_angle_degree": take_off} if 0 < take_off <= 90 else {}
    return meta


def _selected(place: _Place) -> int:
    """Atomic number of a selected element; its lines are passed over."""
    _, number, *_ = place.take("iHiiHH14s4d32si")
    for _ in range(place.number()):
        place.take("idH")
        for _ in range(2):
            place.take(f"{place.take('B')[0]}s")
        place.take("i")
    return int(number)


def _amounts(place: _Place, number: int) -> Iterator[ReportedAmount]:
    """Amounts in per cent; an element without any is left out."""
    for _ in range(number):
        _, element, _, _, _, _, weight, _, atoms, *_ = place.take("iHii5d16s5diid")
        if weight > 0 or atoms > 0:
            yield ReportedAmount(element=str(element), weight_percent=weight, atomic_percent=atoms)


def _integer(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<i", content, at)[0])
