"""A sample whose name is a formula stays a name in everything that a spreadsheet opens."""

from __future__ import annotations

import csv
import io

import openpyxl

from halfcell.report import write
from study_runs import study_of

NAME = "=1+1"


def test_a_name_is_no_formula_in_tables_figures_numbers_and_the_workbook(small) -> None:
    small.edit("samples.csv", "Si/Sn-10,90", f"{NAME},90")
    small.edit("cells.csv", "Si/Sn-10", NAME)
    small.edit("study.toml", "Si/Sn-10", NAME)
    study = study_of(small)
    study.run(workers=1)
    for path in [small.root / "out/tables/S1.csv", small.root / "out/numbers.csv"]:
        cells = [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
        assert any(NAME in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith("=")]
    (path,) = write(study.document(), small.root, ("xlsx",))
    book = openpyxl.load_workbook(path)
    found = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


def test_a_table_that_is_saved_holds_no_formula(small) -> None:
    small.edit("samples.csv", "Si/Sn-10,90", f"{NAME},90")
    small.edit("cells.csv", "Si/Sn-10", NAME)
    small.edit("study.toml", "Si/Sn-10", NAME)
    study = study_of(small)
    study.run(workers=1)
    study.table("S1").save(small.root / "t.xlsx")
    cells = [cell for row in openpyxl.load_workbook(small.root / "t.xlsx").active for cell in row]
    found = [cell for cell in cells if str(cell.value).startswith("=")]
    assert found
    assert {cell.data_type for cell in found} == {"s"}
