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


def _joined(cuts: list[int], order: list[int]) -> CyclingResult:
    """The result of files cut at some records and given in some order; each begins its test time anew."""
    whole = dict(_record().columns) | {"unix_time_second": 1.7e9 + _record()["test_time_second"]}
    parts = []
    for first, last in zip([0, *cuts], [*cuts, len(_record())], strict=True):
        columns = {name: values[first:last] for name, values in whole.items()}
        columns["test_time_second"] = columns["test_time_second"] - columns["test_time_second"][0]
        parts.append(dataclasses.replace(_record(), columns=columns))
    return cycling.analyse(cycling.join([parts[place] for place in order if place < len(parts)]), HALF)


def _resting() -> list[int]:
    """Records between two without current."""
    idle = _record()["current_ampere"] == 0
    return (np.flatnonzero(idle[1:] & idle[:-1]) + 1).tolist()


@settings(max_examples=12)
@given(cuts=st.sets(st.sampled_from(_resting()), min_size=1, max_size=4), order=st.permutations(range(5)))
def test_a_test_cut_at_its_rests_and_joined_in_any_order_gives_the_same_numbers(
    cuts: set[int], order: list[int]
) -> None:
    result = _joined(sorted(cuts), order)
    assert len(result.rows) == len(_plain().rows)
    for name in (*CAPACITIES, *RATIOS):
        assert result[name].value == pytest.approx(_plain()[name].value, rel=1e-6), name


@settings(max_examples=12)
@given(cut=st.integers(15, 300))  # before, a file would end after seconds of current, which are no half cycle
def test_a_test_cut_anywhere_lacks_the_charge_between_two_records_at_most(cut: int) -> None:
    """What flowed between the last record of a file and the first of the next is in neither."""
    current, time = _record()["current_ampere"], _record()["test_time_second"]
    ampere_second = float(np.max(np.abs(current[cut - 1 : cut + 1])) * (time[cut] - time[cut - 1]))
    most = ampere_second / 3.6e-3 / CELL.active_mass_mg  # mAh/g
    result = _joined([cut], [0, 1])
    assert len(result.rows) == len(_plain().rows)
    for name in CAPACITIES:
        lacking = _plain()[name].value - result[name].value
        assert -1e-6 < lacking <= most + 1e-6, name
