"""Tables whose quantities stand below each other in one column, with a column per condition or subject."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.tables.grid import Grid, filled, is_title, text_of
from halfcell.audit.tables.head_cells import head_of, unit_column, with_unit
from halfcell.audit.tables.lines import Layout, Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.heads import Head
    from halfcell.audit.heads.vocabulary import Vocabulary
    from halfcell.core.printed_document import PrintedCell

_COMPARES = re.compile(
    r"\b(deviations?|differences?|errors?|uncertaint(y|ies)|std|s\.?d\.?|rsd|change|limits?|tolerance)\b|^[Δ±]",
    re.IGNORECASE,
)
_MEANS = re.compile(r"^\s*(?:means?|averages?|avg\.?)\b", re.IGNORECASE)  # Mean ± s.d. holds values
MOST_LABELS = 3  # columns before the numbers in which stacked quantities are looked for


def _is_quantity(head: Head) -> bool:
    return bool(head.quantity) and not head.names and head.quantity != "at_condition"


def compares(text: str) -> bool:
    """Whether a column beside the values holds their errors or differences, not values."""
    return bool(_COMPARES.search(text)) and not _MEANS.match(text)


def subject_of(text: str) -> str:
    """The name of a column; "Value" is not a name."""
    head = head_of(text)
    return "" if head.names and head.quantity in {"value", "quantity"} else text


def stacked(rows: Grid, heads: Sequence[Head], known: Vocabulary) -> Layout | None:
    """A table whose quantities stand below each other in one column, with a column per condition."""
    rows = [row for row in filled(rows) if not is_title(row)]
    units = unit_column(heads, rows)
    for column in range(1, min(MOST_LABELS, len(heads) - 1) + 1):
        labels = [_label(row, column, units, known) for row in rows]
        understood = sum(_is_quantity(label) for label in labels)
        later = sum(_is_quantity(head) for head in heads[column + 1 :])
        if understood < 2 or 3 * understood < 2 * len(rows) or later >= understood or column + 1 >= len(heads):
            continue
        places = [p for p in range(column + 1, len(heads)) if p != units and not compares(heads[p].text)]
        groups: dict[tuple[str, ...], list[int]] = {}
        for index, row in enumerate(rows):
            groups.setdefault(tuple(text_of(cell) for cell in row[:column]), []).append(index)
        whole = _qualified(groups, labels, known)
        return _by_column(rows, whole, heads, places) if whole else _by_group(rows, groups, labels, heads, places)
    return None


def _label(row: Sequence[PrintedCell | None], column: int, units: int | None, known: Vocabulary) -> Head:
    """The quantity that a row names, with the unit in the column of units."""
    cell = row[column]
    head = head_of(text_of(cell), cell.markup if cell else "", known)
    return head if units is None or units <= column else with_unit(head, text_of(row[units]), known)


def _by_group(
    rows: Grid,
    groups: Mapping[tuple[str, ...], Sequence[int]],
    labels: Sequence[Head],
    heads: Sequence[Head],
    places: Sequence[int],
) -> Layout:
    """One line per group and condition."""
    lines = []
    for names, members in groups.items():
        for place in places:
            condition = heads[place]
            own = tuple(_under(labels[index], condition) for index in members)
            subject = ", ".join(part for part in (*names, subject_of(condition.label)) if part)
            lines.append(Line(heads=own, cells=tuple(rows[index][place] for index in members), subject=subject))
    return Layout(shape="stacked", heads=tuple(dict.fromkeys(labels)), lines=tuple(lines))


def _qualified(
    groups: Mapping[tuple[str, ...], Sequence[int]], labels: Sequence[Head], known: Vocabulary
) -> dict[int, Head]:
    """The labels with the names of their groups, if these are qualifiers (1st cycle, Anode) and no names of samples."""
    found = {}
    for names, members in groups.items():
        for index in members:
            unit = labels[index].unit
            head = with_unit(
                head_of(" ".join((*names, labels[index].text)), "", known), unit.text if unit else "", known
            )
            if not _is_quantity(head) or head.object != labels[index].object:
                return {}
            found[index] = head
    return found if len(groups) > 1 else {}


def _by_column(rows: Grid, labels: Mapping[int, Head], heads: Sequence[Head], places: Sequence[int]) -> Layout:
    """A table whose first columns together hold the heads: one line per column."""
    order = sorted(labels)
    own = tuple(labels[index] for index in order)
    lines = tuple(
        Line(heads=own, cells=tuple(rows[index][place] for index in order), subject=subject_of(heads[place].text))
        for place in places
    )
    return Layout(shape="transposed", heads=own, lines=lines)


def _under(label: Head, condition: Head) -> Head:
    """A quantity at the condition of its column; the first cycle makes it an initial one."""
    made = replace(
        label, at=label.at or condition.at, cycle=label.cycle if label.cycle is not None else condition.cycle
    )
    first = {"discharge_capacity": "initial_discharge_capacity", "charge_capacity": "initial_charge_capacity"}
    first["coulombic_efficiency"] = "initial_coulombic_efficiency"
    return replace(made, quantity=first.get(made.quantity, made.quantity)) if made.cycle == 1 else made
