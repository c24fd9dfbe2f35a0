"""Cycling of situations from public bug reports: each gives what is right, or refuses it and says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.errors import Refused
from halfcell.core.sample import CellKind
from halfcell.readers import read
from halfcell.readers.common.column_map import read_columns
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

HALF, FULL = Settings(kind=CellKind.HALF), Settings(kind=CellKind.FULL)


def _analysed(*paths: Path, settings: Settings = HALF) -> CyclingResult:
    return cycling.analyse(cycling.join([read(path) for path in paths]), settings)


def _codes(result: CyclingResult, level: str = "") -> set[str]:
    return {note.code for note in result.notes if not level or note.level == level}


def _capacities(result: CyclingResult) -> list[tuple[float, float]]:
    return [(float(row["discharge_capacity"] or 0), float(row["charge_capacity"] or 0)) for row in result.rows]


THREE = [(2.0, 1.8), (1.82, 1.78), (1.787, 1.773)]


@pytest.mark.parametrize(
    "names",
    [
        ("01-maccor-midnight/cell.001",),
        ("29-arbin-rest-splits-cycle/arbin.csv",),
        ("08-mpt-zero-potential/cp_zero.mpt",),
        ("26-energy-counter-off/right.txt",),
    ],
)
def test_three_cycles(cases: Path, names: tuple[str, ...]) -> None:
    result = _analysed(*(cases / name for name in names))
    for found, right in zip(_capacities(result), THREE, strict=True):
        assert found == pytest.approx(right, abs=1e-3)
    assert result["initial_coulombic_efficiency"].value == pytest.approx(90.0, abs=1e-2)


@pytest.mark.parametrize("order", [("part_a.002", "part_b.001"), ("part_b.001", "part_a.002")])
def test_the_seam_of_two_files_is_no_pause_within_a_test(cases: Path, order: tuple[str, str]) -> None:
    result = _analysed(*(cases / "02-maccor-restart-at-current" / name for name in order))
    assert 1.7733 <= _capacities(result)[1][1] <= 1.78
    assert "long_interval" not in _codes(result)


@pytest.mark.parametrize("name", ["half", "thousand", "joule"])
def test_energy_is_held_against_its_own_integral(cases: Path, name: str) -> None:
    result = _analysed(cases / f"26-energy-counter-off/{name}.txt")
    assert "energy_counters_differ" in _codes(result, "doubt")
    assert result["initial_mean_discharge_voltage"].value == pytest.approx(0.405, abs=1e-3)
    assert result["initial_mean_charge_voltage"].value == pytest.approx(0.700, abs=1e-3)
    assert float(result.rows[0]["discharge_energy"] or 0) == pytest.approx(0.81, rel=1e-3)


def test_right_energy_counters_are_not_doubted(cases: Path) -> None:
    result = _analysed(cases / "26-energy-counter-off/right.txt")
    assert "energy_counters_differ" not in _codes(result)
    assert result["initial_mean_discharge_voltage"].value == pytest.approx(0.405, abs=1e-3)


def test_a_constant_voltage_is_no_measurement(cases: Path) -> None:
    result = _analysed(cases / "08-mpt-zero-potential/cp_zero.mpt")
    assert "voltage_constant" in _codes(result, "refused")
    assert "initial_mean_discharge_voltage" not in result.quantities
    names = ("mean_discharge_voltage", "mean_charge_voltage", "discharge_energy", "charge_energy", "energy_efficiency")
    assert all(row[name] is None for row in result.rows for name in names)
    assert not result.curves
    full = _analysed(cases / "08-mpt-zero-potential/cp_zero.mpt", settings=FULL)
    assert "kind_contradicted" not in _codes(full)  # a voltage that was not measured contradicts nothing


def test_one_reading_of_the_last_digit_is_no_half_cycle(data: Path) -> None:
    result = _analysed(data / "more/cycling/rest.bdf.csv", settings=FULL)
    assert not result.rows
    assert "no_cycle" in _codes(result, "refused")
    assert "current_noise" in _codes(result)


@pytest.mark.parametrize("name", ["maccor_minutes", "maccor_minutes_nocounter"])
def test_minutes_are_right_or_refused(data: Path, name: str) -> None:
    try:
        result = _analysed(data / f"more/cycling/{name}.txt", settings=FULL)
    except Refused:
        return
    assert result["initial_charge_capacity"].value == pytest.approx(1000.0, rel=1e-3)


@pytest.mark.parametrize("name", ["cccv", "cccv_trail"])
def test_share_at_constant_voltage_without_the_record_of_the_next_step(data: Path, name: str) -> None:
    result = _analysed(data / f"more/cycling/{name}.bdf.csv", settings=FULL)
    assert result.rows[0]["charge_cv_share"] == pytest.approx(17.6, abs=0.05)
    charge = next(curve for curve in result.curves if curve.charging)
    assert charge.voltage[-1] == pytest.approx(4.2, abs=1e-3)  # no hook


@pytest.mark.parametrize(
    ("name", "charge", "discharge"),
    [
        ("neware/nw4-120-1-6-53.ndax", 96.70, 0.0),  # steps CC_Chg, CV_Chg, CC_DChg
        ("biologic/commercial_cell_001_C01.mpr", 0.0, 0.0),  # galvanostatic at a current of noise
        ("biologic/00_test_04_MB_C01.mpr", 0.0, 100.0),  # potentiostatic throughout
    ],
)
def test_share_at_constant_voltage_as_the_file_states_it(
    data: Path, name: str, charge: float, discharge: float
) -> None:
    row = _analysed(data / "cycling" / name, settings=Settings()).rows[0]
    assert float(row["charge_cv_share"] or 0) == pytest.approx(charge, abs=0.01)
    assert float(row["discharge_cv_share"] or 0) == pytest.approx(discharge, abs=0.01)


@pytest.mark.parametrize("names", [("day1.txt", "day2_whole.txt"), ("notime_day1.txt", "notime_day2_whole.txt")])
@pytest.mark.parametrize("turned", [False, True])
def test_an_export_of_the_whole_test_repeats_an_earlier_one(cases: Path, names: tuple[str, str], turned: bool) -> None:
    paths = [cases / "33-overlapping-export" / name for name in names]
    test = cycling.join([read(path) for path in (paths[::-1] if turned else paths)])
    assert {note.code for note in test.notes} & {"records_repeated", "joined"} == {"records_repeated"}
    for found, right in zip(_capacities(cycling.analyse(test, HALF)), THREE, strict=True):
        assert found == pytest.approx(right, abs=1e-3)


def test_pulses_stay_within_their_half_cycle_and_count_net_in_the_efficiency(cases: Path) -> None:
    result = _analysed(cases / "28-hppc-pulses/hppc.csv", settings=FULL)
    assert _capacities(result)[0] == pytest.approx((2.0556, 2.0), abs=1e-4)
    assert result["initial_coulombic_efficiency"].value == pytest.approx(100.7, abs=0.05)


@pytest.mark.parametrize(
    ("given", "level", "code"),
    [
        ({"active_mass_mg": 0.00125}, "refused", "capacity_impossible"),  # kg
        ({"active_mass_mg": 1250.0}, "doubt", "capacity_far_below"),  # ug
        ({"active_mass_mg": 1.25, "area_cm2": 113.0}, "doubt", "areal_capacity_unlikely"),  # mm2
        ({"active_mass_mg": 1.25, "area_cm2": 113.0}, "doubt", "loading_unlikely"),
        ({"active_mass_mg": 1.25, "area_cm2": 1.13e-4}, "doubt", "areal_capacity_unlikely"),  # m2
        ({"active_mass_mg": 1250.0, "area_cm2": 1.13}, "doubt", "loading_unlikely"),
        ({"active_mass_mg": 1250.0, "one_c_ma_per_g": 1600.0}, "doubt", "c_rate_unlikely"),
    ],
)
def test_slips_of_mass_and_area(cases: Path, given: dict[str, float], level: str, code: str) -> None:
    settings = Settings(kind=CellKind.HALF, **given)  # type: ignore[arg-type]
    result = _analysed(cases / "03-neware-spec-cap/with_capacity.csv", settings=settings)
    assert code in _codes(result, level)


def test_right_mass_and_area_are_not_doubted(cases: Path) -> None:
    settings = Settings(kind=CellKind.HALF, active_mass_mg=1.25, area_cm2=1.13, one_c_ma_per_g=1600.0)
    result = _analysed(cases / "03-neware-spec-cap/with_capacity.csv", settings=settings)
    slips = {"capacity_far_below", "capacity_impossible", "areal_capacity_unlikely", "loading_unlikely"}
    assert not _codes(result) & {*slips, "c_rate_unlikely", "c_rate_impossible"}


def test_a_column_map_without_the_states_is_refused(cases: Path) -> None:
    """The reader may find the states by itself; where it does not, nothing is taken for one long charge."""
    columns = {"Cycle number": "cycle_count", "Current (mA)": "current_ampere * 1e-3"}
    columns |= {"Voltage (V)": "voltage_volt", "Time (s)": "step_time_second"}
    (test,) = read_columns(cases / "04-neware-longwords-unsigned/cell10-2.csv", "cycling", columns)
    if any(note.code == "sign_from_state" for note in test.notes):
        right = [(1.875, 2.083), (1.8667, 1.883), (1.86, 1.87)]
        for found, expected in zip(_capacities(cycling.analyse(test, FULL)), right, strict=True):
            assert found == pytest.approx(expected, abs=0.04)
        return
    with pytest.raises(Refused, match="does not tell charging from discharging"):
        cycling.analyse(test, FULL)
