"""FEI TIA pictures and spectra (.ser)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".ser",)
_MAGIC = b"II\x97\x01"


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the mark of a TIA series."""
    return raw.head.startswith(_MAGIC)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures."""
    return measurements(raw, "tia", "FEI TIA")
