"""Powder reflections of a phase: indices, spacings, multiplicities and intensities from its sites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from halfcell.materials.formulas import molar_mass
from halfcell.materials.phases import Cell, Phase, phase

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CU_KA1, CU_KA2 = 1.540593, 1.544427  # angstrom, Hoelzer et al., Phys. Rev. A 56 (1997) 4554
_HC = 12398.42  # eV angstrom, Planck's constant times the speed of light (CODATA 2018)
_ELECTRON_RADIUS = 2.8179403e-5  # angstrom, classical (CODATA 2018)
_SAME_PLACE = 2e-4  # of a cell edge: files print coordinates with four digits
B_ISO = 0.5  # angstrom^2, one displacement factor for all sites: intensities carry a restraint, not a constraint
_TWO_DIGITS = 10  # indices from here on are parted by commas, else 1 11 reads like 11 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Reflections:
    """Reflections of one phase, by falling spacing.

    Parameters
    ----------
    hkl
        Indices, shape (n, 3), one of each set of equivalents.
    spacing
        d in angstrom, shape (n,).
    intensity
        m |F|^2 / V^2 in electrons^2 / angstrom^6, without Lorentz and polarisation factors; all ones times m where the
        phase has positions only.
    """

    phase: Phase
    hkl: NDArray[np.int64]
    spacing: Array
    multiplicity: Array
    intensity: Array

    def part(self, keep: NDArray[np.bool_]) -> Reflections:
        """Only the reflections that are kept."""
        return Reflections(
            phase=self.phase,
            hkl=self.hkl[keep],
            spacing=self.spacing[keep],
            multiplicity=self.multiplicity[keep],
            intensity=self.intensity[keep],
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Indices as people write them: ``111``, ``1 0 12``."""
        return tuple(index_name(row) for row in self.hkl)


def index_name(hkl: NDArray[np.int64]) -> str:
    """Indices as people write them: ``(1, 1, 1)`` -> ``111``; with blanks where an index has two digits or a sign.

    Parameters
    ----------
    hkl
        Indices, shape (3,).

    Returns
    -------
    str
        One word, or three.

    Source: definition.
    """
    plain = all(0 <= i < _TWO_DIGITS for i in hkl)
    return ("" if plain else " ").join(str(int(i)) for i in hkl)


def reflections(name: str, d_min: float, wavelength: float = CU_KA1) -> Reflections:
    r"""List the reflections of a phase down to a spacing.

    F(hkl) = sum_j o_j (f0 + f' + i f'') exp(-B / 4 d^2) exp(2 pi i h.x); \|F\|^2 is the mean over Friedel mates. B is
    0.5 angstrom^2 for all sites. Reflections below a thousandth of the strongest m\|F\|^2 are left out.

    Parameters
    ----------
    name
        The phase.
    d_min
        The least spacing, angstrom.
    wavelength
        Of the radiation, angstrom.

    Returns
    -------
    Reflections
        Indices, spacings (angstrom), multiplicities and m\|F\|^2.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: International Tables for Crystallography C (1992) for f0; D. T. Cromer, D. Liberman, J. Chem. Phys. 53
    (1970) 1891 for f' and f''; both through gemmi.
    """
    return _reflections(phase(name), d_min, wavelength)


def share_by_vacancies(name: str, d_min: float, wavelength: float = CU_KA1) -> float:
    """By how much a share is off if all atoms that may be missing are missing.

    A share goes with density over intensity, and the scale with the sum of the intensities.

    Parameters
    ----------
    name
        The phase.
    d_min, wavelength
        The least spacing, and the wavelength of the radiation, angstrom.

    Returns
    -------
    float
        ln of the ratio; 0 without such atoms.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: definition.
    """
    facts = phase(name)
    if facts.vacancies is None:
        return 0.0
    element, least = facts.vacancies
    fewer = tuple(s._replace(occupancy=s.occupancy * least) if s.element == element else s for s in facts.sites)
    poor = replace(facts, sites=fewer)
    mass, light = (sum(molar_mass(a.element) * a.occupancy for a in atoms(one)) for one in (facts, poor))
    strong, weak = (float(_reflections(one, d_min, wavelength).intensity.sum()) for one in (facts, poor))
    return float(np.log(light / mass * strong / weak))


@cache
def _reflections(facts: Phase, d_min: float, wavelength: float) -> Reflections:
    import gemmi

    cell = gemmi.UnitCell(*facts.cell)
    group = gemmi.find_spacegroup_by_name(facts.space_group)
    listed = np.asarray(gemmi.make_miller_array(cell, group, d_min, 0.0, unique=True), dtype=np.int64).reshape(-1, 3)
    hkl, count = _families(listed[np.any(listed != 0, axis=1)], group)
    spacing = spacings(hkl, facts.cell)
    strength = count.copy() if facts.positions_only else count * _squared(facts, cell, hkl, wavelength)
    keep = strength > 1e-3 * strength.max(initial=0.0)
    if facts.lines:
        keep = np.array([tuple(row) in facts.lines for row in hkl.tolist()])
        strength = np.ones_like(count)
    order = np.argsort(-spacing[keep], kind="stable")
    return Reflections(
        phase=facts,
        hkl=hkl[keep][order],
        spacing=spacing[keep][order],
        multiplicity=count[keep][order],
        intensity=strength[keep][order] / (1.0 if facts.positions_only else cell.volume**2),
    )


