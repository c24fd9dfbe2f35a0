"""A gravimetric energy density is the energy divided by the masses it is based on, which are found and named."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.basis_search import Found, search
from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import Expression, over, plus, readings, times
from halfcell.audit.rules.energy import capacity_bases, specific_capacity
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "w = E / (sum of some of the printed masses), where the sum is searched for; directly: w = q m V / (that sum)"
LIMITS = (
    "An electrode and its own active material are never both counted. If two sums agree within rounding, the one that "
    "agrees in more rows of the document is taken. Volumetric energy densities are not checked: documents print no "
    "volumes with them."
)
_ELECTRODE_OF = {"anode active": "anode", "cathode active": "cathode"}
_SAME = {"solid electrolyte": "separator", "electrolyte": "separator"}
_ORDER = ("anode", "anode active", "separator", "cathode", "cathode active")
_CELL = re.compile(r"\b(?:cell|pouch|battery)\b.*\b(?:weight|mass)\b", re.IGNORECASE)
MOST = 8  # masses of one cell whose sums are tried
Basis = frozenset[str]


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Find and name the basis of each table, and claim the energy density of each record on that basis."""
    for rows in facts.by_table().values():
        claims = [c for record in rows if (c := _of_material(record))]
        sure = len(claims) == 1 and any(_CELL.search(r.label) for c in claims if c.direct for r in readings(c.direct))
        yield from claims if sure else if_most_agree(claims, facts.settings.rounding)
    mass_of = {table: found.basis for table, found in capacity_bases(facts).items()}
    found = mass_bases(facts, mass_of)
    for table, records in facts.by_table().items():
        if table not in found:
            continue
        claims = [c for r in records if (c := _claim(r, found[table].basis, mass_of.get(table, "")))]
        if len(claims) > 1 and not any(agrees(claim, facts.settings.rounding) for claim in claims):
            continue  # no row agrees: the masses are read wrongly
        yield from claims
        yield _named(table, found[table], claims)


def _of_material(record: Record) -> Claim | None:
    """The energy per mass of the active material, where neither energy nor masses are printed."""
    density, volt = record.one("energy_density", "Wh/kg"), record.one("average_voltage", "V")
    capacity, whole = specific_capacity(record), _cell_capacity(record)
    mass = record.one("mass", "mg")
    if not (density and volt) or record.one("energy"):
        return None
    if whole and mass and not capacity:
        route = over(times(whole, volt), mass)
    elif capacity and not record.all("mass"):
        route = times(capacity, volt)
    else:
        return None
    return Claim(
        rule="energy_density",
        what=f"specific energy of {record.name}",
        target=density,
        direct=route,
        severity="warning",
        soft=True,
        ask="Which mass does the energy count?",
    )


def _cell_capacity(record: Record) -> Reading | None:
    found = [r for name in ("capacity", "discharge_capacity", "rate_capacity") for r in record.all(name, "mAh")]
    return found[0] if len(found) == 1 else None


def mass_bases(facts: Facts, mass_of: dict[str, str]) -> dict[str, Found[Basis]]:
    """For each table, the parts of the cell whose masses its energy density counts.

    Parameters
    ----------
    facts
        What the document states.
    mass_of
        Table name -> the part of the cell whose mass the specific capacity is based on.
    """
    return search(
        facts.by_table(), _candidates, lambda record, basis: _claim(record, basis, mass_of.get(record.table, "")),
        facts.settings.rounding,
    )  # fmt: skip


def _masses(record: Record) -> dict[str, Reading]:
    """The masses of a record by part; a solid electrolyte counts as the separator."""
    found: dict[str, Reading] = {}
    for reading in record.all("mass", "mg"):
        found.setdefault(_SAME.get(reading.of, reading.of) or reading.label, reading)
    return found


def _candidates(record: Record) -> list[Basis]:
    """All sums of masses that count nothing twice, the longest first."""
    parts = sorted(_masses(record))[:MOST]
    sums = (frozenset(choice) for size in range(len(parts), 0, -1) for choice in combinations(parts, size))
    return [b for b in sums if not any(part in b and whole in b for part, whole in _ELECTRODE_OF.items())]


def _claim(record: Record, basis: Basis, mass_of: str) -> Claim | None:
    density, masses = record.one("energy_density", "Wh/kg"), _masses(record)
    if density is None or not basis <= set(masses):
        return None
    total = plus(*(masses[part] for part in sorted(basis)))
    energy, route = record.one("energy", "Wh"), _energy(record, mass_of)
    if energy is None and route is None:
        return None
    return Claim(
        rule="energy_density",
        what=f"energy density of {record.name}",
        target=density,
        direct=over(route, total) if route else None,
        stepwise=over(energy, total) if energy else None,
        steps=(energy,) if energy else (),
        because=f"basis: {_words(basis, masses)}",
        ask="Which masses does the energy density count, and which of the numbers was measured?",
    )


def _energy(record: Record, mass_of: str) -> Expression | None:
    """The energy from primary inputs."""
    volt, mass = record.one("average_voltage", "V"), record.one("mass", "mg", mass_of)
    capacity = specific_capacity(record)
    return times(capacity, mass, volt) if volt and mass and capacity else None


def _words(basis: Basis, masses: dict[str, Reading]) -> str:
    parts = sorted(basis, key=lambda part: _ORDER.index(part) if part in _ORDER else len(_ORDER))
    return " + ".join(masses[part].of if part in masses and masses[part].of else part for part in parts)


def _named(table: str, found: Found[Basis], claims: list[Claim]) -> Finding:
    """The basis in words: a warning if it is not the document's usual one."""
    words = claims[0].because.removeprefix("basis: ") if claims else " + ".join(sorted(found.basis))
    other = found.basis != found.usual
    text = f"the energy density in {table} counts {words} (rows that agree: {found.agreeing} of {found.rows})"
    if other:
        text += f"; elsewhere in the document it counts {' + '.join(sorted(found.usual))}"
    return Finding(
        rule="energy_density",
        verdict=Verdict.SEEN,
        severity="warning" if other else "note",
        what=f"mass basis of the energy density in {table}",
        explain=text,
        places=(claims[0].target.place,) if claims else (),
        ask="Are these energy densities meant to be compared?" if other else "",
    )
