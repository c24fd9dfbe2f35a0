"""A free parameter of a whole-pattern fit: its name, where it starts, its bounds and its prior."""

from __future__ import annotations

import math
from typing import NamedTuple


class FreeParameter(NamedTuple):
    """Name, start and bounds of a parameter; `prior_std` is the standard deviation of its prior (infinite: none)."""

    name: str
    start: float
    low: float
    high: float
    prior_std: float = math.inf
