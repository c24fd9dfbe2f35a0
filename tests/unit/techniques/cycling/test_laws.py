"""Laws of cycling: units of mass, current and time, and files that are cut and joined, change no number."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Parameters, Settings

CELL = Parameters(cycles=3, points=40, fine_points=60, retention_percent=90.0, retention_cycle=3)
HALF = Settings(kind=CellKind.HALF, active_mass_mg=CELL.active_mass_mg, charge_from="integral")
RATIOS = ("initial_coulombic_efficiency", "capacity_retention")
CAPACITIES = ("initial_charge_capacity", "initial_discharge_capacity")


@cache
def _record() -> Measurement:
    made = cycling.simulate(CELL, np.random.default_rng(3))
    columns = {name: made[name] for name in ("test_time_second", "current_ampere", "voltage_volt")}
    return dataclasses.replace(made, columns=columns)


@cache
def _plain() -> CyclingResult:
    return cycling.analyse(_record(), HALF)


def _scaled(**factors: float) -> Measurement:
    columns = {name: values * factors.get(name, 1.0) for name, values in _record().columns.items()}
    return dataclasses.replace(_record(), columns=columns)


@settings(max_examples=8)
@given(factor=st.floats(0.01, 100.0))
def test_current_and_mass_times_a_factor_are_the_same_material(factor: float) -> None:
    """Capacity per gram is charge over mass: a cell of k times the mass takes k times the current."""
    own = dataclasses.replace(HALF, active_mass_mg=factor * CELL.active_mass_mg)
    result = cycling.analyse(_scaled(current_ampere=factor), own)
    for name in (*CAPACITIES, *RATIOS):
        assert result[name].value == pytest.approx(_plain()[name].value, rel=1e-9)


@settings(max_examples=8)
@given(factor=st.floats(0.1, 10.0))
def test_capacities_go_as_the_current(factor: float) -> None:
    absolute = dataclasses.replace(HALF, active_mass_mg=None)
    plain, result = (cycling.analyse(_scaled(current_ampere=f), absolute) for f in (1.0, factor))
    for name in CAPACITIES:
        assert result[name].value == pytest.approx(factor * plain[name].value, rel=1e-9)
    for name in RATIOS:
        assert result[name].value == pytest.approx(plain[name].value, rel=1e-9)


@settings(max_examples=8)
@given(factor=st.floats(0.5, 5.0))
def test_a_slower_test_at_a_lower_current_moves_the_same_charge(factor: float) -> None:
    result = cycling.analyse(_scaled(test_time_second=factor, current_ampere=1.0 / factor), HALF)
    for name in (*CAPACITIES, *RATIOS):
        assert result[name].value == pytest.approx(_plain()[name].value, rel=1e-9)


@settings(max_examples=8)
@given(later=st.floats(0.0, 1e6))
def test_the_zero_of_the_clock_does_not_matter(later: float) -> None:
    columns = {**_record().columns, "test_time_second": _record()["test_time_second"] + later}
    result = cycling.analyse(dataclasses.replace(_record(), columns=columns), HALF)
    for name in (*CAPACITIES, *RATIOS):
        assert result[name].value == pytest.approx(_plain()[name].value, rel=1e-6)


def _cut(test: Measurement, cuts: list[int], began: float, *, anew: bool = True) -> list[Measurement]:
    """The files of a test cut at some records, whose clock began at a time; test time `anew` in each, or running on."""
    whole = dict(test.columns) | {"unix_time_second": began + test["test_time_second"]}
    parts = []
    for first, last in zip([0, *cuts], [*cuts, len(test)], strict=True):
        columns = {name: values[first:last] for name, values in whole.items()}
        if anew:
            columns["test_time_second"] = columns["test_time_second"] - columns["test_time_second"][0]
        else:
            del columns["unix_time_second"]
        parts.append(dataclasses.replace(test, columns=columns))
    return parts


def _joined(parts: list[Measurement], order: list[int], settings: Settings = HALF) -> CyclingResult:
    return cycling.analyse(cycling.join([parts[place] for place in order if place < len(parts)]), settings)


def _flowing() -> int:
    """A record in the midst of the first half cycle, whose records lie an hour apart."""
    return 50


@settings(max_examples=20)
@given(
    cuts=st.sets(st.integers(1, 313), min_size=1, max_size=4),
    order=st.permutations(range(5)),
    anew=st.booleans(),
)
def test_a_test_cut_anywhere_and_joined_in_any_order_gives_the_same_numbers(
    cuts: set[int], order: list[int], anew: bool
) -> None:
    """The records between which a file was cut are those of one test: the charge between them counts."""
    result = _joined(_cut(_record(), sorted(cuts), 1.7e9, anew=anew), order)
    assert len(result.rows) == len(_plain().rows)
    for name in (*CAPACITIES, *RATIOS):
        assert result[name].value == pytest.approx(_plain()[name].value, rel=1e-6), name
    rests = [{name: row[name] for name in row if "interruptions" in name} for row in result.rows]
    assert rests == [{name: row[name] for name in row if "interruptions" in name} for row in _plain().rows]


def _counted(anew: bool) -> list[Measurement]:
    """Two files cut while current flowed, with a counter of charge that runs on or begins `anew` in the second."""
    record = _record()
    passed = np.append(0.0, np.cumsum(record["current_ampere"][1:] * np.diff(record["test_time_second"]))) / 3600.0
    cut = _flowing()
    counter = np.append(passed[:cut], passed[cut:] - (passed[cut] if anew else 0.0))
    return _cut(dataclasses.replace(record, columns={**record.columns, "net_capacity_ah": counter}), [cut], 1.7e9)


@pytest.mark.parametrize("anew", [True, False])
def test_counters_of_two_files_lack_no_charge_between_them(anew: bool) -> None:
    counters = dataclasses.replace(HALF, charge_from="counters")
    whole = cycling.analyse(_record(), HALF)
    result = _joined(_counted(anew), [1, 0], counters)
    for name in CAPACITIES:
        assert result[name].value == pytest.approx(whole[name].value, rel=1e-3), name


@pytest.mark.parametrize("idle", [7200.0, 86400.0])
def test_no_charge_is_counted_while_a_test_stood_still(idle: float) -> None:
    """A test is stopped while current flows and started again later: nothing flowed in between."""
    cut = _flowing()
    first, second = _cut(_record(), [cut], 1.7e9)
    later = dict(second.columns) | {"unix_time_second": second["unix_time_second"] + idle + 100.0}
    current, time = _record()["current_ampere"], _record()["test_time_second"]
    missing = abs(current[cut]) * (time[cut] - time[cut - 1]) / 3.6e-3 / CELL.active_mass_mg
    assert time[cut] - time[cut - 1] < idle
    result = _joined([first, dataclasses.replace(second, columns=later)], [0, 1])
    lacking = [_plain()[name].value - result[name].value for name in CAPACITIES]
    assert sum(lacking) == pytest.approx(missing, rel=1e-3)


def test_a_step_that_began_in_the_second_file_has_no_charge_before() -> None:
    """The step's own clock tells that a test was started anew within an interval of the records."""
    cut = _flowing()
    first, second = _cut(_record(), [cut], 1.7e9)
    clocked = [
        dataclasses.replace(m, columns=dict(m.columns) | {"step_time_second": m["test_time_second"] * 1.0})
        for m in (first, second)
    ]
    joined = cycling.join(clocked)
    assert len(np.unique(joined["stretch_index"])) == 2
    assert len(np.unique(cycling.join([first, second])["stretch_index"])) == 1


