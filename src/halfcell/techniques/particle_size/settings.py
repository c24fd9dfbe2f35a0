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
    repeatability_percent
        Relative standard deviation of the percentiles between measurements of one sample, for a single record; None:
        not known, and no uncertainty is printed.
    prominence
        How far a mode must rise above the minima beside it, as a part of the highest mode.
    """

    record: str = ""
    basis: Basis = "volume"
    repeatability_percent: float | None = None
    prominence: float = 0.03
