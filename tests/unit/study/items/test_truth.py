"""Truth table: what was put in is printed as people write it, each value beside the result that it is meant for."""

from __future__ import annotations

import pytest

from halfcell.core.quantity import Quantity
from halfcell.core.result import Result
from halfcell.core.source import Source
from halfcell.study.files.sheets import read_sheet
from halfcell.study.items.truth import SubjectResult, calibration, true_value_text, truth_table

ROWS = """subject,technique,quantity,value,unit,file,reason
Si,microscopy,pixel_size,0.02,nm,*_HRTEM.dm3,
Si,microscopy,pixel_size,1.5,nm,raw/sem/Si.tif,a worn scale bar
Si,microscopy,field_width,1.0,um,,
Ge,microscopy,pixel_size,1.0,nm,,
"""


@pytest.mark.parametrize(
    ("value", "text"),
    [(29200.0, "29200"), (520.3, "520.3"), (0.0, "0"), (0.9 / 0.776058, "1.15971"), (1e-7, "1e-07"), (-0.35, "-0.35")],
)
def test_true_value_text(value: float, text: str) -> None:
    assert true_value_text(value) == text


def _picture(path: str, pixel: float, std: float) -> SubjectResult:
    quantities = {"pixel_size": Quantity(pixel, "nm", std), "field_width": Quantity(1.0, "um", 1e-12)}
    sources = (Source(path, "0" * 64, "tiff"),)
    result = Result(technique="microscopy", quantities=quantities, sources=sources, id=path, label="Si")
    return SubjectResult("Si", "Si", result)


def test_a_file_says_which_result_a_value_is_meant_for(tmp_path) -> None:
    (tmp_path / "truth.csv").write_text(ROWS)
    sheet = read_sheet(tmp_path / "truth.csv")
    results = (_picture("raw/sem/Si.tif", 1.2, 0.05), _picture("raw/tem/Si_HRTEM.dm3", 0.0201, 0.0001))
    table = truth_table(sheet, results, simulated=True)
    assert table is not None
    found = [(row[4].text, row[5].quantity.value, row[7].text) for row in table.rows]
    assert found == [("0.02", 0.0201, "+1.0"), ("1.5", 1.2, "-6.0"), ("1", 1.0, "+0.0")]
    assert table.notes[-1] == "1 values that no item shows are left out."
    made = calibration(sheet, results)
    assert made is not None
    assert [round(one.z, 9) for one in made.deviations] == [1.0, -6.0]
    assert made.exact == 1
    assert [one.reason for one in made.far] == ["a worn scale bar"]
