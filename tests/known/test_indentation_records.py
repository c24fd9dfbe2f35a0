"""Indentation files that were refused or read with stray records: NanoTest, TI Premier, converted HDF5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
