"""Subjects without a row in the table are named below it."""

from __future__ import annotations

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.table import Column, Entry, Table
from halfcell.study.items.without_row import results_without_row, with_reasons_below

COLUMNS = (Column(key="name", label="Sample"), Column(key="size", label="Size", unit="nm"))


def _result(label: str, *notes: Note) -> Result:
    return Result(technique="x", label=label, id=f"id-{label}", notes=notes)


def _table(*rows: tuple[str, str]) -> Table:
    entries = tuple((Entry(text=text), Entry(text="1", quantity=Quantity(1.0, "nm"), origin=of)) for text, of in rows)
    return Table(columns=COLUMNS, rows=entries, notes=("K = 0.9.",))


def test_subjects_without_a_row_are_named_with_the_reason() -> None:
    refused = Note("refused", "no_phase", "no phase is known")
    results = [_result("Si"), _result("Si/Sn-10", refused), _result("A", refused), _result("B", Note("info", "x", "y"))]
    absent = results_without_row(_table(("Si", "id-Si:size")), results)
    assert [(who, note.level, note.code) for who, note in absent] == [
        (who, "doubt", "no_row") for who in ("Si/Sn-10", "A", "B")
    ]
    assert with_reasons_below(_table(), absent).notes == (
        "K = 0.9.",
        "Si/Sn-10, A: not in this table: no phase is known",
        "B: not in this table: its analysis gives nothing that this table shows",
    )


def test_rows_of_other_heads_and_means_are_no_absence() -> None:
    results = [_result("Si (A1)"), _result("Si (A2)"), _result("Sn"), _result("Ge")]
    table = _table(("Si", ""), ("tin", "id-Sn:size"), ("both", "id-Ge+id-Sn:size"))
    assert results_without_row(table, results) == ()
    by_column = Table(columns=(*COLUMNS, Column(key="c", label="Sn")), rows=_table(("Ge", "")).rows)
    assert results_without_row(by_column, [_result("Sn"), _result("Ge")]) == ()


def test_one_result_alone_needs_no_name() -> None:
    assert results_without_row(_table(("C 1s", "")), [_result("Si")]) == ()
    assert [who for who, _ in results_without_row(_table(), [_result("Si")])] == ["Si"]
