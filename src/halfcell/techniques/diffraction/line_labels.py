"""Indices above the lines of a pattern that has one phase, and the cards of phases below a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Text
from halfcell.core.markup import formula
from halfcell.techniques.diffraction.unidentified_lines import UNIDENTIFIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.result import DiffractionResult

    Array = NDArray[np.float64]

HEADROOM_MM: Final = 3.5  # above the highest line, for indices
_CLEAR_MM: Final = 1.7  # from the top of a line to the middle of its label
_WEAK: Final = 0.04  # of the strongest line: weaker lines have no label
_LETTER: Final = 0.014  # width of a letter in parts of the range of angles
_NEAR: Final = 0.006  # of the range, in which the top of a line is looked for
_SIZE_PT: Final = 5.5  # smaller than the ticks, so that the indices do not hide the lines
_NAME_AT: Final = (0.78, 0.45, 0.95)  # the name of the pattern: from this part of the range, between these heights
_SEEN: Final = 4.0  # times the noise, that a line must rise above its surroundings
_AROUND: Final = 0.03  # of the range: the surroundings of a line
_CLOSE_DEGREE: Final = 0.02  # lines closer than this are one line with several indices
_BESIDE_DEGREE: Final = 0.8  # lines closer than this are not told apart by the eye
_ALONE: Final = 2.0  # times as strong as all lines beside it, that a line must be to be named


def is_labelled(result: DiffractionResult) -> bool:
    """Whether the lines of a pattern have labels: those of a pattern with one certain phase and no other."""
    names = [name for name in result.ticks if name != UNIDENTIFIED]
    return len(names) == 1 and names[0] not in result.doubtful and len(result.hkl.get(names[0], ())) > 0


def line_labels(result: DiffractionResult, y: Array, raised: float, colour: int, unit_mm: float) -> list[Text]:
    """The indices of the strong lines of the only phase, above the lines; no two of them in one place.

    Parameters
    ----------
    result
        The pattern; see `is_labelled`.
    y
        The pattern as drawn, from 0 to 1, without `raised`, shape (n,).
    raised
        By how much it is drawn higher.
    colour
        The colour of the pattern.
    unit_mm
        The height of the pattern on paper.

    Returns
    -------
    list of Text
        In degrees, and units of the pattern.

    Source: definition.
    """
    if not is_labelled(result):
        return []
    (name,) = (one for one in result.ticks if one != UNIDENTIFIED)
    place, height = result.ticks[name]
    low, wide = float(result.two_theta[0]), float(np.ptp(result.two_theta))
    right, floor, ceiling = _NAME_AT
    taken: list[tuple[float, float]] = []
    labels = []
    for line in (line for line in np.argsort(-height, kind="stable") if height[line] >= _WEAK):
        at, words = float(place[line]), _words(place, height, line, result.hkl[name])
        half = _LETTER * (len(words) + 1) / 2 * wide
        top = _top(result.two_theta, y, at, wide)
        if top is None or not words or not low + half < at < low + wide - half:
            continue
        middle = top + _CLEAR_MM / unit_mm
        behind_name = at > low + right * wide and floor < middle < ceiling
        if not behind_name and all(abs(at - other) >= half + reach for other, reach in taken):
            taken.append((at, half))
            labels.append(Text(x=at, y=raised + middle, text=words, align="center", colour=colour, size_pt=_SIZE_PT))
    return labels


def _words(place: Array, height: Array, line: int, names: Sequence[str]) -> str:
    """``111``, or ``511/333`` of lines in one place; nothing where lines beside it are strong too."""
    away = np.abs(place - place[line])
    same = [int(n) for n in np.flatnonzero(away <= _CLOSE_DEGREE)]
    beside = (away > _CLOSE_DEGREE) & (away <= _BESIDE_DEGREE)
    if float(height[same].sum()) < _ALONE * float(height[beside].sum()):
        return ""
    return "/".join(names[n] for n in sorted(same, key=lambda n: -height[n])[:2])


def _top(two_theta: Array, y: Array, at: float, wide: float) -> float | None:
    """The highest point of a line; None if it is not seen above the noise of its surroundings."""
    away = np.abs(two_theta - at)
    near, around = away <= _NEAR * wide, (away > _NEAR * wide) & (away <= _AROUND * wide)
    if not near.any() or not around.any():
        return None
    top, floor = float(y[near].max()), float(np.median(y[around]))
    noise = float(np.std(np.diff(y[around]))) / np.sqrt(2.0)
    return top if top - floor > _SEEN * noise else None


def card_notes(results: Sequence[DiffractionResult]) -> tuple[str, ...]:
    """One line with the cards of the phases in the Crystallography Open Database, where they are known."""
    cards = {name: card for result in results for name, card in result.cards.items()}
    if not cards:
        return ()
    listed = ", ".join(f"{formula(name)} {card}" for name, card in cards.items())
    return (f"Entries of the phases in the Crystallography Open Database: {listed}.",)
