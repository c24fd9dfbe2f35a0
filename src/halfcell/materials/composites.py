"""Composites from their recipe: capacity with its uncertainty, silicides formed on milling, density and swelling.

A recipe is given in mass fractions. Capacity is ``Q = sum of w q u`` with the theoretical capacity q of each part and
the share u of it that is used; a host whose capacity nothing bounds (carbon) needs a measured one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.errors import InputError, Refused
from halfcell.materials.couples import couple
from halfcell.materials.formulas import molar_mass
from halfcell.materials.phases import phase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LITHIATED = {
    "Si": ("Si", "Li15Si4", 4),
    "Sn": ("beta-Sn", "Li17Sn4", 4),
    "graphite": ("graphite", "LiC6", 6),
}
"""Host -> its phase, the phase it becomes, and how many atoms of the host one formula unit of that holds."""
ATOMS = {"Si": "Si", "Sn": "Sn", "graphite": "C"}
WHOLE = 1e-3  # by how much mass fractions may miss 1


class Estimate(NamedTuple):
    """A value and its standard uncertainty."""

    value: float
    std: float


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a composite.

    Parameters
    ----------
    name
        Name of the host as papers write it.
    mass_fraction, mass_fraction_std
        Its share of the mass (0 to 1) and the standard uncertainty from weighing.
    mah_per_g
        Measured capacity where it is known; None takes the theoretical one.
    utilisation, utilisation_std
        Which share of that capacity is used, and its standard uncertainty.
    """

    name: str
    mass_fraction: float
    mass_fraction_std: float = 0.0
    mah_per_g: float | None = None
    utilisation: float = 1.0
    utilisation_std: float = 0.0

    @property
    def whole_mah_per_g(self) -> float:
        """Capacity when all of the part is used.

        Raises
        ------
        InputError
            If the host is not known or has no bound, and no capacity is given.
        """
        host = couple(self.name)
        known = host.capacity_mah_per_g if host else None
        if self.mah_per_g is not None:
            return self.mah_per_g
        if known is None:
            raise InputError(f"no theoretical capacity of {self.name!r}", hint="give a measured one (mah_per_g)")
        return known


def capacity(parts: Sequence[Part]) -> Estimate:
    """Capacity of a composite, ``Q = sum of w q u``, with the uncertainty of weighing and of the utilisation.

    ``std^2 = sum of ((q u - Q) std_w)^2 + (w q std_u)^2``: a gram more of one part is a gram less of all.

    Parameters
    ----------
    parts
        Mass fractions w, capacities q (mAh/g) and utilisations u.

    Returns
    -------
    Estimate
        mAh/g, with its standard uncertainty.

    Raises
    ------
    InputError
        If a mass fraction is negative, or if they do not sum to 1.

    Source: JCGM 100:2008 (GUM), 5.1.2, for the propagation.
    """
    _check(parts)
    used = [part.whole_mah_per_g * part.utilisation for part in parts]
    value = sum(part.mass_fraction * q for part, q in zip(parts, used, strict=True))
    variance = sum(
        ((q - value) * part.mass_fraction_std) ** 2
        + (part.mass_fraction * part.whole_mah_per_g * part.utilisation_std) ** 2
        for part, q in zip(parts, used, strict=True)
    )
    return Estimate(value, math.sqrt(variance))


def capacity_shares(parts: Sequence[Part]) -> dict[str, float]:
    """The share of each part in the capacity, ``w q u / Q``.

    Parameters
    ----------
    parts
        Mass fractions w, capacities q (mAh/g) and utilisations u.

    Returns
    -------
    dict of float
        By name; they sum to 1.

    Raises
    ------
    InputError
        If a mass fraction is negative, or if they do not sum to 1.
    Refused
        If the composite takes up no lithium.

    Source: definition.
    """
    whole = capacity(parts).value
    if whole <= 0:
        raise Refused("the composite takes up no lithium", hint="shares of its capacity have no meaning")
    return {part.name: part.mass_fraction * part.whole_mah_per_g * part.utilisation / whole for part in parts}


