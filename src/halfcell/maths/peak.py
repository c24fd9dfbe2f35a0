"""A peak of a fit: its parameters with what is known of them beforehand, and its curve with all derivatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.maths.line_shapes import confined_smear, gauss, gauss_slope, tail_smear
from halfcell.maths.smeared_voigt import UNSMEARED, smeared_voigt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Which = Literal["position", "gauss", "lorentz", "tail", "tail_share", "inverse_size", "size_spread", "shoulder_share"]
WHICH: tuple[Which, ...] = (
    "position",
    "gauss",
    "lorentz",
    "tail",
    "tail_share",
    "inverse_size",
    "size_spread",
    "shoulder_share",
)


@dataclass(frozen=True, kw_only=True)
class Prior:
    """A parameter: start, standard deviation of what is known beforehand (0 = fixed, inf = free) and hard limits."""

    start: float
    std: float = np.inf
    low: float = -np.inf
    high: float = np.inf


_NONE = Prior(start=0.0, std=0.0)


@dataclass(frozen=True, kw_only=True)
class Peak:
    """A Voigt peak: position, FWHM of its Gaussian and Lorentzian parts, length and share of a tail on one side.

    With an `inverse_size` (1/nm) it is the line of phonons that are confined to crystals of that size instead, whose
    logarithms scatter by `size_spread` (`line_shapes.confined_voigt`). `shoulder` is a Gaussian that moves with it:
    distance from the peak and FWHM; its area is `shoulder_share` times that of the peak.
    """

    name: str
    position: Prior
    gauss: Prior
    lorentz: Prior
    tail: Prior = _NONE
    tail_share: Prior = _NONE
    inverse_size: Prior = _NONE
    size_spread: Prior = _NONE
    shoulder: tuple[float, float] | None = None
    shoulder_share: Prior = _NONE


def peak_curve(x: Array, peak: Peak, shape: Mapping[Which, float]) -> tuple[Array, dict[str, Array]]:
    """Curve of a peak whose line has unit area, and its derivatives by the parameters of the peak.

    Parameters
    ----------
    x
        Where, shape (n,).
    peak
        Says which parameters are free and where the shoulder is.
    shape
        Value of each parameter.

    Returns
    -------
    tuple
        Curve, and derivative by each parameter that may be free, each of shape (n,).

    Source: as `line_shapes`.
    """
    if shape["inverse_size"] > 0:
        smear = confined_smear(shape["inverse_size"], shape["size_spread"])
    elif peak.tail.std == 0 and peak.tail_share.std == 0 and shape["tail"] * shape["tail_share"] == 0:
        smear = UNSMEARED
    else:
        smear = tail_smear(shape["tail"], shape["tail_share"])
    line, slopes = smeared_voigt(x, shape["position"], (shape["gauss"], shape["lorentz"]), smear)
    if peak.shoulder is None:
        return line, slopes
    place, width = shape["position"] + peak.shoulder[0], peak.shoulder[1]
    share, beside = shape["shoulder_share"], gauss(x, place, width)
    slopes |= {"position": slopes["position"] - share * gauss_slope(x, place, width), "shoulder_share": beside}
    return line + share * beside, slopes
