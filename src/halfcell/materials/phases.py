"""Crystalline phases as facts: lattice, space group, sites, density, lithium uptake, with source and status."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.materials.formulas import composition, theoretical_capacity

Cell = tuple[float, float, float, float, float, float]  # a, b, c (angstrom), alpha, beta, gamma (degrees)

_WHOLE_CELL = 6  # numbers: three lengths and three angles
_RIGHT_ANGLED = 3  # numbers: three lengths, all angles right


class Site(NamedTuple):
    """An atom of the asymmetric unit: its element, fractional coordinates and occupancy."""

    element: str
    x: float
    y: float
    z: float
    occupancy: float = 1.0


class Bond(NamedTuple):
    """The shortest bond that a structure should have: both elements, shortest and longest length (angstrom)."""

    one: str
    other: str
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One phase: `cell` in angstrom and degrees, `density` in g/cm3.

    `cell_spread` is how far measured cells of the phase lie apart, relative. `vacancies` are an element of which atoms
    may be missing, and its least occupancy. `sites` is empty and `positions_only` true where intensities must not be
    modelled; `lines` then names the only lines known to be seen. `lithium` is the Li that one formula unit takes up
    when fully lithiated (None: not a host, or not known). `cod` is its card in the Crystallography Open Database.
    """

    name: str
    formula: str
    space_group: str
    cell: Cell
    sites: tuple[Site, ...] = ()
    density: float
    cell_spread: float = 0.001
    lines: tuple[tuple[int, int, int], ...] = ()
    lithium: float | None = None
    bond: Bond | None = None
    vacancies: tuple[str, float] | None = None
    positions_only: bool = False
    cod: int | None = None
    source: str
    status: Literal["A", "L", "N"]

    @property
    def elements(self) -> frozenset[str]:
        """Chemical elements of the formula."""
        return frozenset(composition(self.formula))

    @property
    def capacity_mah_per_g(self) -> float | None:
        """Theoretical capacity of the host, x F / (3.6 M), mAh per gram of the unlithiated phase."""
        if self.lithium is None:
            return None
        return theoretical_capacity(self.formula, self.lithium)


_ELEMENTS: Final = MappingProxyType(  # English names of elements -> their symbols
    {"silicon": "Si", "tin": "Sn", "carbon": "C", "aluminium": "Al", "aluminum": "Al", "zinc": "Zn", "copper": "Cu"}
    | {"iron": "Fe", "nickel": "Ni", "cobalt": "Co", "silver": "Ag", "gold": "Au", "bismuth": "Bi", "tungsten": "W"}
    | {"titanium": "Ti", "indium": "In", "lithium": "Li", "germanium": "Ge", "antimony": "Sb", "beryllium": "Be"}
)
_ADDED: ContextVar[Mapping[str, Phase]] = ContextVar("phases added by an analysis", default=MappingProxyType({}))


def phases() -> dict[str, Phase]:
    """All phases by name: those of ``phases.toml``, and those of the author that the present analysis adds.

    Returns
    -------
    dict of Phase
        Each with its source.

    Source: ``phases.toml`` holds one for each phase.
    """
    added = _ADDED.get()
    return {**_own_phases(), **added} if added else _own_phases()


@contextmanager
def added_phases(added: Mapping[str, Phase]) -> Iterator[None]:
    """Add phases of the author to the known ones for the time of an analysis.

    Parameters
    ----------
    added
        By name.

    Yields
    ------
    None
        While they are known.

    Source: the files of the author.
    """
    before = _ADDED.set(added)
    try:
        yield
    finally:
        _ADDED.reset(before)


@cache
def _own_phases() -> dict[str, Phase]:
    with Path(__file__).with_name("phases.toml").open("rb") as file:
        return {name: phase_from_facts(name, facts) for name, facts in tomllib.load(file).items()}


def phase(name: str) -> Phase:
    """Look up one phase.

    Parameters
    ----------
    name
        Of the phase.

    Returns
    -------
    Phase
        Lattice, space group, sites and density, with their source.

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.

    Source: ``phases.toml`` holds one for each phase.
    """
    known = phases()
    if name not in known:
        raise unknown_phase(name, known)
    return known[name]


def unknown_phase(name: str, known: Iterable[str]) -> InputError:
    """The error of a phase that is not known; the hint offers the nearest ones, also for an element's English name.

    Parameters
    ----------
    name
        The word for it.
    known
        The names of the phases that are known.

    Returns
    -------
    InputError
        To be raised or listed.

    Source: the names of the elements (IUPAC).
    """
    symbol = _ELEMENTS.get(name.strip().lower())
    own = [one.name for one in phases().values() if symbol and one.formula == symbol]
    hint = f"did you mean {' or '.join(map(repr, own))}?" if own else did_you_mean(name, known)
    return InputError(f"unknown phase {name!r}", hint=hint)


def phase_from_facts(name: str, facts: Mapping[str, Any]) -> Phase:
    """Make a phase from an entry of ``phases.toml``.

    Parameters
    ----------
    name
        Of the phase.
    facts
        The entry: lengths in angstrom, angles in degrees, density in g/cm3.

    Returns
    -------
    Phase
        With a whole cell, whose lengths and angles follow from the space group.

    Source: that of the entry.
    """
    sites = tuple(Site(s[0], *map(float, s[1:])) for s in facts.get("sites", ()))
    return Phase(
        name=name,
        formula=facts["formula"],
        space_group=facts["space_group"],
        cell=_cell(facts["cell"], facts["space_group"]),
        sites=sites,
        density=facts["density"],
        cell_spread=facts.get("cell_spread", 0.001),
        lines=tuple((h[0], h[1], h[2]) for h in facts.get("lines", ())),
        lithium=facts.get("lithium"),
        bond=Bond(*facts["bond"]) if "bond" in facts else None,
        vacancies=(facts["vacancies"][0], float(facts["vacancies"][1])) if "vacancies" in facts else None,
        positions_only=facts.get("positions", False),
        cod=facts.get("cod"),
        source=facts["source"],
        status=facts["status"],
    )


def _cell(given: list[float], space_group: str) -> Cell:
    """Complete a cell from what symmetry leaves free: a | a c | a b c | all six."""
    lattice, first = space_group[0], space_group.split()[1]
    if len(given) == _WHOLE_CELL:
        return (given[0], given[1], given[2], given[3], given[4], given[5])
    if len(given) == 1:
        return (given[0], given[0], given[0], 90.0, 90.0, 90.0)
    if len(given) == _RIGHT_ANGLED:
        return (given[0], given[1], given[2], 90.0, 90.0, 90.0)
    hexagonal = lattice == "R" or first[:1] in {"3", "6"} or first[:2] in {"-3", "-6"}
    return (given[0], given[0], given[1], 90.0, 90.0, 120.0 if hexagonal else 90.0)
