"""The top of a line with a tail, or of confined phonons, and its full width at half maximum."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.line_shapes import confined_voigt, tailed_voigt, voigt_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@functools.lru_cache(maxsize=256)
def confined_top_and_width(widths: tuple[float, float], sizes: tuple[float, float]) -> tuple[float, float]:
    """Maximum and width of the line of confined phonons, read from a grid of 1201 points, the top by a parabola.

    Parameters
    ----------
    widths, sizes
        As in `confined_voigt`.

    Returns
    -------
    tuple of float
        Position of the maximum relative to that of large crystals, and FWHM (1/cm).

    Source: as `confined_voigt`.
    """
    low = -90.0 * min(sizes[0] / 0.25, 1.0) - 2.0 * voigt_width(*widths)
    x = np.linspace(low, 2.0 * voigt_width(*widths), 1201)
    return _top_and_width(x, confined_voigt(x, 0.0, widths, sizes))


@functools.lru_cache(maxsize=256)
def top_and_width(widths: tuple[float, float], length: float, share: float) -> tuple[float, float]:
    """Position of the maximum of a tailed Voigt profile relative to its core, and its full width at half maximum.

    Parameters
    ----------
    widths, length, share
        As in `tailed_voigt`.

    Returns
    -------
    tuple of float
        Both in the unit of `widths`; read from a grid of 601 points, the top by a parabola.

    Source: definition.
    """
    reach = 2.0 * (voigt_width(*widths) + abs(length))
    x = np.linspace(-reach, reach, 601)
    return _top_and_width(x, tailed_voigt(x, 0.0, widths, length, share))


def _top_and_width(x: Array, y: Array) -> tuple[float, float]:
    """Position of the maximum of a curve, by the parabola through its highest points, and its FWHM."""
    top = int(np.clip(np.argmax(y), 2, len(x) - 3))
    a, b, c = np.polyfit(x[top - 2 : top + 3] - x[top], y[top - 2 : top + 3], 2)
    half = (c - b**2 / (4.0 * a)) / 2.0
    low = np.interp(half, y[: top + 1], x[: top + 1])
    high = np.interp(-half, -y[top:], x[top:])
    return float(x[top] - b / (2.0 * a)), float(high - low)
