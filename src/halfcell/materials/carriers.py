"""The ion that carries the charge of a cell (lithium, sodium, potassium): its words, and hosts other than lithium's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from halfcell.core import material_names
from halfcell.materials.couples import Capacity
from halfcell.materials.formulas import composition, theoretical_capacity

Carrier = Literal["Li", "Na", "K"]
Reference = Literal["auto", "Li", "Na", "K", "Li-In", "Ag/AgCl", "SHE"]

METAL = {"Li": "lithium", "Na": "sodium", "K": "potassium"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """A host of sodium or potassium: `taken` of the carrier per `formula`, at a capacity of x F / (3.6 M).

    `volt` are the lowest and the highest mean potential against the metal of the carrier, where they are known.
    """

    name: str
    carrier: Carrier
    formula: str
    taken: float
    names: tuple[str, ...]
    source: str
    volt: tuple[float, float] | None = None

    @property
    def is_cathode(self) -> bool:
        """Whether it holds the carrier when the cell is made."""
        return self.carrier in composition(self.formula) and self.formula != self.carrier

    @property
    def capacity_mah_per_g(self) -> float:
        """Theoretical capacity, mAh per gram of the formula."""
        return theoretical_capacity(self.formula, self.taken)

    @property
    def basis(self) -> str:
        """What the capacity rests on, as text."""
        return f"{self.name}, {self.taken:g} {self.carrier} per {self.formula}"


@cache
def hosts(carrier: Carrier) -> tuple[Host, ...]:
    """The hosts of ``carriers.toml`` for one carrier.

    Parameters
    ----------
    carrier
        The ion that is taken up.

    Returns
    -------
    tuple of Host
        None for lithium, whose hosts are in ``couples.toml``.

    Source: ``carriers.toml`` holds one for each host.
    """
    with Path(__file__).with_name("carriers.toml").open("rb") as file:
        entries = tomllib.load(file).get(carrier, {})
    return tuple(
        Host(
            name=name,
            carrier=carrier,
            formula=facts["formula"],
            taken=facts["taken"],
            names=tuple(facts["names"]),
            source=facts["source"],
            volt=tuple(facts["volt"]) if "volt" in facts else None,
        )
        for name, facts in entries.items()
    )


def host(carrier: Carrier, name: str) -> Host | None:
    """The host that a paper's name means.

    Parameters
    ----------
    carrier, name
        The ion that is taken up, and the name.

    Returns
    -------
    Host or None
        None where it is not known.

    Source: ``carriers.toml`` holds one for each host.
    """
    word = material_names.key(name)
    return next((one for one in hosts(carrier) if word in {material_names.key(n) for n in one.names}), None)


def highest(carrier: Carrier) -> Capacity:
    """The most that any known host of sodium or potassium takes up, and which it is.

    Parameters
    ----------
    carrier
        The ion that is taken up.

    Returns
    -------
    Capacity
        mAh/g.

    Raises
    ------
    ValueError
        For lithium, whose hosts are in ``couples.toml``.

    Source: definition, x F/(3.6 M) with x of ``carriers.toml``.
    """
    best = max(hosts(carrier), key=lambda one: one.capacity_mah_per_g)
    return Capacity(best.capacity_mah_per_g, f"{best.basis}, the most that any host takes up")


def against(carrier: Carrier, reference: Reference, offset_volt: float, *, metal: bool) -> str:
    """The unit of a potential as an axis prints it: ``V vs. Na^{+}/Na``, or ``V`` where the reference is not known.

    Parameters
    ----------
    carrier, reference
        The carrier, and the reference electrode; ``auto`` is the carrier's metal where the cell has it.
    offset_volt
        What was added to the potentials (V) to bring them to the scale of the carrier's metal; 0 where nothing was.
    metal
        Whether the counter electrode is the carrier's metal.

    Returns
    -------
    str
        In the markup of axes.

    Source: definition.
    """
    named = carrier if offset_volt or (reference == "auto" and metal) else reference
    if named == "auto":
        return "V"
    return f"V vs. {named}^{{+}}/{named}" if named in METAL else f"V vs. {named}"
