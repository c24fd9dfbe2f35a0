"""Electron microscopy datasets of Velox (Thermo Fisher) and Berkeley (.emd)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".emd",)
_HDF5 = b"\x89HDF\r\n\x1a\n"


def recognises(raw: RawFile) -> bool:
    """Whether it is an HDF5 file."""
    return raw.head.startswith(_HDF5)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures and X-ray spectra."""
    return measurements(raw, "emd")
