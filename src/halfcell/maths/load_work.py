"""The work under a branch of a load-displacement loop, and its uncertainty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.load_displacement import noise

Array = NDArray[np.float64]

_FEWEST = 5  # points: as many as `noise` needs


def work(load: Array, depth: Array) -> float:
    r"""The work along a path, :math:`\int P\,dh`, by the trapezoid rule in the order of the record.

    Depths must not be sorted first: on a noisy loop that is wrong by 20 %.

    Parameters
    ----------
    load, depth
        N and m, shape (n,).

    Returns
    -------
    float
        J; negative where the depth falls.

    Source: definition.
    """
    return float(np.sum(0.5 * (load[1:] + load[:-1]) * np.diff(depth)))


def impulse(time: Array, load: Array) -> float:
    r"""The time integral of the load, :math:`\int P\,dt`: the work that a drift of 1 m/s adds to the path.

    Parameters
    ----------
    time, load
        s and N, shape (n,).

    Returns
    -------
    float
        N s.

    Source: definition, by the trapezoid rule.
    """
    return float(np.sum(0.5 * (load[1:] + load[:-1]) * np.diff(time)))


def work_noise(load: Array, depth: Array) -> float:
    r"""Standard uncertainty of `work` from white noise on both columns, estimated from the data themselves.

    .. math:: s^2 = s_P^2 \sum (\Delta h_i)^2 + s_h^2 \sum (\Delta P_i)^2

    with the weights of the trapezoid rule, ends included: at an end at high load the noise of the depth counts in
    full. The error of the rule between the points is added: a third of the change when every other point is left out.

    Parameters
    ----------
    load, depth
        N and m, shape (n,).

    Returns
    -------
    float
        J; 0 for fewer than five points.

    Source: JCGM 100:2008 (GUM), 5.1.2, for the propagation; the error of the rule is that of Richardson's
    extrapolation.
    """
    if len(load) < _FEWEST:
        return 0.0
    dh, dp = np.diff(depth), np.diff(load)
    by_load = 0.5 * (np.append(dh, 0.0) + np.insert(dh, 0, 0.0))
    by_depth = 0.5 * (np.append(dp, 0.0) + np.insert(dp, 0, 0.0))
    by_depth[0] += load[0]
    by_depth[-1] -= load[-1]
    white = np.hypot(noise(load) * np.linalg.norm(by_load), noise(depth) * np.linalg.norm(by_depth))
    half = np.append(np.arange(0, len(load) - 1, 2), len(load) - 1)
    return float(np.hypot(white, (work(load, depth) - work(load[half], depth[half])) / 3.0))
