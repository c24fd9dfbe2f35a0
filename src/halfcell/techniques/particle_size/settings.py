"""What a particle-size analysis may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["volume", "number"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set for particle size.

    Parameters
    ----------
    record
        Part of the name of the records to use where a file holds several; empty: all of them, which must then be
        replicates of one sample.
    basis
        The basis of the percentiles: volume (what laser diffraction measures) or number (converted, with a doubt).
    prominence
        How far a mode must stand out, as a part of the tallest one's height.
    """

    record: str = ""
    basis: Basis = "volume"
    prominence: float = 0.03
