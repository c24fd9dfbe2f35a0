"""Text dialects of cyclers: what the texts leave open is settled and told; cut and damaged files."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.vocabulary import vocabulary
from halfcell.readers import read
from halfcell.readers.common.cycler_dialect import dialects

# file, its separator and line of heads, head -> our name and factor: read naively by the csv module
NAIVE = {
    "maccor/PreDiag_000229_truncated.034.gz": (
        "\t", 2, {"Volts": ("voltage_volt", 1), "Amps": ("current_ampere", 1), "Test (Sec)": ("test_time_second", 1)}
    ),
    "landt/SINTEF_LiGrR2032_Landt.csv.gz": (
        ",", 7, {"voltage_V": ("voltage_volt", 1), "channel_index": ("record_index", 1)}
    ),
    "pec/pec.csv.gz": (
        ",", 33,
        {
            "Voltage (mV)": ("voltage_volt", 1e-3),
            "Current (mA)": ("current_ampere", 1e-3),
            "Charge Capacity (mAh)": ("cycle_charging_capacity_ah", 1e-3),
            "Charge Capacity (mWh)": ("cycle_charging_energy_wh", 1e-3),
            "Total Time (Seconds)": ("test_time_second", 1),
        },
    ),
    "novonix/sample_data_novonix.csv": (
        ",", 21, {"Potential (V)": ("voltage_volt", 1), "Run Time (h)": ("test_time_second", 3600)}
    ),
    "basytec/sample_data_basytec.txt": (
        "\t", 13, {"U[V]": ("voltage_volt", 1), "I[A]": ("current_ampere", 1), "Ah[Ah]": ("net_capacity_ah", 1)}
    ),
    "neware/neware_uio.csv.gz": (
        ",", 1, {"Current(A)": ("current_ampere", 1), "Cycle Index": ("cycle_count", 1)}
    ),
    "arbin/arbin_example.csv.gz": (
        ",", 1, {"Voltage": ("voltage_volt", 1), "Current": ("current_ampere", 1), "DateTime": ("unix_time_second", 1)}
    ),
}  # fmt: skip


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _read(folder: Path, content: bytes | str, name: str = "a.txt") -> Measurement:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


@pytest.mark.parametrize("name", NAIVE)
def test_columns_as_a_naive_reading_gives_them(data: Path, name: str) -> None:
    separator, line, heads = NAIVE[name]
    text = _content(data / "cycling" / name).decode("latin-1").replace("\r\n", "\n")
    rows = list(csv.reader(io.StringIO("\n".join(text.split("\n")[line - 1 :])), delimiter=separator))
    run = read(data / "cycling" / name)
    for head, (ours, factor) in heads.items():
        place = rows[0].index(head)
        expected = np.array([float(row[place]) for row in rows[1:] if len(row) > place])
        np.testing.assert_allclose(run[ours], expected * factor, rtol=1e-12)


def test_millivolts_under_volts_are_found_and_told(data: Path) -> None:
    run = read(data / "cycling/maccor/maccor_three.txt.gz")
    assert run["voltage_volt"].min() == pytest.approx(1.3000687)
    assert run["voltage_volt"].max() == pytest.approx(3.8019379)
    assert "unit_by_plausibility" in {note.code for note in run.notes if note.level == "correction"}


def test_counter_that_goes_on_through_cc_and_cv(data: Path) -> None:
    run = read(data / "cycling/maccor/maccor_three.txt.gz")
    assert run["half_cycle_net_capacity_ah"].max() == pytest.approx(0.906112, abs=1e-6)
    assert "step_cumulative_capacity_ah" not in run


def test_unsigned_current_takes_its_sign_from_the_state(data: Path) -> None:
    run = read(data / "cycling/maccor/maccor_001.txt.gz")
    codes = {word: int(code) for code, word in run.meta["step_types"].items()}
    assert (run["current_ampere"][run["step_type_code"] == codes["D"]] < 0).all()
    assert (run["current_ampere"][run["step_type_code"] == codes["C"]] > 0).all()
    assert "sign_from_state" in {note.code for note in run.notes}


def test_unsigned_current_without_a_state_is_doubted(data: Path) -> None:
    run = read(data / "cycling/maccor/sample_data_maccor.csv")
    assert [(note.level, note.code) for note in run.notes] == [("doubt", "last_row_unended"), ("doubt", "sign_unknown")]


def test_minutes_and_durations(data: Path) -> None:
    minutes = read(data / "cycling/maccor/maccor_example.001")
    assert minutes["test_time_second"][1] == pytest.approx(0.1667 * 60)
    durations = read(data / "cycling/maccor/maccor_001.txt.gz")  # "  2d 02:52:51.5699996948242"
    assert durations["test_time_second"][-1] == pytest.approx(2 * 86400 + 2 * 3600 + 52 * 60 + 51.57)


def test_midnight_without_a_time(data: Path) -> None:
    run = read(data / "cycling/maccor/PredictionDiagnostics_000151_test.052")
    assert np.ptp(run["unix_time_second"]) == 3.0


def test_neware_levels(data: Path) -> None:
    run = read(data / "cycling/neware/nw_regular_export_ife_example.csv.gz")
    assert np.unique(run["cycle_count"]).tolist() == list(range(1, 21))
    first = run["step_count"] == 4  # CC DChg, 0.33067 Ah, 41 min 50 s
    assert run["step_cumulative_capacity_ah"][first].max() == pytest.approx(0.33067, abs=5e-6)
    assert run["step_time_second"][first].max() == 41 * 60 + 50
    assert run.meta["step_types"] == {"1": "Rest", "2": "CC Chg", "3": "CC DChg"}


def test_absurd_temperatures_are_left_out(data: Path) -> None:
    run = read(data / "cycling/maccor/maccor_001.txt.gz")  # -2500 degC: no sensor
    assert "temperature_t1_celsius" not in run


def test_every_column_of_every_dialect_is_ours() -> None:
    own = {"step_type", "specific_capacity", "amount_capacity_ah", "amount_energy_wh"}
    for dialect in dialects():
        known = set(vocabulary()["column"][dialect.technique]) | own
        assert set(dialect.columns) <= known, dialect.name
        assert dialect.columns or dialect.refuse, dialect.name


DIGATRON = """Step,Status,Timestamp,Program Duration#s,Step Duration#s,Cycle,Voltage#V,Current#A,AhCha#Ah,AhDch#Ah,T1#C
,,,s,s,,V,A,Ah,Ah,degC
1,CHA,2024-03-01T10:00:00,0,0,1,3.600,1.000,0.0,0.0,25.0
1,CHA,2024-03-01T10:00:10,10000,10000,1,3.610,1.000,0.00277778,0.0,25.1
1,CHA,2024-03-01T10:00:20,20000,20000,1,3.620,1.000,0.00555556,0.0,25.1
2,DCH,2024-03-01T10:00:30,30000,10000,1,3.500,-1.000,0.00555556,0.00277778,25.2
"""


def test_digatron_milliseconds_under_seconds(tmp_path: Path) -> None:
    run = _read(tmp_path, DIGATRON, "a.csv")
    np.testing.assert_allclose(run["test_time_second"], [0, 10, 20, 30])
    np.testing.assert_allclose(run["step_time_second"], [0, 10, 20, 10])
    assert run["discharging_capacity_ah"][-1] == pytest.approx(0.00277778)
    assert "unit_by_plausibility" in {note.code for note in run.notes}


WONATECH = """WonATech Smart Interface
Sample: 1
Index\tCycle No\tStep No\tTest Time [s]\tStep Time [s]\tV [V]\tI [mA]\tQ_charge [mAh]\tQ_discharge [mAh]
1\t1\t1\t0.0\t0.0\t2.90\t0.0\t0.0\t0.0
2\t1\t2\t10.0\t10.0\t0.50\t-3.6\t0.0\t0.01
3\t1\t2\t20.0\t20.0\t0.40\t-3.6\t0.0\t0.02
"""


def test_wonatech_counts_charge_by_schedule(tmp_path: Path) -> None:
    run = _read(tmp_path, WONATECH)
    assert run.meta["dialect"] == "wonatech"
    np.testing.assert_allclose(run["current_ampere"], [0, -3.6e-3, -3.6e-3])
    np.testing.assert_allclose(run["schedule_discharging_capacity_ah"], [0, 1e-5, 2e-5])


LANDT = """Record\tTestTime/Sec\tStepTime/Sec\tCapacity/mAh\tCurrent/mA\tVoltage/V\tCycle-Index\tStep-Index
1\t1\t1\t0.1\t-360\t2.9\t1\t1
2\t2\t2\t0.2\t-360\t2.8\t1\t1
3\t3\t1\t0.1\t360\t2.9\t1\t2
"""


def test_landt_old_text(tmp_path: Path) -> None:
    run = _read(tmp_path, LANDT)
    assert run.meta["dialect"] == "landt_old"
    np.testing.assert_allclose(run["current_ampere"], [-0.36, -0.36, 0.36])
    np.testing.assert_allclose(run["step_cumulative_capacity_ah"], [1e-4, 2e-4, 1e-4])


CHINESE = """数据序号,循环号,工步号,工步类型,时间,总时间,电流(mA),电压(V),容量(mAh),绝对时间
1,1,1,搁置,0:00:00,0:00:00,0.0,3.0,0.0,2024-01-01 00:00:00
2,1,2,恒流放电,0:00:10,0:00:10,5.0,2.9,0.0139,2024-01-01 00:00:10
3,1,2,恒流放电,0:00:20,0:00:20,5.0,2.8,0.0278,2024-01-01 00:00:20
"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_neware_in_chinese(tmp_path: Path, encoding: str) -> None:
    run = _read(tmp_path, CHINESE.encode(encoding), "a.csv")
    np.testing.assert_allclose(run["current_ampere"], [0, -5e-3, -5e-3])  # written without a sign
    np.testing.assert_allclose(run["test_time_second"], [0, 10, 20])
    codes = {note.code for note in run.notes}
    assert ("encoding" in codes) == (encoding == "gb18030")
    assert "sign_from_state" in codes


