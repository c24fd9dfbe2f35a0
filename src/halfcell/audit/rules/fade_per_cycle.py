"""A fade per cycle is the loss of capacity divided by the number of cycles."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, minus, number, over
from halfcell.audit.interval import Interval
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "fade = (100 % − retention) / n; or, of the capacity left: fade = 1 − retention^(1/n)"
LIMITS = (
    "n is the number of cycles of the retention, in its column, its cell or a column of cycles, or that of the one "
    "capacity of a later cycle; n − 1 is accepted."
)
FIRST = ("initial_discharge_capacity", "initial_charge_capacity", "initial_capacity")
LAST = ("reversible_capacity", "discharge_capacity", "charge_capacity")
UNITS = ("mAh/g", "mAh", "mAh/cm2")
SLACK = Fraction(1, 10**9)  # allows for floating-point error of the root


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with a fade in per cent, a retention and a number of cycles."""
    for record in facts.records:
        retention, fade = record.one("capacity_retention", "%"), record.one("fade_per_cycle", "%")
        cycles = _cycles(record, retention) if retention else None
        if retention and fade and fade.unit.kind == "%" and cycles and cycles > 1:
            yield _claim(record, retention, fade, cycles, facts.settings.rounding)
    for records in facts.by_table().values():
        for unit in UNITS:
            ways = [[c for r in records if (c := _of_capacities(r, less, unit))] for less in (0, 1)]
            yield from best_agreeing(ways, facts.settings.rounding)


def _of_capacities(record: Record, less: int, unit: str) -> Claim | None:
    """The fade from the first and the last capacity, where no retention is printed."""
    fade, column = record.one("fade_per_cycle", "%"), record.one("cycle")
    first = [r for name in FIRST for r in record.all(name, unit)]
    last = [r for name in LAST for r in record.all(name, unit) if (r.cycle or 2) > 1]
    if record.one("capacity_retention") or not fade or len(first) != 1 or len(last) != 1:
        return None
    cycles = last[0].cycle or (int(column.point) if column and column.point.denominator == 1 else None)
    if not cycles or cycles - less < 1:
        return None
    return Claim(
        rule="fade_per_cycle",
        what=f"fade per cycle of {record.name}",
        target=fade,
        direct=over(minus(number(1, "1"), over(last[0], first[0])), number(cycles - less)),
        because=f"over {cycles - less} cycles",
        severity="warning",
        soft=True,
        ask="Are the capacities those of the first and the last cycle?",
    )


def _cycles(record: Record, retention: Reading) -> int | None:
    """The number of cycles of a retention: its own, that of a column, or that of the one capacity of a later cycle."""
    column = record.one("cycle")
    if retention.cycle is not None:
        return retention.cycle
    if column:
        return int(column.point) if column.point.denominator == 1 else None
    later = {r.cycle for name in LAST for r in record.all(name) if (r.cycle or 1) > 1}
    return next(iter(later)) if len(later) == 1 else None


def _claim(record: Record, retention: Reading, fade: Reading, cycles: int, rounding: Rounding) -> Claim:
    lost = minus(number(1, "100 %"), retention)
    ways: list[tuple[Expression, str]] = [(over(lost, number(n)), f"over {n} cycles") for n in (cycles, cycles - 1)]
    ways.append((_root(retention, cycles, rounding), "of the capacity left in each cycle"))
    claims = [
        Claim(
            rule="fade_per_cycle",
            what=f"fade per cycle of {record.name}",
            target=fade,
            direct=way,
            because=because,
            ask="Is it the mean over the same cycles as the retention?",
        )
        for way, because in ways
    ]
    return next((claim for claim in claims if agrees(claim, rounding)), claims[0])


def _root(retention: Reading, cycles: int, rounding: Rounding) -> Constant:
    """1 − R^(1/n) as an interval."""
    ends = retention.interval(rounding)
    values = sorted(Fraction(1 - float(max(end, Fraction(0))) ** (1 / cycles)) for end in (ends.low, ends.high))
    return Constant(
        Interval(values[0] - SLACK, values[1] + SLACK), f"1 − ({retention.text})^(1/{cycles})", (retention,)
    )
