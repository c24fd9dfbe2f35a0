"""Comparison: the own result in the table is what was put into the cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.figure import Points
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.literature.reported_results import load
from halfcell.literature.schema import Record
from halfcell.literature.techniques import comparison
from halfcell.study.files.item_spec import ItemSpec, Part
from halfcell.study.items.provenance import trace_numbers
from halfcell.study.items.traced import Traced

HALF = comparison.Parameters(
    first_discharge_mah_g=1556.0, first_charge_mah_g=1255.0, cycles=60, retention_percent=91.4, retention_cycle=50
)
SETTINGS = {"kind": CellKind.HALF, "active_mass_mg": 1.2, "anode": "Si/G", "cycle": 50, "electrolyte": "LP30"}


@pytest.fixture(scope="module")
def result() -> comparison.ComparisonResult:
    """The comparison of a simulated half cell with what is reported."""
    scan = comparison.simulate(HALF, np.random.default_rng(1))
    return comparison.analyse(scan, comparison.Settings(**SETTINGS)).stamped(id="abc", simulated=True)


def test_own_row_is_what_was_put_in(result: comparison.ComparisonResult) -> None:
    table = comparison.TABLES["table"]([result])
    own = [entry.text for entry in table.rows[-1] if entry]
    assert own == ["Si/G", "80.7", "100", "1147.1 (X=50)", "91.4", "LP30", "This work"]
    assert len(table.rows) == len(load("anodes")) + 1
    assert table.simulated


def test_own_numbers_lead_to_the_result_and_reported_ones_to_their_record(result: comparison.ComparisonResult) -> None:
    table = comparison.TABLES["table"]([result])
    first, last = table.rows[0][1], table.rows[-1][1]
    assert first is not None
    assert last is not None
    assert (first.origin, last.origin) == ("anodes.csv:2:ice_percent", "abc:ice_percent")


def test_own_point_is_marked(result: comparison.ComparisonResult) -> None:
    figure = comparison.FIGURES["chart"]([result])
    for panel in figure.panels:
        own = [layer for layer in panel.layers if isinstance(layer, Points) and layer.label == "this work"]
        assert len(own) == 1
        assert not own[0].hollow


def test_without_a_kind_the_gap_is_said() -> None:
    scan = comparison.simulate(HALF, np.random.default_rng(1))
    found = comparison.analyse(scan, comparison.Settings(active_mass_mg=1.2, anode="Si/G", cycle=50))
    assert "initial_coulombic_efficiency" not in found.quantities
    assert "ICE" in next(note.text for note in found.notes if note.code == "comparison_gap")


def _own(scan: Measurement, **changed: object) -> comparison.ComparisonResult:
    return comparison.analyse(scan, comparison.Settings(**{**SETTINGS, **changed}))


def test_a_retention_is_against_the_reference_cycle_that_is_set() -> None:
    """Capacities of cycles 25 and 50 of the same cell: their ratio is the retention of 50 against 25."""
    scan = comparison.simulate(HALF, np.random.default_rng(1))
    early, late = (_own(scan, cycle=cycle)["compared_capacity"].value for cycle in (25, 50))
    against = _own(scan, reference_cycle=25)["capacity_retention"].value
    assert against == pytest.approx(100.0 * late / early, abs=0.1)
    assert abs(against - _own(scan)["capacity_retention"].value) > 2.0


def test_a_cycle_that_ends_early_is_not_compared() -> None:
    """The test was stopped while cycle 50 charged: what had flowed by then is no capacity."""
    scan = comparison.simulate(HALF, np.random.default_rng(1))
    fiftieth = np.unique(scan["cycle_count"])[49]
    inside = np.flatnonzero((scan["cycle_count"] == fiftieth) & (scan["current_ampere"] > 0))
    stop = int(inside[len(inside) // 2])
    stopped = replace(scan, columns={name: values[:stop] for name, values in scan.columns.items()})
    found = _own(stopped)
    assert "compared_capacity" not in found.quantities
    assert "Capacity" in next(note.text for note in found.notes if note.code == "comparison_gap")


def test_doubts_about_the_cycles_are_passed_on() -> None:
    """A first efficiency of 110 %."""
    scan = comparison.simulate(replace(HALF, first_charge_mah_g=1712.0), np.random.default_rng(1))
    assert "efficiency_above_100" in {note.code for note in _own(scan).notes if note.level == "doubt"}


def test_reported_numbers_are_traced_to_their_record_and_own_ones_to_their_result() -> None:
    values = [{"anode": "Si", "capacity_mah_per_g": value} for value in ("150", "140")]
    own = [Record(schema="full_cells", values=given, own=True) for given in values]
    results = [
        comparison.ComparisonResult(technique="comparison", id=name, name="full_cells", own=(record,), conditions=())
        for name, record in zip(("aa", "bb"), own, strict=True)
    ]
    spec = ItemSpec(id="S6", kind="table", parts=(Part(technique="comparison", show="table"),))
    numbers = trace_numbers(
        spec, comparison.TABLES["table"](results), [Traced(result, "halfcell") for result in results]
    )
    capacities = {number["result"]: number for number in numbers if number["quantity"] == "capacity_mah_per_g"}
    assert capacities["aa"]["value"] == 150.0
    assert capacities["bb"]["value"] == 140.0
    reported = [number for name, number in capacities.items() if name not in {"aa", "bb"}]
    assert len(reported) > 10
    assert all(number["formula"] == f"as reported: {number['result']}" for number in reported)
    assert all(number["sources"] for number in reported)  # the file of the reported results


def test_conditions_stand_under_their_own_heads() -> None:
    scan = comparison.simulate(replace(HALF, cycles=3), np.random.default_rng(1))
    found = _own(scan, comparison="solid_state", area_cm2=1.0, temperature_degc=60.0, pressure_mpa=75.0)
    values = found.own[0].values
    assert (values["temperature_degc"], values["stack_pressure_mpa"]) == ("60", "75")
    assert float(values["current_density_ma_per_cm2"]) > 0
    assert float(values["areal_capacity_mah_per_cm2"]) == found["compared_areal_capacity"].value
