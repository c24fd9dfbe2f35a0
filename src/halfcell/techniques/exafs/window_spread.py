"""Spread of the edge step and the first peak over reasonable choices of E0, R_bkg and the normalisation ranges."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.techniques.exafs.chi_of_r import ChiOfR, chi_of_r, normalised

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.settings import Settings

E0_SPAN = 3.0  # eV, by how much a reasonable choice of E0 may differ
_PEAK_ROOM = 0.3  # angstrom, by how much a peak may move with the windows
_RBKG_SPAN = 0.2  # angstrom
_RANGE_SPAN = 0.2  # fraction by which the ends of the pre- and post-edge ranges are moved


@dataclass(frozen=True, kw_only=True)
class WindowSpread:
    """Standard deviations of the edge step, and of position (angstrom) and height of the first peak, over windows."""

    step: float
    position: float
    height: float


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """E0 (eV) and settings as another careful person might choose them."""

    e0: float
    settings: Settings


def window_spread(measurement: Measurement, settings: Settings, found: ChiOfR) -> WindowSpread:
    """Standard deviations over eight other choices; NaN if the scan is too short for all but one of them.

    The peak is searched near where it was found, so that the spread is not the distance to another peak.
    """
    place = found.peak.position
    near = dataclasses.replace(settings, r_range=(place - _PEAK_ROOM, place + _PEAK_ROOM))
    values = []
    for choice in _choices(near, found):
        try:
            normal = normalised(measurement, choice.e0, choice.settings)
            other = chi_of_r(measurement, normal, choice.settings, found.k_range)
        except InputError:
            continue  # the scan is too short for this choice
        values.append((normal.step, other.peak.position, other.peak.height))
    stds = np.std(np.array(values), axis=0, ddof=1) if len(values) > 1 else np.full(3, np.nan)
    return WindowSpread(step=float(stds[0]), position=float(stds[1]), height=float(stds[2]))


def _choices(settings: Settings, found: ChiOfR) -> list[_Choice]:
    """Two other values each of E0, R_bkg, the pre-edge range and the post-edge range."""
    e0, pre, post = found.normal.e0, found.normal.pre_range, found.normal.post_range
    replace, rbkg = dataclasses.replace, settings.rbkg_angstrom
    inner = (pre[0], pre[1] * (1 - _RANGE_SPAN)), (pre[0], pre[1] * (1 + _RANGE_SPAN))
    outer = (post[0] * 2, post[1]), (post[0], post[1] * (1 - _RANGE_SPAN))
    return [
        _Choice(e0=e0 - E0_SPAN, settings=settings),
        _Choice(e0=e0 + E0_SPAN, settings=settings),
        *(_Choice(e0=e0, settings=replace(settings, rbkg_angstrom=rbkg + d)) for d in (-_RBKG_SPAN, _RBKG_SPAN)),
        *(_Choice(e0=e0, settings=replace(settings, pre_range=choice)) for choice in inner),
        *(_Choice(e0=e0, settings=replace(settings, post_range=choice)) for choice in outer),
    ]
