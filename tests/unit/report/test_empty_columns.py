"""Columns with a dash in every row: not printed in the submission, kept in the review document."""

from __future__ import annotations

from halfcell.core.document import Acceptance, Document, Item
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.table import Column, Entry, Table
from halfcell.report.empty_columns import without_empty_columns
from halfcell.report.submission import submission

_COLUMNS = (
    Column(key="label", label="Sample"),
    Column(key="pressure_mpa", label="Pressure", unit="MPa"),
    Column(key="resistance", label="Resistance", unit="Ω"),
    Column(key="bulk_conductivity", label="σ_{bulk}", unit="S cm^{−1}"),
)
_DASH = Entry(text="-")


def _number(text: str) -> Entry:
    return Entry(text=text, quantity=Quantity(float(text), "ohm"))


def _texts(table: Table) -> list[list[str | None]]:
    return [[entry and entry.text for entry in row] for row in table.rows]


def test_columns_without_a_value_are_left_out() -> None:
    rows = ((Entry(text="A"), _DASH, _number("12"), _DASH), (Entry(text="B"), _DASH, _DASH, _DASH))
    table = without_empty_columns(Table(columns=_COLUMNS, rows=rows))
    assert [column.key for column in table.columns] == ["label", "resistance"]
    assert _texts(table) == [["A", "12"], ["B", "-"]]


def test_a_table_of_dashes_only_stays_as_it_is() -> None:
    table = Table(columns=_COLUMNS, rows=((Entry(text="A"), _DASH, _DASH, _DASH),))
    assert without_empty_columns(table) == table


def test_merged_cells_become_narrower_and_those_over_rows_count_once() -> None:
    merged = (Entry(text="25 °C", columns=4), None, None, None)
    first = (Entry(text="A", rows=2), Entry(text="-", rows=2), _number("12"), _DASH)
    second = (None, None, _number("13"), _DASH)
    right = (Entry(text="B"), Entry(text="not measured", columns=3), None, None)
    table = without_empty_columns(Table(columns=_COLUMNS, rows=(merged, first, second, right)))
    assert _texts(table) == [["25 °C", None], ["A", "12"], [None, "13"], ["B", "not measured"]]
    spans = [(entry.rows, entry.columns) for row in table.rows for entry in row if entry]
    assert spans == [(1, 2), (2, 1), (1, 1), (1, 1), (1, 1), (1, 1)]


def test_a_column_of_the_authors_own_table_stays() -> None:
    own = (Column(key="Sample", label="Sample"), Column(key="Remark", label="Remark"), Column(key="m", label="m"))
    table = Table(columns=own, rows=((Entry(text="A"), _DASH, Entry(text="1")),))
    assert without_empty_columns(table) == table


def test_the_submission_prints_no_empty_column_and_keeps_the_authors_reason() -> None:
    refused = Note("refused", "bulk_refused", "no bulk conductivity: one arc")
    rows = ((Entry(text="A"), _DASH, _number("12"), Entry(text="-", doubt=refused.text)),)
    item = Item(
        id="S1",
        kind="table",
        name="Table S1",
        table=Table(columns=_COLUMNS, rows=rows),
        notes=(("A", refused),),
        accepted=(Acceptance(label="A", note=refused, reason="The grains were not resolved."),),
    )
    (sent,) = submission(Document(title="x", items=(item,))).items
    assert sent.table is not None
    assert [column.key for column in sent.table.columns] == ["label", "resistance"]
    assert sent.table.notes == ("A: The grains were not resolved.",)
