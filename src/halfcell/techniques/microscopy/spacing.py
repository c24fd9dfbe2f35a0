"""A lattice spacing of a region."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Spacing:
    """One lattice spacing: d and its standard uncertainty (nm), and the direction of its vector (degree).

    `order` is 2 where its frequency is twice that of a weaker fringe of the region, and so on; 1 otherwise.
    """

    d: float
    std: float
    direction: float
    strength: float
    order: int = 1
