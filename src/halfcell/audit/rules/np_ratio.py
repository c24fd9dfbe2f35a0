"""The N/P ratio is the balancing capacity of the anode over that of the cathode, times the overlap of the discs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, over, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "N:P = Q_anode / Q_cathode × overlap; overlap = (d_cathode / d_anode)²; Q = active mass × specific capacity"
LIMITS = (
    "The capacities that were used for balancing (or masses and specific capacities) must be printed with the ratio."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim the ratio, the overlap and the balancing capacities of each record."""
    for record in facts.records:
        yield from _capacities(record)
        yield from _overlap(record)
        yield from _ratio(record)


def _capacities(record: Record) -> Iterator[Claim]:
    for electrode in ("anode", "cathode"):
        whole = record.one("balancing_capacity", "mAh", electrode)
        specific = record.one("balancing_capacity", "mAh/g", electrode)
        mass = record.one("mass", "mg", f"{electrode} active")
        if whole and specific and mass:
            yield Claim(
                rule="np_ratio",
                what=f"balancing capacity of the {electrode} of {record.name}",
                target=whole,
                direct=times(mass, specific),
                ask="For which mass was the cell balanced?",
            )


def _overlap(record: Record) -> Iterator[Claim]:
    overlap = record.one("overlap")
    inner, outer = record.one("diameter", "mm", "cathode"), record.one("diameter", "mm", "anode")
    if overlap and inner and outer:
        ratio = over(inner, outer)
        yield Claim(
            rule="np_ratio",
            what=f"overlap factor of {record.name}",
            target=overlap,
            direct=times(ratio, ratio),
            because="area of the cathode disc / area of the anode disc",
            ask="Which discs were used?",
        )


def _ratio(record: Record) -> Iterator[Claim]:
    ratio = record.one("np_ratio")
    anode, cathode = (_capacity(record, electrode) for electrode in ("anode", "cathode"))
    if ratio is None or anode is None or cathode is None:
        return
    overlap = record.one("overlap")
    yield Claim(
        rule="np_ratio",
        what=f"N:P ratio of {record.name}",
        target=ratio,
        direct=times(over(anode, cathode), overlap) if overlap else over(anode, cathode),
        because="with the overlap of the discs" if overlap else "without an overlap factor",
        ask="From which capacities was the ratio calculated?",
    )


def _capacity(record: Record, electrode: str) -> Expression | None:
    """The balancing capacity of an electrode: printed, or areal, or from mass and specific capacity."""
    whole = record.one("balancing_capacity", "mAh", electrode) or record.one("areal_capacity", "mAh/cm2", electrode)
    if whole:
        return Given(whole)
    mass, specific = record.one("mass", "mg", f"{electrode} active"), record.one("capacity", "mAh/g", electrode)
    return times(mass, specific) if mass and specific else None
