"""Lines of a pattern found without knowing any phase: whatever stands out from the smooth background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_WIDEST = 3.0  # degrees: anything wider is background
_AROUND = 0.05  # degrees over which counts are averaged before they are judged


@dataclass(frozen=True, kw_only=True)
class FoundLine:
    """One line: angle of its top and full width at half maximum (degrees), height above the background (counts)."""

    position: float
    height: float
    width: float


def smooth_background(two_theta: Array, counts: Array) -> Array:
    """Clip everything narrower than three degrees off a pattern.

    On the square roots of the counts, each point is lowered to the mean of its two neighbours at a distance that
    grows from one point to half the width of the widest line.

    Parameters
    ----------
    two_theta, counts
        Angles (degrees, even) and counts, shape (n,).

    Returns
    -------
    numpy.ndarray
        Counts, shape (n,).

    Source: C. G. Ryan et al., Nucl. Instrum. Methods B 34 (1988) 396.
    """
    step = float(np.median(np.diff(two_theta)))
    low = np.sqrt(np.maximum(averaged(two_theta, counts), 0.0))
    reach = max(round(_WIDEST / 2 / step), 1)
    for gap in np.unique(np.geomspace(1, reach, 40).astype(int)):
        if 2 * gap >= len(low):
            break
        inner = np.minimum(low[gap:-gap], (low[: -2 * gap] + low[2 * gap :]) / 2)
        low = np.concatenate([low[:gap], inner, low[-gap:]])
    return np.asarray(low**2)


def averaged(two_theta: Array, counts: Array) -> Array:
    """Running mean of counts over about 0.05 degrees.

    Parameters
    ----------
    two_theta, counts
        Angles (degrees, even) and counts, shape (n,).

    Returns
    -------
    numpy.ndarray
        Counts, shape (n,).

    Source: definition.
    """
    half = _half(two_theta)
    kernel = np.full(2 * half + 1, 1 / (2 * half + 1))
    return np.convolve(np.pad(counts, half, mode="edge"), kernel, mode="valid")


def _half(two_theta: Array) -> int:
    return max(round(_AROUND / 2 / float(np.median(np.diff(two_theta)))), 1)


def find_lines(
    two_theta: Array, counts: Array, variance: Array, sigma: float = 6.0, share: float = 0.02
) -> list[FoundLine]:
    """Lines that stand out from the noise and beside the strongest one, in order of angle.

    A maximum within the width of a higher one is part of it (the second emission line, noise on a broad top).

    Parameters
    ----------
    two_theta, counts, variance
        The scan: angles (degrees, even), counts and their variances, shape (n,).
    sigma
        By how many standard deviations of the averaged counts a line stands out at least.
    share
        How high it is at least, as a part of the strongest one.

    Returns
    -------
    list of FoundLine
        Angle and width (degrees), and height above the background (counts).

    Source: procedure of this package; the background is that of `smooth_background`.
    """
    level = averaged(two_theta, counts)
    background = smooth_background(two_theta, counts)
    rise = level - background
    finite = np.where(np.isfinite(variance), variance, np.nanmax(np.where(np.isfinite(variance), variance, 0.0)))
    noise = np.sqrt(np.maximum(averaged(two_theta, finite), 1e-12) / (2 * _half(two_theta) + 1))
    worth = (rise > sigma * noise) & (rise > share * float(rise.max(initial=0.0)))
    inner = np.r_[False, (rise[1:-1] >= rise[:-2]) & (rise[1:-1] > rise[2:]), False]
    found: list[FoundLine] = []
    for index in sorted(np.flatnonzero(worth & inner), key=lambda i: -rise[i]):
        place = float(two_theta[index])
        if any(abs(place - one.position) < _reach(one) for one in found):
            continue
        found.append(FoundLine(position=place, height=float(rise[index]), width=_width(two_theta, rise, int(index))))
    return sorted(found, key=lambda one: one.position)


def _width(two_theta: Array, rise: Array, top: int) -> float:
    """Full width at half of the height above the background, of a mean over seven points."""
    smooth = np.convolve(np.pad(rise, 3, mode="edge"), np.full(7, 1 / 7), mode="valid")
    half = 0.5 * smooth[top]
    ends = []
    for side in (slice(top, None, -1), slice(top, None)):  # towards both ends of the scan
        angle, height = two_theta[side], smooth[side]
        below = int(np.argmax(height <= half)) if (height <= half).any() else len(height) - 1
        near = slice(max(below - 1, 0), below + 1)
        ends.append(float(np.interp(half, height[near][::-1], angle[near][::-1])))
    return max(ends[1] - ends[0], 2 * float(two_theta[1] - two_theta[0]))


def _reach(line: FoundLine) -> float:
    """Distance within which another maximum belongs to a line: its width, or the splitting of the doublet if larger."""
    return max(0.8 * line.width, 0.12, 0.003 * line.position)
