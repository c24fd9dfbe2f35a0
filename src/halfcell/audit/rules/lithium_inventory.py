"""In a parameter set both electrodes have the same capacity, not below the nominal one; volume fractions sum to ≤ 1."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.expression import Expression, evaluate, minus, number, over, plus, readings, times, written_out
from halfcell.audit.interval import exactly
from halfcell.audit.verdicts import decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "Q = F A n L ε c_max (x_max − x_min), with the active volume fraction ε = S R / 3, where S is the surface per "
    "volume and R the particle radius; ε + porosity ≤ 1"
)
LIMITS = "Spheres of one radius, as in BPX 0.1. The stoichiometry window is that of the set's own cut-off voltages."
FARADAY = number(Fraction(9648533212, 10**5), "96485.33 C/mol")
COULOMB_PER_AMPERE_HOUR = 3600  # s in an hour
PARTS = (
    "thickness", "surface_per_volume", "particle_radius", "maximum_concentration", "maximum_stoichiometry",
    "minimum_stoichiometry",
)  # fmt: skip
CLOSE = Fraction(1, 200)  # relative; the capacities of two electrodes of one fit may differ by this


@dataclass(frozen=True, kw_only=True)
class Electrode:
    """An electrode with its capacity, as an expression and in ampere hours."""

    name: str
    capacity: Expression
    ampere_hours: Fraction


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check the volumes of each electrode and compare the capacities of both."""
    cell = next((r for r in facts.records if r.one("capacity", "mAh") or r.one("rate_capacity", "mAh")), None)
    complete = [record for record in facts.records if all(record.one(name) for name in PARTS)]
    for record in complete:
        yield from _volumes(record, facts.settings.rounding)
    if cell and len(complete) == 2:
        electrodes = [found for record in complete if (found := _electrode(record, cell))]
        if len(electrodes) == 2:
            yield _same(electrodes, cell)


def _fraction(record: Record) -> Expression | None:
    """The active volume fraction of an electrode."""
    surface, radius = record.one("surface_per_volume"), record.one("particle_radius")
    return over(times(surface, radius), number(3)) if surface and radius else None


def _volumes(record: Record, rounding: Rounding) -> Iterator[Finding]:
    """Active volume and pores of one electrode."""
    porosity, active = record.one("porosity"), _fraction(record)
    whole = evaluate(plus(active, porosity), lambda r: r.interval(rounding)) if porosity and active else None
    middle = evaluate(plus(active, porosity), lambda r: exactly(r.point)) if porosity and active else None
    if porosity is None or active is None or whole is None or middle is None:
        return
    good = whole.low <= 1
    total = f"{written_out(active)} + {porosity.text} = {decimal_text(middle.low, 4)}"
    yield Finding(
        rule="lithium_inventory",
        verdict=Verdict.HOLDS if good else Verdict.FAILS,
        severity="note" if good else "error",
        what=f"volume fractions of the {record.name.lower()}",
        explain=f"{total}; must be at most 1 (the rest is binder): {'holds' if good else 'FAILS'}",
        places=tuple(r.place for r in (porosity, *readings(active))),
        printed=porosity.text,
        ask="" if good else "Is the porosity, the surface or the radius from another fit?",
    )


def _electrode(record: Record, cell: Record) -> Electrode | None:
    """An electrode with its capacity; None if a number is missing."""
    area, pairs, active = cell.one("area"), cell.one("parallel_pairs"), _fraction(record)
    high, low = record.one("maximum_stoichiometry"), record.one("minimum_stoichiometry")
    thickness, most = record.one("thickness"), record.one("maximum_concentration")
    if not (area and active and high and low and thickness and most):
        return None
    coulombs = times(FARADAY, area, thickness, active, most, minus(high, low), *([pairs] if pairs else []))
    point = evaluate(coulombs, lambda r: exactly(r.point))
    value = point.low / COULOMB_PER_AMPERE_HOUR if point else Fraction(0)
    return Electrode(name=record.name, capacity=coulombs, ampere_hours=value)


def _same(electrodes: Sequence[Electrode], cell: Record) -> Finding:
    """Whether the two capacities agree, and how the nominal capacity compares with them."""
    nominal = cell.one("rate_capacity", "mAh") or cell.one("capacity", "mAh")
    coulombs = [electrode.ampere_hours * COULOMB_PER_AMPERE_HOUR for electrode in electrodes]
    alike = coulombs[0] > 0 and abs(coulombs[0] - coulombs[1]) <= CLOSE * coulombs[0]
    text = ", ".join(f"{e.name} {decimal_text(e.ampere_hours, 4)} A.h" for e in electrodes)
    if nominal and nominal.point:
        excess = coulombs[0] / nominal.point - 1
        text += f", {float(excess):+.1%} relative to the nominal {nominal.text}"
    good = alike and (not nominal or max(coulombs) >= nominal.point)
    return Finding(
        rule="lithium_inventory",
        verdict=Verdict.HOLDS if good else Verdict.FAILS,
        severity="note" if good else "error",
        what="capacities of both electrodes",
        explain=f"{text}: {'holds' if good else 'FAILS'}",
        places=tuple(r.place for r in _inputs(electrodes, nominal)),
        ask="" if good else "Is a thickness, a radius or a stoichiometry from another fit?",
    )


def _inputs(electrodes: Sequence[Electrode], nominal: Reading | None) -> list[Reading]:
    found = {reading.place: reading for electrode in electrodes for reading in readings(electrode.capacity)}
    return [*([nominal] if nominal else []), *found.values()]
