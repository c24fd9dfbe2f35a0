"""Times as cyclers' exports write them: dates, durations, daylight saving, day or month first, minutes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read
from halfcell.readers.common import times

FOLDER = "05-neware-total-time-as-date"
LASTS = 102840.0  # s: 28 h 34 min in every variant


def _codes(run: Measurement) -> dict[str, str]:
    return {note.code: note.level for note in run.notes}


@pytest.mark.parametrize(
    "name", ["a_total_as_date", "b2_days_dot", "b_days_dash", "c_ampm", "d_excel_serial", "g_utf16",
             "h_bom_semicolon_comma", "i_step_time_only"]
)  # fmt: skip
def test_total_time_in_every_form(cases: Path, name: str) -> None:
    time = read(cases / FOLDER / f"{name}.csv")["test_time_second"]
    assert len(time) == 1727
    assert float(np.ptp(time)) == pytest.approx(LASTS, abs=1.0)
    assert (np.diff(time) >= 0).all()


@pytest.mark.parametrize("name", ["j_dayfirst_clock_only", "k_dayfirst_no_capacity"])
def test_day_first_is_told_by_the_series(cases: Path, name: str) -> None:
    run = read(cases / FOLDER / f"{name}.csv")
    assert float(np.ptp(run["test_time_second"])) == LASTS
    assert str(run.meta["started"]).startswith("2024-03-05T22:00")
    assert _codes(run)["date_order"] == "correction"


@pytest.mark.parametrize("name", ["e_dst_forward_no_total", "f_dst_back_no_total"])
def test_time_within_the_step_settles_daylight_saving(cases: Path, name: str) -> None:
    run = read(cases / FOLDER / f"{name}.csv")
    assert float(np.ptp(run["test_time_second"])) == LASTS
    assert _codes(run)["clock_jump"] == "correction"


@pytest.mark.parametrize("name", ["maccor_minutes", "maccor_minutes_nocounter"])
def test_minutes_are_told_by_the_clock(data: Path, name: str) -> None:
    run = read(data / f"more/cycling/{name}.txt")
    clock = run["unix_time_second"]
    assert float(np.ptp(run["test_time_second"])) == pytest.approx(float(np.ptp(clock)), rel=1e-3)
    assert _codes(run)["unit_by_plausibility"] == "correction"


@pytest.mark.parametrize(
    ("texts", "day_first", "days"),
    [
        (["05/03/2024 22:00:00", "06/03/2024 00:00:01", "07/03/2024 01:00:00"], False, ["2024-03-05", "2024-03-07"]),
        (["03/05/2024 22:00:00", "03/06/2024 00:00:01"], True, ["2024-03-05", "2024-03-06"]),
        (["30-03-2024 22:00", "01-04-2024 22:00"], False, ["2024-03-30", "2024-04-01"]),
        (["11.12.20 10:00:00", "12.12.20 10:00:00"], False, ["2020-12-11", "2020-12-12"]),
        (["20.12.11 10:00:00", "20.12.12 10:00:00"], False, ["2020-12-11", "2020-12-12"]),
        (["03/30/2024 10:00:00 PM", "03/31/2024"], False, ["2024-03-30", "2024-03-31"]),
    ],
)
def test_order_of_a_series_of_dates(texts: list[str], day_first: bool, days: list[str]) -> None:
    found = times.dates(pl.Series(texts), day_first)
    assert found is not None
    assert [str(np.datetime64(int(found[place]), "s"))[:10] for place in (0, -1)] == days


def test_open_order_is_told() -> None:
    _, told = times.dates_told(pl.Series(["05/03/2024 22:00:00", "05/03/2024 23:00:00"]))
    assert "could be read day first" in told


def test_months_are_months_where_the_test_time_says_so() -> None:
    """Records on the fifth of each month: day first they would be three days in a row."""
    texts = pl.Series(["03/05/2024 08:00:00", "04/05/2024 08:00:00", "05/05/2024 08:00:00"])
    found, _ = times.dates_told(texts, lasted=61 * 86400.0)
    assert found is not None
    assert float(np.ptp(found)) == 61 * 86400.0


def test_unread_clock_is_told(tmp_path: Path) -> None:
    rows = "".join(f"{i},1,1,CC Chg,0.5,3.{i},00:0{i}:00,Tuesday {i}\n" for i in range(5))
    path = tmp_path / "a.csv"
    heads = "DataPoint,Cycle Index,Step Index,Step Type,Current(mA),Voltage(V),Total Time,Date\n"
    path.write_text(heads + rows)
    run = read(path)
    assert "unix_time_second" not in run
    assert next(note.text for note in run.notes if note.code == "time_unread").startswith("'Tuesday 0' is in no known")
    path.write_text(heads.replace("Total Time,", "Other,") + rows)
    with pytest.raises(InputError, match="'Tuesday 0' is in no known form of a time"):
        read(path)
