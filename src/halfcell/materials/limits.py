"""The most lithium a gram of active material holds: of a named host or mixture, and of any at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.materials.couples import FARADAY_MAH_PER_MOL, couple, highest_capacity, molar_mass

if TYPE_CHECKING:
    from collections.abc import Mapping

HIGHEST_MAH_PER_G = 22 / 5 * FARADAY_MAH_PER_MOL / molar_mass("Si")
"""4199 mAh/g: Li22Si5 per gram of silicon, the most of any host; lithium itself has 3861 mAh/g (Nitta et al. 2015)."""


def capacity_limit(material: str, shares_percent: Mapping[str, float]) -> tuple[float, str]:
    """The most that a gram of a material takes up reversibly (mAh/g), and what it rests on, in words.

    Parameters
    ----------
    material
        Name of a host or mixture (``graphite``, ``Si/Sn-10``); empty where it is not known.
    shares_percent
        Composition in wt%; used where the name says nothing. A part that is no known host counts as the best of any.

    Returns
    -------
    tuple
        Sum over the parts of weight share times ``x F / (3.6 M)``; of nothing known, or of parts that hold no lithium
        by themselves, that of Li22Si5.
    """
    named = highest_capacity(material) if material else None
    if named and named[0] > 0:
        return named
    total = sum(shares_percent.values())
    if total <= 0:
        return HIGHEST_MAH_PER_G, "Li22Si5, the most that any host takes up"
    found = {part: couple(part) for part in shares_percent}
    limits = {part: host.capacity_mah_per_g if host else HIGHEST_MAH_PER_G for part, host in found.items()}
    bound = sum(share * limits[part] for part, share in shares_percent.items()) / total
    if bound <= 0:
        return HIGHEST_MAH_PER_G, "Li22Si5, the most that any host takes up"
    said = " + ".join(f"{share / total:.0%} {part}" for part, share in shares_percent.items())
    return bound, said
