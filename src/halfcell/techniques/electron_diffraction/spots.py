"""Spot patterns: spots of a crystal, the lattice they lie on, and the phases that have such a lattice."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.ring_pattern import Geometry

    Array = NDArray[np.float64]

_SMOOTH = 1.2  # px: standard deviation by which the picture is smoothed before maxima are looked for
_HIGH = 8.0  # scatters above the median of its ring at which a maximum is a spot
_NEAR = 0.08  # of the shorter lattice vector: how far a spot may be from a point of the lattice
_TRIED = 12  # shortest spots that are tried as basis
_LEAST = 4  # spots on a lattice
_PARALLEL = 0.3  # rad: basis vectors are not nearer than this


@dataclass(frozen=True, kw_only=True, eq=False)
class Lattice:
    """Basis vectors (2, 2: rows of x, y in px, y up), their relative error, spots (n, 2), and which lie on the lattice.

    `foreign` counts spots beside it: of another crystal or another phase.
    """

    basis: Array
    error: float
    spots: Array
    on: NDArray[np.bool_]

    @property
    def foreign(self) -> int:
        """Spots that are not on the lattice."""
        return int(np.sum(~self.on))


def found_spots(
    picture: Array, usable: NDArray[np.bool_], geometry: Geometry, limits: tuple[float, float], most: int
) -> Array:
    """Places of spots relative to the centre, corrected for the ellipse; the brightest first.

    Parameters
    ----------
    picture, usable
        Intensities, and which pixels are used, shape (rows, columns).
    geometry
        Centre and ellipse.
    limits
        Least and greatest radius (px).
    most
        At most this many.

    Returns
    -------
    numpy.ndarray
        x and y (px, y up), shape (spots, 2).

    Source: procedure of this package.
    """
    from scipy.ndimage import gaussian_filter, maximum_filter

    smooth = gaussian_filter(np.where(usable, picture, np.median(picture[usable])), _SMOOTH)
    radius = geometry.radius(picture.shape)
    ring = np.rint(radius / 3.0).astype(int)
    inside = usable & (radius > limits[0]) & (radius < limits[1])
    high = np.zeros_like(smooth)
    for number in np.unique(ring[inside]):
        part = inside & (ring == number)
        values = smooth[part]
        middle = np.median(values)
        scatter = 1.4826 * np.median(np.abs(values - middle)) + 1e-12
        high[part] = (values - middle) / scatter
    peaks = inside & (smooth == maximum_filter(smooth, 7)) & (high > _HIGH)
    rows, columns = np.nonzero(peaks)
    order = np.argsort(-high[rows, columns])[:most]
    places = np.array([_refined(smooth, int(rows[n]), int(columns[n])) for n in order]).reshape(-1, 2)
    dy, dx = places[:, 0] - geometry.row, places[:, 1] - geometry.column
    true_x = (1.0 + geometry.u) * dx - geometry.v * dy
    true_y = -(-geometry.v * dx + (1.0 - geometry.u) * dy)
    return np.stack([true_x, true_y], axis=1)


def _refined(smooth: Array, row: int, column: int) -> tuple[float, float]:
    """The centre of gravity of what is above the edge of a square of 7 px."""
    half = 3
    top, left = max(row - half, 0), max(column - half, 0)
    part = smooth[top : row + half + 1, left : column + half + 1]
    weight = np.maximum(part - np.percentile(part, 50), 0.0)
    y, x = np.mgrid[: part.shape[0], : part.shape[1]]
    total = weight.sum() or 1.0
    return top + float((weight * y).sum() / total), left + float((weight * x).sum() / total)


def lattice_of(spots: Array) -> Lattice | None:
    """The lattice through the centre that explains most spots with the largest cell.

    Parameters
    ----------
    spots
        x and y (px), shape (spots, 2).

    Returns
    -------
    Lattice or None
        Its vectors (px); None where none explains four.

    Source: procedure of this package.
    """
    if len(spots) < _LEAST:
        return None
    short = spots[np.argsort(np.hypot(*spots.T))[:_TRIED]]
    best: tuple[float, Array] | None = None
    for one, other in itertools.combinations(short, 2):
        basis = np.array([one, other])
        area = abs(float(np.linalg.det(basis)))
        lengths = np.linalg.norm(basis, axis=1)
        if area < np.sin(_PARALLEL) * lengths[0] * lengths[1]:
            continue
        on = int(_on_lattice(spots, basis)[0].sum())
        chance = len(spots) * np.pi * (_NEAR * lengths.min()) ** 2 / area  # spots that any lattice explains
        merit = (on - chance) / np.sqrt(chance + 1.0)
        if on >= max(_LEAST, chance + 3.0) and (best is None or merit > best[0]):
            best = merit, basis
    return _refined_lattice(spots, best[1]) if best else None


def _on_lattice(spots: Array, basis: Array) -> tuple[NDArray[np.bool_], Array]:
    parts = spots @ np.linalg.inv(basis)
    whole = np.round(parts)
    off = np.linalg.norm((parts - whole) @ basis, axis=1)
    shortest = float(np.linalg.norm(basis, axis=1).min())
    return np.asarray((off < _NEAR * shortest) & np.abs(whole).any(axis=1)), np.asarray(whole, dtype=float)


def _refined_lattice(spots: Array, basis: Array) -> Lattice:
    """Least squares of all spots on the lattice, then the two shortest vectors of it (Gauss)."""
    for _ in range(4):
        on, whole = _on_lattice(spots, basis)
        basis = np.asarray(np.linalg.lstsq(whole[on], spots[on], rcond=None)[0], dtype=float)
    on, whole = _on_lattice(spots, basis)
    residual = spots[on] - whole[on] @ basis
    free = max(2 * int(on.sum()) - 4, 1)
    sigma = float(np.sqrt(np.sum(residual**2) / free))
    covariance = np.linalg.pinv(whole[on].T @ whole[on]) * sigma**2
    reduced = _reduced(basis)
    error = float(np.sqrt(np.trace(covariance)) / np.linalg.norm(reduced, axis=1).min())
    return Lattice(basis=reduced, error=error, spots=spots, on=on)


def _reduced(basis: Array) -> Array:
    one, other = basis
    for _ in range(20):
        if np.linalg.norm(other) < np.linalg.norm(one):
            one, other = other, one
        shift = round(float(one @ other) / float(one @ one))
        if shift == 0:
            break
        other = other - shift * one
    return np.array([one, other])
