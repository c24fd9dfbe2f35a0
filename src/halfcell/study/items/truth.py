"""Compare results with the true values that were put into simulated raw files; the deviation is given in sigmas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.core.vocabulary import quantity_word, technique_name

if TYPE_CHECKING:
    from halfcell.core.result import Result
    from halfcell.study.files.sheets import Row, Sheet

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


class SubjectResult(NamedTuple):
    """A result with the name of its subject and the label that is printed for the subject."""

    subject: str
    label: str
    result: Result


def truth_table(sheet: Sheet | None, results: Sequence[SubjectResult], *, simulated: bool) -> Table | None:
    """Compare each row of the truth file with the result of its subject, technique and quantity.

    Rows of techniques or subjects that no item shows are left out, and counted in a note.
    """
    if sheet is None:
        return None
    compared = [_compare(row, sheet, results) for row in sheet.rows]
    rows = tuple(row for row in compared if row)
    left_out = len(compared) - len(rows)
    remark = "The raw files were simulated: this shows the analysis, not the chemistry."
    notes = (remark, f"{left_out} values that no item shows are left out.") if left_out else (remark,)
    caption = "What was put into the simulated raw files, and what the analysis found"
    return Table(columns=_COLUMNS, rows=rows, caption=caption, notes=notes, simulated=simulated)


def _compare(row: Row, sheet: Sheet, results: Sequence[SubjectResult]) -> tuple[Entry, ...] | None:
    """One row of the comparison; None if there is no such result, or if the true value is not a number."""
    cells = row.cells
    subject, technique, name = (cells.get(key, "") for key in ("subject", "technique", "quantity"))
    technique = technique_name(technique)
    matching = [
        one.result
        for one in results
        if one.result.technique == technique
        and subject in {one.subject, one.label, one.result.label}
        and name in one.result.quantities
    ]
    true_value = _number(cells.get("value", ""), comma=sheet.comma)
    if not matching or true_value is None:
        return None
    found, result = matching[0].quantities[name], matching[0]
    return (
        Entry(text=subject),
        Entry(text=technique),
        Entry(text=quantity_word(technique, name).get("label", name)),
        Entry(text=cells.get("unit", found.unit)),
        Entry(text=true_value_text(true_value)),
        Entry(text=found.number, quantity=found, origin=f"{result.id}:{name}"),
        Entry(text=f"{100 * (found.value / true_value - 1):+.2f}" if true_value else "-"),
        Entry(text=_sigmas(found, true_value)),
    )


def true_value_text(value: float) -> str:
    """A true value with six digits, with a power of ten only if it is very small or very large."""
    return f"{value:.6g}" if 1e-3 <= abs(value) < 1e6 or not value else Quantity(value).number


def _sigmas(found: Quantity, true_value: float) -> str:
    """The deviation from the true value, in standard uncertainties."""
    if not found.std or not math.isfinite(found.std):
        return "-"
    if math.isclose(found.value, true_value, rel_tol=1e-7):  # the difference is in the digits of the file
        return "+0.0"
    return f"{(found.value - true_value) / found.std:+.1f}"


def _number(text: str, *, comma: bool) -> float | None:
    """A number from a table, with a decimal comma if the table uses it; None if the text is not a number."""
    try:
        return float(text.replace(",", ".") if comma else text)
    except ValueError:
        return None
