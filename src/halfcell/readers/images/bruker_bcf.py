"""Bruker Esprit pictures and X-ray maps (.bcf)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".bcf",)
_MAGIC = b"AAMVHFSS"


def recognises(raw: RawFile) -> bool:
    """Whether the file is a Bruker container."""
    return raw.head.startswith(_MAGIC)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures and the map."""
    return measurements(raw, "bruker", "Bruker Esprit")
