"""Cycling: what is put into the simulation comes out, within the stated uncertainty, and that is calibrated."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Parameters, Settings

CELL = Parameters(cycles=4, points=30, fine_points=60, retention_percent=80.0, retention_cycle=4, noise_current=5e-3)
EXACT = Settings(current_accuracy_percent=0.0, current_offset_a=0.0, active_mass_std_mg=0.0)  # as simulated: noise only
SET = dataclasses.replace(EXACT, kind=CellKind.HALF, active_mass_mg=CELL.active_mass_mg, charge_from="integral")
TRUTH = {
    "initial_discharge_capacity": 3384.3,
    "initial_charge_capacity": 3129.2,
    "initial_coulombic_efficiency": 100.0 * 3129.2 / 3384.3,
    "capacity_retention": 80.0,
}


def test_truth_is_recovered_and_the_uncertainty_is_calibrated() -> None:
    pulls: dict[str, list[float]] = {name: [] for name in TRUTH}
    for seed in range(150):
        result = cycling.analyse(cycling.simulate(CELL, np.random.default_rng(seed)), SET)
        for name, true in TRUTH.items():
            quantity = result[name]
            assert quantity.std is not None
            pulls[name].append((quantity.value - true) / quantity.std)
    for name, values in pulls.items():
        spread = float(np.std(values))
        assert 0.8 < spread < 1.25, (name, spread)
        assert abs(np.mean(values)) < 4.0 * spread / np.sqrt(150), (name, np.mean(values))
        assert np.max(np.abs(values)) < 4.5, name


@hypothesis_settings(max_examples=25, deadline=None)
@given(
    mass=st.floats(0.1, 20.0),
    current=st.floats(5.0, 2000.0),
    discharge=st.floats(300.0, 4000.0),
    ice=st.floats(0.5, 0.99),
)
def test_capacity_is_per_gram_whatever_mass_and_current(
    mass: float, current: float, discharge: float, ice: float
) -> None:
    cell = dataclasses.replace(
        CELL,
        active_mass_mg=mass,
        current_ma_g=current,
        first_discharge_mah_g=discharge,
        first_charge_mah_g=ice * discharge,
    )
    test = cycling.simulate(cell, np.random.default_rng(0))
    result = cycling.analyse(test, Settings(kind=CellKind.HALF, active_mass_mg=mass))
    assert result["initial_discharge_capacity"].value == pytest.approx(discharge, rel=1e-6)
    assert result["initial_coulombic_efficiency"].value == pytest.approx(100 * ice, rel=1e-6)
    assert result["complete_cycle_count"].value == 4
    double = cycling.analyse(test, Settings(kind=CellKind.HALF, active_mass_mg=2 * mass))
    assert double["initial_discharge_capacity"].value == pytest.approx(discharge / 2, rel=1e-6)
    assert double["initial_coulombic_efficiency"].value == result["initial_coulombic_efficiency"].value


def test_mean_voltages_of_a_full_cell_are_as_asked() -> None:
    blocks = tuple(
        cycling.Block(cycles=2, current_ma_g=c, capacity_part=q, mean_discharge_v=v)
        for c, q, v in ((18.0, 1.0, 3.63), (90.0, 0.852, 3.56), (900.0, 0.492, 3.46), (18.0, 0.99, 3.63))
    )
    cell = Parameters(
        kind=CellKind.FULL, materials=(("graphite|NCM811", 1.0),), blocks=blocks, active_mass_mg=12.18,
        first_charge_mah_g=205.0, first_discharge_mah_g=179.0, lower_volt=2.8, upper_volt=4.3, start_volt=3.0,
        points=300, retention_cycle=8,
    )  # fmt: skip
    result = cycling.analyse(
        cycling.simulate(cell, np.random.default_rng(0)), Settings(kind=CellKind.FULL, cathode_active_mass_mg=12.18)
    )
    found = [row["mean_discharge_voltage"] for row in result.rows]
    np.testing.assert_allclose(found, [3.63, 3.63, 3.56, 3.56, 3.46, 3.46, 3.63, 3.63], atol=2e-3)
    assert result["initial_coulombic_efficiency"].value == pytest.approx(100 * 179 / 205, rel=1e-6)
    assert [block["discharge_recovery"] is not None for block in result.blocks] == [False, False, False, True]


@pytest.mark.parametrize(("one_c_ma", "expected"), [(2.0, 5.25), (1.0, 10.5), (0.5, 21.0)])
def test_equivalent_full_cycles_count_the_charge_of_both_directions(one_c_ma: float, expected: float) -> None:
    """Twenty-one half cycles of 1 mA for one hour are 21 mAh: over twice the capacity of 1C in an hour."""
    seconds = np.arange(0.0, 21 * 3600.0 + 1.0, 10.0)
    half = np.minimum(seconds // 3600.0, 20.0)
    part = seconds / 3600.0 - half
    charging = half % 2 == 1
    columns = {
        "test_time_second": seconds,
        "current_ampere": np.where(charging, 1e-3, -1e-3),
        "voltage_volt": np.where(charging, 0.1 + 1.4 * part, 1.5 - 1.4 * part),
    }
    settings = dataclasses.replace(EXACT, kind=CellKind.HALF, one_c_ma=one_c_ma, charge_from="integral")
    result = cycling.analyse(Measurement(technique="cycling", columns=columns), settings)
    assert result["equivalent_full_cycles"].value == pytest.approx(expected, abs=0.02)
    unknown = cycling.analyse(
        Measurement(technique="cycling", columns=columns), dataclasses.replace(settings, one_c_ma=1e-6)
    )
    assert "equivalent_full_cycles" not in unknown.quantities  # 1C was refused: nothing is derived from it