def common_utilisation(recipes: Mapping[str, Sequence[Part]], measured: Mapping[str, float]) -> float:
    """The one utilisation with which the largest relative error of several composites is smallest.

    With p the ratio of predicted to measured capacity, ``u = 2 / (largest p + smallest p)``: the largest and the
    smallest are then wrong by the same share.

    Parameters
    ----------
    recipes
        The parts of each composite, by name.
    measured
        Capacity of each (mAh/g), by name.

    Returns
    -------
    float
        u, 1 for a full one.

    Source: definition of the minimax.
    """
    ratios = [capacity(recipes[name]).value / value for name, value in measured.items()]
    return 2 / (max(ratios) + min(ratios))


def milled_with_metal(silicon: float, tin: float, metal: float, element: str) -> tuple[Part, ...]:
    """What becomes of silicon, tin and a transition metal that forms its disilicide MSi2 completely.

    Parameters
    ----------
    silicon, tin, metal
        Weighed masses, any unit.
    element
        ``Fe``, ``Co`` or ``Ni``.

    Returns
    -------
    tuple of Part
        Silicon that is left, tin, and the disilicide.

    Raises
    ------
    Refused
        If there is not enough silicon for the metal.

    Source: definition: a balance of silicon for the reaction M + 2 Si -> MSi2.
    """
    bound = metal / molar_mass(element) * 2 * molar_mass("Si")
    if bound > silicon:
        raise Refused(
            f"{metal:g} of {element} would bind {bound:.3g} of silicon, and there is {silicon:g}",
            hint="then other silicides form",
        )
    whole = silicon + tin + metal
    masses = {"Si": silicon - bound, "Sn": tin, f"{element}Si2": metal + bound}
    return tuple(Part(name=name, mass_fraction=mass / whole) for name, mass in masses.items())


def volume_change(name: str) -> float:
    """Relative change of the volume of a host on full lithiation, ``(M/rho) lithiated / (M/rho) bare - 1``.

    Molar masses and densities are those of ``phases.toml``; an inactive part does not change.

    Parameters
    ----------
    name
        The host, as papers write it.

    Returns
    -------
    float
        2.8 for silicon (Li15Si4), which grows to 3.8 times its volume.

    Raises
    ------
    InputError
        If the lithiated phase of the host is not known.

    Source: ``phases.toml`` holds one for each phase.
    """
    host = couple(name)
    if host and host.role == "inactive":
        return 0.0
    if host is None or host.name not in LITHIATED:
        raise InputError(f"the lithiated phase of {name!r} is not known", hint=f"known: {', '.join(LITHIATED)}")
    bare, full, atoms = LITHIATED[host.name]
    before = molar_mass(ATOMS[host.name]) / phase(bare).density
    after = molar_mass(phase(full).formula) / atoms / phase(full).density
    return after / before - 1


def density(parts: Sequence[Part], densities: Mapping[str, float]) -> float:
    """Density of the solids, ``1 / sum of w / rho``.

    Parameters
    ----------
    parts
        The parts with their mass fractions w.
    densities
        rho of each (g/cm3), by name.

    Returns
    -------
    float
        g/cm3.

    Raises
    ------
    InputError
        If a mass fraction is negative, or if they do not sum to 1.

    Source: definition.
    """
    _check(parts)
    return 1 / sum(part.mass_fraction / densities[part.name] for part in parts if part.mass_fraction)


def swelling(parts: Sequence[Part], densities: Mapping[str, float]) -> float:
    """Relative change of the volume of the solids when each part is lithiated as far as it is used.

    The volume of each host grows in proportion to its lithium.

    Parameters
    ----------
    parts
        The parts with their mass fractions and utilisations.
    densities
        Of each (g/cm3), by name.

    Returns
    -------
    float
        Change over the volume before.

    Raises
    ------
    InputError
        If the lithiated phase of a host is not known.

    Source: M. N. Obrovac, L. J. Krause, J. Electrochem. Soc. 154 (2007) A103, for silicon.
    """
    volumes = [part.mass_fraction / densities[part.name] for part in parts]
    grown = [v * volume_change(p.name) * p.utilisation if v else 0.0 for v, p in zip(volumes, parts, strict=True)]
    return sum(grown) / sum(volumes)


def _check(parts: Sequence[Part]) -> None:
    total = sum(part.mass_fraction for part in parts)
    negative = [part.name for part in parts if part.mass_fraction < 0]
    if negative:
        raise InputError(f"the mass fraction of {negative[0]} is negative")
    if abs(total - 1) > WHOLE:
        raise InputError(f"the mass fractions sum to {total:.4g}, not to 1")
