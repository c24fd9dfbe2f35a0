"""How much of the SEI has formed when a potential is first reached: steps of `materials.potential_curves`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.potential_curves import CURVES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def sei_formed(volt: Floats) -> Floats:
    """Share of the SEI that has formed at potentials (V vs. Li+/Li): all of it at 0 V."""
    share: Floats = _steps(volt) / _steps(np.zeros(1))
    return share


def _steps(volt: Floats) -> Floats:
    v, s, w = (np.array(column)[:, None] for column in zip(*CURVES["SEI"].first, strict=True))
    total: Floats = (w / (1 + np.exp(np.clip((volt - v) / s, -60, 60)))).sum(axis=0)
    return total
