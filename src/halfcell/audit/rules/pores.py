"""The parts of a surface or of a pore volume do not exceed the whole, and a mean pore width is 4 V / A."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, number, over, plus, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding, Severity
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "external area ≤ BET area; micropore area ≤ BET area; external + micropore area = BET area; micropore volume ≤ "
    "total pore volume; micropores + mesopores = total pore volume; mean pore width = 4 V / A"
)
LIMITS = (
    "The widths of other models (BJH, DFT) are not 4 V / A: a width is compared only if its header says 4V/A, and else "
    "raises a question at most. Areas by different methods need not add up: that raises a question, too."
)
VOLUMES = ("micropore_volume", "mesopore_volume")
FEWEST = 3  # rows of which most agree
PARTS = (
    ("external_area", "bet_area", "m2/g"),
    ("micropore_area", "bet_area", "m2/g"),
    ("micropore_volume", "total_pore_volume", "cm3/g"),
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check the bounds, the sum and the pore width of each record."""
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
    for records in facts.by_table().values():
        yield from _widths(records, facts.settings.rounding)
        yield from if_most_agree([c for record in records if (c := _volumes(record))], facts.settings.rounding)


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


def _volumes(record: Record) -> Claim | None:
    """Micropores and mesopores as all pores, where most rows say so; macropores are another part."""
    whole = record.one("total_pore_volume", "cm3/g")
    parts = [r for name in VOLUMES if (r := record.one(name, "cm3/g"))]
    if whole is None or len(parts) < len(VOLUMES):
        return None
    return Claim(
        rule="pores",
        what=f"{whole.label} of {record.name} as the sum of its parts",
        target=whole,
        direct=plus(*parts),
        severity="warning",
        soft=True,
        ask="Is one of the volumes mistyped, or of another method?",
    )


def _widths(records: Sequence[Record], rounding: Rounding) -> Iterator[Claim]:
    """4 V / A is claimed where the head says so, or where most rows of at least three agree."""
    made = [(width, claim) for record in records if (made := _width(record)) for width, claim in [made]]
    stated = [claim for width, claim in made if "4v" in width.label.lower().replace(" ", "").replace("_", "")]
    most = if_most_agree([claim for _, claim in made], rounding) if len(made) >= FEWEST else ()
    for _, claim in made:
        sure = claim in stated or claim in most
        because = "" if sure else "if the mean pore width is 4 V / A"
        severity: Severity = "error" if claim in stated else "warning" if sure else "note"
        yield replace(claim, soft=claim not in stated, because=because, severity=severity)


def _width(record: Record) -> tuple[Reading, Claim] | None:
    width, area = record.one("pore_width", "nm"), record.one("bet_area", "m2/g")
    volume = record.one("total_pore_volume", "cm3/g")
    if not (width and area and volume):
        return None
    return width, Claim(
        rule="pores",
        what=f"{width.label} of {record.name}",
        target=width,
        direct=over(times(number(4), volume), area),
        ask="Is the width 4 V / A, from the printed volume and area?",
    )
