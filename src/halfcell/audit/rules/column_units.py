"""The values of a column have its dimension, and a percentage of a whole does not exceed 100 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.document_place import Place
from halfcell.audit.readings import fits
from halfcell.audit.tables.layout import layout
from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.heads import Head
    from halfcell.audit.heads.vocabulary import Vocabulary
    from halfcell.audit.readings import Facts
    from halfcell.core.printed_document import PrintedTable
    from halfcell.core.units import Unit

FORMULA = (
    "a unit in a cell has the dimension of the unit in the column header; initial Coulombic efficiency, porosity and "
    "mass fraction ≤ 100 %"
)
LIMITS = (
    "A torque in a column of pressures may be what a paper reported: it raises a question and is not converted. "
    "Capacity retention may exceed 100 % if a cell activates."
)
CURRENTS = {"current_density", "c_rate"}
AT_MOST_ONE = {"initial_coulombic_efficiency", "porosity", "mass_fraction"}


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for units of another dimension and for impossible percentages."""
    for table in facts.paper.tables:
        yield from _foreign(table, facts.vocabulary)
    for record in facts.records:
        for reading in record.readings:
            above = reading.interval(facts.settings.rounding).low > (1 if reading.has_unit else 100)
            if reading.quantity in AT_MOST_ONE and above:
                yield Finding(
                    rule="column_units",
                    verdict=Verdict.SEEN,
                    severity="warning",
                    what=f"{reading.label.lower()} of {record.name}",
                    explain=f"{reading.text} is above 100 %",
                    places=(reading.place,),
                    printed=reading.text,
                    ask="Is the number in per cent?",
                )


def _is_rate(unit: Unit, head: Head) -> bool:
    """Whether a C-rate stands in a column of currents, or a current in one of C-rates: both say the same of a cell."""
    return head.base in CURRENTS and any(fits(unit, name) for name in ("C", "mA/g", "mA/cm2", "mA"))


def _foreign(table: PrintedTable, known: Vocabulary) -> Iterator[Finding]:
    """Cells with a unit of another dimension than their column; a merged cell once."""
    plan, seen = layout(table, known), set()
    for line in plan.lines:
        for header, cell in zip(line.heads, line.cells, strict=True):
            content = read_cell(cell.text, cell.markup) if cell else None
            if cell is None or content is None or content.unit is None or content.number is None or header.unit is None:
                continue
            place = Place(where=table.name, row=cell.row, column=cell.column)
            if content.unit.fits(header.unit) or place in seen or _is_rate(content.unit, header):
                continue
            seen.add(place)
            text = f"{content.number.text} {content.unit.text}"
            yield Finding(
                rule="column_units",
                verdict=Verdict.SEEN,
                severity="warning",
                what=f"{text} in the column {header.label} ({header.unit.text})",
                explain=f"{content.unit.text} and {header.unit.text} do not measure the same quantity",
                places=(place,),
                printed=text,
                ask="Was the value reported in this unit?",
            )
