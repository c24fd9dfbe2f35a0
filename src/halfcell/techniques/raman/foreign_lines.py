"""Whether a line near 520 1/cm is that of silicon: what the rest of the spectrum says for and against it.

For it speaks the second-order band of silicon between 920 and 990 1/cm (P. A. Temple and C. E. Hathaway, Phys. Rev. B 7
(1973) 3685). Against it speak lines that silicon does not have, those of a phase whose own line is in the same place,
and a shift that confinement would have broadened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.phonon_confinement import width_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_FILTER: Final = 60.0  # 1/cm, up to which the filter leaves light of the laser
_AROUND: Final = 40.0  # 1/cm to each side, from which the background of a line is taken
_SEEN: Final = 8.0  # times the noise
_BROAD: Final = 40.0  # 1/cm; wider bands are of glass or carbon
_COUNTS: Final = 0.25  # of the height of the line: a weaker line is no reason to doubt it
_LAMP: Final = 3  # lines higher than that of silicon that match nothing: a lamp, or another substance
_UNSTRESSED: Final = 520.5  # 1/cm
_OWN: Final = ((285.0, 315.0), (425.0, 490.0), (600.0, 690.0), (810.0, 840.0), (915.0, 995.0))  # 1/cm, of silicon
_CARBON: Final = ((1290.0, 1400.0), (1540.0, 1640.0), (2400.0, 2500.0), (2580.0, 2800.0), (2880.0, 2980.0))  # 1/cm
_SECOND: Final = (925.0, 990.0)  # 1/cm, the strongest band of the second order
_BESIDE: Final = ((860.0, 905.0), (1000.0, 1050.0))  # 1/cm, its background
_SHIFTED: Final = -5.0  # 1/cm; a smaller shift may be heating or stress
_NARROW: Final = 0.7  # of the width that confinement gives: the models differ
_AIR: Final = (1556.0, 2331.0)  # 1/cm, oxygen and nitrogen in front of the sample
_ROOM: Final = 8.0  # 1/cm between a line and where a phase has it
_FEWEST: Final = 5  # points of a band: its mean then has an error
_ALL_OVER: Final = 0.8  # of its points: a lamp has a line or two in this range, silicon a band all over it
_FEWEST_SEARCHED: Final = 30  # points: a spectrum, not a cut-out of one line


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A substance with a line that may be taken for silicon's: its other lines, and the height of its own by theirs."""

    name: str
    line: float
    others: tuple[float, ...]
    height: float


PHASES: Final = (
    Phase(name="anatase", line=515.0, others=(144.0, 399.0, 639.0), height=1.2),  # Ohsaka 1978; of the one at 639
    Phase(name="Co3O4", line=521.6, others=(194.4, 482.4, 691.0), height=0.5),  # Hadjiev 1988; of the one at 691
    Phase(name="V2O5", line=526.0, others=(145.0, 284.0, 404.0, 699.0, 994.0), height=1.0),  # Baddour-Hadjean 2008
    Phase(name="hematite", line=498.0, others=(225.0, 292.0, 411.0, 612.0), height=1.0),  # de Faria 1997
)


