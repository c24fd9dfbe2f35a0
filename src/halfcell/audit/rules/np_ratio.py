"""The N/P ratio is the balancing capacity of the anode over that of the cathode, times the overlap of the discs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, Product, evaluate, over, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "N:P = Q_anode / Q_cathode × overlap; overlap = (d_cathode / d_anode)²; Q = active mass × specific capacity; of "
    "areal capacities: N:P = q_anode / q_cathode, without an overlap"
)
LIMITS = (
    "The capacities that were used for balancing (or masses, or loadings, and specific capacities) must be printed "
    "with the ratio, for both electrodes as a capacity or for both per area. Where the discs (or areas) differ and no "
    "overlap factor is printed, the ratio may be one of areal capacities or of whole electrodes: either is accepted."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check the ratio, the overlap and the balancing capacities of each record."""
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
    if ratio is None:
        return
    whole = [_whole(record, electrode) for electrode in ("anode", "cathode")]
    areal = [_areal(record, electrode) for electrode in ("anode", "cathode")]
    if whole[0] and whole[1]:
        direct, because = _of_whole(record, ratio, over(whole[0], whole[1]))
    elif areal[0] and areal[1]:
        direct, because = over(areal[0], areal[1]), "from capacities per area, which need no overlap factor"
    else:
        return
    yield Claim(
        rule="np_ratio",
        what=f"N:P ratio of {record.name}",
        target=ratio,
        direct=direct,
        because=because,
        ask="From which capacities was the ratio calculated?",
    )


def _of_whole(record: Record, ratio: Reading, quotient: Product) -> tuple[Product, str]:
    """The ratio of the capacities of whole electrodes, with the overlap that is printed or follows from the discs."""
    printed = record.one("overlap")
    if printed:
        return times(quotient, printed), "with the overlap of the discs"
    plain = quotient, "without an overlap factor"
    discs = _area_ratio(record)
    if discs is None:
        return plain
    per_area = times(quotient, discs), "per area: with the overlap that follows from the discs"
    return plain if _gives(quotient, ratio) and not _gives(per_area[0], ratio) else per_area


def _area_ratio(record: Record) -> Product | None:
    """The area of the cathode over that of the anode, from the diameters or the areas that are printed."""
    inner, outer = record.one("diameter", "mm", "cathode"), record.one("diameter", "mm", "anode")
    if inner and outer:
        return times(over(inner, outer), over(inner, outer))
    small, large = record.one("area", "cm2", "cathode"), record.one("area", "cm2", "anode")
    return over(small, large) if small and large else None


def _gives(expression: Product, ratio: Reading) -> bool:
    """Whether an expression may give the printed ratio."""
    computed = evaluate(expression, lambda reading: reading.interval())
    return computed is not None and computed.meets(ratio.interval())


def _whole(record: Record, electrode: str) -> Expression | None:
    """The balancing capacity of an electrode: printed, or from mass and specific capacity."""
    names = ("balancing_capacity", "capacity", "areal_capacity")
    printed = next((r for name in names if (r := record.one(name, "mAh", electrode))), None)
    mass, specific = record.one("mass", "mg", f"{electrode} active"), record.one("capacity", "mAh/g", electrode)
    return Given(printed) if printed else times(mass, specific) if mass and specific else None


def _areal(record: Record, electrode: str) -> Expression | None:
    """The capacity of an electrode per area: printed, or from loading and specific capacity."""
    printed = next(
        (r for name in ("balancing_capacity", "areal_capacity") if (r := record.one(name, "mAh/cm2", electrode))), None
    )
    loading, specific = record.one("loading", "mg/cm2", electrode), record.one("capacity", "mAh/g", electrode)
    return Given(printed) if printed else times(loading, specific) if loading and specific else None
