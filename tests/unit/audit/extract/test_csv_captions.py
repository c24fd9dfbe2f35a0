"""Tables as text with a caption above them, as a spreadsheet that was saved so has."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit.extract import extract

ROWS = "Sample{0}Charge (mAh/g){0}Discharge (mAh/g)\nA{0}8{1}3{0}9{1}1\nB{0}7{1}9{0}8{1}8\n"


@pytest.mark.parametrize(("separator", "point"), [(",", "."), (";", ","), (";", "."), ("\t", ",")])
@pytest.mark.parametrize("caption", ["", "Table 3. Capacities, first cycle", '"Table 3. Capacities, first cycle"'])
@pytest.mark.parametrize("padded", [False, True])
def test_caption_above(tmp_path: Path, separator: str, point: str, caption: str, padded: bool) -> None:
    above = f"{caption}{separator * 2 if padded else ''}\n" if caption else ""
    path = tmp_path / "mine.csv"
    path.write_text(above + ROWS.format(separator, point), encoding="utf-8")
    (table,) = extract(path).tables
    assert table.width == 3
    assert table.height == 3
    assert {cell.text for cell in table.cells} >= {f"8{point}3", f"9{point}1", "Sample"}
    if caption:
        assert table.name == "Table 3"
        assert "Capacities" in table.caption


def test_two_tables(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Table 1. A\nx,y\n1,2\n3,4\n\nTable 2. B\nu,v\n5,6\n7,8\n", encoding="utf-8")
    assert [table.name for table in extract(path).tables] == ["Table 1", "Table 2"]
