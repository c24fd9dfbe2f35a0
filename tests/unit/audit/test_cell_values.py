"""What one cell says below its head: a number with its cycle, rate or uncertainty; references are none of them."""

from __future__ import annotations

import pytest

from halfcell.audit.cell_values import values
from halfcell.audit.heads import read_head
from halfcell.core.printed_document import PrintedCell

CAPACITY = "Discharge capacity (mAh/g)"
RETENTION = "Capacity retention (%)"


def _read(head: str, text: str) -> list[tuple[str, int | None, str, str]]:
    found = values(read_head(head), PrintedCell(text=text, row=1, column=1))
    return [
        (
            v.content.number.text if v.content.number else "",
            v.cycle,
            v.at,
            v.content.spread.text if v.content.spread else "",
        )
        for v in found
    ]


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (CAPACITY, "1142 (100)", ("1142", 100, "", "")),
        (CAPACITY, "1142 [12]", ("1142", None, "", "")),  # a reference
        (CAPACITY, "1142 ± 12 (n=3)", ("1142", None, "", "12")),  # three cells, not three cycles
        (CAPACITY, "1142(12)", ("1142", None, "", "12")),
        (CAPACITY, "1142 (100 cycles, 0.5C)", ("1142", 100, "", "")),
        (CAPACITY, "1142/100/0.5C", ("1142", 100, "0.5C", "")),
        (CAPACITY, "1142, 100th", ("1142", 100, "", "")),
        (RETENTION, "84.5%/200", ("84.5", 200, "", "")),
        (RETENTION, "84.5(4)", ("84.5", None, "", "0.4")),
        (RETENTION, "84.5 (1C, 200)", ("84.5", 200, "", "")),
        ("σ (S/cm)", "3.69(6) x 10 -10", ("3.69e-10", None, "", "0.06e-10")),
    ],
)
def test_one_number(head: str, text: str, expected: tuple[str, int | None, str, str]) -> None:
    assert _read(head, text) == [expected]


def test_two_numbers() -> None:
    assert [v[:2] for v in _read("Discharge capacity (mAh/g), 1st/200th cycle", "203.4/171.8")] == [
        ("203.4", 1),
        ("171.8", 200),
    ]
    assert [v[0] for v in _read("Capacity after 200 cycles (mAh/g) (retention)", "171.8 (84.5%)")] == ["171.8", "84.5"]
