"""Phenom Element Identification pictures, spectra and maps (.elid)."""

from __future__ import annotations

import bz2
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
QUICK = True
SUFFIXES = (".elid",)
_BZIP2 = b"BZh"
_PACKED = (_BZIP2, b"PK\x03\x04")


def recognises(raw: RawFile) -> bool:
    """Whether it is a packed project."""
    return raw.head.startswith(_PACKED)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures, spectra and maps.

    Raises
    ------
    InputError
        If a packed project is cut off, or damaged: RosettaSciIO waits for the end of some for ever, in a process of its
        own.
    """
    if raw.head.startswith(_BZIP2):
        try:
            bz2.decompress(raw.read())
        except (OSError, ValueError, EOFError) as error:
            raise InputError("the packed project is truncated or damaged", raw.name, str(error)) from error
    return measurements(raw, "phenom", "Phenom", apart=True)