def _families(hkl: NDArray[np.int64], group: Any) -> tuple[NDArray[np.int64], Array]:
    """The index of each family that people write (fewest minus signs, then largest first) and its multiplicity."""
    rotations = np.array([op.rot for op in group.operations().sym_ops]) // 24
    images = np.einsum("nj,rjk->nrk", hkl, rotations)
    images = np.concatenate([images, -images], axis=1)
    size = 2 * int(np.abs(images).max(initial=0)) + 1  # indices as the digits of one number, which sorts as they do
    order = ((images[..., 0] + size) * 2 * size + images[..., 1] + size) * 2 * size + images[..., 2] + size
    order = order - np.sum(images < 0, axis=2) * (4 * size**3 * 4)
    best = np.take_along_axis(images, np.argmax(order, axis=1)[:, None, None], axis=1)[:, 0]
    distinct = 1 + np.sum(np.diff(np.sort(order, axis=1), axis=1) != 0, axis=1)
    return np.asarray(best, dtype=np.int64).reshape(-1, 3), distinct.astype(float)


class Atom(NamedTuple):
    """An atom of the whole cell: its element, fractional coordinates, shape (3,), and occupancy."""

    element: str
    place: Array
    occupancy: float


def atoms(facts: Phase) -> list[Atom]:
    """Every atom of the cell (P1).

    Parameters
    ----------
    facts
        A phase with sites.

    Returns
    -------
    list of Atom
        Element, place (fractions of the cell) and occupancy.

    Source: definition; the operations are those of gemmi.
    """
    import gemmi

    operations = list(gemmi.find_spacegroup_by_name(facts.space_group).operations())
    found: list[Atom] = []
    for element, x, y, z, occupancy in facts.sites:
        images = np.mod(np.array([op.apply_to_xyz([x, y, z]) for op in operations]), 1.0)
        apart = images[:, None, :] - images[None, :, :]
        same = np.abs(apart - np.round(apart)).max(axis=2) <= _SAME_PLACE
        kept: list[int] = []
        for place in range(len(images)):
            if not same[place, kept].any():
                kept.append(place)
        found += [Atom(element, images[place], occupancy) for place in kept]
    return found


def absorption(name: str, wavelength: float = CU_KA1) -> float:
    """Linear photoelectric absorption coefficient of a phase, 2 r_e lambda sum f'' / V (optical theorem).

    Parameters
    ----------
    name
        The phase.
    wavelength
        Of the radiation, angstrom.

    Returns
    -------
    float
        1/cm; zero where the phase has no sites.

    Raises
    ------
    InputError
        If the phase is unknown.

    Source: D. T. Cromer, D. Liberman, J. Chem. Phys. 53 (1970) 1891, for f'', through gemmi.
    """
    import gemmi

    facts = phase(name)
    volume = gemmi.UnitCell(*facts.cell).volume
    energy = _HC / wavelength
    total = 0.0
    for element, _, occupancy in atoms(facts):
        total += occupancy * gemmi.cromer_liberman(z=gemmi.Element(element).atomic_number, energy=energy)[1]
    return float(1e8 * 2 * _ELECTRON_RADIUS * wavelength * total / volume)


def _squared(facts: Phase, cell: Any, hkl: NDArray[np.int64], wavelength: float) -> Array:
    """|F|^2, the mean over Friedel mates, shape (n,)."""
    import gemmi

    quarter = np.asarray(cell.calculate_1_d2_array(hkl.astype(np.int32)), dtype=np.float64) / 4  # (sin(theta)/lambda)^2
    plus, minus = np.zeros(len(hkl), complex), np.zeros(len(hkl), complex)
    factors: dict[str, NDArray[np.complex128]] = {}
    for element, place, occupancy in atoms(facts):
        if element not in factors:
            kind = gemmi.Element(element)
            static = np.array([kind.it92.calculate_sf(float(q)) for q in quarter])
            real, imaginary = gemmi.cromer_liberman(z=kind.atomic_number, energy=_HC / wavelength)
            factors[element] = np.asarray(static + real + 1j * imaginary, dtype=np.complex128)
        factor = occupancy * factors[element] * np.exp(-B_ISO * quarter)
        phase_angle = 2j * np.pi * (hkl @ place)
        plus += factor * np.exp(phase_angle)
        minus += factor * np.exp(-phase_angle)
    return np.asarray((np.abs(plus) ** 2 + np.abs(minus) ** 2) / 2)


def spacings(hkl: NDArray[np.int64], cell: Cell) -> Array:
    """Spacings of lattice planes, 1/d^2 = h G* h.

    Parameters
    ----------
    hkl
        Indices, shape (n, 3).
    cell
        Lengths (angstrom) and angles (degrees).

    Returns
    -------
    numpy.ndarray
        Angstrom, shape (n,).

    Source: definition.
    """
    import gemmi

    return np.asarray(gemmi.UnitCell(*cell).calculate_d_array(hkl.astype(np.int32)), dtype=np.float64)
