"""The scale of a pattern from the rings of a known phase: which ring is which is decided by the whole profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.rings import joint_scale
from halfcell.techniques.electron_diffraction.indexing import ring_lines, scales

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.radial_profile import Profile

    Array = NDArray[np.float64]

LEAST_RINGS = 2  # one ring fits every standard with some scale
_SAME = 0.02  # relative: scales nearer than this are one way to index the rings
_MARGIN = 10.0  # of the information criterion, between two ways to index: strong evidence (Kass and Raftery 1995)


def scale_of_standard(
    name: str,
    profile: Profile,
    rings: tuple[Array, Array],
    near: tuple[float | None, float],
    where: str,
) -> tuple[float, float]:
    """The scale (1/nm per px) and its standard error.

    Scales by which the single rings fit the phase are each fitted to the whole profile, all rings by one scale; the
    least :math:`n \\ln \\chi^2 + k \\ln n` (k lines that may be there) decides.

    Parameters
    ----------
    name, profile
        The phase, and intensity over radius (px).
    rings
        Radii and their standard errors (px), shape (rings,) each.
    near
        A nominal scale or None, and its relative uncertainty.
    where
        The file, for the error.

    Returns
    -------
    tuple of float
        1/nm per px.

    Raises
    ------
    Refused
        If fewer than two rings fit, or two ways to index them fit equally well.

    Source: G. Schwarz, Ann. Stat. 6 (1978) 461, for the criterion.
    """
    radii, errors = rings
    hint = "another phase, radii, or pixel_size_per_nm near the true scale"
    starts = scales(name, radii, errors, *near) if len(radii) >= LEAST_RINGS else ()
    if not starts:
        raise Refused(f"fewer than two rings fit the standard {name}", where, hint)
    found: list[tuple[float, float, float]] = []
    for start in starts:
        if not any(abs(start / scale - 1.0) < _SAME for _, scale, _ in found):
            criterion, scale, std = _fitted(name, profile, start)
            found = [one for one in found if abs(one[1] / scale - 1.0) >= _SAME or one[0] < criterion]
            if not any(abs(one[1] / scale - 1.0) < _SAME for one in found):
                found.append((criterion, scale, std))
    found.sort()
    if len(found) > 1 and found[1][0] - found[0][0] < _MARGIN:
        two = " and ".join(f"{scale:.4g}" for _, scale, _ in found[:2])
        raise Refused(f"the rings fit the standard {name} by several scales, {two} 1/nm per px", where, hint)
    return found[0][1], found[0][2]


def _fitted(name: str, profile: Profile, start: float) -> tuple[float, float, float]:
    """Information criterion, scale and its standard error, from one start."""
    lines = ring_lines(name, float(round(1.05 * start * profile.radius[-1], 2))).inverse
    lines = lines[lines / start > profile.radius[0] + 2.0]
    scale, std, curve = joint_scale(profile, lines, start)
    chi2 = float(np.sum(((profile.intensity - curve) / profile.error) ** 2))
    size = len(profile.radius)
    return size * float(np.log(max(chi2, 1e-9))) + len(lines) * float(np.log(size)), scale, std
