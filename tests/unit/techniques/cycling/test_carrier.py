"""Sodium and potassium cells, references, cells that begin with a discharge, solid-state cathode half cells."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import Step, full_cell, recorded

from halfcell.core.errors import HalfcellError
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling, voltammetry
from halfcell.techniques.cycling import CyclingResult, Parameters, Settings
from halfcell.techniques.cycling.figures import FIGURES
from halfcell.techniques.cycling.methods import methods
from halfcell.techniques.cycling.tables import TABLES


def _result(**given: object) -> CyclingResult:
    test = cycling.simulate(Parameters(cycles=3), np.random.default_rng(1))
    settings = dataclasses.replace(Settings(kind=CellKind.HALF, active_mass_mg=1.2), **given)
    return dataclasses.replace(cycling.analyse(test, settings), label="hard carbon")


@pytest.mark.parametrize(("carrier", "unit"), [("Na", "V vs. Na^{+}/Na"), ("K", "V vs. K^{+}/K")])
def test_axes_and_tables_follow_the_carrier(carrier: str, unit: str) -> None:
    result = _result(carrier=carrier)
    assert FIGURES["voltage profile"]([result]).panels[0].y.unit == unit
    assert FIGURES["dQ/dV"]([result]).panels[0].x.unit == unit
    assert any(unit in note for note in TABLES["cycles"]([result]).notes)
    assert FIGURES["voltage profile"]([result, _result()]).panels[0].y.unit == "V"


def test_the_capacity_limit_follows_the_carrier() -> None:
    """3000 mAh/g pass for silicon with lithium, but no host holds that much sodium (Na3P: 2596)."""
    doubts = {note.code for note in _result(carrier="Na", material="Sn").notes if note.level in {"doubt", "refused"}}
    assert doubts & {"capacity_above_theory", "capacity_impossible"}


def test_an_unknown_carrier_is_refused() -> None:
    with pytest.raises(HalfcellError, match="Mg"):
        Settings(carrier="Mg")  # type: ignore[arg-type]
    with pytest.raises(HalfcellError, match="Mg"):
        voltammetry.Settings(carrier="Mg")  # type: ignore[arg-type]


def test_an_offset_of_the_reference_moves_all_voltages_of_a_half_cell() -> None:
    plain, moved = _result(), _result(kind=CellKind.ASSLB_HALF, reference_offset_volt=0.62)
    for name in ("initial_mean_discharge_voltage", "initial_mean_charge_voltage"):
        assert moved[name].value == pytest.approx(plain[name].value + 0.62, abs=1e-9)
    assert moved.curves[0].voltage == pytest.approx(plain.curves[0].voltage + 0.62)
    assert moved["initial_coulombic_efficiency"].value == plain["initial_coulombic_efficiency"].value
    assert moved.voltage_unit == "V vs. Li^{+}/Li"


def test_cells_that_begin_with_a_discharge() -> None:
    """Lithium-sulfur: assembled charged, so that cycle 1 is its first discharge and the charge after it."""
    settings = Settings(kind=CellKind.CATHODE_HALF, active_mass_mg=1.2)
    test = cycling.simulate(Parameters(cycles=3), np.random.default_rng(1))  # begins with a discharge
    test = dataclasses.replace(test, columns={**test.columns, "voltage_volt": test["voltage_volt"] + 1.7})
    late = cycling.analyse(test, settings)
    early = cycling.analyse(test, dataclasses.replace(settings, first="discharge", efficiency_of="discharge/charge"))
    assert late.rows[0]["cycle"] == 0
    assert early.rows[0]["cycle"] == 1
    assert early["cycle_count"].value == 3
    one = early.rows[0]
    wanted = 100.0 * float(one["discharge_capacity"] or 0) / float(one["charge_capacity"] or 1)
    assert one["coulombic_efficiency"] == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("kind", [CellKind.CATHODE_HALF, CellKind.ASSLB_CATHODE_HALF, CellKind.HALF])
def test_a_half_cell_has_no_energy_efficiency(kind: CellKind) -> None:
    assert all(row["energy_efficiency"] is None for row in _result(kind=kind, first="discharge").rows)


def test_couples_of_lithium_are_not_those_of_sodium() -> None:
    test = voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(1))
    result = voltammetry.analyse(test, voltammetry.Settings(hosts=("Si",), carrier="Na"))
    assert {note.code: note.level for note in result.notes}["couples_not_assigned"] == "refused"
    assert result.potential_unit == "V vs. Na^{+}/Na"
    assert not any(row["couple"] for row in result.rows)


def test_tables_give_the_capacity_per_area_where_it_is_known() -> None:
    result = _result(area_cm2=1.13)
    first = float(result.rows[0]["charge_capacity"] or 0) * 1.2 / 1000.0 / 1.13
    assert result["initial_areal_capacity"].value == pytest.approx(first, rel=1e-6)
    for name in ("first cycle", "cycles", "rate capability"):
        assert "mAh cm^{-2}" in [column.unit for column in TABLES[name]([result]).columns]
        assert "mAh cm^{-2}" not in [column.unit for column in TABLES[name]([_result()]).columns]


CATHODE = Settings(kind=CellKind.CATHODE_HALF, first="discharge")
CONVERSION = [step for q in (1.5, 1.02, 1.02) for step in (Step(-1, q, 0.2, 3.0, 1.0), Step(1, 1.0, 0.2, 1.2, 3.5))]
SULFUR = [
    step
    for down, up in ((1.20, 1.25), (1.10, 1.14), (1.05, 1.08))
    for step in (Step(-1, down, 0.2, 2.8, 1.7), Step(1, up, 0.2, 1.9, 2.8))
]


def test_a_conversion_cathode_says_what_its_efficiency_is() -> None:
    """1.5 mAh in the first discharge, 1.0 mAh back: 66.7 %, as such papers print it; never 150 %."""
    test = recorded(CONVERSION)
    none = cycling.analyse(test, CATHODE)
    assert not {"initial_coulombic_efficiency", "mean_coulombic_efficiency"} & set(none.quantities)
    assert {note.code: note.level for note in none.notes}["efficiency_open"] == "refused"
    said = cycling.analyse(test, dataclasses.replace(CATHODE, efficiency_of="charge/discharge"))
    assert said["initial_coulombic_efficiency"].value == pytest.approx(100 / 1.5, abs=0.02)
    assert said.rows[2]["coulombic_efficiency"] == pytest.approx(100 / 1.02, abs=0.02)
    assert "charge over the discharge" in methods(
        [dataclasses.replace(said, settings={"efficiency_of": "charge/discharge"})]
    )
    early = cycling.analyse(test, Settings(kind=CellKind.CATHODE_HALF))
    assert any('first = "discharge"' in note.text for note in early.notes if note.code == "efficiency_above_100")


def test_a_sulfur_cathode_is_known_by_its_discharge_over_its_charge() -> None:
    found = cycling.analyse(recorded(SULFUR), CATHODE)
    assert found["initial_coulombic_efficiency"].value == pytest.approx(96.0, abs=0.02)
    assert not {"efficiency_open", "efficiency_above_100"} & {note.code for note in found.notes}


def test_the_energy_efficiency_of_a_full_cell_is_that_of_its_discharge() -> None:
    test = recorded([step for _ in range(3) for step in full_cell(1.02, 1.0)])
    set_ = Settings(kind=CellKind.FULL, efficiency_of="charge/discharge")
    usual = cycling.analyse(test, dataclasses.replace(set_, efficiency_of="auto"))
    assert cycling.analyse(test, set_).rows[1]["energy_efficiency"] == usual.rows[1]["energy_efficiency"]
