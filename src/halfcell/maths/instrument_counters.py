"""Counters of an instrument: where they reset, and what they gained between two rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.maths.half_cycles import CHUNK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

Habit = Literal["never", "per step", "per cycle", "per file", "irregularly"]

_BEGINNING = 5e-4  # a first value below this fraction of the largest was gained by the first record
_SMALL = 1e-4  # a fall by less than this fraction of the counter's largest value is rounding, not a reset
_HABIT = 0.9  # of the resets at such rows, chosen: a habit has some exceptions


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """What a counter gained over each stretch of rows, and at which rows it was reset."""

    gains: Floats
    resets: Integers


def gains(counter: Floats, starts: Integers, part: Floats | None = None) -> Counted:
    """Sum what a counter gained over the stretches that begin at the rows `starts`.

    The gain of a row is its difference from the row before. Where the counter falls it was reset, and the gain is the
    new value itself, because the first record of a step already holds charge. The first row of a file (`part` changes)
    gains nothing, because what the counter held before does not belong to this record. The same holds for the first
    row of the whole record, unless its value is so small that the counter began there.

    Parameters
    ----------
    counter
        Values of the counter, in any unit, shape (rows,); NaN counts as no gain.
    starts
        Rising row numbers, shape (stretches,); the last stretch ends with the record.
    part
        Any number that changes where a new file begins, shape (rows,); None for one file.

    Returns
    -------
    Counted
        Gains in the counter's unit, one per stretch, and the rows of the resets.

    Source: definition; what counts as a reset is a procedure of this package.
    """
    largest = float(np.nanmax(np.abs(counter), initial=0.0))
    cumulated = np.zeros(len(starts) + 1)
    resets = []
    bounds = np.append(starts, len(counter))
    for first in range(0, len(counter), CHUNK):
        stop = min(first + CHUNK, len(counter))
        gain, fell = _row_gains(counter, part, slice(max(first - 1, 0), stop), largest)
        resets.append(fell + first)
        inside = np.clip(bounds, first, stop) - first
        cumulated += np.concatenate((np.zeros(1), np.cumsum(gain)))[inside]
    return Counted(gains=np.diff(cumulated), resets=np.concatenate(resets) if resets else np.zeros(0, np.int64))


def _row_gains(counter: Floats, part: Floats | None, rows: slice, largest: float) -> tuple[Floats, Integers]:
    """Gain of each row of the slice except its first (row 0 is included), and which rows follow a reset."""
    values = counter[rows]
    step = np.diff(values)
    fell = np.flatnonzero(step < -_SMALL * largest)
    gain = np.maximum(step, 0.0)
    after = values[fell + 1]
    gain[fell] = np.where(after <= 0.5 * values[fell], after, 0.0)
    if part is not None:
        gain[np.diff(part[rows]) != 0] = 0.0
    if not np.isfinite(gain.sum()):
        gain = np.nan_to_num(gain)
    if rows.start == 0:
        began = values[:1] if 0.0 < values[0] <= _BEGINNING * largest else np.zeros(1)
        fell, gain = fell + 1, np.concatenate((began, gain))
    return gain, fell


def habit(resets: Integers, steps: Integers, cycles: Integers, files: Integers) -> Habit:
    """When a counter resets, from the rows of its resets and those at which steps, cycles and files begin.

    A reset at a cycle's first row is ``per cycle`` unless it resets at other steps as well.

    Parameters
    ----------
    resets
        Rows at which the counter was reset, shape (resets,).
    steps, cycles, files
        Rows at which each begins, shape (count,) each.

    Returns
    -------
    str
        The first of files, cycles and steps at whose beginnings more than nine tenths of the resets lie.

    Source: procedure of this package.
    """
    if not len(resets):
        return "never"
    begins: tuple[tuple[Habit, Integers], ...] = (("per file", files), ("per cycle", cycles), ("per step", steps))
    for name, rows in begins:
        if len(rows) and np.isin(resets, rows).mean() > _HABIT:
            return name
    return "irregularly"
