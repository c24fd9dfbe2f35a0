"""Column heads of cyclers in other languages and of other versions of the makers' programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell import analyse
from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read
from halfcell.readers.common.column_map import read_columns

FOREIGN = "31-foreign-heads"
MAP = {
    "Cycle number": "cycle_count",
    "Current (mA)": "current_ampere * 1e-3",
    "Voltage (V)": "voltage_volt",
    "Time (s)": "step_time_second",
}


@pytest.mark.parametrize("language", ["de", "fr", "ja", "zh"])
@pytest.mark.parametrize("sign", ["signed", "unsigned"])
def test_heads_in_other_languages(cases: Path, language: str, sign: str) -> None:
    result = analyse(cases / FOREIGN / f"{language}_{sign}.csv", "cycling", kind="half")
    assert not isinstance(result, list)
    values = {name: float(quantity.value) for name, quantity in result.quantities.items()}
    assert values["initial_discharge_capacity"] == pytest.approx(2.0, rel=1e-3)
    assert values["initial_charge_capacity"] == pytest.approx(1.8, rel=1e-3)
    assert values["initial_coulombic_efficiency"] == pytest.approx(90.0, abs=0.01)
    assert values["cycle_count"] == 3


def _korean(current: str, kinds: tuple[str, str]) -> bytes:
    heads = f"데이터 번호,사이클,스텝,스텝 종류,시간,{current},전압(V),용량(mAh)\n"
    rows = [f"{i},1,{i // 3},{kinds[i // 3]},00:0{i % 3}:00,0.5,3.{i},0.0{i % 3}\n" for i in range(6)]
    return (heads + "".join(rows)).encode("cp949")


def test_korean_heads(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_korean("전류(mA)", ("CC 충전", "CC 방전")))
    run = read(path)
    assert run.meta["dialect"] == "korean"
    assert run["current_ampere"].tolist() == [5e-4] * 3 + [-5e-4] * 3
    path.write_bytes(_korean("전류(mA)", ("가", "나")))
    assert "sign_unknown" in {note.code for note in read(path).notes if note.level == "doubt"}


def test_a_current_without_a_unit_is_not_taken_for_amperes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_korean("전류", ("CC 충전", "CC 방전")))
    with pytest.raises(InputError, match="no reader recognises the file"):
        read(path)


def test_arbin_without_record_numbers(data: Path) -> None:
    run = read(data / "more/cycling/arbin_mits_no_data_point.csv")
    assert run.meta["dialect"] == "arbin"
    assert run["test_time_second"][0] == pytest.approx(1.001)
    assert run["voltage_volt"][0] == pytest.approx(2.637298583984375)
    assert run.meta["started"] == "2020-10-19T11:31:46.582000"


def test_maccor_with_units_in_brackets(tmp_path: Path) -> None:
    heads = "Rec\tCycle P\tCycle C\tStep\tTestTime\tStepTime\tCap. [Ah]\tEner. [Wh]\tCurrent [A]\tVoltage [V]\tMd\n"
    rows = (
        "1\t0\t0\t1\t0d 00:00:00\t0d 00:00:00\t0.0\t0.0\t0.1\t3.1\tC\n"
        "2\t0\t0\t1\t0d 01:00:00\t0d 01:00:00\t0.1\t0.3\t0.1\t3.2\tC\n"
        "3\t0\t0\t2\t1d 00:01:00\t0d 00:01:00\t0.0\t0.0\t0.1\t3.2\tD\n"
    )
    path = tmp_path / "a.txt"
    path.write_text(heads + rows)
    run = read(path)
    assert run["current_ampere"].tolist() == [0.1, 0.1, -0.1]
    assert run["test_time_second"].tolist() == [0.0, 3600.0, 86460.0]
    assert run["step_cumulative_capacity_ah"].tolist() == [0.0, 0.1, 0.0]


def test_pec_with_hours_as_clock(tmp_path: Path) -> None:
    heads = "Test,Cell,Rack,Shelf,Position,Cell ID,Cycle,Step,Total Time (Hours in hh:mm:ss.xxx)"
    rows = "1,2,3,4,5,x,1,1,00:00:00.500,3.1,0.1\n1,2,3,4,5,x,1,1,27:30:00.250,3.2,0.1\n"
    path = tmp_path / "a.csv"
    path.write_text(f"{heads},Voltage (V),Current (A)\n{rows}")
    assert read(path)["test_time_second"].tolist() == [0.5, 99000.25]


def test_gamry_virtual_front_panel_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    path.write_text("EXPLAIN\nTAG\tVFP600\nTITLE\tLABEL\tx\tTest &Identifier\n")
    with pytest.raises(InputError, match="VFP600"):
        read(path)


@pytest.mark.parametrize("name", ["only_specific.csv", "with_capacity.csv", "with_capacity.xlsx"])
def test_capacity_per_mass_is_never_a_capacity(cases: Path, name: str) -> None:
    result = analyse(cases / "03-neware-spec-cap" / name, "cycling", kind="half")
    assert not isinstance(result, list)
    assert float(result.quantities["initial_discharge_capacity"].value) == pytest.approx(2.0, rel=1e-3)
    assert float(result.quantities["initial_charge_capacity"].value) == pytest.approx(1.8, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "kind", "first", "second"),
    [
        ("06-novonix-net-capacity/cell7.csv", "full", 1.875, 2.0833),
        ("29-arbin-rest-splits-cycle/arbin.csv", "half", 2.0, 1.8),
    ],
)
def test_counters_of_other_makers(cases: Path, name: str, kind: str, first: float, second: float) -> None:
    result = analyse(cases / name, "cycling", kind=kind)
    assert not isinstance(result, list)
    assert float(result.quantities["initial_discharge_capacity"].value) == pytest.approx(first, rel=1e-3)
    assert float(result.quantities["initial_charge_capacity"].value) == pytest.approx(second, rel=1e-3)
    assert float(result.quantities["initial_coulombic_efficiency"].value) == pytest.approx(90.0, abs=0.01)


def _first(measured: Measurement) -> dict[str, float]:
    result = analyse(measured, "cycling", kind="full")
    assert not isinstance(result, list)
    return {name: float(quantity.value) for name, quantity in result.quantities.items()}


@pytest.mark.parametrize("more", [{}, {"Status": "step_type"}])
def test_unsigned_current_by_a_column_map(cases: Path, more: dict[str, str]) -> None:
    (run,) = read_columns(cases / "04-neware-longwords-unsigned/cell10-2.csv", "cycling", MAP | more)
    assert "sign_from_state" in {note.code for note in run.notes}
    values = _first(run)
    assert values["initial_charge_capacity"] == pytest.approx(2.083, abs=2e-3)
    assert values["initial_discharge_capacity"] == pytest.approx(1.875, abs=2e-3)


def test_a_plain_table_needs_a_column_map(cases: Path) -> None:
    with pytest.raises(InputError, match="no reader recognises") as caught:
        read(cases / "04-neware-longwords-unsigned/cell10-2.csv")
    assert "name its columns in the study file" in str(caught.value)
