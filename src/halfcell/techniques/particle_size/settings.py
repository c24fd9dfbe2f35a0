"""The settings of a particle-size analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings

Basis = Literal["volume", "number"]


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a particle-size distribution is analysed.

    Parameters
    ----------
    record
        Part of the name of the records to use where a file holds several; empty: all of them, which must then be
        replicates of one sample.
    basis
        The basis of the percentiles: volume (what laser diffraction measures) or number. A distribution on the other
        basis is converted, with a doubt.
    prominence
        How far a mode must rise above the minima beside it, as a part of the highest mode.
    """

    record: str = ""
    basis: Basis = "volume"
    prominence: float = 0.03
