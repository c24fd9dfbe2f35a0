"""How far the forward and backward branches of a sweep lie apart: in slope, and at zero voltage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.straight_line import Polynomial, polynomial
from halfcell.techniques.conductivity.ohmic_range import branches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.conductivity.ohmic_range import Sweep

_FEWEST = 6  # used points of a branch
_WIDE_LOOP_PERCENT = 2.0  # of the largest current: a wider loop is a doubt


@dataclass(frozen=True, kw_only=True)
class BranchDifference:
    """Half the relative difference of the slopes, the loop's width (% of the largest current), and what was noted."""

    slope: float = 0.0
    loop_percent: float = 0.0
    notes: tuple[Note, ...] = ()


def branch_difference(sweep: Sweep) -> BranchDifference:
    """Compare the lines of forward and backward branches; a difference within their noise counts as none."""
    parts = [part for part in branches(sweep.voltage) if sweep.used[part].sum() >= _FEWEST]
    if len(parts) < 2:
        text = "the sweep has one branch: hysteresis cannot be determined"
        return BranchDifference(notes=(Note("info", "one_branch", text),))
    up, down = (_lines(sweep, parts, rising=rising) for rising in (True, False))
    if not up or not down:
        return BranchDifference()
    slopes, zeros = ([_mean(lines, place) for lines in (up, down)] for place in (1, 0))
    noise = float(np.hypot(up[0].std[1], down[0].std[1]))
    reach = float(np.max(np.abs(sweep.current[sweep.used])))
    loop = 100 * abs(zeros[0] - zeros[1]) / reach
    what = f"forward and backward branches lie {loop:.1f} % of the largest current apart: a capacitance, or heating"
    text = f"{what}; the line has one slope and is midway between them"
    notes = (Note("doubt", "hysteresis", text),) if loop > _WIDE_LOOP_PERCENT else ()
    difference = abs(slopes[0] - slopes[1])
    apart = difference / (2 * sweep.line.values[1]) if difference > 2 * noise else 0.0
    return BranchDifference(slope=float(apart), loop_percent=loop, notes=notes)


def _lines(sweep: Sweep, parts: Sequence[slice], *, rising: bool) -> list[Polynomial]:
    """The lines of the branches in which the voltage rises (or falls)."""
    found = []
    for part in parts:
        change = sweep.voltage[part][-1] - sweep.voltage[part][0]
        if (change > 0 and rising) or (change < 0 and not rising):
            found.append(polynomial(sweep.voltage[part], sweep.current[part], used=sweep.used[part]))
    return found


def _mean(lines: Sequence[Polynomial], place: int) -> float:
    return float(np.mean([line.values[place] for line in lines]))
