"""Find places for the labels of points: beside their point, on no other point and on no other label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LETTER: Final = 0.024  # width of a letter and height of a line, as fractions of the range of the points
_LINE: Final = 0.045
_POINT: Final = 0.03  # half the size of a marker with its edge
_RINGS: Final = (0.0, 0.02, 0.05, 0.09, 0.14)  # how far a label may be from its point, beyond touching it
_DIRECTIONS: Final = 16


def label_places(words: Mapping[tuple[float, ...], str], points: Floats) -> list[Floats]:
    """Return the middle of each label.

    Parameters
    ----------
    words
        The text of each labelled point, by its place in fractions of the range of all points.
    points
        All points, shape (n, 2), in the same fractions.

    Returns
    -------
    list of arrays
        One place for each text, the nearest one without a clash, else the one with the smallest.
    """
    placed: list[tuple[Floats, Floats]] = []  # middle and half size of what is written
    found = []
    for place, text in words.items():
        half = np.array([_LETTER * len(text) / 2, _LINE / 2])
        spot = _best(np.array(place), half, points, placed)
        placed.append((spot, half))
        found.append(spot)
    return found


def _best(point: Floats, half: Floats, points: Floats, placed: list[tuple[Floats, Floats]]) -> Floats:
    """Return the first spot around a point that covers nothing, nearer ones before farther ones."""
    best, least = point, np.inf
    for ring in _RINGS:
        for turn in range(_DIRECTIONS):
            angle = 2 * np.pi * turn / _DIRECTIONS
            towards = np.array([np.cos(angle), np.sin(angle)])
            spot = point + towards * (half + _POINT + ring)
            clash = _clash(spot, half, points, placed)
            if clash == 0.0:
                return spot
            if clash < least:
                best, least = spot, clash
    return best


def _clash(spot: Floats, half: Floats, points: Floats, placed: list[tuple[Floats, Floats]]) -> float:
    """Return how much a label at a spot would cover: areas of points and of other labels."""
    boxes = [(other, np.full(2, _POINT * 0.9)) for other in points] + placed
    total = 0.0
    for middle, size in boxes:
        overlap = half + size - np.abs(spot - middle)
        total += float(np.prod(overlap)) if (overlap > 0).all() else 0.0
    return total
