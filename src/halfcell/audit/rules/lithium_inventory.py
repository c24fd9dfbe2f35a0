"""Of a parameter set: both electrodes hold the same lithium, the nominal capacity is within it, and volumes fit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict, place
from halfcell.audit.expression import Expression, evaluate, minus, number, over, plus, readings, times, words
from halfcell.audit.interval import exactly
from halfcell.audit.verdicts import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "Q = F A n L (S R / 3) c_max (x_max − x_min), S R / 3 the active volume fraction; S R / 3 + porosity ≤ 1"
LIMITS = "Spheres of one radius, as in BPX 0.1; the stoichiometry window is that of the set's own cut-offs."
FARADAY = number(Fraction(9648533212, 10**5), "96485.33 C/mol")
PARTS = (
    "thickness", "surface_per_volume", "particle_radius", "maximum_concentration", "maximum_stoichiometry",
    "minimum_stoichiometry",
)  # fmt: skip
CLOSE = Fraction(1, 200)  # of each other: what two electrodes of one fit may differ


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Compute both electrodes' capacities; claim the volumes of each."""
    cell = next((r for r in facts.records if r.one("capacity", "mAh") or r.one("rate_capacity", "mAh")), None)
    electrodes = [record for record in facts.records if all(record.one(name) for name in PARTS)]
    for record in electrodes:
        yield from _volumes(record, facts.settings.rounding)
    if cell and len(electrodes) == 2:
        capacities = [(record, _capacity(record, cell)) for record in electrodes]
        if all(expression for _, expression in capacities):
            yield _same([(record, e) for record, e in capacities if e], cell)


def _fraction(record: Record) -> Expression | None:
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
    yield Finding(
        rule="lithium_inventory",
        verdict=Verdict.HOLDS if good else Verdict.FAILS,
        severity="note" if good else "error",
        what=f"volumes of the {record.name.lower()}",
        explain=f"{words(active)} + {porosity.text} = {shown(middle.low, 4)}; at most 1, the rest is binder: "
        f"{'holds' if good else 'FAILS'}",
        places=tuple(place(r) for r in (porosity, *readings(active))),
        printed=porosity.text,
        ask="" if good else "Is the porosity, the surface or the radius of another fit?",
    )


def _capacity(record: Record, cell: Record) -> Expression | None:
    """The capacity of an electrode in coulombs."""
    area, pairs, active = cell.one("area"), cell.one("parallel_pairs"), _fraction(record)
    high, low = record.one("maximum_stoichiometry"), record.one("minimum_stoichiometry")
    thickness, most = record.one("thickness"), record.one("maximum_concentration")
    if not (area and active and high and low and thickness and most):
        return None
    factors = [FARADAY, area, thickness, active, most, minus(high, low), *([pairs] if pairs else [])]
    return times(*factors)


def _same(capacities: list[tuple[Record, Expression]], cell: Record) -> Finding:
    """Whether the two capacities agree, and how the nominal one lies to them."""
    nominal = cell.one("rate_capacity", "mAh") or cell.one("capacity", "mAh")
    points = [evaluate(e, lambda r: exactly(r.point)) for _, e in capacities]
    values = [point.low / 3600 for point in points if point]
    apart = abs(values[0] - values[1]) / values[0]
    text = ", ".join(f"{r.name} {shown(v, 4)} A.h" for (r, _), v in zip(capacities, values, strict=True))
    over_nominal = ""
    if nominal:
        share = values[0] * 3600 / nominal.point - 1
        over_nominal = f"; nominal {nominal.text}: {float(share):+.1%}"
    good = apart <= CLOSE and (not nominal or max(values) * 3600 >= nominal.point)
    return Finding(
        rule="lithium_inventory",
        verdict=Verdict.HOLDS if good else Verdict.FAILS,
        severity="note" if good else "error",
        what="capacities of both electrodes",
        explain=f"{text}{over_nominal}: {'holds' if good else 'FAILS'}",
        places=tuple(place(r) for r in _inputs(capacities, nominal)),
        ask="" if good else "Is a thickness, a radius or a stoichiometry of another fit?",
    )


def _inputs(capacities: list[tuple[Record, Expression]], nominal: Reading | None) -> list[Reading]:
    found = {reading.place: reading for _, e in capacities for reading in readings(e)}
    return [*([nominal] if nominal else []), *found.values()]
