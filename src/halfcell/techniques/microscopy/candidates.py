"""Which phases two lattice vectors and their angle may belong to, with the margin between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.lattice_planes import planes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from halfcell.materials.lattice_planes import Planes
    from halfcell.techniques.microscopy.calibration import Calibration
    from halfcell.techniques.microscopy.spacing import Spacing

    Array = NDArray[np.float64]

TIE = 4.0  # difference in chi2 below which two phases are not told apart: two standard deviations of one number
_REACH = 5.0  # standard deviations within which a plane is considered
_WORST = 16.0  # chi2 above which no phase fits: four standard deviations of one number


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A phase with the planes it would show, and chi2 of spacings, angle and scale."""

    phase: str
    planes: tuple[str, ...]
    chi2: float

    def __str__(self) -> str:
        """``Si 111, 220 (0.4)``."""
        return f"{self.phase} {', '.join(self.planes)} ({self.chi2:.1f})"


def candidates(
    names: Iterable[str], spacings: Sequence[Spacing], angle: float | None, calibration: Calibration
) -> tuple[Candidate, ...]:
    r"""Rank phases by how well one or two of their planes fit.

    .. math:: \chi^2 = \min_s \sum_i \frac{(\ln d_i - \ln D_i - s)^2}{\sigma_i^2 + \sigma_a^2}
              + \frac{s^2}{\sigma_s^2} + \frac{(\theta - \Theta)^2}{\sigma_\theta^2}

    with the error s of the scale common to both, and the anisotropy of an uncorrected scan in each.

    Parameters
    ----------
    names
        The phases.
    spacings
        One or two spacings; further ones are not used.
    angle
        The angle between the two (degree, 0 to 90).
    calibration
        Relative uncertainties of scale, anisotropy and shear.

    Returns
    -------
    tuple of Candidate
        The best first, one per phase; those with chi2 above 16 are left out.

    Source: definition of chi squared; the limit is a choice.
    """
    made = []
    used = tuple(spacings[:2])
    least = 0.9 * min(one.d for one in used)
    for name in names:
        best = _best(name, planes(name, round(least, 3)), used, angle, calibration)
        if best is not None and best.chi2 <= _WORST:
            made.append(best)
    return tuple(sorted(made, key=_chi2))


def tied(ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those that cannot be told from the best.

    Parameters
    ----------
    ranked
        Phases, the best first.

    Returns
    -------
    tuple of Candidate
        Those within 4 of chi squared of the best.

    Source: procedure of this package; 4 are two standard deviations of one number.
    """
    return tuple(one for one in ranked if one.chi2 - ranked[0].chi2 < TIE)


def _chi2(candidate: Candidate) -> float:
    return candidate.chi2


def _best(
    name: str, known: Planes, spacings: Sequence[Spacing], angle: float | None, calibration: Calibration
) -> Candidate | None:
    """The planes of a phase that fit best; None without any.

    Pairs are looked at by growing chi2 of their lengths, until that alone is above the best with its angle.
    """
    near = [_near(known, spacing, calibration) for spacing in spacings]
    if len(spacings) == 1 or angle is None:
        lengths = _lengths(known, spacings[:1], near[:1], calibration)
        if not lengths.size:
            return None
        place = int(np.argmin(lengths))
        return Candidate(phase=name, planes=(known.names[near[0][place]],), chi2=float(lengths[place]))
    lengths = _lengths(known, spacings, near, calibration)
    noise = sum((spacing.std / spacing.d) ** 2 for spacing in spacings) + calibration.shear**2
    best: Candidate | None = None
    for place in np.argsort(lengths, axis=None, kind="stable"):
        row, column = np.unravel_index(int(place), lengths.shape)
        least = float(lengths[row, column])
        if least > _WORST or (best is not None and least >= best.chi2):
            break
        one, other = near[0][int(row)], near[1][int(column)]
        off = np.radians(float(np.min(np.abs(known.pair(one, other) - angle), initial=90.0)))
        chi2 = least + float(off**2 / noise)
        if best is None or chi2 < best.chi2:
            best = Candidate(phase=name, planes=(known.names[one], known.names[other]), chi2=chi2)
    return best


def _near(known: Planes, spacing: Spacing, calibration: Calibration) -> list[int]:
    """Families whose spacing is within reach of a measured one."""
    width = np.sqrt((spacing.std / spacing.d) ** 2 + calibration.scale**2 + calibration.anisotropy**2)
    return [int(n) for n in np.flatnonzero(np.abs(np.log(known.spacings / spacing.d)) < _REACH * width)]


def _lengths(
    known: Planes, spacings: Sequence[Spacing], near: Sequence[Sequence[int]], calibration: Calibration
) -> Array:
    """chi2 of the lengths with the best common error of the scale, for each choice of planes."""
    off = [np.log(one.d / known.spacings[list(choices)]) for one, choices in zip(spacings, near, strict=True)]
    variance = np.array([(one.std / one.d) ** 2 + calibration.anisotropy**2 for one in spacings])
    weight = np.linalg.inv(np.diag(variance) + calibration.scale**2)
    if len(spacings) == 1:
        return np.asarray(weight[0, 0] * off[0] ** 2)
    first, second = off[0][:, None], off[1][None, :]
    return np.asarray(weight[0, 0] * first**2 + 2.0 * weight[0, 1] * first * second + weight[1, 1] * second**2)
