"""The density of a crystal follows from the volume of its cell, its molar mass, and the number of formula units."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, number, over, times
from halfcell.audit.interval import Interval
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "ρ = Z M / (N_A V)"
LIMITS = "Z is the one of caption or text, else the number up to 24 with which most rows (at least two) agree."
AVOGADRO = Constant(Interval(Fraction("6.0220e23"), Fraction("6.0222e23")), "6.022e23 1/mol")
MOST = 24  # formula units of a cell
LEAST = 2  # rows that agree
_UNITS = re.compile(r"\bZ\s*=\s*(\d{1,2})\b")
_CRYSTAL = re.compile(r"\bx-?ray\b|\bxrd\b|ρ_?XRD|\btheor|\bcrystal|\bcalc", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with densities, molar masses and volumes of cells."""
    rounding = facts.settings.rounding
    texts = [*(text for table in facts.paper.tables for text in (table.caption, *table.notes)), *facts.paper.paragraphs]
    stated = {int(found) for text in texts for found in _UNITS.findall(text[:4000])}
    for records in facts.by_table().values():
        ways = [_claims(records, units) for units in (stated or range(1, MOST + 1)) if units]
        best = best_agreeing(ways, rounding)
        if sum(agrees(claim, rounding) for claim in best) >= LEAST:
            yield from best


def _claims(records: Sequence[Record], units: int) -> list[Claim]:
    found = []
    for record in records:
        density, mass, volume = _density(record), record.one("molar_mass", "g/mol"), record.one("cell_volume", "Å3")
        if density and mass and volume:
            found.append(
                Claim(
                    rule="crystal_density",
                    what=f"{density.label} of {record.name}",
                    target=density,
                    direct=over(times(number(units), mass), times(AVOGADRO, volume)),
                    because=f"with {units} formula units in a cell",
                    severity="warning",
                    soft=True,
                    ask="Which of the three numbers was refined, and which calculated?",
                )
            )
    return found


def _density(record: Record) -> Reading | None:
    """The density of the crystal: of several, the one that is called so."""
    known = [r for name in ("theoretical_density", "density") for r in record.all(name, "g/cm3")]
    found = known or [r for r in record.readings if r.unit.text and _CRYSTAL.search(r.label) and _is_density(r)]
    called = [r for r in found if _CRYSTAL.search(r.label)]
    return called[0] if len(called) == 1 else found[0] if len(found) == 1 else None


def _is_density(reading: Reading) -> bool:
    return reading.unit.dimension == (0, 0, 0, 1, -3, 0, 0)
