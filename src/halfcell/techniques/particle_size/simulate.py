"""What a laser-diffraction instrument reports for a mixture of lognormal powders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.maths import size_distribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Lognormal components by volume: medians (um), geometric standard deviations, volume fractions; and the channels.

    `noise` is the relative standard deviation of a channel's share between runs.
    """

    medians_um: tuple[float, ...] = (8.0,)
    geometric_sds: tuple[float, ...] = (1.8,)
    fractions: tuple[float, ...] = (1.0,)
    channels: int = 100
    smallest_um: float = 0.01
    largest_um: float = 10000.0
    noise: float = 0.01
    title: str = "simulated powder"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Report one record by volume, the instrument's own percentiles with it: lognormal components in channels.

    Parameters
    ----------
    parameters
        Components, channels and noise.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Channel edges (um) and shares (%), shape (channels,).

    Source: definition.
    """
    p = parameters
    edges = np.geomspace(p.smallest_um, p.largest_um, p.channels + 1)
    share = np.diff(true_cumulative(p, edges))
    share = share * np.clip(1.0 + p.noise * rng.normal(size=len(share)), 0.0, None)
    share = np.round(100.0 * share / share.sum(), 6)
    sizes = size_distribution.percentiles(edges, share, np.array([0.1, 0.5, 0.9]))
    vendor = dict(zip(("d10", "d50", "d90"), (round(float(s), 6) for s in sizes), strict=True))
    meta = {"title": p.title, "basis": "volume", "vendor": vendor, "simulated": True}
    columns = {"lower_size_micrometre": edges[:-1], "upper_size_micrometre": edges[1:], "share_percent": share}
    return Measurement(technique="particle_size", columns=columns, meta=meta)


def true_cumulative(parameters: Parameters, sizes: Array) -> Array:
    r"""Share by volume below each size, :math:`\sum_i v_i \Phi(\ln(d/d_i)/\ln s_i)`.

    Parameters
    ----------
    parameters
        Components.
    sizes
        um, shape (n,).

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n,).

    Source: definition of the lognormal distribution.
    """
    from scipy.special import ndtr

    weights = np.array(parameters.fractions) / sum(parameters.fractions)
    terms = [
        w * ndtr((np.log(sizes) - np.log(m)) / np.log(s))
        for w, m, s in zip(weights, parameters.medians_um, parameters.geometric_sds, strict=True)
    ]
    return np.asarray(np.sum(terms, axis=0))


def true_percentile(parameters: Parameters, part: float) -> float:
    """Size below which a part of the volume lies: the root of `true_cumulative`.

    Parameters
    ----------
    parameters
        Components.
    part
        0 to 1.

    Returns
    -------
    float
        um.

    Source: definition.
    """
    from scipy.optimize import brentq

    found = brentq(lambda log: float(true_cumulative(parameters, np.array([np.exp(log)]))[0]) - part, -10.0, 15.0)
    return float(np.exp(found))
