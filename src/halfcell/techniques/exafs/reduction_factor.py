"""The amplitude reduction factor S0^2 from a foil."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ReductionFactor:
    """S0^2 of a foil's first shell, and its standard uncertainty."""

    value: float
    std: float
