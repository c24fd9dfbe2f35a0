r"""How far the forward and backward branches of a sweep lie apart: in slope, at zero voltage, and in their curvature.

A capacitance shifts the branches by C dV/dt each. A polarisation that goes on during the sweep (ions that pile up at
blocking electrodes, with a time constant of a tenth to ten times the sweep) carries a current beside that of the
conductor, which begins anew at each turn: the branches are curved against each other, by about as much as they lie
apart, and their mean slope is that of both currents, up to three times too large without leaving the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.straight_line import Polynomial, polynomial
from halfcell.techniques.conductivity.ohmic_range import branches, directions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.conductivity.ohmic_range import Sweep

_FEWEST = 6  # used points of a branch
_CURVED, _CURVED_OF_LOOP = 0.01, 0.3  # of the current, and of the distance of the branches: a smaller curvature is none
_SURE = 3.0  # standard uncertainties of the curvature, correlated residuals counted
_WIDE_LOOP_PERCENT = 2.0  # of the largest current: a wider loop is a doubt
_BOTH = 2  # branches: up and down
_BOTH_WAYS = 3  # times the fewest points of a branch, for a curvature as well


@dataclass(frozen=True, kw_only=True)
class BranchDifference:
    """Half the relative difference of the slopes, the loop's width (% of the largest current), and what was noted.

    `polarises` says that the branches are curved against each other.
    """

    slope: float = 0.0
    loop_percent: float = 0.0
    polarises: bool = False
    notes: tuple[Note, ...] = ()


def branch_difference(sweep: Sweep) -> BranchDifference:
    """Compare the lines of forward and backward branches; a difference within their noise counts as none.

    Parameters
    ----------
    sweep
        A sweep with the line of its ohmic points: V and A, shape (n,).

    Returns
    -------
    BranchDifference
        Half of the relative difference of the slopes, and the width of the loop in per cent of the largest current.

    Source: procedure of this package; the lines by least squares.
    """
    parts = [part for part in branches(sweep.voltage) if sweep.used[part].sum() >= _FEWEST]
    if len(parts) < _BOTH:
        text = "the sweep has one branch: hysteresis cannot be determined"
        return BranchDifference(notes=(Note("info", "one_branch", text),))
    up, down = (_lines(sweep, parts, rising=rising) for rising in (True, False))
    if not up or not down:
        return BranchDifference()
    slopes, zeros = ([_mean(lines, place) for lines in (up, down)] for place in (1, 0))
    noise = float(np.hypot(up[0].std[1], down[0].std[1]))
    reach = float(np.max(np.abs(sweep.current[sweep.used])))
    loop = 100 * abs(zeros[0] - zeros[1]) / reach
    polarises = _curved(sweep)
    what = f"forward and backward branches lie {loop:.1f} % of the largest current apart: a capacitance, or heating"
    text = f"{what}; the line has one slope and is midway between them"
    notes = (Note("doubt", "hysteresis", text),) if loop > _WIDE_LOOP_PERCENT else ()
    if polarises:
        text = (
            "the branches are curved against each other: a polarisation goes on during the sweep, and the current that "
        )
        text += (
            "it takes is in the slope, so that the conductivity is an upper bound; sweep more slowly, or hold a bias "
        )
        notes = (Note("doubt", "polarises", f"{text}until the current rests (polarisation)"),)
    difference = abs(slopes[0] - slopes[1])
    apart = difference / (2 * sweep.line.values[1]) if difference > 2 * noise else 0.0
    return BranchDifference(slope=float(apart), loop_percent=loop, polarises=polarises, notes=notes)


def _curved(sweep: Sweep) -> bool:
    """Whether the branches are curved against each other: the term ``s V^2`` beside ``a + b V + c s + d V^3``."""
    signs = directions(sweep.voltage)
    inside = sweep.used & (signs != 0)
    x, s = sweep.voltage[inside] / float(np.max(np.abs(sweep.voltage[sweep.used]))), signs[inside]
    if len(x) < _BOTH_WAYS * _FEWEST or min(int((s > 0).sum()), int((s < 0).sum())) < _FEWEST:
        return False
    table = np.stack([np.ones(len(x)), x, s, x**3, s * x**2], axis=1)
    values, _, rank, _ = np.linalg.lstsq(table, sweep.current[inside], rcond=1e-12)
    left = sweep.current[inside] - table @ values
    power = float(left @ left)
    if rank < table.shape[1] or power == 0:
        return False
    follows = float(np.clip(left[1:] @ left[:-1] / power, 0.0, 0.99))
    variance = power / (len(x) - 5) * (1 + follows) / (1 - follows)
    std = float(np.sqrt(variance * np.linalg.inv(table.T @ table)[4, 4]))
    curvature = abs(float(values[4]))
    large = curvature > max(_CURVED * abs(float(values[1])), _CURVED_OF_LOOP * abs(float(values[2])))
    return large and curvature > _SURE * std


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
