"""The active mass behind capacities per gram that an instrument wrote: charge over specific capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LARGE = 0.2  # of the largest: smaller specific capacities have too few digits
_SPREAD = 0.02  # by which the ratio may scatter; more means that the two are not of one charge


def implied_mass_mg(time_s: Floats, current_a: Floats, specific_mah_per_g: Floats) -> float | None:
    """The mass (mg) with which an instrument made capacities per gram of its charge: ``m = 1000 Q / q``.

    Parameters
    ----------
    time_s, current_a
        Time and current of each record, shape (n,).
    specific_mah_per_g
        The instrument's specific capacity of each record, counted anew from each fall on, shape (n,).

    Returns
    -------
    float or None
        Median over the records with at least a fifth of the largest specific capacity; None where there are fewer than
        three, or their ratios scatter by more than 2 %.
    """
    good = np.isfinite(time_s) & np.isfinite(current_a) & np.isfinite(specific_mah_per_g)
    time, size, specific = time_s[good], np.abs(current_a[good]), np.abs(specific_mah_per_g[good])
    if len(time) < 3 or not specific.any():
        return None
    passed = np.append(0.0, np.cumsum(0.5 * (size[1:] + size[:-1]) * np.maximum(np.diff(time), 0.0))) / 3.6
    anew = np.flatnonzero(np.append(True, np.diff(specific) < 0))
    begins = anew[np.searchsorted(anew, np.arange(len(time)), side="right") - 1]
    gained, counted = passed - passed[begins], specific - specific[begins]
    large = counted >= _LARGE * counted.max()
    ratios = gained[large] / counted[large]
    if np.count_nonzero(large) < 3:
        return None
    usual = float(np.median(ratios))
    return 1e3 * usual if usual > 0 and float(np.median(np.abs(ratios - usual))) <= _SPREAD * usual else None
