"""Percentiles of weighted diameters by number and by volume, with the error of counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PARTS = {"d10": 0.1, "d50": 0.5, "d90": 0.9}
_DRAWS = 400  # of the bootstrap: its own scatter is then 4 % of the error
_SEED = 20141  # a fixed one, so that the same picture gives the same error


def percentiles(diameters: Array, weights: Array) -> dict[str, float]:
    """``number_d10`` ... ``volume_d90``: diameters below which a part of the number or the volume lies.

    Parameters
    ----------
    diameters, weights
        One per particle, shape (n,); a volume is the cube of a diameter.

    Returns
    -------
    dict
        In the unit of the diameters.

    Source: definition, by the cumulative sum of numbers or volumes.
    """
    order = np.argsort(diameters)
    sizes = diameters[order]
    made = {}
    for basis, power in (("number", 0.0), ("volume", 3.0)):
        share = weights[order] * sizes**power
        below = (np.cumsum(share) - 0.5 * share) / share.sum()
        for name, part in PARTS.items():
            made[f"{basis}_{name}"] = float(np.interp(part, below, sizes))
    return made


def counting_errors(diameters: Array, weights: Array) -> Mapping[str, float]:
    """Standard deviation of each percentile over samples of the particles with replacement (bootstrap).

    Parameters
    ----------
    diameters, weights
        um, and what each particle counts, shape (particles,).

    Returns
    -------
    mapping of float
        um, by the name of the percentile.

    Source: B. Efron, Ann. Statist. 7 (1979) 1.
    """
    rng = np.random.default_rng(_SEED)
    drawn = []
    for _ in range(_DRAWS):
        chosen = rng.integers(0, len(diameters), len(diameters))
        drawn.append(list(percentiles(diameters[chosen], weights[chosen]).values()))
    spread = np.std(np.array(drawn), axis=0, ddof=1)
    return dict(zip(percentiles(diameters, weights), map(float, spread), strict=True))
