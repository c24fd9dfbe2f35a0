"""Spread of the edge step and the first peak over reasonable choices of E0, R_bkg and the normalisation ranges."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.techniques.exafs.chi_of_r import ChiOfR, chi_of_r, normalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.exafs import Normalised
    from halfcell.techniques.exafs.settings import Settings

    Array = NDArray[np.floating]

_POST_STARTS = (25.0, 50.0, 100.0, 150.0)  # eV above E0, from which the post-edge polynomial may begin
_POST_LEAST = 200.0  # eV that must be left for it
E0_SPAN = 3.0  # eV, by how much a reasonable choice of E0 may differ
_PEAK_ROOM = 0.3  # angstrom, by how much a peak may move with the windows
_RBKG_SPAN = 0.2  # angstrom
_RANGE_SPAN = 0.2  # fraction by which the ends of the pre- and post-edge ranges are moved


@dataclass(frozen=True, kw_only=True)
class WindowSpread:
    """Standard uncertainties by windows: of position (angstrom) and height of the first peak."""

    position: float
    height: float


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """E0 (eV) and settings as another careful person might choose them, and which of them is another."""

    what: Literal["e0", "background", "pre-edge", "post-edge"]
    e0: float
    settings: Settings


def window_spread(measurement: Measurement, settings: Settings, found: ChiOfR) -> WindowSpread:
    """Differences from the choice that is taken: the largest of each kind over sqrt 3, all kinds in quadrature.

    Within the choices of one kind none is more likely than another, hence the square root of 3 (JCGM 100, 4.3.7). NaN
    if the scan is too short for all other choices. The peak is searched near where it was found, so that the spread is
    not the distance to another peak.

    Parameters
    ----------
    measurement
        Energies (eV) and absorption, shape (n,).
    settings
        The choice that is taken.
    found
        The scan reduced with it.

    Returns
    -------
    WindowSpread
        Standard uncertainties of the position (angstrom) and the height of the first peak.

    Source: JCGM 100:2008 (GUM), 4.3.7.
    """
    place = found.peak.position
    near = dataclasses.replace(settings, r_range=(place - _PEAK_ROOM, place + _PEAK_ROOM))
    own = np.array([place, found.peak.height])
    values: dict[str, list[Array]] = {}
    for choice in _choices(near, found):
        try:
            normal = normalised(measurement, choice.e0, choice.settings)
            other = chi_of_r(measurement, normal, choice.settings, found.k_range)
        except InputError:
            continue  # the scan is too short for this choice
        new = np.array([other.peak.position, other.peak.height])
        values.setdefault(choice.what, []).append(new - own)
    squares = [np.max(np.square(moves), axis=0) / 3.0 for moves in values.values()]
    stds = np.sqrt(np.sum(squares, axis=0)) if squares else np.full(2, np.nan)
    return WindowSpread(position=float(stds[0]), height=float(stds[1]))


def normalisation_ranges(normal: Normalised) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Other pre- and post-edge ranges, one of the two changed; the post-edge range from 25, 50, 100 and 150 eV.

    Parameters
    ----------
    normal
        The normalisation whose ranges are changed.

    Returns
    -------
    list
        Pairs of ranges, eV relative to E0.

    Source: procedure of this package.
    """
    pre, post = normal.pre_range, normal.post_range
    inner = (pre[0], pre[1] * (1 - _RANGE_SPAN)), (pre[0], pre[1] * (1 + _RANGE_SPAN))
    starts = [start for start in _POST_STARTS if start < post[1] - _POST_LEAST]
    outer = *((start, post[1]) for start in starts), (post[0], post[1] * (1 - _RANGE_SPAN))
    return [*((choice, post) for choice in inner), *((pre, choice) for choice in outer)]


def _choices(settings: Settings, found: ChiOfR) -> list[_Choice]:
    """Two other values each of E0 and R_bkg, and the other ranges before and after the edge."""
    e0, replace, rbkg = found.normal.e0, dataclasses.replace, settings.rbkg_angstrom
    spans = (-_RBKG_SPAN, _RBKG_SPAN)
    ranges = normalisation_ranges(found.normal)
    return [
        *(_Choice(what="e0", e0=e0 + d, settings=settings) for d in (-E0_SPAN, E0_SPAN)),
        *(_Choice(what="background", e0=e0, settings=replace(settings, rbkg_angstrom=rbkg + d)) for d in spans),
        *(
            _Choice(
                what="pre-edge" if pre != found.normal.pre_range else "post-edge",
                e0=e0,
                settings=replace(settings, pre_range=pre, post_range=post),
            )
            for pre, post in ranges
        ),
    ]
