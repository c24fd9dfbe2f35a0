"""Gatan DigitalMicrograph pictures and spectra (.dm3, .dm4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".dm3", ".dm4")
_VERSIONS = (b"\0\0\0\x03", b"\0\0\0\x04")


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the version number of DigitalMicrograph, 3 or 4."""
    return raw.head[:4] in _VERSIONS


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures."""
    return measurements(raw, "digitalmicrograph")
