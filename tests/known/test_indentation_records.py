"""Indentation files that were refused or read with stray records: NanoTest, TI Premier, converted HDF5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.maths import load_work
from halfcell.readers import read, read_all
from halfcell.techniques import indentation
from halfcell.techniques.indentation import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "left_out", "modulus", "hardness"),
    [("nanotest_1000nmXX_1_6958_-4555.txt", 20, 68.0, 11.0), ("nanotest_2000nmXX_1_6959_-4643.txt", 22, 68.0, 11.0)],
)
def test_nanotest_whose_clock_stands_still_during_the_approach(
    data: Path, name: str, left_out: int, modulus: float, hardness: float
) -> None:
    """Over the batch of 39 the modulus is about 68 GPa and the hardness about 11 GPa."""
    run = read(data / "more/indentation" / name)
    assert [note.text.split()[0] for note in run.notes if note.code == "approach_left_out"] == [str(left_out)]
    result = indentation.analyse(run, Settings())
    assert result["modulus"].value == pytest.approx(modulus, rel=0.15)
    assert result["hardness"].value == pytest.approx(hardness, rel=0.15)


def test_ti_premier(data: Path) -> None:
    run = read(data / "more/indentation/experiment_a.hld")
    assert run.source.reader == "hysitron_hld"
    assert len(run) == 2800
    assert run["load_newton"].max() == pytest.approx(3517.44e-6, rel=1e-5)
    assert run.meta["tip_area_nm"][:2] == [24.5, 7749.44]
    indentation.analyse(run, Settings())


def test_stray_records_at_the_end_are_left_out(data: Path) -> None:
    """Tests 2 to 4 end in records of up to 0.96 N at 960 s; the tests themselves reach 50 mN."""
    pytest.importorskip("h5py")
    runs = read_all(data / "more/indentation/Sample1_Vac_RT.hdf5")
    for run in runs[:4]:
        assert run["load_newton"].max() < 0.06
        assert run["test_time_second"].max() < 200.0
        assert "records_out_of_family" in {note.code for note in run.notes}
        result = indentation.analyse(run, Settings())
        assert result.mode == "indent"
        assert result["total_energy"].value == pytest.approx(20.0, rel=0.15)


def test_the_elastic_work_begins_where_the_force_falls(data: Path) -> None:
    """ISO 14577-1, A.5: the elastic work is set free while the test force is removed, so W_e begins at the hold's end.

    The deepest record as the split gives 0.126. It lies in the unloading, and is the deepest by its scatter alone.
    """
    run = read(data / "more/indentation/experiment_a.hld")
    result = indentation.analyse(run, Settings())
    test = result.tests[0]
    split = test.branches.unload
    deepest = int(np.argmax(test.depth))
    elastic = -load_work.work(test.load[deepest:], test.depth[deepest:])
    total = load_work.work(
        test.load[test.branches.contact : deepest + 1], test.depth[test.branches.contact : deepest + 1]
    )
    assert elastic / total == pytest.approx(0.126, abs=0.001)
    assert test.load[deepest] < 0.975 * test.load[split]
    assert test.time[deepest] > test.time[split] + 0.1
    assert result["elastic_ratio"].value == pytest.approx(0.08, abs=0.02)
    assert 0.005 < (result["elastic_ratio"].std or 0.0) < 0.03


def _batch(*loads_mn: float) -> Measurement:
    runs = [
        indentation.simulate(
            indentation.Parameters(peak_load_mn=load, total_energy_nj=0.5 * load), np.random.default_rng(k)
        )
        for k, load in enumerate(loads_mn)
    ]
    return indentation.join(runs)


def test_a_test_at_another_load_is_doubted_and_left_out_of_the_means() -> None:
    result = indentation.analyse(_batch(50.0, 50.0, 50.0, 960.0, 50.0), Settings())
    told = [note for note in result.notes if note.code == "test_out_of_family"]
    assert [note.level for note in told] == ["doubt"]
    assert "test 4 (960 mN)" in told[0].text
    assert result["test_count"].value == 4
    assert result["peak_load"].value == pytest.approx(50.0, rel=1e-3)
    assert len(result.rows) == 5


def test_a_series_of_loads_has_no_family() -> None:
    result = indentation.analyse(_batch(10.0, 20.0, 50.0, 100.0), Settings())
    assert "test_out_of_family" not in {note.code for note in result.notes}
    assert result["test_count"].value == 4


def test_nanosuite_as_text(data: Path, tmp_path: Path) -> None:
    """A sheet of NanoSuite's workbook saved as text gives the sheet's numbers; the surface is the instrument's."""
    xlrd = pytest.importorskip("xlrd")
    book = data / "materials/indentation/FQ.xls"
    sheet = xlrd.open_workbook(str(book)).sheet_by_name("Test 001")
    rows = [
        [f"{cell:.6g}" if isinstance(cell, float) else cell for cell in sheet.row_values(r)] for r in range(sheet.nrows)
    ]
    path = tmp_path / "test1.txt"
    path.write_text("\r\n".join("\t".join(row) for row in rows) + "\r\n")
    made, given = read(path), read_all(book)[0]
    assert made.source.reader == "indentation_columns"
    assert made.meta["zero"] == given.meta["zero"] == "surface"
    assert made["depth_metre"] == pytest.approx(given["depth_metre"], rel=1e-5)
    assert made["load_newton"] == pytest.approx(given["load_newton"], rel=1e-5)
    assert indentation.analyse(made, Settings())["hardness"].value == pytest.approx(9.3, rel=0.05)


def test_a_hold_of_two_records_measures_no_drift(data: Path, tmp_path: Path) -> None:
    """NanoSuite leaves out most of the hold: from 2 to 4 records -0.147(0) nm/s were taken, the instrument has 0.025.

    The plastic energy was then 137.80(4) nJ for 135.1.
    """
    xlrd = pytest.importorskip("xlrd")
    book = data / "materials/indentation/FQ.xls"
    whole = indentation.analyse(read_all(book)[0], Settings())["plastic_energy"]
    sheet = xlrd.open_workbook(str(book)).sheet_by_name("Test 001")
    rows = [
        [f"{cell:.6g}" if isinstance(cell, float) else cell for cell in sheet.row_values(r)] for r in range(sheet.nrows)
    ]
    path = tmp_path / "test1.txt"
    path.write_text("\r\n".join("\t".join(row) for row in rows) + "\r\n")
    result = indentation.analyse(read(path), Settings())
    assert "drift_unknown" in {note.code for note in result.notes if note.level == "doubt"}
    found = result["plastic_energy"]
    assert abs(found.value - whole.value) < found.std
    assert found.std > 0.3
