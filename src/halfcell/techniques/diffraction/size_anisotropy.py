"""Whether the crystallites of a phase are of another size along its axis than across, from the widths of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.single_lines import LineSize

    Array = NDArray[np.float64]

_FEWEST = 4  # lines
_SIGMA = 4.0  # by which the widths must depend on the direction
_LEAST = 0.2  # relative difference of sizes that matters


class Anisotropy(NamedTuple):
    """Sizes along and across the axis c (nm, reciprocal integral breadths) with their standard uncertainties."""

    along: tuple[float, float]
    across: tuple[float, float]


def anisotropic_sizes(lines: Mapping[str, tuple[LineSize, ...]]) -> dict[str, Anisotropy]:
    """The phases whose line widths depend on the angle to the axis more than on a strain.

    breadth_s^2 = cos^2 / L_c^2 + sin^2 / L_a^2 + (2 e s)^2, an ellipsoid with a strain, is fitted to the integral
    breadths of single lines; phases with a unique axis only.
    """
    found = {name: _fitted(each) for name, each in lines.items() if _has_axis(name)}
    return {name: one for name, one in found.items() if one is not None}


def _has_axis(name: str) -> bool:
    a, b, c, *_ = phase(name).cell
    return a == b != c


def _fitted(lines: tuple[LineSize, ...]) -> Anisotropy | None:
    """The sizes of one phase; None if its lines do not show that they differ."""
    rows = [(line.along, line.s, *line.breadth_s) for line in lines if line.breadth_s is not None]
    if len(rows) < _FEWEST:
        return None
    cosine, s, breadth, std = np.array(rows).T
    if np.ptp(cosine) < 0.5:
        return None
    weight = 1 / np.maximum(2 * breadth * np.maximum(std, 0.02 * breadth), 1e-12)
    designs = [np.stack(columns, axis=1) for columns in ((cosine, 1 - cosine), (cosine, 1 - cosine, 4 * s**2))]
    solved = [_solved(design, breadth**2, weight) for design in designs]
    value, covariance, _ = solved[1] if len(rows) > _FEWEST and solved[1][0][2] > 0 else solved[0]
    gap = float(value[0] - value[1])
    noise = float(np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]))
    if (value[:2] <= 0).any() or abs(gap) < _SIGMA * noise:
        return None
    sizes = value[:2] ** -0.5
    if abs(sizes[0] / sizes[1] - 1) < _LEAST:
        return None
    errors = 0.5 * sizes**3 * np.sqrt(np.diag(covariance)[:2])
    return Anisotropy((float(sizes[0]), float(errors[0])), (float(sizes[1]), float(errors[1])))


def _solved(design: Array, value: Array, weight: Array) -> tuple[Array, Array, float]:
    """Weighted least squares: parameters, covariance widened by the misfit, and chi^2."""
    rows = design * weight[:, None]
    covariance = np.linalg.pinv(rows.T @ rows)
    found = covariance @ rows.T @ (value * weight)
    chi2 = float(((value * weight - rows @ found) ** 2).sum())
    return found, covariance * max(chi2 / max(len(value) - design.shape[1], 1), 1.0), chi2


def anisotropy_quantities(found: Mapping[str, Anisotropy]) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Sizes along and across the axis, and a doubt about the one size of the whole pattern."""
    quantities: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for name, one in found.items():
        along, across = f"{name}.size_along_c", f"{name}.size_across_c"
        quantities[along] = Quantity(one.along[0], "nm", one.along[1], "fit covariance")
        quantities[across] = Quantity(one.across[0], "nm", one.across[1], "fit covariance")
        what = f"{name}: the widths of its lines ask for {quantities[along]} along c and {quantities[across]} across"
        why = "the one L_V of the whole pattern is a mean over directions, and no strain is fitted"
        notes += (Note("doubt", "anisotropic_size", f"{what}: {why}"),)
    return quantities, notes
