"""TIFF pictures of electron microscopes (Zeiss, FEI/Thermo, JEOL, TESCAN, Hitachi, Olympus, TVIPS, Gatan, ImageJ)."""

from __future__ import annotations

import logging
import struct
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require
from halfcell.core.unpacked_size import check_size
from halfcell.readers.common.library_errors import EXTRA
from halfcell.readers.common.micrograph import micrograph
from halfcell.readers.common.microscope_signals import measured, signals
from halfcell.readers.common.picture_sidecar import sidecar
from halfcell.readers.common.tiff_tags import dots_per_inch, facts, tescan_size, zeiss_scale

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".tif", ".tiff")
_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def recognises(raw: RawFile) -> bool:
    """Whether the file starts like a TIFF."""
    return raw.head.startswith(_STARTS)


_OTHER_TAGS = (struct.error, ValueError, KeyError, IndexError, TypeError, AttributeError)  # of another type than stated


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures; previews without a scale beside a picture that has one are left out.

    Zeiss states the pixel size of its scan, which is not that of a picture stored with fewer or more pixels: it comes
    from the stated width of the field and the columns there are.
    """
    tifffile = require("tifffile", EXTRA)
    logging.getLogger("tifffile").setLevel(logging.CRITICAL)  # a damaged file makes it say thousands of lines
    with raw.on_disk() as path:
        try:
            with tifffile.TiffFile(path) as tiff:
                check_size(int(tiff.pages[0].nbytes), tiff.filehandle.size, raw.name)  # before it is allocated
                own = _own(tiff, raw)
        except (tifffile.TiffFileError, *_OTHER_TAGS) as error:
            raise InputError(
                f"the TIFF cannot be read: {error}", raw.name, "unknown layout; export it again"
            ) from error
    if own:
        return own
    made = tuple(m for signal in signals(raw, "tiff") for m in measured(signal))
    scaled = tuple(m for m in made if _is_calibrated(m))
    return scaled or made


def _own(tiff: Any, raw: RawFile) -> tuple[Measurement, ...]:
    """Zeiss, TESCAN, and a picture with a sidecar; nothing for any other TIFF."""
    page = tiff.pages[0]
    if 0 in page.shape:
        raise InputError(f"a picture of {page.shape} pixels", raw.name, "unknown layout; export it again")
    if "sem" in tiff.flags and tiff.sem_metadata:
        scale = zeiss_scale(tiff.sem_metadata, page.shape)
        return (micrograph(page.asarray(), scale.size, facts(tiff.sem_metadata), scale.notes),)
    size = tescan_size(page)
    if size:
        return (micrograph(page.asarray(), size, {"instrument": "TESCAN"}),)
    beside = sidecar(raw, page.shape, dots_per_inch(page))
    return (micrograph(page.asarray(), beside.size, beside.meta, beside.notes),) if beside.meta else ()


def _is_calibrated(measurement: Measurement) -> bool:
    return all(note.code != "uncalibrated" for note in measurement.notes)
