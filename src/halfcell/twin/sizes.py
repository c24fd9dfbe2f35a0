"""Size distributions of particles as a few sizes with weights: log-normal by Gauss-Hermite, or as measured."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NODES = 12  # 8 change a capacity by up to 1 % where ln R spreads by 0.9; 24 change none by 0.4 %


@dataclass(frozen=True, eq=False)
class Sizes:
    """Radii relative to the median by volume, and shares of the volume (sum to 1)."""

    radius: Floats
    share: Floats


def log_normal(sd: float, nodes: int = NODES) -> Sizes:
    """A log-normal distribution by volume with standard deviation `sd` of ln R; one size where it is zero.

    Raises
    ------
    InputError
        If `sd` is negative.
    """
    if sd < 0:
        raise InputError(f"the spread of sizes {sd:g} is negative")
    if sd == 0:
        return Sizes(np.ones(1), np.ones(1))
    at, weight = _gauss_hermite(nodes)
    return Sizes(np.exp(sd * at), weight / weight.sum())


@cache
def _gauss_hermite(nodes: int) -> tuple[Floats, Floats]:
    """Places and weights for a normal distribution."""
    at, weight = np.polynomial.hermite_e.hermegauss(nodes)
    return at, weight


def measured(diameters: Sequence[float], shares: Sequence[float], nodes: int = NODES) -> Sizes:
    """A measured distribution by volume, as `nodes` sizes of equal share: the mean square radius of each is kept.

    Parameters
    ----------
    diameters, shares
        Middle of each class (any unit) and its share of the volume, such as ``volume_percent`` of laser diffraction.

    Raises
    ------
    InputError
        If the classes are not rising, or if a share is negative or all are zero.
    """
    size, share = np.asarray(diameters, float), np.asarray(shares, float)
    if size.size != share.size or (np.diff(size) <= 0).any() or size[0] <= 0:
        raise InputError("the classes of a size distribution must be positive and rising, with one share each")
    if (share < 0).any() or share.sum() <= 0:
        raise InputError("the shares of a size distribution must not be negative, nor all zero")
    reached = np.concatenate([[0.0], np.cumsum(share / share.sum())])
    second = np.concatenate([[0.0], np.cumsum(share / share.sum() * size**2)])
    ends = np.linspace(0, 1, nodes + 1)
    square = np.diff(np.interp(ends, reached, second)) * nodes
    median = float(np.interp(0.5, (reached[1:] + reached[:-1]) / 2, size))
    return Sizes(np.sqrt(square) / median, np.full(nodes, 1 / nodes))
