"""Cycling: what is refused, what is said, what is left out."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.choose import choose
from halfcell.techniques.cycling import Block, CyclingResult, Parameters, Settings

HALF = Settings(kind=CellKind.HALF, active_mass_mg=1.2)


def _test(**given: object) -> Measurement:
    return cycling.simulate(Parameters(points=30, fine_points=60, **given), np.random.default_rng(7))


def _codes(result: CyclingResult, level: str = "") -> set[str]:
    return {note.code for note in result.notes if not level or note.level == level}


def test_without_kind_no_efficiency_but_capacities() -> None:
    result = cycling.analyse(_test(cycles=3), Settings(active_mass_mg=1.2))
    assert _codes(result, "refused") == {"kind_missing", "retention_refused"}
    assert "initial_coulombic_efficiency" not in result.quantities
    assert result["initial_charge_capacity"].value == pytest.approx(3129.2, rel=1e-6)
    with pytest.raises(Refused, match="kind"):
        result["initial_coulombic_efficiency"]


def test_without_mass_milliampere_hours() -> None:
    result = cycling.analyse(_test(), Settings(kind=CellKind.HALF))
    assert _codes(result, "refused") == {"mass_missing"}
    assert result["initial_charge_capacity"].unit == "mAh"
    assert result["initial_charge_capacity"].value == pytest.approx(3129.2 * 1.2e-3, rel=1e-6)
    assert result["initial_coulombic_efficiency"].value == pytest.approx(100 * 3129.2 / 3384.3, rel=1e-6)


def test_a_mass_that_cannot_be() -> None:
    result = cycling.analyse(_test(), dataclasses.replace(HALF, active_mass_mg=-1.0))
    assert "mass_unphysical" in _codes(result, "refused")
    assert result.capacity_unit == "mAh"


def test_a_symmetric_cell_has_no_efficiency() -> None:
    result = cycling.analyse(_test(), Settings(kind=CellKind.SYMMETRIC))
    assert "kind_symmetric" in _codes(result, "refused")


@pytest.mark.parametrize(
    ("truth", "stated"),
    [(CellKind.HALF, CellKind.FULL), (CellKind.FULL, CellKind.HALF), (CellKind.HALF, CellKind.CATHODE_HALF)],
)
def test_a_swapped_kind_stops(truth: CellKind, stated: CellKind) -> None:
    full: dict[str, object] = {
        "materials": (("graphite|NCM811", 1.0),), "lower_volt": 2.8, "upper_volt": 4.2, "start_volt": 2.9,
        "first_charge_mah_g": 220.0, "first_discharge_mah_g": 190.0,
    }  # fmt: skip
    test = _test(kind=truth, cycles=4, **(full if truth is CellKind.FULL else {}))
    result = cycling.analyse(test, Settings(kind=stated, active_mass_mg=1.2))
    assert "kind_contradicted" in _codes(result, "refused")
    assert {"initial_coulombic_efficiency", "capacity_retention"}.isdisjoint(result.quantities)
    assert all(row["coulombic_efficiency"] is None for row in result.rows)
    right = cycling.analyse(test, Settings(kind=truth, active_mass_mg=1.2))
    assert "kind_contradicted" not in _codes(right)


def test_a_leading_half_cycle_of_the_wrong_kind_is_cycle_0() -> None:
    test = _test(cycles=4)
    steps = test["step_count"]
    late = Measurement(technique="cycling", columns={k: v[steps > 1] for k, v in test.columns.items()})
    result = cycling.analyse(late, HALF)
    assert [row["cycle"] for row in result.rows] == [0, 1, 2, 3]
    assert "precycle" in _codes(result)
    assert result["cycle_count"].value == 3


def test_an_unfinished_cycle_is_shown_and_left_out() -> None:
    result = cycling.analyse(_test(cycles=6, retention_percent=90.0, unfinished=0.5), HALF)
    last = result.rows[-1]
    assert (last["cycle"], last["complete"]) == (6, False)
    assert last["charge_capacity"] is not None
    assert last["coulombic_efficiency"] is None
    assert last["retention"] is None
    assert result["retention_cycle"].value == 5
    assert "unfinished_cycle" in _codes(result, "correction")


def test_retention_against_another_rate_is_refused() -> None:
    blocks = (Block(cycles=3, current_ma_g=100.0), Block(cycles=12, current_ma_g=300.0, capacity_part=0.9))
    test = _test(blocks=blocks, retention_percent=80.0, retention_cycle=15)
    result = cycling.analyse(test, dataclasses.replace(HALF, reference_cycle=1))
    assert "retention_mixed_rates" in _codes(result, "refused")
    by_itself = cycling.analyse(test, HALF)
    assert by_itself["reference_cycle"].value == 4
    assert [row["role"] for row in by_itself.rows] == ["formation"] * 3 + ["cycling"] * 12


def test_a_retention_cycle_that_is_not_there() -> None:
    result = cycling.analyse(_test(cycles=3), dataclasses.replace(HALF, retention_cycle=30))
    assert "retention_refused" in _codes(result, "refused")
    assert "cycle 30" in str(result.notes)


def test_counters_that_doubled_are_not_used() -> None:
    test = _test(cycles=3)
    doubled = dataclasses.replace(test, columns=dict(test.columns) | {"net_capacity_ah": 2.0 * test["net_capacity_ah"]})
    result = cycling.analyse(doubled, HALF)
    assert "counters_differ" in _codes(result, "doubt")
    assert result["initial_charge_capacity"].value == pytest.approx(3129.2, rel=1e-3)


@pytest.mark.parametrize("prefix", ["", "cycle_", "step_", "schedule_"])
def test_counters_in_every_habit_give_the_same(prefix: str) -> None:
    test = _test(cycles=3)
    net, step = np.diff(test["net_capacity_ah"], prepend=0.0), test["step_count"]
    up, down = np.cumsum(np.maximum(net, 0.0)), np.cumsum(np.maximum(-net, 0.0))
    borders = {"": np.zeros_like(step), "cycle_": step // 4, "step_": step, "schedule_": step // 8}[prefix]
    first = np.searchsorted(borders, borders)  # the row where each row's stretch begins
    up, down = (counter - np.where(first > 0, counter[first - 1], 0.0) for counter in (up, down))
    columns = {k: v for k, v in test.columns.items() if k != "net_capacity_ah"}
    columns |= {f"{prefix}charging_capacity_ah": up, f"{prefix}discharging_capacity_ah": down}
    result = cycling.analyse(dataclasses.replace(test, columns=columns), HALF)
    assert "counters_differ" not in _codes(result)
    assert result["initial_charge_capacity"].value == pytest.approx(3129.2, rel=1e-6)
    assert result["initial_discharge_capacity"].value == pytest.approx(3384.3, rel=1e-6)


def test_rows_that_are_not_numbers_are_left_out_and_said() -> None:
    test = _test()
    volts = test["voltage_volt"].copy()
    volts[10] = np.nan
    result = cycling.analyse(dataclasses.replace(test, columns=dict(test.columns) | {"voltage_volt": volts}), HALF)
    assert "rows_not_finite" in _codes(result, "correction")
    assert result["initial_charge_capacity"].value == pytest.approx(3129.2, rel=1e-4)


def test_a_rest_alone_has_no_cycle() -> None:
    count = np.arange(10.0)
    rest = {"test_time_second": count, "voltage_volt": count * 0 + 3.0, "current_ampere": count * 0}
    result = cycling.analyse(Measurement(technique="cycling", columns=rest), HALF)
    assert result["cycle_count"].value == 0
    assert "no_cycle" in _codes(result, "refused")


def test_no_current_column() -> None:
    with pytest.raises(InputError, match="current_ampere"):
        cycling.analyse(Measurement(technique="cycling", columns={"test_time_second": np.arange(3.0)}), HALF)


def test_a_first_efficiency_above_100_is_doubted() -> None:
    result = cycling.analyse(_test(first_discharge_mah_g=1000.0, first_charge_mah_g=1100.0), HALF)
    assert "efficiency_above_100" in _codes(result, "doubt")


def test_files_of_one_test_join() -> None:
    test = _test(cycles=6, retention_percent=90.0, retention_cycle=6)
    whole = cycling.analyse(test, HALF)
    first = test["cycle_count"] < 3
    parts = []
    for number, rows in enumerate((first, ~first)):
        columns = {k: v[rows].copy() for k, v in test.columns.items()}
        columns["unix_time_second"] = columns["test_time_second"] + 1e9 + 3e5 * number
        columns["test_time_second"] -= columns["test_time_second"][0]
        parts.append(Measurement(technique="cycling", columns=columns))
    joined = cycling.join(parts[::-1])
    result = cycling.TECHNIQUE.analyse(joined, HALF)
    assert "joined" in _codes(result)
    assert result["capacity_retention"].value == pytest.approx(whole["capacity_retention"].value, rel=1e-3)
    assert [row["cycle"] for row in result.rows] == [1, 2, 3, 4, 5, 6]
    assert np.all(np.diff(joined["test_time_second"]) >= 0)


def test_files_that_overlap_do_not_join() -> None:
    test = _test()
    columns = dict(test.columns) | {"unix_time_second": test["test_time_second"] + 1e9}
    one = Measurement(technique="cycling", columns=columns)
    other = dataclasses.replace(one, columns=columns | {"voltage_volt": 1.01 * test["voltage_volt"]})
    with pytest.raises(InputError, match="overlap"):
        cycling.join([one, other])
    assert len(cycling.join([one, one])) == len(one)  # the same records are used once


def test_mixed_units_do_not_share_an_axis() -> None:
    with_mass = cycling.analyse(_test(), HALF).stamped(label="a")
    without = cycling.analyse(_test(), Settings(kind=CellKind.HALF)).stamped(label="b")
    with pytest.raises(Refused, match="per gram"):
        cycling.FIGURES["voltage profile"]([with_mass, without])


def test_a_long_interval_is_doubted() -> None:
    test = _test()
    time = test["test_time_second"].copy()
    half = len(time) // 4
    time[half:] += 20.0 * 3600.0
    without = {k: v for k, v in test.columns.items() if k != "net_capacity_ah"} | {"test_time_second": time}
    result = cycling.analyse(dataclasses.replace(test, columns=without), HALF)
    assert "long_interval" in _codes(result, "doubt")
    assert "long_interval" not in _codes(cycling.analyse(test, HALF))


def test_a_pause_that_is_set_holds_no_charge() -> None:
    """With the pause named the test is the one without it, but for the one interval in which it lies."""
    test = _test()
    bare = {k: v for k, v in test.columns.items() if k != "net_capacity_ah"}
    time, half = test["test_time_second"], len(test) // 4
    paused = bare | {"test_time_second": np.where(np.arange(len(time)) < half, time, time + 20.0 * 3600.0)}
    settings = dataclasses.replace(HALF, pause_after_s=36000.0)
    found = cycling.analyse(dataclasses.replace(test, columns=paused), settings)
    without = cycling.analyse(dataclasses.replace(test, columns=bare), HALF)
    assert "long_interval" not in _codes(found)
    assert "pauses_left_out" in _codes(found, "correction")
    assert "pauses_left_out" not in _codes(cycling.analyse(test, settings))
    lost = float(abs(test["current_ampere"][half]) * (time[half] - time[half - 1])) / 3600.0 * 1e6 / 1.2
    assert lost > 0
    one, other = without.rows, found.rows
    gaps = [
        (a["discharge_capacity"] - b["discharge_capacity"], a["charge_capacity"] - b["charge_capacity"])
        for a, b in zip(one, other, strict=True)
    ]
    flat = np.abs(np.array(gaps)).ravel()
    assert flat.max() == pytest.approx(lost, rel=0.05)
    assert np.sort(flat)[:-1] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("seconds", [0.0, -5.0, float("nan")])
def test_a_pause_of_no_time_is_no_pause(seconds: float) -> None:
    with pytest.raises(InputError, match="pause_after_s"):
        cycling.analyse(_test(), dataclasses.replace(HALF, pause_after_s=seconds))


def test_the_mass_uncertainty_enters_the_capacity_and_not_the_efficiency() -> None:
    test = _test()
    sure, unsure = (
        cycling.analyse(test, HALF),
        cycling.analyse(test, dataclasses.replace(HALF, active_mass_std_mg=0.012)),
    )
    capacity = unsure["initial_charge_capacity"]
    assert capacity.kind == "propagated"
    assert capacity.std == pytest.approx(0.01 * capacity.value, rel=1e-3)
    assert unsure["initial_coulombic_efficiency"] == sure["initial_coulombic_efficiency"]


def test_areal_numbers_need_the_area() -> None:
    test = _test()
    bare, areal = cycling.analyse(test, HALF), cycling.analyse(test, dataclasses.replace(HALF, area_cm2=1.131))
    assert bare.rows[0]["areal_capacity"] is None
    assert areal.rows[0]["areal_capacity"] == pytest.approx(3129.2 * 1.2e-3 / 1.131, rel=1e-6)
    assert areal.rows[0]["areal_current"] == pytest.approx(100.0 * 1.2e-3 / 1.131, rel=1e-3)


def test_capacity_on_another_mass_is_named() -> None:
    settings = dataclasses.replace(HALF, anode_mass_mg=1.5, mass_basis="anode")
    result = cycling.analyse(_test(), settings)
    assert result.basis == "anode electrode"
    assert result["initial_charge_capacity"].value == pytest.approx(3129.2 * 1.2 / 1.5, rel=1e-6)
    assert any("anode electrode" in note.text for note in result.notes if note.code == "mass_basis")


def test_a_kind_of_data_is_read_by_the_technique_of_its_name() -> None:
    assert choose([_test()]).name == "cycling"
    assert choose([_test()], "comparison").name == "comparison"


def test_a_current_without_sign_is_refused() -> None:
    """The reader took all of it as charging: capacities of charge and discharge would be added up."""
    test = _test(cycles=3)
    columns = {**test.columns, "current_ampere": np.abs(test["current_ampere"])}
    note = Note("doubt", "sign_unknown", "the current has no sign and the file tells no state: taken as charging")
    unsigned = dataclasses.replace(test, columns=columns, notes=(note,))
    with pytest.raises(Refused, match="no sign"):
        cycling.analyse(unsigned, HALF)


FULL = Settings(
    kind=CellKind.FULL, cathode_active_mass_mg=1.2, anode_mass_mg=1.0, cathode_mass_mg=1.5, separator_mass_mg=0.5
)
OF_THE_CELL = {"energy", "energy_density", "initial_mean_charge_voltage", "initial_mean_discharge_voltage"}


@pytest.mark.parametrize(("counter_volt", "refused"), [(0.1, True), (0.0, False), (np.nan, False)])
def test_a_full_cell_with_a_reference_electrode_has_no_energies(counter_volt: float, refused: bool) -> None:
    """The voltage is then that of one electrode; a counter electrode at 0 V is connected to the reference."""
    made = _test(
        kind=CellKind.FULL, materials=(("graphite|NCM811", 1.0),), cycles=2, lower_volt=2.8, upper_volt=4.3,
        start_volt=3.0, first_charge_mah_g=205.0, first_discharge_mah_g=179.0,
    )  # fmt: skip
    columns = {**made.columns, "counter_electrode_volt": np.full(len(made), counter_volt)}
    note = Note("info", "reference_electrode", "a counter electrode was recorded")
    result = cycling.analyse(dataclasses.replace(made, columns=columns, notes=(note,)), FULL)
    assert ("voltage_of_one_electrode" in _codes(result, "refused")) is refused
    assert OF_THE_CELL.isdisjoint(result.quantities) if refused else set(result.quantities) > OF_THE_CELL
    for key in ("mean_charge_voltage", "discharge_energy", "energy_efficiency", "energy_density"):
        assert (result.rows[0][key] is None) is refused
    assert result["initial_coulombic_efficiency"].value == pytest.approx(100 * 179 / 205, rel=1e-6)
