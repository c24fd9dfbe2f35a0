"""Spreadsheets of cyclers: the same numbers as the text export; continuing sheets; damage."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read, read_all

UNITS = {
    "Test_Time": "(s)",
    "Step_Time": "(s)",
    "Current": "(A)",
    "Voltage": "(V)",
    "Charge_Capacity": "(Ah)",
    "Discharge_Capacity": "(Ah)",
    "Charge_Energy": "(Wh)",
    "Discharge_Energy": "(Wh)",
    "Internal_Resistance": "(Ohm)",
}
TEXT = "cycling/arbin/arbin_example.csv.gz"


@pytest.fixture
def book(data: Path, tmp_path: Path) -> Path:
    """A real Arbin test as MITS Pro lays out a workbook: a sheet about the test, two of the channel, statistics."""
    from openpyxl import Workbook

    text = gzip.decompress((data / TEXT).read_bytes()).decode()
    heads, *rows = csv.reader(io.StringIO(text))
    made = Workbook()
    made.active.title = "Global_Info"
    made.active.append(["", "TEST REPORT"])
    for number, part in enumerate((rows[:1000], rows[1000:]), start=1):
        sheet = made.create_sheet(f"Channel_1-008_{number}")
        sheet.append([head.replace("DateTime", "Date_Time") + UNITS.get(head, "") for head in heads])
        for row in part:
            clock = datetime(1970, 1, 1) + timedelta(seconds=float(row[2]))  # noqa: DTZ001
            sheet.append([clock if place == 2 else float(value) for place, value in enumerate(row)])
    statistics = made.create_sheet("StatisticsByCycle-Chan_1-008")
    statistics.append(["Date_Time", "Test_Time(s)", "Cycle_Index", "Current(A)", "Voltage(V)"])
    path = tmp_path / "a.xlsx"
    made.save(path)
    return path


def test_same_as_the_text_export(data: Path, book: Path) -> None:
    run, text = read(book), read(data / TEXT)
    assert run.source is not None
    assert run.source.reader == "cycler_xlsx"
    assert set(run.columns) == set(text.columns)
    for name, values in text.columns.items():
        np.testing.assert_allclose(run[name], values, rtol=1e-12)
    assert run.meta["started"] == text.meta["started"]


def test_neware_record_sheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    made = Workbook()
    made.active.title = "record"
    made.active.append(
        ["DataPoint", "Cycle Index", "Step Index", "Step Type", "Time", "Total Time", "Current(mA)", "Voltage(V)"]
    )
    made.active.append([1, 1, 1, "Rest", "00:00:00", "00:00:00", 0.0, 3.0])
    made.active.append([2, 1, 2, "CC DChg", "00:00:10", "00:00:10", -5.0, 2.9])
    made.save(tmp_path / "a.xlsx")
    run = read(tmp_path / "a.xlsx")
    assert run.meta["dialect"] == "neware"
    assert run["current_ampere"].tolist() == [0.0, -5e-3]
    assert run["test_time_second"].tolist() == [0.0, 10.0]


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_truncated_workbook_is_refused(book: Path, tmp_path: Path, part: float) -> None:
    content = book.read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(InputError, match="it starts like a ZIP archive"):
        read_all(path)


def test_damaged_workbook_is_refused(book: Path, tmp_path: Path) -> None:
    content = bytearray(book.read_bytes())
    place = content.index(b"xl/worksheets/sheet2.xml")
    content[place + 500 : place + 900] = bytes(400)
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no reader recognises the file"):
        read_all(path)
