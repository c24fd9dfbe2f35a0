"""Whether the branches of an isotherm make a loop that can be: the desorption above the adsorption, closed below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths import bet_errors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.sorption.branches import Branches

    Array = NDArray[np.float64]

_CLOSED_BELOW = 0.35  # relative pressure below which every loop of nitrogen at 77 K is closed
_OPEN, _CROSSES = 0.03, 0.02  # of the uptake at p/p0 = 0.9 (or the highest below it)
_OPEN_THERE, _SIGMA = 0.05, 3.0  # of the uptake at the same pressure; standard deviations of the loadings' noise


def loop_notes(found: Branches) -> tuple[Note, ...]:
    """Doubts about a desorption that stays above the adsorption at low pressure, or falls below it."""
    up, down = found.up, found.down
    if down is None:
        return ()
    unit = float(np.interp(min(0.9, float(up.pressure[-1])), up.pressure, up.loading))
    low, high = float(max(up.pressure[0], down.pressure[0])), float(min(up.pressure[-1], down.pressure[-1]))
    grid = np.linspace(low, high, 200)
    rising = np.interp(grid, up.pressure, up.loading) / unit
    height = np.interp(grid, down.pressure, down.loading) / unit - rising
    notes = []
    closed, noise = grid < _CLOSED_BELOW, bet_errors.loading_noise(up.pressure, up.loading) / unit
    if int(closed.sum()) > 1 and _is_open(height[closed], rising[closed], noise):
        part = f"{np.median(height[closed]):.1%}"
        text = (
            f"The loop does not close: below p/p0 {_CLOSED_BELOW:g} the desorption is {part} of the uptake above the"
            " adsorption. Points were not at equilibrium, the free space or the leak rate is wrong, or"
            " the sample swells (chemisorbs): areas and pores of both branches are doubtful."
        )
        notes.append(Note("doubt", "open_loop", text))
    inner = grid < high - 0.02
    if inner.any() and float(height[inner].min()) < -_CROSSES:
        at = float(grid[inner][int(np.argmin(height[inner]))])
        text = (
            f"The desorption is {-height[inner].min():.0%} of the uptake below the adsorption at p/p0 {at:.2f}: that"
            " cannot be. The free space, the leak rate or the mass changed between the branches: measure it again."
        )
        notes.append(Note("doubt", "crossing_loop", text))
    return tuple(notes)


def _is_open(height: Array, rising: Array, noise: float) -> bool:
    """Whether the desorption stays above the adsorption by much of the uptake, whole or at its pressure."""
    median = float(np.median(height))
    there = float(np.median(height / np.maximum(rising, 1e-12)))
    return median > _OPEN or (there > _OPEN_THERE and median > _SIGMA * noise)
