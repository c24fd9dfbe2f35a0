"""The most that a gram of active material takes up of lithium, sodium or potassium: of a named host, and of any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.materials import carriers
from halfcell.materials.couples import Capacity, couple, highest_capacity
from halfcell.materials.formulas import FARADAY_MAH_PER_MOL, molar_mass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.materials.carriers import Carrier

HIGHEST_MAH_PER_G = 22 / 5 * FARADAY_MAH_PER_MOL / molar_mass("Si")
"""4199 mAh/g: Li22Si5 per gram of silicon, the most of any host; lithium itself has 3861 mAh/g (Nitta et al. 2015)."""


def capacity_limit(material: str, shares_percent: Mapping[str, float], carrier: Carrier = "Li") -> Capacity:
    """The most that a gram of a material takes up reversibly, and what that rests on.

    Parameters
    ----------
    material
        Name of a host or mixture (``graphite``, ``Si/Sn-10``); empty where it is not known.
    shares_percent
        Composition in wt%; used where the name is not known. A part that is no known host, or a host without a bound,
        counts as the best of any.
    carrier
        The ion that is taken up.

    Returns
    -------
    Capacity
        mAh/g: the sum over the parts of weight share times ``x F / (3.6 M)``; where nothing is known, or no part
        takes up lithium by itself, that of the best host of the carrier (Li22Si5, Na3P, K3P).

    Source: ``couples.toml`` and ``carriers.toml`` hold one for each host.
    """
    if carrier != "Li":
        named_host = carriers.host(carrier, material) if material else None
        return Capacity(named_host.capacity_mah_per_g, named_host.basis) if named_host else carriers.highest(carrier)
    named = highest_capacity(material) if material else None
    if named and named[0] > 0:
        return named
    total = sum(shares_percent.values())
    if total <= 0:
        return Capacity(HIGHEST_MAH_PER_G, "Li22Si5, the most that any host takes up")
    found = {part: couple(part) for part in shares_percent}
    known = {part: host.capacity_mah_per_g if host else None for part, host in found.items()}
    limits = {part: HIGHEST_MAH_PER_G if value is None else value for part, value in known.items()}
    bound = sum(share * limits[part] for part, share in shares_percent.items()) / total
    if bound <= 0:
        return Capacity(HIGHEST_MAH_PER_G, "Li22Si5, the most that any host takes up")
    return Capacity(bound, " + ".join(f"{share / total:.0%} {part}" for part, share in shares_percent.items()))


def highest_of(carrier: Carrier) -> Capacity:
    """The most that any host takes up of a carrier, and which it is.

    Parameters
    ----------
    carrier
        The ion that is taken up.

    Returns
    -------
    Capacity
        mAh/g: Li22Si5 for lithium, the best of ``carriers.toml`` for others.

    Source: definition, x F/(3.6 M).
    """
    if carrier == "Li":
        return Capacity(HIGHEST_MAH_PER_G, "Li22Si5")
    best = carriers.highest(carrier)
    return Capacity(best.mah_per_g, best.basis.split(",")[0])
