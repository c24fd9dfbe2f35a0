"""Tables read by a column map from the study file: mistakes are told with place and hint."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers.common.column_map import read_columns

TEXT = "made by hand\n\nt / h;E (mV);I/mA;Schritt\n0,0;2900;0;Pause\n0,5;500;-1,5;Entladen\n1,0;400;-1,5;Entladen\n"
MAP = {"t / h": "test_time_second * 3600", "E (mV)": "voltage_volt * 1e-3", "I/mA": "current_ampere / 1000"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A table with a comma between its columns."""
    found = tmp_path / "a.csv"
    found.write_text(TEXT)
    return found


def test_factors_and_decimal_commas(path: Path) -> None:
    (run,) = read_columns(path, "cycling", MAP)
    np.testing.assert_allclose(run["test_time_second"], [0, 1800, 3600])
    np.testing.assert_allclose(run["voltage_volt"], [2.9, 0.5, 0.4])
    np.testing.assert_allclose(run["current_ampere"], [0, -1.5e-3, -1.5e-3])
    assert run.source is not None
    assert run.source.reader == "columns"


def test_words_of_steps(path: Path) -> None:
    (run,) = read_columns(path, "cycling", MAP | {"Schritt": "step_type"})
    assert run.meta["step_types"] == {"1": "Pause", "2": "Entladen"}


def test_columns_by_number(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("f\tre\tim\n1000\t10\t-1\n100\t12\t-3\n")
    names = {"#1": "frequency_hertz", "#2": "real_impedance_ohm", "#3": "imaginary_impedance_ohm"}
    (run,) = read_columns(path, "impedance", names)
    assert run.technique == "impedance"
    assert run["imaginary_impedance_ohm"].tolist() == [-1.0, -3.0]


def test_durations_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("when,U,I\n2024-03-01 10:00:00,3.0,1\n2024-03-01 10:01:30,3.1,1\n")
    names = {"when": "unix_time_second", "U": "voltage_volt", "I": "current_ampere"}
    (run,) = read_columns(path, "cycling", names)
    assert run["test_time_second"].tolist() == [0.0, 90.0]
    assert run.meta["started"] == "2024-03-01T10:00:00"
    assert "clock_only" in {note.code for note in run.notes}


@pytest.mark.parametrize(
    ("wrong", "what", "hint"),
    [
        ({"E (mV)": "voltage_vol"}, "no column 'voltage_vol'", "voltage_volt"),
        ({"E (V)": "voltage_volt"}, r"no column 'E \(V\)'", r"E \(mV\)"),
        ({"E (mV)": "voltage_volt ** 2"}, "is not a column name", "with a factor"),
        ({"#9": "cycle_count"}, "no column #9", "4 columns"),
        ({"E (mV)": "voltage_volt * x1"}, "is not a column name", "with a factor"),
        ({"E (mV)": "voltage_volt * 0"}, "is zero", "unit of the name"),
        ({"Schritt": "voltage_volt"}, "given twice", "leave one out"),
    ],
)
def test_mistakes_in_the_map(path: Path, wrong: dict[str, str], what: str, hint: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_columns(path, "cycling", {h: t for h, t in MAP.items() if "mV" not in h or "E (V)" not in wrong} | wrong)
    assert str(path) in caught.value.where
    import re

    assert re.search(hint, caught.value.hint)


def test_a_word_among_numbers_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace("400;", "vier;"))
    with pytest.raises(InputError, match="'vier' is not a number"):
        read_columns(path, "cycling", MAP)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_columns(tmp_path / "none.csv", "cycling", MAP)
