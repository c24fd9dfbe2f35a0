"""How far results lie from true values, in units of their own uncertainties: a test of these uncertainties."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

FAR: Final = 4.0
"""Standard uncertainties beyond which a deviation needs a reason: one in 16,000 would lie there by chance."""
_EDGES: Final = (-math.inf, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, math.inf)


class Deviation(NamedTuple):
    """The deviation of a quantity from its true value, in standard uncertainties, and the author's reason for it."""

    of: str
    z: float
    reason: str = ""


class Bin(NamedTuple):
    """A bar of a histogram: its limits, how many deviations lie there, and how many a normal distribution has there."""

    low: float
    high: float
    found: int
    expected: float


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """The deviations of all quantities that have an uncertainty; `exact` counts those recovered to the file's digits.

    If the uncertainties are right, 68 % of the deviations lie within 1 and 95 % within 2.
    """

    deviations: tuple[Deviation, ...]
    exact: int = 0

    def share_within(self, limit: float) -> float:
        """The share of deviations within a limit, %; not a number without any."""
        inside = sum(abs(one.z) <= limit for one in self.deviations)
        return 100.0 * inside / len(self.deviations) if self.deviations else math.nan

    @property
    def far(self) -> tuple[Deviation, ...]:
        """The deviations beyond `FAR`."""
        return tuple(one for one in self.deviations if abs(one.z) > FAR)

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The histogram."""
        values, total = [one.z for one in self.deviations], len(self.deviations)
        return tuple(
            Bin(low, high, sum(low <= z < high for z in values), total * (_normal(high) - _normal(low)))
            for low, high in pairwise(_EDGES)
        )


def _normal(z: float) -> float:
    """The share of a normal distribution below z."""
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))
