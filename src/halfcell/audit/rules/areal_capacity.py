"""An areal capacity is the specific capacity times the loading it is based on, within a row or across tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, readings, times
from halfcell.audit.rules.conductivity import area_of
from halfcell.audit.rules.energy import specific_capacity
from halfcell.audit.same_cell import full_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "areal capacity = specific capacity × loading of the electrode that the capacity is based on = capacity / area; "
    "capacity = specific capacity × mass; volumetric capacity = specific capacity × density"
)
LIMITS = (
    "Across tables it compares only rows of the same cell (anode, cathode) at the same current: areal current divided "
    "by loading must be the specific current within rounding. It fails if the loading is that of the electrode instead "
    "of the active material."
)
_ACTIVE = re.compile(r"\bactive\b", re.IGNORECASE)
_DOUBLE = re.compile(r"\b(?:double|both|two)[- ]?sid", re.IGNORECASE)
_COATING = re.compile(r"\bcoating\b|\belectrode\b|^(?:areal )?(?:mass|weight)$", re.IGNORECASE)
MOST = 300  # rows of one cell that are compared with each other


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it within each row, and between rows of one cell at the same current."""
    for records in facts.by_table().values():
        yield from _in_rows(records, facts.settings.rounding)
        for make in (_of_cell, _whole, _volumetric):
            yield from _unless_odd([c for r in records if (c := make(r))], facts.settings.rounding)
    for rows in full_cells(facts).values():
        yield from _across(rows[:MOST], facts.settings.rounding)


def _in_rows(records: Sequence[Record], rounding: Rounding) -> Iterator[Claim]:
    """The claim of each row; the mass of the whole coating, or a first capacity, must be the basis in most rows."""
    of_coating = []
    for record in records:
        areal, loading = record.one("areal_capacity", "mAh/cm2"), _loading(record)
        specific, first = specific_capacity(record), record.one("initial_capacity", "mAh/g")
        if areal and loading and (specific or first):
            claim = _claim(record, areal, specific or first or areal, loading, "")
            if specific is None or (_COATING.search(loading.label) and not _is_active(loading)):
                of_coating.append(claim)
            else:
                yield claim
    yield from if_most_agree(of_coating, rounding)


def _is_active(reading: Reading) -> bool:
    return bool(_ACTIVE.search(f"{reading.of} {reading.label}"))


def _of_cell(record: Record) -> Claim | None:
    """The areal capacity of a cell whose capacity and area are printed."""
    areal, whole, area = record.one("areal_capacity", "mAh/cm2"), _capacity(record), area_of(record)
    return _question(record, areal, over(whole, area)) if areal and whole and area else None


def _whole(record: Record) -> Claim | None:
    """The capacity of a cell whose specific capacity and mass are printed."""
    whole, specific, mass = _capacity(record), specific_capacity(record), record.one("mass", "mg")
    return _question(record, whole, times(specific, mass)) if whole and specific and mass else None


def _volumetric(record: Record) -> Claim | None:
    """The capacity per volume of an electrode, from its density."""
    target, density = record.one("volumetric_capacity", "mAh/cm3"), record.one("density", "g/cm3")
    specific = specific_capacity(record)
    return _question(record, target, times(density, specific)) if target and density and specific else None


def _unless_odd(claims: Sequence[Claim], rounding: Rounding) -> Sequence[Claim]:
    """Claims that most rows agree with; that of a single row if its mass is said to be that of the active material."""
    if len(claims) == 1 and claims[0].direct is not None:
        masses = [r for r in readings(claims[0].direct) if r.quantity == "mass"]
        return claims if masses and all(_ACTIVE.search(f"{r.of} {r.label}") for r in masses) else ()
    return if_most_agree(claims, rounding)


def _capacity(record: Record) -> Reading | None:
    found = [r for name in ("capacity", "discharge_capacity", "rate_capacity") for r in record.all(name, "mAh")]
    return found[0] if len(found) == 1 else None


def _question(record: Record, target: Reading, route: Expression) -> Claim:
    return Claim(
        rule="areal_capacity",
        what=f"{target.label.lower()} of {record.name}",
        target=target,
        direct=route,
        severity="warning",
        soft=True,
        ask="Which mass or area was used?",
    )


def _across(rows: list[Record], rounding: Rounding) -> Iterator[Claim]:
    """Pairs of rows: one with areal capacity, areal current and loading; one with specific capacity and current."""
    for left in rows:
        areal, loading, current = left.one("areal_capacity"), _loading(left), left.one("current_density", "mA/cm2")
        for right in rows if areal and loading and current else ():
            specific, other = specific_capacity(right), right.one("current_density", "mA/g")
            if right.table == left.table or not (specific and other and areal and loading and current):
                continue
            if current.interval(rounding).meets(other.interval(rounding) * loading.interval(rounding)):
                same = f"{right.table} at {other.text}, which is {current.text} at {loading.text}"
                yield _claim(left, areal, specific, loading, same)


def _claim(record: Record, areal: Reading, specific: Reading, loading: Reading, because: str) -> Claim:
    return Claim(
        rule="areal_capacity",
        what=f"areal capacity of {record.name}",
        target=areal,
        direct=times(specific, loading),
        because=because,
        ask="Is the loading that of the active material, and which of the numbers was measured?",
    )


def _loading(record: Record) -> Reading | None:
    """The loading, of two the one that is said to be that of the active material, or of one side of the electrode."""
    loadings = record.all("loading", "mg/cm2")
    active = [r for r in loadings if _ACTIVE.search(f"{r.of} {r.label}")]
    sides = [r for r in loadings if not _DOUBLE.search(r.label)]
    known = record.one("loading", "mg/cm2", "cathode") or record.one("loading", "mg/cm2")
    single = sides[0] if len(sides) == 1 and len(loadings) == 2 else None
    return known or (active[0] if len(active) == 1 else single)
