"""Hosts of lithium as facts: theoretical capacity and the range of mean potentials, for single hosts and mixtures."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.core import material_names
from halfcell.materials.formulas import theoretical_capacity
from halfcell.materials.lithium_oxides import named_formula

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_OF_CARBON_MAH_PER_G = 2 * 372
"""No carbon of a composite is taken to store more: Li2C6, twice LiC6, beyond hard carbons of "several hundred"."""
_DRESS = re.compile(
    r"^(?:single[- ]crystal(?:line)?|poly-?crystalline|[\w.]+[- ]coated|(?:ni|nickel)-rich|high[- ](?:ni|nickel)"
    r"|pre-?lithiated|porous|doped|spherical|nano|micro)[- ]+",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\s*\([A-Za-z]{1,6}\)$")
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

    `capacity_mah_per_g` is x F / (3.6 M) per gram of `formula`, None for a host without a bound (hard carbon); `volt`
    the range of mean potentials against Li+/Li while the cell discharges slowly, None where it is not known.
    `capacity_checked` and `volt_checked` say what confirms them; what is not confirmed fails no number of a document.
    """

    name: str
    role: Literal["anode", "cathode", "inactive"]
    formula: str
    lithium: float | None
    volt: PotentialRange | None
    names: tuple[str, ...]
    source: str
    capacity_checked: str = ""
    volt_checked: str = ""

    @property
    def capacity_mah_per_g(self) -> float | None:
        """Theoretical capacity, mAh per gram of the formula; None without a bound."""
        return None if self.lithium is None else theoretical_capacity(self.formula, self.lithium)


class KnownPart(NamedTuple):
    """A host in a material, and its weight share (None: not known)."""

    host: Couple
    share: float | None


@cache
def couples() -> dict[str, Couple]:
    """All hosts by name.

    Returns
    -------
    dict of Couple
        With capacity, potentials and source.

    Source: ``couples.toml`` holds one for each host.
    """
    with Path(__file__).with_name("couples.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {
        name: Couple(
            name=name,
            role=facts["role"],
            formula=facts["formula"],
            lithium=facts.get("lithium"),
            volt=PotentialRange(*facts["volt"]) if "volt" in facts else None,
            names=tuple(facts["names"]),
            source=facts["source"],
            capacity_checked=facts.get("capacity_checked", ""),
            volt_checked=facts.get("volt_checked", ""),
        )
        for name, facts in entries.items()
    }


@cache
def couple(name: str) -> Couple | None:
    """The host that a paper's name or formula means.

    A layered oxide LiMO2 or an olivine LiMPO4 of nickel, cobalt, manganese and iron need not be in the list: its
    capacity is that of all the lithium in its formula.

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    Couple or None
        None where it is not known.

    Source: ``couples.toml`` holds one for each host.
    """
    word = material_names.key(name)
    found = next((c for c in couples().values() if word in {material_names.key(n) for n in c.names}), None)
    formula = None if found else named_formula(word)
    if found or formula is None:
        return found
    family = couples()[formula.family]
    return Couple(
        name=name,
        role="cathode",
        formula=formula.text,
        lithium=formula.lithium,
        volt=family.volt,
        names=(name,),
        source=family.source,
        capacity_checked=family.capacity_checked,
        volt_checked=family.volt_checked,
    )


@cache
def components(name: str) -> tuple[Component, ...]:
    """The parts of a composite: ``Si/Sn-10`` is 0.9 of Si and 0.1 of Sn.

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    tuple of Component
        Names and mass fractions; None where a fraction is not told.

    Source: definition.
    """
    parts = [part for part in material_names.tidy(name).removeprefix("Pristine ").split("/") if part]
    given = [_SHARE.match(part) for part in parts]
    shares = [float(match.group(2)) / 100 if match and len(parts) > 1 else None for match in given]
    bare = [match.group(1) if match and len(parts) > 1 else part for match, part in zip(given, parts, strict=True)]
    if shares.count(None) == 1:
        rest = 1 - sum(share for share in shares if share is not None)
        shares[shares.index(None)] = rest
    return tuple(Component(part, share) for part, share in zip(bare, shares, strict=True))


@cache
def known_parts(name: str) -> tuple[KnownPart, ...]:
    """The hosts of a material with their shares.

    Beside ``Si/C`` composites are written ``Si@C`` and ``Si-C``, materials with a word before them (``carbon-coated
    LFP``, ``single-crystal NCM811``) or an abbreviation behind (``artificial graphite (AG)``).

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    tuple of KnownPart
        Empty where a part is not known.

    Source: ``couples.toml`` holds one for each host.
    """
    for spelling in _spellings(name):
        single = couple(spelling)
        if single:
            return (KnownPart(single, 1.0),)
        found = [(couple(part), share) for part, share in components(spelling)]
        known = tuple(KnownPart(host, share) for host, share in found if host)
        if known and len(known) == len(found):
            return known
    return ()


def _spellings(name: str) -> list[str]:
    """A name as printed, without words around it, and with other marks between its parts."""
    bare = _ABBREVIATED.sub("", material_names.tidy(name))
    plain = _DRESS.sub("", bare)
    joined = plain.replace("@", "/")
    return [*dict.fromkeys([name, bare, plain, joined, re.sub("[-–‐−]", "/", joined)])]


def highest_capacity(name: str) -> Capacity | None:
    """The theoretical capacity of a host or mixture.

    With known weight shares it is their mean; without, that of the best part alone (an upper bound for any mixture).
    In a composite with a cathode host, carbon and other anode hosts take up no lithium: LFP/C is bounded by LFP. A
    carbon without a bound of its own adds none to a mixture whose best part stores more than any carbon does.

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    Capacity or None
        mAh/g; None where a part is not known, or where there is no bound.

    Source: definition, x F/(3.6 M); ``couples.toml`` holds the source of each x.
    """
    known = known_parts(name)
    if len(known) == 1:
        single = known[0].host
        if single.role == "inactive" and not single.capacity_checked:
            return None
        value = single.capacity_mah_per_g
        basis = f"{single.name}, {single.lithium or 0:g} Li per {single.formula}"
        return None if value is None else Capacity(value, basis)
    if not known:
        return None
    cathode = any(found.role == "cathode" for found, _ in known)
    active = [(found, share) for found, share in known if not cathode or found.role == "cathode"]
    if len(active) == len(known) and all(share is not None and found.lithium is not None for found, share in known):
        return _mean(known)
    return _best([found for found, _ in active])


def _mean(parts: Sequence[KnownPart]) -> Capacity:
    """The capacity of a mixture of known shares."""
    total = sum((found.capacity_mah_per_g or 0.0) * (share or 0.0) for found, share in parts)
    basis = " + ".join(f"{share or 0:.0%} {found.name}" for found, share in parts)
    return Capacity(total, basis)


def _best(hosts: Sequence[Couple]) -> Capacity | None:
    """The capacity of the best of several hosts, if those without a bound surely store less."""
    bounded = [(value, host) for host in hosts if (value := host.capacity_mah_per_g) is not None]
    if not bounded:
        return None
    value, best = max(bounded, key=lambda pair: pair[0])
    if len(bounded) < len(hosts) and value < MOST_OF_CARBON_MAH_PER_G:
        return None
    return Capacity(value, f"all of it {best.name}")
