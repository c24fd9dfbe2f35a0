"""Hosts of lithium as facts: theoretical capacity and the range of mean potentials, for single hosts and mixtures."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from halfcell.core import material_names
from halfcell.materials.formulas import theoretical_capacity

_SHARE = re.compile(r"^(.*?)[- ](\d+(?:\.\d+)?)$")


class Component(NamedTuple):
    """A part of a composite and its weight share (None: not known)."""

    name: str
    share: float | None


class Capacity(NamedTuple):
    """A theoretical capacity in mAh/g, and how it was formed."""

    mah_per_g: float
    basis: str


class PotentialRange(NamedTuple):
    """Lowest and highest mean potential against Li+/Li."""

    low_volt: float
    high_volt: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Couple:
    """A host and its reaction with lithium.

    `capacity_mah_per_g` is x F / (3.6 M) per gram of `formula`; `volt` the range of mean potentials against Li+/Li
    while the cell discharges slowly.
    """

    name: str
    role: Literal["anode", "cathode", "inactive"]
    formula: str
    lithium: float
    volt: PotentialRange
    names: tuple[str, ...]
    source: str

    @property
    def capacity_mah_per_g(self) -> float:
        """Theoretical capacity, mAh per gram of the formula."""
        return theoretical_capacity(self.formula, self.lithium)


@cache
def couples() -> dict[str, Couple]:
    """All hosts by name, from ``couples.toml``."""
    with Path(__file__).with_name("couples.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {
        name: Couple(
            name=name,
            role=facts["role"],
            formula=facts["formula"],
            lithium=facts["lithium"],
            volt=PotentialRange(*facts["volt"]),
            names=tuple(facts["names"]),
            source=facts["source"],
        )
        for name, facts in entries.items()
    }


@cache
def couple(name: str) -> Couple | None:
    """The host that a paper's name means; None where it is not known."""
    word = material_names.key(name)
    return next((c for c in couples().values() if word in {material_names.key(n) for n in c.names}), None)


@cache
def components(name: str) -> tuple[Component, ...]:
    """The parts of a composite: ``Si/Sn-10`` is 0.9 of Si and 0.1 of Sn."""
    parts = [part for part in material_names.tidy(name).removeprefix("Pristine ").split("/") if part]
    given = [_SHARE.match(part) for part in parts]
    shares = [float(match.group(2)) / 100 if match and len(parts) > 1 else None for match in given]
    bare = [match.group(1) if match and len(parts) > 1 else part for match, part in zip(given, parts, strict=True)]
    if shares.count(None) == 1:
        rest = 1 - sum(share for share in shares if share is not None)
        shares[shares.index(None)] = rest
    return tuple(Component(part, share) for part, share in zip(bare, shares, strict=True))


def highest_capacity(name: str) -> Capacity | None:
    """The theoretical capacity of a host or mixture; None where a part is not known.

    With known weight shares it is their mean; without, that of the best part alone (an upper bound for any mixture).
    """
    single = couple(name)
    if single:
        return Capacity(single.capacity_mah_per_g, f"{single.name}, {single.lithium:g} Li per {single.formula}")
    parts = [(couple(part), share) for part, share in components(name)]
    known = [(found, share) for found, share in parts if found]
    if not known or len(known) < len(parts):
        return None
    if all(share is not None for _, share in known):
        total = sum(found.capacity_mah_per_g * (share or 0.0) for found, share in known)
        return Capacity(total, " + ".join(f"{share or 0:.0%} {found.name}" for found, share in known))
    best = max((found for found, _ in known), key=lambda found: found.capacity_mah_per_g)
    return Capacity(best.capacity_mah_per_g, f"all of it {best.name}")


def potential_range(name: str) -> PotentialRange | None:
    """The mean potentials of a host, or of the parts of a mixture; None where a part is unknown."""
    single = couple(name)
    found = [single] if single else [couple(part) for part, _ in components(name)]
    active = [item for item in found if item and item.role != "inactive"]
    if not active or len([item for item in found if item]) < len(found):
        return None
    return PotentialRange(min(item.volt.low_volt for item in active), max(item.volt.high_volt for item in active))
