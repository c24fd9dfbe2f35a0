"""Angles between the reflections of a phase and an axis of preferred orientation, and March-Dollase factors."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.phases import phase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Axis = tuple[int, int, int]
_CUBIC: tuple[Axis, ...] = ((1, 1, 1), (1, 0, 0), (1, 1, 0))  # the forms of cleavage and growth of cubic crystals
_UNIAXIAL: tuple[Axis, ...] = ((0, 0, 1), (1, 0, 0))  # plates and needles
_LOWER: tuple[Axis, ...] = ((0, 0, 1), (0, 1, 0), (1, 0, 0))  # the three axes


def likely_axes(name: str) -> tuple[Axis, ...]:
    """Normals of the faces on which crystals of a phase usually lie, by its lattice.

    Parameters
    ----------
    name
        The phase.

    Returns
    -------
    tuple of Axis
        Indices of low order: more for cubic phases than for those with one long axis.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: procedure of this package.
    """
    a, b, c, *angles = phase(name).cell
    if a == b == c and angles == [90.0, 90.0, 90.0]:
        return _CUBIC
    return _UNIAXIAL if a == b else _LOWER


@cache
def squared_cosines(name: str, hkl: tuple[tuple[int, int, int], ...], axis: Axis) -> tuple[Array, ...]:
    """cos^2 of the angles between an axis and all equivalents of each reflection, in reciprocal space.

    Parameters
    ----------
    name
        The phase.
    hkl
        Indices of the reflections, n of them.
    axis
        Indices of the face whose normal is the axis.

    Returns
    -------
    tuple of numpy.ndarray
        n arrays of shape (symmetry operations,).

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: definition.
    """
    import gemmi

    facts = phase(name)
    cell = gemmi.UnitCell(*facts.cell)
    rows = np.array(cell.frac.mat.tolist())  # columns of its transpose are the reciprocal axes
    rotations = np.array([op.rot for op in gemmi.find_spacegroup_by_name(facts.space_group).operations().sym_ops]) // 24
    normal = np.array(axis) @ rows
    images = np.einsum("nj,rjk->nrk", np.array(hkl), rotations) @ rows
    along = (images @ normal) ** 2 / ((images**2).sum(axis=-1) * (normal @ normal))
    return tuple(along)


def march_dollase(name: str, hkl: NDArray[np.int64], axis: Axis, r: float) -> Array:
    """Factor of each intensity for crystals that lie on a face, (r^2 cos^2 a + sin^2 a / r)^(-3/2).

    It is the mean over the equivalents of a reflection, with a its angle to the axis; 1 for r = 1, flat crystals on
    their faces for r < 1. Its mean over all directions is 1, so that amounts do not depend on it.

    Parameters
    ----------
    name
        The phase.
    hkl
        Indices, shape (n, 3).
    axis
        Indices of the face whose normal is the axis.
    r
        The parameter of March, positive.

    Returns
    -------
    numpy.ndarray
        Without a unit, shape (n,).

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: W. A. Dollase, J. Appl. Cryst. 19 (1986) 267.
    """
    listed = tuple((int(h), int(k), int(l)) for h, k, l in hkl)
    cosines = squared_cosines(name, listed, axis)
    return np.array([np.mean((r**2 * one + (1 - one) / r) ** -1.5) for one in cosines])
