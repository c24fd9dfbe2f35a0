"""Tables of plain text: columns set by blanks, by bars, between rules of dashes; running text is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.printed_document import PrintedTable

RULED = """Table 1. Cycling data of the anodes

----------------------------------------------------
Electrode   First discharge (mAh/g)   ICE (%)
----------------------------------------------------
Fe3O4       1284                      71.5
Fe3O4@C     1176                      79.2
Fe3O4 @ NC  1243                      81.4
----------------------------------------------------
"""
BLANKS = """Table 2. Pellets

Pellet  Mass (mg)  Thickness (mm)
A        148.2       0.912
B        151.7       0.934
C        149.9       0.921

The pellets were pressed at 380 MPa.
"""
SPANNED = """Table 3. Capacities

Sample      First cycle (mAh/g)    ICE (%)
         Discharge     Charge
-------------------------------------------
A          3124.5      2671.4      85.5
B          2218.7      1956.9      88.2
"""
GRID = """Table 4. Loadings

+--------+-----------+---------+
| Disc   | Mass (mg) | n       |
+========+===========+=========+
| A      | 12.41     | 3       |
+--------+-----------+---------+
| B      | 13.78     | 4       |
+--------+-----------+---------+
"""
WRAPPED = """Table 5. Wrapped rows

---------------------------------
Sample           Capacity
                 (mAh/g)
---------------- ----------------
Silicon, milled  1402.1
for two hours

Silicon, bare    1611.0
---------------------------------
"""
PROSE = """We found  that the capacity was 1402 mAh/g
after  100 cycles, and 1611 mAh/g for the
other  sample, which is 14 % more than before.
"""


def _tables(text: str, folder: Path) -> tuple[PrintedTable, ...]:
    path = folder / "made.txt"
    path.write_text(text, encoding="utf-8")
    return extract(path).tables


def test_between_rules(tmp_path: Path) -> None:
    (table,) = _tables(RULED, tmp_path)
    assert table.name == "Table 1"
    assert table.texts()[0] == ["Electrode", "First discharge (mAh/g)", "ICE (%)"]
    assert table.texts()[3] == ["Fe3O4 @ NC", "1243", "81.4"]


def test_by_blanks_alone(tmp_path: Path) -> None:
    (table,) = _tables(BLANKS, tmp_path)
    assert table.texts() == [
        ["Pellet", "Mass (mg)", "Thickness (mm)"],
        ["A", "148.2", "0.912"],
        ["B", "151.7", "0.934"],
        ["C", "149.9", "0.921"],
    ]


def test_a_head_over_two_columns(tmp_path: Path) -> None:
    (table,) = _tables(SPANNED, tmp_path)
    spanning = next(cell for cell in table.cells if cell.text == "First cycle (mAh/g)")
    assert (spanning.column, spanning.columns) == (1, 2)
    assert table.texts()[2] == ["A", "3124.5", "2671.4", "85.5"]


def test_grid_and_wrapped_rows(tmp_path: Path) -> None:
    (grid,) = _tables(GRID, tmp_path)
    assert grid.texts() == [["Disc", "Mass (mg)", "n"], ["A", "12.41", "3"], ["B", "13.78", "4"]]
    (wrapped,) = _tables(WRAPPED, tmp_path)
    assert wrapped.texts()[-2:] == [["Silicon, milled for two hours", "1402.1"], ["Silicon, bare", "1611.0"]]


def test_running_text_is_no_table(tmp_path: Path) -> None:
    assert _tables(PROSE, tmp_path) == ()


def test_lines_of_a_paragraph_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    path.write_text(
        "The electrodes delivered an initial discharge capacity of\n352.6 mAh/g, a charge capacity of 291.4 mAh/g.\n"
        "They were dried.\n",
        encoding="utf-8",
    )
    assert extract(path).paragraphs[0].endswith("of 352.6 mAh/g, a charge capacity of 291.4 mAh/g.")


def test_notes_below_the_last_rule_are_no_rows(tmp_path: Path) -> None:
    (table,) = _tables(RULED + "^a Relative to the first cycle.\n", tmp_path)
    assert table.height == 4
