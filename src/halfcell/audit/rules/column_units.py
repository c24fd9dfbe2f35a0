"""A value stands in the column of its unit, and a per cent does not exceed what it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict, place
from halfcell.audit.table_layout import layout
from halfcell.core.cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts
    from halfcell.core.paper import PrintedTable

FORMULA = (
    "the unit in a cell measures what the unit of its column does; efficiency, retention, porosity, shares ≤ 100 %"
)
LIMITS = (
    "A torque in a column of pressures is what a paper may have reported; it is asked about, not converted. A "
    "retention may exceed 100 % where a cell activates."
)
WITHIN = {"initial_coulombic_efficiency", "porosity", "mass_fraction"}


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for foreign units and impossible per cents."""
    for table in facts.paper.tables:
        yield from _foreign(table)
    for record in facts.records:
        for reading in record.readings:
            over = reading.interval(facts.settings.rounding).low > (1 if reading.has_unit else 100)
            if reading.quantity in WITHIN and over:
                yield Finding(
                    rule="column_units",
                    verdict=Verdict.SEEN,
                    severity="warning",
                    what=f"{reading.label.lower()} of {record.name}",
                    explain=f"{reading.text} is more than the whole",
                    places=(place(reading),),
                    printed=reading.text,
                    ask="Is it a per cent?",
                )


def _foreign(table: PrintedTable) -> Iterator[Finding]:
    """Cells whose own unit is not that of the column; a merged cell once."""
    from halfcell.audit.claims import Place

    plan, seen = layout(table), set()
    for row in plan.rows:
        for head, cell in zip(plan.heads, row, strict=True):
            content = read_cell(cell.text, cell.markup) if cell else None
            if cell is None or content is None or content.unit is None or content.number is None or head.unit is None:
                continue
            if content.unit.fits(head.unit) or (cell.row, cell.column) in seen:
                continue
            seen.add((cell.row, cell.column))
            text = f"{content.number.text} {content.unit.text}"
            yield Finding(
                rule="column_units",
                verdict=Verdict.SEEN,
                severity="warning",
                what=f"{text} in the column {head.label} ({head.unit.text})",
                explain=f"{content.unit.text} does not measure what {head.unit.text} does",
                places=(Place(where=table.name, row=cell.row, column=cell.column),),
                printed=text,
                ask="Was the value reported in this unit?",
            )
