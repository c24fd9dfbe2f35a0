"""Describe sizes and boxes, in pixels of a picture or in fractions of a panel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """The edges of a box in fractions of a panel, counted from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two boxes have a common area."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in pixels, counted from the lower left corner of the picture."""

    left: float
    bottom: float
    width: float
    height: float
