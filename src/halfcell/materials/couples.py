"""Hosts of lithium as facts: theoretical capacity and the range of mean potentials, for single hosts and mixtures."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from halfcell.core import names

FARADAY_MAH_PER_MOL = 26801.48  # 96485.33212 C/mol (CODATA 2018) / 3.6
_MASS = {
    "H": 1.008, "Li": 6.94, "C": 12.011, "N": 14.007, "O": 15.999, "F": 18.998, "Na": 22.990, "Mg": 24.305,
    "Al": 26.982, "Si": 28.085, "P": 30.974, "S": 32.06, "Cl": 35.45, "K": 39.098, "Ca": 40.078, "Ti": 47.867,
    "V": 50.942, "Cr": 51.996, "Mn": 54.938, "Fe": 55.845, "Co": 58.933, "Ni": 58.693, "Cu": 63.546, "Zn": 65.38,
    "Ga": 69.723, "Ge": 72.630, "Zr": 91.224, "Nb": 92.906, "Mo": 95.95, "Ag": 107.868, "In": 114.818, "Sn": 118.710,
    "Sb": 121.760, "La": 138.905, "Ta": 180.948, "W": 183.84, "Bi": 208.980,
}  # fmt: skip # IUPAC 2021 abridged standard atomic weights
_ATOM = re.compile(r"([A-Z][a-z]?)(\d*\.?\d*)")
_SHARE = re.compile(r"^(.*?)[- ](\d+(?:\.\d+)?)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Couple:
    """A host and its reaction with lithium.

    `capacity_mah_per_g` is x F / (3.6 M) per gram of `formula`; `volt` the lowest and highest mean potential against
    Li+/Li while the cell discharges slowly.
    """

    name: str
    role: Literal["anode", "cathode", "inactive"]
    formula: str
    lithium: float
    volt: tuple[float, float]
    names: tuple[str, ...]
    source: str

    @property
    def capacity_mah_per_g(self) -> float:
        """Theoretical capacity, mAh per gram of the formula."""
        return self.lithium * FARADAY_MAH_PER_MOL / molar_mass(self.formula)


@cache
def molar_mass(formula: str) -> float:
    """Molar mass in g/mol of a plain formula (no brackets), from the abridged standard atomic weights (IUPAC 2021).

    Raises
    ------
    KeyError
        If the formula holds an element that is not in the list.
    """
    return sum(_MASS[element] * float(count or 1) for element, count in _ATOM.findall(formula))


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
            volt=cast(tuple[float, float], tuple(facts["volt"])),
            names=tuple(facts["names"]),
            source=facts["source"],
        )
        for name, facts in entries.items()
    }


@cache
def couple(name: str) -> Couple | None:
    """The host that a paper's name means; None where it is not known."""
    word = names.key(name)
    return next((c for c in couples().values() if word in {names.key(n) for n in c.names}), None)


@cache
def components(name: str) -> tuple[tuple[str, float | None], ...]:
    """Parts of a composite and their weight share: ``Si/Sn-10`` -> (Si, 0.9), (Sn, 0.1); unknown shares are None."""
    parts = [part for part in names.tidy(name).removeprefix("Pristine ").split("/") if part]
    given = [_SHARE.match(part) for part in parts]
    shares = [float(match.group(2)) / 100 if match and len(parts) > 1 else None for match in given]
    bare = [match.group(1) if match and len(parts) > 1 else part for match, part in zip(given, parts, strict=True)]
    if shares.count(None) == 1:
        rest = 1 - sum(share for share in shares if share is not None)
        shares[shares.index(None)] = rest
    return tuple(zip(bare, shares, strict=True))


def highest_capacity(name: str) -> tuple[float, str] | None:
    """The theoretical capacity of a host or mixture in mAh/g and how it was formed; None where a part is not known.

    With known weight shares it is their mean; without, that of the best part alone (an upper bound for any mixture).
    """
    single = couple(name)
    if single:
        return single.capacity_mah_per_g, f"{single.name}, {single.lithium:g} Li per {single.formula}"
    parts = [(couple(part), share) for part, share in components(name)]
    known = [(found, share) for found, share in parts if found]
    if not known or len(known) < len(parts):
        return None
    if all(share is not None for _, share in known):
        total = sum(found.capacity_mah_per_g * (share or 0.0) for found, share in known)
        return total, " + ".join(f"{share or 0:.0%} {found.name}" for found, share in known)
    best = max((found for found, _ in known), key=lambda found: found.capacity_mah_per_g)
    return best.capacity_mah_per_g, f"all of it {best.name}"


def potential_range(name: str) -> tuple[float, float] | None:
    """Lowest and highest mean potential of a host, or of the parts of a mixture; None where a part is unknown."""
    single = couple(name)
    found = [single] if single else [couple(part) for part, _ in components(name)]
    active = [item for item in found if item and item.role != "inactive"]
    if not active or len([item for item in found if item]) < len(found):
        return None
    return min(item.volt[0] for item in active), max(item.volt[1] for item in active)
