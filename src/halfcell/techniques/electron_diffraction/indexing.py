r"""Which phase a set of rings belongs to: all rings of a phase by one scale, missing rings allowed.

Each ring of the pattern may be any line of the phase, likelier a strong one: with weights :math:`w_j` (root of the
intensity, sum 1) and errors :math:`\sigma_i`,
:math:`-2 \ln L = -2 \sum_i \ln (0.98 \sum_j w_j N(g_i; g_j, \sigma_i) + 0.02 U)` plus the prior of the scale. A phase
with many lines fits anything, and pays for it by small weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.phases import phase
from halfcell.materials.reflections import index_name, reflections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

TIE = 4.0  # difference of -2 ln L below which phases are not told apart: two standard deviations of one number
RING_ERROR = 0.004  # relative: radii of single rings are off by neighbours, texture and what is left of an ellipse
_FOREIGN = 0.02  # part of rings that belong to something else
_UNKNOWN_SCALE = 0.5  # relative: range of scales that is tried where none is known
_FIRST_LINES = 12.0  # 1/nm: up to here lies the middle of the first six lines of any phase
_STEPS = 0.1  # of the error of a ring: distance of the scales that are tried
_SAME_LINE = 0.002  # relative: lines nearer than this are one ring
_NEARLY = 12.0  # of -2 ln L: scales that are fitted to the whole profile, which decides
_MOST_SCALES = 8  # starts that are refined, by trial
_SCALES_THAT_DIFFER = 15  # scales that a search tries in effect: chances that are paid for
_FORBIDDEN = 1e-4  # of the strongest intensity
_TWO = 2  # rings: any scale explains one
_NEAR_SIGMAS = 3.0  # errors of a ring within which a line is its


@dataclass(frozen=True, kw_only=True)
class RingMatch:
    """A phase: -2 ln L (relative), its scale (1/nm per px), and the index of each ring, empty where it has none."""

    phase: str
    score: float
    scale: float
    indices: tuple[str, ...]

    @property
    def explained(self) -> int:
        """How many rings it explains."""
        return sum(map(bool, self.indices))


@dataclass(frozen=True, kw_only=True, eq=False)
class RingLines:
    """Lines of a phase: 1/d (1/nm, rising), names and weights."""

    inverse: Array
    names: tuple[str, ...]
    weights: Array


@cache
def ring_lines(name: str, greatest: float) -> RingLines:
    """Lines of a phase up to 1/d (1/nm); lines of the same spacing are one.

    Parameters
    ----------
    name
        The phase.
    greatest
        1/nm.

    Returns
    -------
    RingLines
        1/d (1/nm, rising), indices and weights (roots of the intensities), shape (lines,) each.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: as `materials.reflections`.
    """
    listed = reflections(phase(name).name, 10.0 / greatest)
    order = np.argsort(-listed.spacing)
    inverse: list[float] = []
    names: list[str] = []
    weights: list[float] = []
    for place in order:
        if listed.intensity[place] < _FORBIDDEN * listed.intensity.max():
            continue
        value, weight = 10.0 / float(listed.spacing[place]), float(listed.intensity[place])
        if inverse and value / inverse[-1] - 1.0 < _SAME_LINE:
            weights[-1] += weight
        else:
            inverse.append(value)
            names.append(index_name(listed.hkl[place]))
            weights.append(weight)
    return RingLines(inverse=np.array(inverse), names=tuple(names), weights=np.sqrt(np.array(weights)))


def matched(
    names: Sequence[str], radii: Array, errors: Array, scale: float | None, uncertainty: float
) -> tuple[RingMatch, ...]:
    """Rank phases by the likelihood of the radii of rings; the best first.

    Parameters
    ----------
    names
        The phases.
    radii, errors
        Radii and their standard errors (px), shape (rings,).
    scale, uncertainty
        Scale (1/nm per px), or None, and its relative standard uncertainty.

    Returns
    -------
    tuple of RingMatch
        One per phase, with -2 ln L and scale (1/nm per px).

    Source: procedure of this package: a mixture of rings of the phase and of rings anywhere.
    """
    relative = np.hypot(errors / radii, RING_ERROR)
    found = [_match(name, radii, relative, scale, uncertainty) for name in names]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.score))


def scales(name: str, radii: Array, errors: Array, scale: float | None, uncertainty: float) -> tuple[float, ...]:
    """Scales (1/nm per px) by which the rings fit a phase nearly equally well, the best first.

    Parameters as of `matched`.
    """
    relative = np.hypot(errors / radii, RING_ERROR)
    tried = _tried(name, radii, relative, scale, uncertainty)
    if tried is None:
        return ()
    lines, trials, scores = tried
    padded = np.pad(scores, 1, constant_values=np.inf)
    lowest = np.flatnonzero((scores < padded[:-2]) & (scores <= padded[2:]) & (scores < scores.min() + _NEARLY))
    ordered = lowest[np.argsort(scores[lowest])][:_MOST_SCALES]
    return tuple(
        float(trials[n]) for n in ordered if sum(map(bool, _indices(lines, radii * trials[n], relative))) >= _TWO
    )


def _match(name: str, radii: Array, relative: Array, scale: float | None, uncertainty: float) -> RingMatch | None:
    tried = _tried(name, radii, relative, scale, uncertainty)
    if tried is None:
        return None
    lines, trials, scores = tried
    best = int(np.argmin(scores))
    indices = _indices(lines, radii * trials[best], relative)
    return RingMatch(phase=name, score=float(scores[best]), scale=float(trials[best]), indices=indices)


def _tried(
    name: str, radii: Array, relative: Array, scale: float | None, uncertainty: float
) -> tuple[RingLines, Array, Array] | None:
    """The lines of a phase, the scales that were tried, and the score of each; None without lines."""
    if scale is None:
        first = ring_lines(name, _FIRST_LINES)
        if not len(first.inverse):
            return None
        middle = float(np.median(first.inverse[:6])) / float(np.median(radii))
        width = _UNKNOWN_SCALE
    else:
        middle, width = scale, 4.0 * uncertainty
    lines = ring_lines(name, float(round(1.05 * (1.0 + width) * middle * radii.max(), 2)))
    if not len(lines.inverse):
        return None
    step = _STEPS * float(relative.min())
    trials = middle * np.exp(np.arange(-width, width + step, step))
    scores = _scores(lines, radii, relative, trials)
    if scale is not None:
        scores = scores + (np.log(trials / scale) / uncertainty) ** 2
    return lines, trials, scores


def _scores(lines: RingLines, radii: Array, relative: Array, trials: Array) -> Array:
    """-2 ln L of each trial scale."""
    low, high = radii.min() * trials * 0.95, radii.max() * trials * 1.05
    seen = (lines.inverse[None, :] > low[:, None]) & (lines.inverse[None, :] < high[:, None])
    weights = np.where(seen, lines.weights[None, :], 0.0)
    weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    total = np.zeros(len(trials))
    span = np.log(high / low)
    for radius, error in zip(radii, relative, strict=True):
        off = np.log(radius * trials[:, None] / lines.inverse[None, :]) / error
        density = np.sum(weights * np.exp(-0.5 * np.minimum(off**2, 1400.0)), axis=1) / (error * np.sqrt(2.0 * np.pi))
        total -= 2.0 * np.log((1.0 - _FOREIGN) * density + _FOREIGN / span)
    return total


def _indices(lines: RingLines, inverse: Array, relative: Array) -> tuple[str, ...]:
    """The line of each ring, if one is within three standard errors; the strongest of those."""
    made = []
    for value, error in zip(inverse, relative, strict=True):
        near = np.abs(np.log(lines.inverse / value)) < _NEAR_SIGMAS * error
        made.append(lines.names[int(np.argmax(np.where(near, lines.weights, -1.0)))] if near.any() else "")
    return tuple(made)


def margin_over_chance(matches: Sequence[RingMatch], radii: Array) -> float:
    """How much better the best phase is than rings at random places would be by one of as many phases.

    Rings anywhere have the density of their span. The best of n phases, each at some 15 scales that differ, gains 2
    ln(15 n) by chance: of rings that were thrown at random one in ten gained more.

    Parameters
    ----------
    matches
        Phases that were tried.
    radii
        Of the rings (px), shape (rings,).

    Returns
    -------
    float
        Difference of -2 ln L.

    Source: procedure of this package, tested on random rings.
    """
    span = float(np.log(1.05 * radii.max() / (0.95 * radii.min())))
    anywhere = 2.0 * len(radii) * float(np.log(span))
    return anywhere - matches[0].score - 2.0 * float(np.log(_SCALES_THAT_DIFFER * len(matches)))


def tied(matches: Sequence[RingMatch]) -> tuple[RingMatch, ...]:
    """Those that cannot be told from the best.

    Parameters
    ----------
    matches
        Phases, the best first.

    Returns
    -------
    tuple of RingMatch
        Those within 4 of -2 ln L of the best.

    Source: procedure of this package; 4 are two standard deviations of one number.
    """
    return tuple(one for one in matches if one.score - matches[0].score < TIE)
