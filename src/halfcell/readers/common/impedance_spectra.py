"""Split records into impedance spectra: where one sweep of frequencies ends and the next begins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_JUMP = 2.0  # a step against the sweep direction larger than this many usual steps starts a new spectrum


def split(frequency: NDArray[np.float64], counter: NDArray[np.float64] | None = None) -> list[slice]:
    """Split records into spectra.

    A new spectrum begins where the instrument's own `counter` changes, or where the frequency jumps back against the
    direction of the sweep (by more than two usual steps on a logarithmic axis).

    Parameters
    ----------
    frequency
        Frequencies in Hz, shape (n,); values of a damaged file (0, not finite) do not start a spectrum.
    counter
        The instrument's number of the spectrum, shape (n,), or None.

    Returns
    -------
    list of slice
        One for each spectrum, in order.
    """
    good = np.flatnonzero(np.isfinite(frequency) & (frequency > 0))
    if len(good) < 2:
        return [slice(0, len(frequency))]
    before = np.searchsorted(good, np.arange(len(frequency)), side="right") - 1  # others keep the frequency before
    steps = np.diff(np.log(frequency[good])[np.maximum(before, 0)])
    usual = float(np.median(steps))
    breaks = steps * -np.sign(usual) > _JUMP * abs(usual) if usual else np.zeros(len(steps), dtype=bool)
    if counter is not None:
        breaks = breaks | (np.diff(counter) != 0)
    edges = [0, *(np.flatnonzero(breaks) + 1).tolist(), len(frequency)]
    return [slice(a, b) for a, b in pairwise(edges)]
