"""The amplitude reduction factor S0^2 from a foil."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ReductionFactor:
    """S0^2 of a foil's first shell, its standard uncertainty, and that part of it which is the fit's own.

    The rest, the path and the edge step, is the same in a sample of the same element and drops out of a ratio.
    """

    value: float
    std: float
    fit_std: float
