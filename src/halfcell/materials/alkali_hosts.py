"""Bounds for sodium and potassium cells: capacities of hosts, mixtures and layered oxides, potentials of couples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from halfcell.materials.carriers import Host, host
from halfcell.materials.couples import MOST_OF_CARBON_MAH_PER_G, Capacity, components, couple
from halfcell.materials.formulas import composition, molar_mass, theoretical_capacity

if TYPE_CHECKING:
    from halfcell.materials.carriers import Carrier

METALS = {"Ni", "Co", "Mn", "Fe", "Cu", "Ti", "Cr", "V", "Mg", "Zn", "Al", "Li", "Sn", "Zr", "Sb", "Ca"}
NEAR = 0.12  # by which rounded indices of one formula may miss two oxygen per metal
CARBONS = {"carbon", "graphite", "hard carbon"}
_FRACTION = re.compile(r"(\d)/(\d)")
_PLAIN = re.compile(r"(?:[A-Z][a-z]?\d*\.?\d*)+")
_MIXED = 2  # parts that a mixture has at least


class Bound(NamedTuple):
    """The most that a material takes up of a carrier, and whether that was confirmed."""

    capacity: Capacity
    checked: bool


def bound(carrier: Carrier, name: str) -> Bound | None:
    """The most that a host, a mixture or a layered oxide takes up of sodium or potassium.

    With known weight shares it is the mean of the parts; without, that of the best part alone. The carbon of a
    cathode takes up none; beside an anode host it is left out only where that host stores more than any carbon does.

    Parameters
    ----------
    carrier, name
        The carrier, and the name of the material as papers write it.

    Returns
    -------
    Bound or None
        mAh/g, what it rests on, and whether it was checked; None where a part is not known.

    Source: ``carriers.toml`` holds one for each host; x F/(3.6 M) is a definition.
    """
    single = host(carrier, name)
    if single:
        return Bound(Capacity(single.capacity_mah_per_g, single.basis), _is_checked(single))
    layered = _layered(carrier, name)
    return layered or _mixture(carrier, name)


def _is_checked(one: Host) -> bool:
    return "not looked up" not in one.source


def _layered(carrier: Carrier, name: str) -> Bound | None:
    """A layered oxide A_x M O2, bounded by one A per MO2 (which a discharge from x < 1 may reach)."""
    text = _FRACTION.sub(
        lambda match: f"{int(match.group(1)) / int(match.group(2)):.4f}", re.sub(r"[\[\](){}\s]", "", name)
    )
    if not _PLAIN.fullmatch(text):
        return None
    atoms = composition(text)
    metals = {symbol: count for symbol, count in atoms.items() if symbol not in {carrier, "O"}}
    units = sum(metals.values())
    if (
        carrier not in atoms
        or not metals
        or not set(metals) <= METALS
        or abs(atoms.get("O", 0.0) - 2 * units) > NEAR * units
    ):
        return None
    if max(atoms[carrier], 0.0) > (1 + NEAR) * units or not _weighs(text):
        return None
    value = theoretical_capacity(text, max(units, atoms[carrier]))
    return Bound(Capacity(value, f"one {carrier} per metal of {name}"), checked=True)


def _weighs(text: str) -> bool:
    try:
        return molar_mass(text) > 0
    except KeyError:
        return False


def _mixture(carrier: Carrier, name: str) -> Bound | None:
    parts = components(name)
    found = [host(carrier, part) for part, _ in parts]
    carbons = [_is_carbon(part) and not one for (part, _), one in zip(parts, found, strict=True)]
    hosts = [one for one in found if one]
    foreign = any(not one and not carbon for one, carbon in zip(found, carbons, strict=True))
    if len(parts) < _MIXED or not hosts or foreign:
        return None
    checked = all(map(_is_checked, hosts))
    if not any(carbons) and all(share is not None for _, share in parts):
        pairs = [(one, share or 0.0) for one, (_, share) in zip(hosts, parts, strict=True)]
        total = sum(one.capacity_mah_per_g * share for one, share in pairs)
        return Bound(Capacity(total, " + ".join(f"{share:.0%} {one.name}" for one, share in pairs)), checked)
    cathodes = [one for one in hosts if one.is_cathode]
    best = max(cathodes or hosts, key=lambda one: one.capacity_mah_per_g)
    if any(carbons) and not cathodes and best.capacity_mah_per_g < MOST_OF_CARBON_MAH_PER_G:
        return None
    return Bound(Capacity(best.capacity_mah_per_g, f"all of it {best.basis}"), checked)


def _is_carbon(part: str) -> bool:
    known = couple(part)
    return known is not None and known.name in CARBONS


def potential_range(carrier: Carrier, name: str) -> tuple[float, float] | None:
    """The lowest and the highest mean potential of a host.

    Parameters
    ----------
    carrier, name
        The carrier, and the name of the material as papers write it.

    Returns
    -------
    tuple of float or None
        V, against the carrier's metal; None where they are not known.

    Source: ``carriers.toml`` holds one for each host.
    """
    parts = [part for part, _ in components(name) if not _is_carbon(part)]
    found = host(carrier, name) or (host(carrier, parts[0]) if len(parts) == 1 else None)
    return found.volt if found else None