@dataclass(frozen=True, kw_only=True)
class SharpLine:
    """A line of the spectrum: where it is (1/cm), and its height above what is around it."""

    place: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Why a line is not taken as that of silicon (empty: it is), and what makes it doubtful."""

    refusal: str = ""
    notes: tuple[Note, ...] = ()


def judged(x: Array, y: Array, place: float, height: float) -> Verdict:
    """Judge a line by the whole spectrum.

    Parameters
    ----------
    x, y
        Raman shift (1/cm, ascending) and intensity of the whole spectrum, shape (n,).
    place, height
        Of the line that was fitted (1/cm, counts).

    Returns
    -------
    Verdict
        Whether the line is silicon's, and why not.

    Source: P. A. Temple and C. E. Hathaway, Phys. Rev. B 7 (1973) 3685, for the second order; the rest is a
    procedure of this package.
    """
    if has_second_order(x, y):
        return Verdict()
    others = [line for line in sharp_lines(x, y) if abs(line.place - place) > 2 * _ROOM]
    for phase in PHASES:
        found = [line for line in others if any(abs(line.place - where) < _ROOM for where in phase.others)]
        explained = phase.height * max((line.height for line in found[-1:]), default=0.0)
        if len(found) > 1 and abs(place - phase.line) < 1.5 * _ROOM and height < 3 * explained:
            where = ", ".join(f"{line.place:.0f}" for line in found)
            return Verdict(refusal=f"the line at {place:.0f} 1/cm is that of {phase.name}, with those at {where} 1/cm")
    known = (*_OWN, *_CARBON)  # anodes of silicon nearly all hold carbon
    foreign = [line for line in others if not any(low < line.place < high for low, high in known)]
    if sum(line.height > height for line in foreign) >= _LAMP:
        where = ", ".join(f"{line.place:.0f}" for line in foreign[:6])
        return Verdict(
            refusal=f"lines at {where} 1/cm, which silicon does not have, are higher than that at {place:.0f}"
        )
    strong = [line for line in foreign if line.height > _COUNTS * height]
    if not strong:
        return Verdict()
    where = ", ".join(f"{line.place:.0f}" for line in strong[:6])
    text = (
        f"lines at {where} 1/cm are not silicon's: that at {place:.0f} may be of the same substance; compare its known"
    )
    return Verdict(notes=(Note("doubt", "foreign_lines", f"{text} lines, or record up to 1000 1/cm"),))


def narrow_doubt(position: float, width: float, wafer: float | None) -> tuple[Note, ...]:
    """A doubt about a line far below that of the wafer (1/cm) that is narrower than confinement makes it."""
    shift = position - (_UNSTRESSED if wafer is None else wafer)
    if shift > _SHIFTED or width > _NARROW * width_at(shift):
        return ()
    text = f"the line is {-shift:.0f} 1/cm below that of unconfined silicon but only {width:.1f} 1/cm wide"
    where = "would be" if wafer is None else "of its size is"
    why = "the axis is off, or it is the line of another substance: measure a silicon wafer the same day"
    if wafer is not None:
        why = "it is heated or stressed, or the line of another substance: repeat with less power"
    return (Note("doubt", "narrow_line", f"{text} (a confined one {where} {width_at(shift):.0f}): {why}"),)


def has_second_order(x: Array, y: Array) -> bool:
    """Whether the band of silicon's second order is above what is beside it, by five standard errors.

    Parameters
    ----------
    x, y
        Raman shifts (1/cm) and intensities, shape (n,).

    Returns
    -------
    bool
        Also false where the range is not in the spectrum.

    Source: P. A. Temple, C. E. Hathaway, Phys. Rev. B 7 (1973) 3685, for the band.
    """
    inside = (x > _SECOND[0]) & (x < _SECOND[1])
    beside = np.any([(x > low) & (x < high) for low, high in _BESIDE], axis=0)
    if min(np.count_nonzero((x > low) & (x < high)) for low, high in (*_BESIDE, _SECOND)) < _FEWEST:
        return False
    slope, zero = np.polyfit(x[beside], y[beside], 1)
    above = y[inside] - (zero + slope * x[inside])
    scatter = float(np.std(y[beside] - (zero + slope * x[beside]), ddof=2))
    error = scatter * np.sqrt(1 / inside.sum() + 1 / beside.sum())
    is_broad = np.mean(above > 0) > _ALL_OVER
    return bool(np.mean(above) > 5 * error) and bool(is_broad)


def sharp_lines(x: Array, y: Array) -> Sequence[SharpLine]:
    """Lines narrower than 40 1/cm, at least eight times the noise above their background, in ascending order.

    Parameters
    ----------
    x, y
        Raman shifts (1/cm) and intensities, shape (n,).

    Returns
    -------
    sequence of SharpLine
        Place (1/cm) and height.

    Source: procedure of this package.
    """
    beyond = x > _FILTER
    x, y = x[beyond], y[beyond]
    if len(x) < _FEWEST_SEARCHED:
        return ()
    noise = _noise(y)
    tops = [i for i in range(2, len(x) - 2) if y[i] == y[max(i - 3, 0) : i + 4].max()]
    found = []
    for top in tops:
        near = np.abs(x - x[top]) < _AROUND
        background = float(np.median(y[near]))
        height = float(y[top]) - background
        gain = max(np.sqrt(max(y[top], 0.0) / max(float(np.median(y)), 1.0)), 1.0)
        half = near & (y - background > height / 2)
        is_line = np.count_nonzero(half) > 1 and float(np.ptp(x[half])) < _BROAD
        is_air = any(abs(x[top] - place) < _ROOM for place in _AIR)
        if height > _SEEN * noise * gain and is_line and not is_air:
            found.append(SharpLine(place=float(x[top]), height=height))
    return found


def _noise(y: Array) -> float:
    """Standard deviation of the noise, the largest of those from second differences over 1 to 8 points.

    Smoothed or interpolated points differ little from their neighbours, but from those further away.
    """
    spans = [s for s in (1, 2, 4, 8) if len(y) > 4 * s]
    medians = [np.median(np.abs(y[: -2 * s] - 2 * y[s:-s] + y[2 * s :])) for s in spans]
    return float(max(medians) / (0.6745 * np.sqrt(6.0)))
