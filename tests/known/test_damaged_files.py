"""Damaged files that were read with a wrong number and no word: now left out, doubted or refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read


def _doubts(measurement) -> set[str]:
    return {note.code for note in measurement.notes if note.level == "doubt"}


@pytest.mark.parametrize(("name", "line"), [("c_short.bdf.csv", 21), ("c_short2.bdf.csv", 21), ("c_pec.csv", 73)])
def test_a_row_that_lost_a_field_is_left_out(cases: Path, name: str, line: int) -> None:
    run = read(cases / "damaged" / name)
    (note,) = (note for note in run.notes if note.code == "broken_rows")
    assert note.level == "doubt"
    assert note.text.startswith(f"line {line} has ")
    assert run["voltage_volt"].min() >= 3.0
    assert run["voltage_volt"].max() < 3.5


def test_the_whole_file_has_no_doubt(cases: Path) -> None:
    run = read(cases / "damaged" / "c_full.bdf.csv")
    assert len(run) == 40
    assert run.notes == ()


@pytest.mark.parametrize(
    ("name", "column", "last", "doubt"),
    [
        ("a_eis.csv", "imaginary_impedance_ohm", 8.031686651315248e-03, "rows_dropped"),
        ("a_raman.txt", "intensity_count", 1030.63, "rows_dropped"),
        ("a_sorp.csv", "loading_cm3_stp_per_gram", None, "last_row_unended"),  # loadings have 0 to 6 decimals
    ],
)
def test_a_last_number_that_is_cut_is_left_out_or_doubted(cases: Path, name, column, last, doubt) -> None:
    made = read(cases / "damaged" / name)
    assert _doubts(made) == {doubt}
    if last is not None:
        assert made[column][-1] == last


def test_line_ends_of_a_transfer_in_text_mode(cases: Path) -> None:
    run = read(cases / "damaged" / "f_crcrlf.csv")
    assert len(run) == 59
    assert np.isfinite(run["voltage_volt"]).all()


def test_what_ended_in_a_traceback(cases: Path) -> None:
    with pytest.raises(InputError, match="no column 'energy'"):
        read(cases / "damaged" / "e.xdi")
    assert len(read(cases / "damaged" / "e.dfr")) == 29


def test_a_cut_workbook_prints_nothing(data: Path, tmp_path: Path) -> None:
    """The library that reads .xls writes its warnings to standard output, which belongs to ``--json``."""
    content = (data / "materials" / "sorption" / "Sample_J.xls").read_bytes()
    path = tmp_path / "Sample_J.xls"
    path.write_bytes(content[:50000])
    script = f"from halfcell.cli import main; main(['analyse', '--json', {str(path)!r}])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert "damaged or truncated" in done.stderr