def test_semicolons_and_decimal_commas(data: Path, tmp_path: Path) -> None:
    text = _content(data / "cycling/arbin/arbin_example.csv.gz").decode()
    other = text.replace(",", ";").replace(".", ",")
    run, whole = _read(tmp_path, other, "a.csv"), read(data / "cycling/arbin/arbin_example.csv.gz")
    np.testing.assert_array_equal(run["voltage_volt"], whole["voltage_volt"])
    assert "decimal_comma" in {note.code for note in run.notes}


def test_truncated_in_a_row(data: Path, tmp_path: Path) -> None:
    content = _content(data / "cycling/neware/neware_uio.csv.gz")
    cut = content[: content.rindex(b"\n9000,") + 40]  # before the voltage of record 9000
    run = _read(tmp_path, cut, "a.csv")
    assert len(run) == 8999
    assert [(note.level, note.code) for note in run.notes] == [("doubt", "rows_dropped"), ("info", "mass_implied")]


@pytest.mark.parametrize("name", ["pec/pec.csv.gz", "novonix/sample_data_novonix.csv", "maccor/maccor_001.txt.gz"])
def test_truncated_after_the_heads_is_refused(data: Path, tmp_path: Path, name: str) -> None:
    content = _content(data / "cycling" / name)
    start = max(content.find(word) for word in (b"Test,Cell,Rack", b"Date and Time,Cycle", b"Rec#\tCyc#"))
    cut = content[: content.index(b"\n", start) + 1]
    with pytest.raises(InputError, match="no record") as caught:
        _read(tmp_path, cut, "a.csv")
    assert caught.value.hint


def test_novonix_cut_in_its_header_is_refused(data: Path, tmp_path: Path) -> None:
    content = _content(data / "cycling/novonix/sample_data_novonix.csv")
    with pytest.raises(InputError, match="truncated in its header"):
        _read(tmp_path, content[:300], "a.csv")


def test_damaged_entry_is_named_by_line_and_column(data: Path, tmp_path: Path) -> None:
    lines = _content(data / "cycling/neware/neware_uio.csv.gz").split(b"\n")
    cells = lines[7000].split(b",")
    cells[7] = b"3.#x2"
    lines[7000] = b",".join(cells)
    with pytest.raises(InputError, match="is not a number") as caught:
        _read(tmp_path, b"\n".join(lines), "a.csv")
    assert "line 7001, column Voltage(V)" in caught.value.where


def test_garbage_is_refused(data: Path, tmp_path: Path) -> None:
    content = bytearray(_content(data / "cycling/landt/SINTEF_LiGrR2032_Landt.csv.gz"))
    content[200_000:200_400] = bytes(range(33, 233)) * 2
    with pytest.raises(InputError, match=r"column charge_capacity_Ah: .* is not a number"):
        _read(tmp_path, bytes(content), "a.csv")
