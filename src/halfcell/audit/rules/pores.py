"""The parts of a surface or of a pore volume do not exceed the whole, and a mean pore width is 4 V / A."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, number, over, plus, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = (
    "external area ≤ BET area; micropore area ≤ BET area; external + micropore area = BET area; micropore volume ≤ "
    "total pore volume; mean pore width = 4 V / A"
)
LIMITS = (
    "The widths of other models (BJH, DFT) are not 4 V / A: a width is compared only if its header says 4V/A, and else "
    "raises a question at most. Areas by different methods need not add up: that raises a question, too."
)
PARTS = (
    ("external_area", "bet_area", "m2/g"),
    ("micropore_area", "bet_area", "m2/g"),
    ("micropore_volume", "total_pore_volume", "cm3/g"),
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim the bounds, the sum and the pore width of each record."""
    for record in facts.records:
        for name, of, unit in PARTS:
            part, whole = record.one(name, unit), record.one(of, unit)
            if part and whole:
                yield Claim(
                    rule="pores",
                    what=f"{part.label} of {record.name} within {whole.label}",
                    target=part,
                    direct=Given(whole),
                    relation="<=",
                    ask="Are two columns swapped, or are they of different samples?",
                )
        yield from _sum(record)
        yield from _width(record)


def _sum(record: Record) -> Iterator[Claim]:
    """The t-plot divides the BET area into its two parts."""
    whole = record.one("bet_area", "m2/g")
    inner, outer = record.one("micropore_area", "m2/g"), record.one("external_area", "m2/g")
    if whole and inner and outer:
        yield Claim(
            rule="pores",
            what=f"{whole.label} of {record.name} as the sum of its parts",
            target=whole,
            direct=plus(inner, outer),
            severity="warning",
            soft=True,
            ask="Are both parts from the t-plot of the same isotherm?",
        )


def _width(record: Record) -> Iterator[Claim]:
    width, area = record.one("pore_width", "nm"), record.one("bet_area", "m2/g")
    volume = record.one("total_pore_volume", "cm3/g")
    if width and area and volume:
        stated = "4v" in width.label.lower().replace(" ", "")
        yield Claim(
            rule="pores",
            what=f"{width.label} of {record.name}",
            target=width,
            direct=over(times(number(4), volume), area),
            severity="error" if stated else "note",
            soft=not stated,
            because="" if stated else "if the mean pore width is 4 V / A",
            ask="Is the width 4 V / A, from the printed volume and area?",
        )