def test_files_without_clocks_are_ordered_by_their_test_times() -> None:
    parts = _cut(_record(), [40, 90], 0.0, anew=False)
    joined = cycling.join(parts[::-1])
    assert np.array_equal(joined["test_time_second"], _record()["test_time_second"])
    assert [note.level for note in joined.notes if note.code == "joined"] == ["info"]


def test_files_that_each_begin_at_zero_stay_in_the_order_given() -> None:
    parts = [
        dataclasses.replace(m, columns={k: v for k, v in m.columns.items() if k != "unix_time_second"})
        for m in _cut(_record(), [40], 0.0)
    ]
    joined = cycling.join(parts)
    assert np.array_equal(joined["voltage_volt"], _record()["voltage_volt"])
    assert [note.level for note in joined.notes if note.code == "joined"] == ["doubt"]


@pytest.mark.parametrize("limit", [98.0, 95.0])
def test_the_end_of_life_is_the_first_cycle_that_stays_below_the_limit_that_is_set(limit: float) -> None:
    """A cell that keeps 90 % at cycle 40."""
    cell = dataclasses.replace(CELL, cycles=40, retention_cycle=40, points=12, fine_points=16)
    test = cycling.simulate(cell, np.random.default_rng(3))
    result = cycling.analyse(test, dataclasses.replace(HALF, fade_limit_percent=limit))
    kept = {int(row["cycle"]): row["retention"] for row in result.rows if row["retention"] is not None}
    first = int(result["cycles_to_limit"].value)
    assert kept[first] < limit <= kept[first - 1]
    assert all(value < limit for cycle, value in kept.items() if cycle >= first)
