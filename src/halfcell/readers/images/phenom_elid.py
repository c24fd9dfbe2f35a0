"""Phenom Element Identification pictures, spectra and maps (.elid)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".elid",)
_PACKED = (b"BZh", b"PK\x03\x04")


def recognises(raw: RawFile) -> bool:
    """Whether it is a packed project."""
    return raw.head.startswith(_PACKED)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures, spectra and maps."""
    return measurements(raw, "phenom", "Phenom")
