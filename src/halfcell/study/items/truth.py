"""Truth: recovered values beside those that were put into simulated raw files, with the deviation in sigmas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.core.vocabulary import quantity_word, technique_name

if TYPE_CHECKING:
    from halfcell.study.files.sheets import Row, Sheet
    from halfcell.study.items.provenance import Traced

_COLUMNS = (
    Column(key="subject", label="Subject"),
    Column(key="technique", label="Technique"),
    Column(key="quantity", label="Quantity"),
    Column(key="unit", label="Unit"),
    Column(key="truth", label="Put in"),
    Column(key="recovered", label="Recovered"),
    Column(key="deviation", label="Deviation", unit="%"),
    Column(key="sigmas", label="In its own uncertainties"),
)


def truth_table(sheet: Sheet | None, traced: Sequence[tuple[str, str, Traced]], *, simulated: bool) -> Table | None:
    """Compare each row of the truth file with the result of its subject, technique and quantity.

    `traced` holds the subject's name, its printed name and the result. Rows of techniques or subjects that no item
    shows are left out, and counted in a note.
    """
    if sheet is None:
        return None
    rows, left = [], 0
    for row in sheet.rows:
        made = _row(row, sheet, traced)
        rows.extend([made] if made else [])
        left += made is None
    said = "The raw files were simulated: this shows the analysis, not the chemistry."
    notes = (said, f"{left} values that no item shows are left out.") if left else (said,)
    caption = "What was put into the simulated raw files, and what the analysis found"
    return Table(columns=_COLUMNS, rows=tuple(rows), caption=caption, notes=notes, simulated=simulated)


def _row(row: Row, sheet: Sheet, traced: Sequence[tuple[str, str, Traced]]) -> tuple[Entry, ...] | None:
    """One comparison; None where there is no such result or the truth is no number."""
    cells = row.cells
    subject, technique, name = (cells.get(key, "") for key in ("subject", "technique", "quantity"))
    technique = technique_name(technique)
    results = [
        one.result
        for own, label, one in traced
        if one.result.technique == technique
        and subject in {own, label, one.result.label}
        and name in one.result.quantities
    ]
    true = _number(cells.get("value", ""), comma=sheet.comma)
    if not results or true is None:
        return None
    found, result = results[0].quantities[name], results[0]
    return (
        Entry(text=subject),
        Entry(text=technique),
        Entry(text=quantity_word(technique, name).get("label", name)),
        Entry(text=cells.get("unit", found.unit)),
        Entry(text=_put_in(true)),
        Entry(text=found.number, quantity=found, origin=f"{result.id}:{name}"),
        Entry(text=f"{100 * (found.value / true - 1):+.2f}" if true else "-"),
        Entry(text=_sigmas(found, true)),
    )


def _put_in(true: float) -> str:
    """The true value to six digits, without a power of ten where people write none."""
    return f"{true:.6g}" if 1e-3 <= abs(true) < 1e6 or not true else Quantity(true).number


def _sigmas(found: Quantity, true: float) -> str:
    if not found.std or not math.isfinite(found.std):
        return "-"
    if math.isclose(found.value, true, rel_tol=1e-7):  # nothing but the digits of the file
        return "+0.0"
    return f"{(found.value - true) / found.std:+.1f}"


def _number(text: str, *, comma: bool) -> float | None:
    try:
        return float(text.replace(",", ".") if comma else text)
    except ValueError:
        return None
