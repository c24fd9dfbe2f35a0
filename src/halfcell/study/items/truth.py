"""Compare results with the true values that were put into simulated raw files; the deviation is given in sigmas."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.calibration import Calibration, Deviation
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


_NOT_OF_THE_MEAN = frozenset({"spread over samples", "spread over cells"})


class SubjectResult(NamedTuple):
    """A result with the name of its subject and the label that is printed for the subject."""

    subject: str
    label: str
    result: Result


class _Compared(NamedTuple):
    """A true value and what was found; `z` is the deviation in standard uncertainties, None where there is none."""

    subject: str
    technique: str
    name: str
    unit: str
    true_value: float
    found: Quantity
    origin: str
    z: float | None
    is_exact: bool
    reason: str


def truth_table(sheet: Sheet | None, results: Sequence[SubjectResult], *, simulated: bool) -> Table | None:
    """Compare each row of the truth file with the result of its subject, technique and quantity.

    Rows of techniques or subjects that no item shows are left out, and counted in a note.
    """
    if sheet is None:
        return None
    compared = [_compared(row, sheet, results) for row in sheet.rows]
    rows = tuple(_entries(one) for one in compared if one)
    left_out = len(compared) - len(rows)
    remark = "The raw files were simulated: this shows the analysis, not the chemistry."
    notes = (remark, f"{left_out} values that no item shows are left out.") if left_out else (remark,)
    caption = "What was put into the simulated raw files, and what the analysis found"
    return Table(columns=_COLUMNS, rows=rows, caption=caption, notes=notes, simulated=simulated)


def calibration(sheet: Sheet | None, results: Sequence[SubjectResult]) -> Calibration | None:
    """How far results lie from the values of the truth file, in their uncertainties; None without such a file.

    Spreads over samples and over cells are left out: they say how far single ones differ, not how well the mean is
    known.
    """
    if sheet is None:
        return None
    found = (_compared(row, sheet, results) for row in sheet.rows)
    compared = [one for one in found if one and one.z is not None and one.found.kind not in _NOT_OF_THE_MEAN]
    deviations = (
        Deviation(f"{one.subject}, {_label(one)}", one.z, one.reason)
        for one in compared
        if one.z is not None and not one.is_exact
    )
    return Calibration(deviations=tuple(deviations), exact=sum(one.is_exact for one in compared))


def _compared(row: Row, sheet: Sheet, results: Sequence[SubjectResult]) -> _Compared | None:
    """One row of the comparison; None if there is no such result, or if the true value is not a number.

    Where a subject has several results of a technique, a column ``file`` (a path or pattern) says which is meant.
    """
    cells = row.cells
    subject, technique, name = (cells.get(key, "") for key in ("subject", "technique", "quantity"))
    technique = technique_name(technique)
    matching = [
        one.result
        for one in results
        if one.result.technique == technique
        and subject in {one.subject, one.label, one.result.label}
        and name in one.result.quantities
        and _is_from(one.result, cells.get("file", ""))
    ]
    true_value = _number(cells.get("value", ""), comma=sheet.comma)
    if not matching or true_value is None:
        return None
    found, result = matching[0].quantities[name], matching[0]
    has_std = bool(found.std) and math.isfinite(found.std or 0.0)
    is_exact = math.isclose(found.value, true_value, rel_tol=1e-7)  # the difference is in the digits of the file
    return _Compared(
        subject=subject,
        technique=technique,
        name=name,
        unit=cells.get("unit", found.unit),
        true_value=true_value,
        found=found,
        origin=f"{result.id}:{name}",
        z=(found.value - true_value) / found.std if found.std and has_std else None,
        is_exact=is_exact,
        reason=cells.get("reason", ""),
    )


def _label(one: _Compared) -> str:
    """What a quantity is called, with its name where several are called so: ``L_{V} (CoSi2.column_length)``."""
    label = str(quantity_word(one.technique, one.name).get("label", one.name))
    return label if re.fullmatch(r"[a-z0-9_]+", one.name) else f"{label} ({one.name})"


def _is_from(result: Result, pattern: str) -> bool:
    """Whether one of the files of a result matches a path or pattern; an empty one matches all."""
    return not pattern or any(fnmatchcase(source.path, pattern) for source in result.sources)


def _entries(one: _Compared) -> tuple[Entry, ...]:
    """A row of the table."""
    found, true_value = one.found, one.true_value
    return (
        Entry(text=one.subject),
        Entry(text=one.technique),
        Entry(text=_label(one)),
        Entry(text=one.unit),
        Entry(text=true_value_text(true_value)),
        Entry(text=found.number, quantity=found, origin=one.origin),
        Entry(text=f"{100 * (found.value / true_value - 1):+.2f}" if true_value else "-"),
        Entry(text="-" if one.z is None else "+0.0" if one.is_exact else f"{one.z:+.1f}", doubt=one.reason),
    )


def true_value_text(value: float) -> str:
    """A true value with six digits, with a power of ten only if it is very small or very large."""
    return f"{value:.6g}" if 1e-3 <= abs(value) < 1e6 or not value else Quantity(value).number


def _number(text: str, *, comma: bool) -> float | None:
    """A number from a table, with a decimal comma if the table uses it; None if the text is not a number."""
    try:
        return float(text.replace(",", ".") if comma else text)
    except ValueError:
        return None
