"""A record of current and voltage over time, as the analyses of cycling take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """A record of current and voltage over time, all arrays of the same length.

    Parameters
    ----------
    time_s, current_a, voltage_v
        Time, current (positive charges), voltage.
    step
        Any number that changes where a new step begins, or None.
    part
        Any number that changes where a new file begins, or None; no charge is counted between two files.
    step_time_s
        Time since the step began, or None; from it follows the charge before the first record of a step.
    mode
        What the file states of each row: 1 constant voltage, 0 current without that, -1 rest, not a number where it
        does not tell; or None.
    pause_s
        An interval longer than this is a pause: no charge is counted in it.
    """

    time_s: Floats
    current_a: Floats
    voltage_v: Floats
    step: Floats | None = None
    part: Floats | None = None
    step_time_s: Floats | None = None
    mode: Floats | None = None
    pause_s: float = np.inf
