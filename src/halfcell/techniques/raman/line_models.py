"""What the window of silicon is described by: shapes of the crystalline line, bands of the glass, bent baselines."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.peak import Peak, Prior, Which
from halfcell.maths.peak_fit import PeakFit
from halfcell.techniques.raman.lopsided_line import CRYSTAL, GLASS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.raman.wafer_line import WaferLine

    Array = NDArray[np.float64]

_SMALLEST_NM, _LARGEST_NM = 1.5, 60.0  # crystals whose line is told from others
# of ln D: crystals of one size, or as powders have them, 0.1 to 0.4; lines tell little of it
_SCATTERS = (Prior(start=0.0, std=0.0), Prior(start=0.25, std=0.1, low=0.0, high=0.6))
_DETERMINED = 2.0  # standard uncertainties of the share of a tail
_LONGEST = 15.0  # 1/cm, of a tail
# relative to the level, over half the window of 200 1/cm: an emission band of 1400 1/cm (40 nm at 532 nm) or wider
BENDS = (0.013, 0.0008)
AMORPHOUS = Peak(
    name=GLASS,
    position=Prior(start=480.0, std=5.0, low=460.0, high=495.0),
    gauss=Prior(start=70.0, std=10.0, low=30.0, high=110.0),
    lorentz=Prior(start=0.0, std=0.0),
    # the LO band near 390 1/cm has 0 to 0.3 of the area of the TO band (M. H. Brodsky, M. Cardona and J. J. Cuomo,
    # Phys. Rev. B 16 (1977) 3556): its upper half is in the window, and without it counts as baseline
    shoulder=(-90.0, 85.0),
    shoulder_share=Prior(start=0.15, std=0.3 / 12**0.5, low=0.0, high=0.4),
)
_NEAR = (490.0, 540.0)  # 1/cm, where the crystalline line of silicon is looked for, shifted ones included


def crystalline(x: Array, y: Array, wafer: WaferLine | None) -> Peak:
    """The crystalline line before the fit; with a wafer, its Gaussian part and its tail are those of the wafer."""
    near = (x > _NEAR[0]) & (x < _NEAR[1])
    start = float(x[near][np.argmax(y[near])]) if near.any() else 520.0
    if wafer is None:
        gauss, lorentz = Prior(start=4.0, low=0.05, high=25.0), Prior(start=4.0, low=0.05, high=40.0)
        return Peak(name=CRYSTAL, position=_around(start), gauss=gauss, lorentz=lorentz)
    return Peak(
        name=CRYSTAL,
        position=_around(start),
        gauss=Prior(start=wafer.gauss_per_cm, std=0.0),
        lorentz=Prior(start=max(wafer.lorentz_per_cm, 1.0), low=0.05, high=40.0),
        tail=Prior(start=wafer.tail_per_cm, std=0.0),
        tail_share=Prior(start=wafer.tail_share, std=0.0),
    )


def _around(start: float) -> Prior:
    return Prior(start=start, low=start - 15, high=start + 15)


def _with_tail(peak: Peak, plain: PeakFit, sign: float) -> Peak:
    """The line with a free tail to one side, starting from the fit without one."""
    length = sorted((0.3 * sign, _LONGEST * sign))
    shape = {which: plain.values[CRYSTAL, which] for which in ("position", "gauss", "lorentz")}
    prior = peak.position
    place = float(np.clip(shape["position"] + 1.5 * sign, prior.low + 1e-6, prior.high - 1e-6))
    return dataclasses.replace(
        peak,
        position=dataclasses.replace(prior, start=place),
        gauss=dataclasses.replace(peak.gauss, start=float(np.clip(shape["gauss"], 0.5, 20.0))),
        lorentz=dataclasses.replace(peak.lorentz, start=float(np.clip(shape["lorentz"], 0.5, 30.0))),
        tail=Prior(start=5.0 * sign, low=length[0], high=length[1]),
        tail_share=Prior(start=0.4, low=0.0, high=1.0),
    )


def shapes(peak: Peak, plain: PeakFit, *, lopsided: bool, confined: bool) -> tuple[Peak, ...]:
    """The line of confined phonons behind an instrument without a tail, and lines with a tail to either side.

    Where the residual does not tell of a lopsided line, only that of confined phonons behind a known instrument.
    """
    tried = confined and not peak.tail_share.start and (lopsided or peak.gauss.std == 0)
    tails = tuple(_with_tail(peak, plain, sign) for sign in (1.0, -1.0))
    sizes = tuple(_confined(peak, plain, scatter) for scatter in _SCATTERS)
    return (sizes if tried else ()) + (tails if lopsided else ())


def is_determined(fit: PeakFit, peak: Peak) -> bool:
    """Whether the shape of a line is within its limits, and the share of its tail beyond its uncertainty."""
    names: tuple[Which, ...] = ("tail", "inverse_size")
    for which in names:
        prior: Prior = getattr(peak, which)
        room = 1e-3 * (prior.high - prior.low)
        if prior.std > 0 and not prior.low + room < fit.values[peak.name, which] < prior.high - room:
            return False
    share = (CRYSTAL, "tail_share")
    return peak.tail.std == 0 or fit.values[share] > _DETERMINED * fit.stds[share]


def _confined(peak: Peak, plain: PeakFit, scatter: Prior) -> Peak:
    """The line of confined phonons of crystals whose ln D scatters, starting from the symmetric fit."""
    lorentz = float(np.clip(peak.lorentz.start, 2.0, 6.0))
    place, prior = plain.values[CRYSTAL, "position"] + 1.5, peak.position
    return dataclasses.replace(
        peak,
        position=dataclasses.replace(prior, start=float(np.clip(place, prior.low + 1e-6, prior.high - 1e-6))),
        lorentz=dataclasses.replace(peak.lorentz, start=lorentz),
        inverse_size=Prior(start=0.14, low=1 / _LARGEST_NM, high=1 / _SMALLEST_NM),
        size_spread=scatter,
    )


def started_at(peak: Peak, fit: PeakFit) -> Peak:
    """The peak with its free parameters starting where a fit ended; parameters with a prior keep their start."""

    def started(prior: Prior, which: str) -> Prior:
        if not np.isinf(prior.std):
            return prior
        inside = np.clip(fit.values[peak.name, which], prior.low + 1e-6, prior.high - 1e-6)
        return dataclasses.replace(prior, start=float(inside))

    return Peak(
        name=peak.name,
        position=started(peak.position, "position"),
        gauss=started(peak.gauss, "gauss"),
        lorentz=started(peak.lorentz, "lorentz"),
        tail=started(peak.tail, "tail"),
        tail_share=started(peak.tail_share, "tail_share"),
        inverse_size=started(peak.inverse_size, "inverse_size"),
        size_spread=peak.size_spread,
        shoulder=peak.shoulder,
        shoulder_share=peak.shoulder_share,
    )
