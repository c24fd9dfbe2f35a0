"""Planes of a phase as vectors: what lattice fringes and diffraction spots of a crystal in any orientation can show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.phases import phase
from halfcell.materials.reflections import index_name, reflections

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_WEAKEST = 0.01  # of the strongest |F|^2: weaker planes are not expected beside stronger ones of nearly equal spacing


@dataclass(frozen=True, kw_only=True, eq=False)
class Planes:
    """Every plane of a phase down to a spacing: vectors (1/nm), shape (n, 3), and the family of each."""

    vectors: Array
    family: NDArray[np.int64]
    names: tuple[str, ...]
    spacings: Array

    def pair(self, one: int, other: int) -> Array:
        """The angles (degree, 0 to 90) between planes of two families, each once."""
        first = self.vectors[self.family == one][0]
        others = self.vectors[self.family == other]
        cosine = np.abs(others @ first) / (np.linalg.norm(others, axis=1) * np.linalg.norm(first))
        return np.asarray(np.unique(np.round(np.degrees(np.arccos(np.clip(cosine, 0.0, 1.0))), 6)))


@cache
def planes(name: str, least_spacing_nm: float) -> Planes:
    """List the planes of a phase that its structure does not forbid, with all equivalents.

    Parameters
    ----------
    name
        The phase.
    least_spacing_nm
        Planes closer than this are left out.

    Returns
    -------
    Planes
        Reciprocal vectors (1/nm), spacings (nm) and family of each.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: definition; intensities as in `reflections`.
    """
    import gemmi

    facts = phase(name)
    listed = reflections(name, 10.0 * least_spacing_nm)
    structure = listed.intensity / listed.multiplicity
    seen = listed.part(structure >= _WEAKEST * structure.max(initial=0.0))
    operations = gemmi.find_spacegroup_by_name(facts.space_group).operations().sym_ops
    rotations = np.array([operation.rot for operation in operations]) // 24
    basis = _reciprocal_basis(facts.cell)
    vectors, family = [], []
    for number, hkl in enumerate(seen.hkl):
        images = np.unique(np.concatenate([hkl @ rotations, -(hkl @ rotations)]), axis=0)
        vectors.append(images @ basis)
        family += [number] * len(images)
    return Planes(
        vectors=np.concatenate(vectors) if vectors else np.empty((0, 3)),
        family=np.array(family, dtype=np.int64),
        names=tuple(index_name(hkl) for hkl in seen.hkl),
        spacings=seen.spacing / 10.0,
    )


def _reciprocal_basis(cell: tuple[float, ...]) -> Array:
    """Reciprocal axes (1/nm) as rows, from a cell in angstrom and degrees."""
    a, b, c = (0.1 * edge for edge in cell[:3])
    alpha, beta, gamma = np.radians(cell[3:])
    y = (np.cos(alpha) - np.cos(beta) * np.cos(gamma)) / np.sin(gamma)
    z = np.sqrt(1.0 - np.cos(beta) ** 2 - y**2)
    direct = np.array(
        [
            [a, 0.0, 0.0],
            [b * np.cos(gamma), b * np.sin(gamma), 0.0],
            [c * np.cos(beta), c * y, c * z],
        ]
    )
    return np.asarray(np.linalg.inv(direct).T)
