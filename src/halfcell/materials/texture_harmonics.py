"""Spherical harmonics with the symmetry of a crystal: a preferred orientation of any kind in a flat powder."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.materials.phases import phase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_DENSE = 5  # largest index of the directions from which the functions are found


def harmonics(name: str, hkl: NDArray[np.int64], order: int) -> Array:
    """Values of the symmetric harmonics of even order 2 to `order` at each reflection.

    The factor of an intensity is 1 + sum C_i k_i, with the specimen's normal as the only axis of the distribution.
    Each k_i is a mean over the equivalents of a reflection and has the mean 0 over all directions, so that amounts do
    not depend on the C_i.

    Parameters
    ----------
    name
        The phase.
    hkl
        Indices, shape (n, 3).
    order
        Highest order, even.

    Returns
    -------
    numpy.ndarray
        Without a unit, shape (n, functions).

    Raises
    ------
    InputError
        If the phase is unknown.

    Sources: H.-J. Bunge, Texture Analysis in Materials Science, 1982; R. B. Von Dreele, J. Appl. Cryst. 30 (1997) 517.
    """
    found = [_means(name, hkl, one) @ _functions(name, one) for one in range(2, order + 1, 2)]
    return np.concatenate(found, axis=1)


def all_directions() -> NDArray[np.int64]:
    """Indices of many directions, to see whether a distribution is positive everywhere.

    Returns
    -------
    numpy.ndarray
        Shape (directions, 3).

    Source: definition.
    """
    axis = np.arange(-_DENSE, _DENSE + 1)
    every = np.stack(np.meshgrid(axis, axis, np.arange(_DENSE + 1), indexing="ij"), axis=-1).reshape(-1, 3)
    return np.asarray(every[np.any(every != 0, axis=1)])


@cache
def _functions(name: str, order: int) -> Array:
    """Combinations of the harmonics of an order that the crystal's symmetry leaves, shape (2l + 1, functions)."""
    values = _means(name, all_directions(), order)
    _, weight, rows = np.linalg.svd(values, full_matrices=False)
    return np.asarray(rows[weight > 1e-6 * np.sqrt(len(values))].T)


def _means(name: str, hkl: NDArray[np.int64], order: int) -> Array:
    """Mean of each real harmonic of an order over the equivalents of each reflection, shape (n, 2l + 1)."""
    import gemmi

    facts = phase(name)
    rows = np.array(gemmi.UnitCell(*facts.cell).frac.mat.tolist())
    rotations = np.array([op.rot for op in gemmi.find_spacegroup_by_name(facts.space_group).operations().sym_ops]) // 24
    images: Any = np.einsum("nj,rjk->nrk", hkl, rotations) @ rows
    images = images / np.linalg.norm(images, axis=-1, keepdims=True)
    return np.asarray(_real(images, order).mean(axis=1))


def _real(directions: Array, order: int) -> Array:
    """The 2l + 1 real spherical harmonics of unit directions, with a mean square of one, shape (..., 2l + 1)."""
    from scipy.special import gammaln, lpmv

    x, y, z = np.moveaxis(directions, -1, 0)
    turn = np.arctan2(y, x)
    found = []
    for m in range(order + 1):
        scale = np.sqrt(
            (2 * order + 1) * np.exp(gammaln(order - m + 1) - gammaln(order + m + 1)) * (1 if m == 0 else 2)
        )
        part = scale * lpmv(m, order, np.clip(z, -1.0, 1.0))
        found.append(part * np.cos(m * turn))
        if m:
            found.append(part * np.sin(m * turn))
    return np.stack(found, axis=-1)
