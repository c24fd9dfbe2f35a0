"""Pictures without a scale (.png, .jpg, .bmp); a text file of the microscope beside one may calibrate it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.micrograph import micrograph
from halfcell.readers.common.picture_sidecar import sidecar

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp")
_MARK = "simulated by halfcell"
_QUALITY = 92  # of a JPEG: the usual one of microscope cameras
_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"BM")


def recognises(raw: RawFile) -> bool:
    """Whether the file starts like a PNG, JPEG or BMP picture."""
    return raw.head.startswith(_STARTS)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the picture; its resolution in dots per inch is that of a print, not of the microscope, and is not used."""
    from PIL import Image, UnidentifiedImageError

    with raw.on_disk() as path:
        try:
            with Image.open(path) as picture:
                said = picture.info.get("comment", b"")
                values = np.asarray(picture.convert("RGB" if picture.mode in {"P", "CMYK", "YCbCr"} else picture.mode))
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
            raise InputError(f"the picture cannot be read: {error}", raw.name, "save or copy it again") from error
    beside = sidecar(raw, values.shape)
    meta = {**beside.meta, **({"simulated": True} if _MARK in str(said) else {})}
    if values.ndim == 3 and values.shape[-1] == 2:  # grey and its opacity
        values = values[..., 0]
    return (micrograph(values, beside.size, meta, beside.notes),)


def write(measurement: Measurement) -> bytes:
    """Write a picture of 8 bits as JPEG, without a scale, as a camera does; its comment marks simulated data."""
    import io

    from PIL import Image

    grey = np.clip(np.round(measurement["image"]), 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    comment = _MARK if measurement.is_simulated else ""
    Image.fromarray(grey).save(buffer, "JPEG", quality=_QUALITY, comment=comment)
    return buffer.getvalue()
