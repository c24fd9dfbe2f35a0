"""Microstrain that depends on the direction: how the mean squares along a few directions give that along every line."""

from __future__ import annotations

from functools import cache
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.materials.phases import phase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Axes and diagonals, which people expect in a table.
_FIRST = ((0, 0, 1), (1, 0, 0), (1, 1, 1), (1, 1, 0), (0, 1, 0), (1, 0, 1), (0, 1, 1))
_LARGEST = 2  # index of further directions
_DIFFERENT = 0.05  # of the norm of its forms: a direction that adds less to the others is no new one
_FORMS = tuple(combinations_with_replacement(range(3), 4))


class StrainDirections(NamedTuple):
    """Directions (hkl), k of them, and the share of the mean-square strain along each in that along each line.

    `shares` has shape (k, lines); its columns add up to one.
    """

    directions: tuple[tuple[int, int, int], ...]
    shares: Array


@cache
def strain_directions(name: str, hkl: tuple[tuple[int, int, int], ...]) -> StrainDirections:
    """The mean-square strain along each line as a combination of those along as many directions as the symmetry leaves.

    The variance of 1/d^2 is a form of fourth order in hkl, so that the mean-square strain, which is that over
    (2/d^2)^2, is one in the unit vector along hkl, invariant under the point group: two coefficients for cubic
    phases, three for hexagonal, four for tetragonal and trigonal, six for orthorhombic ones. Here they are expressed
    by the values along directions of low indices: [001] and [100] first.

    Parameters
    ----------
    name
        The phase.
    hkl
        Indices of the lines.

    Returns
    -------
    StrainDirections
        The directions, and the weight of each for every line.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: P. W. Stephens, J. Appl. Cryst. 32 (1999) 281, eq. 4.
    """
    forms = _forms(name, np.array([*_candidates(), *hkl]))
    known, lines = forms[: -len(hkl)], forms[-len(hkl) :]
    chosen: list[int] = []
    for index, row in enumerate(known):
        base = known[chosen]
        left = row - base.T @ np.linalg.lstsq(base.T, row, rcond=None)[0] if chosen else row
        if np.linalg.norm(left) > _DIFFERENT * np.linalg.norm(row):
            chosen.append(index)
    shares = np.asarray(np.linalg.lstsq(known[chosen].T, lines.T, rcond=None)[0], dtype=np.float64)
    return StrainDirections(tuple(_candidates()[index] for index in chosen), shares)


@cache
def _candidates() -> tuple[tuple[int, int, int], ...]:
    """Directions of low indices, those first that are read most easily."""
    along = range(_LARGEST, -_LARGEST - 1, -1)
    every = [(h, k, l) for h, k, l in product(along, along, along) if (h, k, l) != (0, 0, 0)]
    return (*_FIRST, *(one for one in every if one not in _FIRST))


def _forms(name: str, hkl: NDArray[np.int64]) -> Array:
    """The forms of fourth order of the unit vector along each reflection, mean over its equivalents, shape (n, 15)."""
    import gemmi

    facts = phase(name)
    rows = np.array(gemmi.UnitCell(*facts.cell).frac.mat.tolist())
    rotations = np.array([op.rot for op in gemmi.find_spacegroup_by_name(facts.space_group).operations().sym_ops]) // 24
    images = np.einsum("nj,rjk->nrk", hkl, rotations) @ rows
    unit = images / np.linalg.norm(images, axis=-1, keepdims=True)
    return np.stack([np.prod(unit[..., form], axis=-1).mean(axis=1) for form in _FORMS], axis=1)
