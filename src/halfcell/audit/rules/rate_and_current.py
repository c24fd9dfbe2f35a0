"""In one row, a current is the C-rate times that at 1C, and an areal current the specific one times the loading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import number, over, times
from halfcell.audit.readings import Reading
from halfcell.audit.same_cell import stated
from halfcell.core.printed import Printed
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Record

FORMULA = "I = C-rate × I_1C, with I_1C from the text or from the other rows; i = I × loading"
LIMITS = "It is compared only where most rows agree: loading or C-rate may be defined in another way."
FEWEST = 3  # rows that share a current at 1C which no text states
LONGEST = 4_000  # characters of a paragraph that is read
_BESIDE = re.compile(
    r"(?<![\w./])(\d{1,3}(?:\.\d{1,3})?) ?C\s*\(\s*(?:i\.e\.,?\s*|=\s*)?"
    r"(\d{1,5}(?:\.\d{1,3})?)\s*(m?A ?(?:g|cm)[^\s,;)]*)"
)
_DEFINED = re.compile(  # 0.2C (1C = 1600 mA g-1, i.e. 320 mA g-1)
    r"(?<![\w./])(\d{1,3}(?:\.\d{1,3})?) ?C\s*\(\s*1 ?C\s*=[^();]{1,40}?[,;]\s*"
    r"(?:i\.e\.,?|that is,?|corresponding to|=)\s*"
    r"(\d{1,5}(?:\.\d{1,3})?)\s*(m?A ?(?:g|cm)[^\s,;)]*)"
)
UNITS = ("mA/g", "mA/cm2", "mA")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each table."""
    rounding = facts.settings.rounding
    known = list(stated(facts, "one_c", "mA/g"))
    if len(known) == 1:
        yield from if_most_agree(list(_in_texts(facts, known[0])), rounding)
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _areal(r))], rounding)
        for unit in UNITS:
            pairs = [(r, pair) for r in records if (pair := _pair(r, unit))]
            ways = [_of_one_c(pairs, times(one)) for one in known if unit == "mA/g"]
            if len(pairs) >= FEWEST:
                ways += [_of_one_c(pairs, over(current, rate), current) for _, (rate, current) in pairs]
            yield from best_agreeing(ways, rounding)


def _in_texts(facts: Facts, one_c: Reading) -> Iterator[Claim]:
    """Rates of the running text with their currents in brackets: ``0.5C (186 mA g-1)``."""
    for place, text in enumerate(facts.paper.paragraphs, start=1):
        for match in (m for pattern in (_BESIDE, _DEFINED) for m in pattern.finditer(text[:LONGEST])):
            unit, rate, current = parse(match[3].rstrip(".")), Printed(match[1]), Printed(match[2])
            if unit and unit.fits(one_c.unit) and rate.value:
                where = f"paragraph {place}"
                yield Claim(
                    rule="rate_and_current",
                    what=f"current at {match[1]}C in {where}",
                    target=Reading(
                        quantity="current_density", printed=current, unit=unit, where=where, column=match.start(2)
                    ),
                    direct=times(number(rate.value, f"{match[1]} C"), one_c),
                    because="1C as the text says",
                    severity="warning",
                    soft=True,
                    ask="Which current is 1C?",
                )


def _pair(record: Record, unit: str) -> tuple[Reading, Reading] | None:
    rate, current = record.one("c_rate"), record.one("current_density", unit)
    return (rate, current) if rate and current and rate.point > 0 else None


def _of_one_c(
    pairs: Sequence[tuple[Record, tuple[Reading, Reading]]], one_c: Expression, source: Reading | None = None
) -> list[Claim]:
    return [
        Claim(
            rule="rate_and_current",
            what=f"current of {record.name} at {rate.text}",
            target=current,
            direct=times(_exact(rate), one_c),
            because=f"1C as in the row with {source.text}" if source else "1C as the text says",
            severity="warning",
            soft=True,
            ask="Which current is 1C?",
        )
        for record, (rate, current) in pairs
        if current is not source
    ]


def _exact(rate: Reading) -> Expression:
    """A C-rate is set, not measured: its digits are exact."""
    return number(rate.point, rate.text)


def _areal(record: Record) -> Claim | None:
    areal, specific = record.one("current_density", "mA/cm2"), record.one("current_density", "mA/g")
    loading = record.one("loading", "mg/cm2")
    if not (areal and specific and loading):
        return None
    return Claim(
        rule="rate_and_current",
        what=f"areal current of {record.name}",
        target=areal,
        direct=times(specific, loading),
        severity="warning",
        soft=True,
        ask="Is the loading that of the electrode whose mass the current is counted on?",
    )
