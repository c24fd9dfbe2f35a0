"""Figures and tables of cycling: their structure, and what they refuse to show."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.figure import Line, Points, Text
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.render import figure_data
from halfcell.render.drawable import drawable
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Block, CyclingResult, Parameters, Settings
from halfcell.techniques.cycling.axes import bottom, free_place, highest
from halfcell.techniques.cycling.efficiency_axis import efficiency_axis, hidden_efficiencies
from halfcell.techniques.cycling.tables import bases_of
from snapshots import check

SNAPSHOTS = Path(__file__).with_name("snapshots")
RATES = ((18.0, 1.0, 3.63), (90.0, 0.85, 3.56), (180.0, 0.78, 3.54), (900.0, 0.49, 3.46), (18.0, 0.99, 3.62))


@pytest.fixture(scope="module")
def half() -> CyclingResult:
    """An anode half cell of twelve cycles that keeps 80 %."""
    cell = Parameters(cycles=12, retention_percent=80.0, retention_cycle=12, points=30, fine_points=80, noise_volt=0.0)
    settings = Settings(kind=CellKind.HALF, active_mass_mg=1.2, profile_cycles=(1, 2, 12))
    return cycling.analyse(cycling.simulate(cell, np.random.default_rng(1)), settings).stamped(label="Si/Sn-10", id="h")


@pytest.fixture(scope="module")
def full() -> CyclingResult:
    """A full cell at four rates and back at the first."""
    blocks = tuple(Block(cycles=2, current_ma_g=c, capacity_part=q, mean_discharge_v=v) for c, q, v in RATES)
    cell = Parameters(
        kind=CellKind.FULL, materials=(("graphite|NCM811", 1.0),), blocks=blocks, active_mass_mg=12.18, points=40,
        first_charge_mah_g=205.0, first_discharge_mah_g=179.0, lower_volt=2.8, upper_volt=4.3, start_volt=3.0,
        retention_cycle=10, noise_volt=0.0,
    )  # fmt: skip
    settings = Settings(
        kind=CellKind.FULL, cathode_active_mass_mg=12.18, anode_mass_mg=8.61, separator_mass_mg=1.76,
        cathode_mass_mg=15.23, active_mass_mg=6.89, one_c_ma_per_g=180.0,
    )  # fmt: skip
    return cycling.analyse(cycling.simulate(cell, np.random.default_rng(1)), settings).stamped(label="Graphite", id="f")


@pytest.mark.parametrize("show", ["voltage profile", "cycling performance", "dQ/dV", "dV/dQ"])
def test_figures_of_a_half_cell(half: CyclingResult, show: str) -> None:
    """Potentials against lithium begin at 2.5 V; dQ/dV is negative on discharge; capacity is that of the charge."""
    check(cycling.FIGURES[show]([half]), SNAPSHOTS / f"{show.replace('/', ' ')}.json")


@pytest.mark.parametrize("show", ["rate capability", "profile by rate", "rate equation"])
def test_figures_of_a_rate_test(full: CyclingResult, show: str) -> None:
    """Rates stand at their cycles, the capacity falls with them; voltages of a cell have no reference."""
    check(cycling.FIGURES[show]([full]), SNAPSHOTS / f"{show}.json")


def test_several_samples_share_a_panel(half: CyclingResult) -> None:
    """Both samples are named, on one axis of capacities and one of efficiencies."""
    other = half.stamped(label="Si", id="o")
    check(cycling.FIGURES["voltage profile"]([half, other]), SNAPSHOTS / "two profiles.json")
    check(cycling.FIGURES["cycling performance"]([half, other]), SNAPSHOTS / "two performances.json")


@pytest.mark.parametrize("show", ["first cycle", "cycles"])
def test_tables_of_a_half_cell(half: CyclingResult, show: str) -> None:
    """Efficiency is charge over discharge, 92.5 % at first; what capacities and retention are of stands below."""
    check(cycling.TABLES[show]([half]), SNAPSHOTS / f"table {show}.json")


@pytest.mark.parametrize("show", ["rate capability", "energy density"])
def test_tables_of_a_full_cell(full: CyclingResult, show: str) -> None:
    """Masses of all parts, Wh/kg per mass of electrodes and separator; a rate has the capacity of its last cycle."""
    check(cycling.TABLES[show]([full]), SNAPSHOTS / f"table {show}.json")


def test_the_energy_density_is_that_of_the_document(full: CyclingResult) -> None:
    """Table S5, graphite at 18 mA/g: 179.0 mAh/g, 3.63 V, 0.00791 Wh, 309.1 Wh/kg."""
    table = cycling.TABLES["energy density"]([full])
    first = {column.key: entry.text for column, entry in zip(table.columns, table.rows[0], strict=True) if entry}
    assert (first["discharge_capacity"], first["mean_discharge_voltage"]) == ("179.0", "3.63")
    assert (first["discharge_energy"], first["energy_density"]) == ("0.00791", "309.1")


def test_no_energy_density_of_a_half_cell(half: CyclingResult) -> None:
    with pytest.raises(Refused, match="energy density"):
        cycling.TABLES["energy density"]([half])


def test_a_missing_mass_of_the_stack_is_named() -> None:
    cell = Parameters(kind=CellKind.FULL, materials=(("graphite|NCM811", 1.0),), lower_volt=2.8, upper_volt=4.3)
    test = cycling.simulate(cell, np.random.default_rng(0))
    result = cycling.analyse(test, Settings(kind=CellKind.ASSLB, anode_mass_mg=2.8, cathode_mass_mg=15.6))
    said = [note.text for note in result.notes if note.code == "stack_mass_missing"]
    assert len(said) == 1
    assert "electrolyte_mass_mg" in said[0]
    assert "energy_density" not in result.quantities


def test_one_rate_has_no_profile_by_rate_and_no_equation(half: CyclingResult) -> None:
    for show, told in (("profile by rate", "no profiles by rate"), ("rate equation", "no rate equation was fitted")):
        with pytest.raises(Refused, match=told):
            cycling.FIGURES[show]([half])


def test_cycles_that_are_not_there_are_not_shown(half: CyclingResult) -> None:
    with pytest.raises(Refused, match="no profile"):
        cycling.FIGURES["voltage profile"]([half.stamped(curves=())])


def test_a_small_cell_keeps_its_digits() -> None:
    small = cycling.simulate(
        Parameters(cycles=1, active_mass_mg=1e-4, points=30, noise_volt=0.0), np.random.default_rng(1)
    )
    result = cycling.analyse(small, Settings(kind=CellKind.HALF)).stamped(label="thin film", id="t")
    printed = cycling.TABLES["first cycle"]([result]).rows[0][1]
    assert printed is not None
    assert printed.quantity is not None
    assert 0 < printed.quantity.value < 1e-2
    assert float(printed.text) == pytest.approx(printed.quantity.value, rel=1e-3)


def _balanced(full: CyclingResult, **more: object) -> CyclingResult:
    cell = Parameters(
        kind=CellKind.FULL, materials=(("graphite|NCM811", 1.0),), lower_volt=2.8, upper_volt=4.3, cycles=2
    )
    settings = Settings(
        kind=CellKind.FULL, cathode_active_mass_mg=12.18, anode_mass_mg=8.61, separator_mass_mg=1.76,
        cathode_mass_mg=15.23, **more,
    )  # fmt: skip
    return cycling.analyse(cycling.simulate(cell, np.random.default_rng(0)), settings).stamped(label="Graphite", id="b")


def test_the_balance_is_on_the_stated_areal_capacities(full: CyclingResult) -> None:
    one = _balanced(full, anode_capacity_mah_per_cm2=2.4, cathode_capacity_mah_per_cm2=2.0)
    assert one.quantities["np_ratio"].value == pytest.approx(1.2)
    assert str(one.quantities["np_ratio"]) == "1.20"
    assert "np_basis" in {note.code for note in one.notes}
    table = cycling.TABLES["energy density"]([one, full])
    place = [column.key for column in table.columns].index("np_ratio")
    assert [row[place].text for row in table.rows if row[place]] == ["1.20", "-"]
    low = _balanced(full, anode_capacity_mah_per_cm2=1.8, cathode_capacity_mah_per_cm2=2.0)
    assert "np_below_one" in {note.code for note in low.notes if note.level == "doubt"}


def test_half_a_balance_is_refused_with_the_field_that_is_missing(full: CyclingResult) -> None:
    one = _balanced(full, anode_capacity_mah_per_cm2=2.4)
    (said,) = (note.text for note in one.notes if note.code == "np_missing")
    assert "cathode_capacity_mah_per_cm2 not known" in said
    assert "np_ratio" not in one.quantities
    assert "np_missing" not in {note.code for note in full.notes}, "nobody asked"


def test_a_cycle_without_a_profile_is_named(full: CyclingResult) -> None:
    one = _balanced(full, profile_cycles=(1, 7, 9))
    (said,) = (note for note in one.notes if note.code == "profile_missing")
    assert said.level == "refused"
    assert said.text == "no profile of cycle 7, 9 (profile_cycles): the test has cycles 1 to 2"
    assert {curve.cycle for curve in one.curves if curve.chosen} == {1}


def test_below_a_table_stands_whose_retention_is_of_which_cycles() -> None:
    def result(label: str, end: int) -> CyclingResult:
        text = f"retention is the charge capacity of cycle {end} against cycle 1"
        note = Note("info", "retention_reference", text)
        return CyclingResult(technique="cycling", label=label, notes=(note,), capacity_unit="mAh")

    lines = bases_of([result("Si", 17), result("Sn", 20), result("Ge", 20)])
    assert lines == (
        "Si: retention is the charge capacity of cycle 17 against cycle 1.",
        "Sn, Ge: retention is the charge capacity of cycle 20 against cycle 1.",
    )
    assert bases_of([result("Sn", 20), result("Ge", 20)]) == (
        "Retention is the charge capacity of cycle 20 against cycle 1.",
    )


def test_every_series_of_the_data_file_is_named(half: CyclingResult, tmp_path: Path) -> None:
    (path, *_) = figure_data.write(cycling.FIGURES["dQ/dV"]([half]), tmp_path / "a")
    comments = path.read_text(encoding="utf-8-sig").splitlines()[2]
    for cycle in (1, 2, 12):
        for part in ("discharge", "charge"):
            assert comments.count(f"Si/Sn-10, cycle {cycle}, {part}") == 2
    (path, *_) = figure_data.write(cycling.FIGURES["cycling performance"]([half]), tmp_path / "b")
    assert "Si/Sn-10, Coulombic efficiency" in path.read_text(encoding="utf-8-sig").splitlines()[2]


def test_differential_capacity_lies_within_the_data(half: CyclingResult) -> None:
    for curve in half.curves:
        assert curve.dqdv_voltage.min() >= curve.voltage.min() - 1e-9
        assert curve.dqdv_voltage.max() <= curve.voltage.max() + 1e-9


def test_which_symbols_are_what_stands_at_the_axes(half: CyclingResult) -> None:
    (panel,) = cycling.FIGURES["cycling performance"]([half]).panels
    assert panel.y.label.endswith("filled")
    assert panel.right is not None
    assert panel.right.label.endswith("hollow")


def test_the_open_circuit_voltage_does_not_stretch_the_axis() -> None:
    """A half cell begins at 2.7 V, leaves it at once, and is cycled to 1.5 V: the axis ends slightly above 1.5 V."""
    x = np.linspace(0.0, 1000.0, 500)
    down = Line(x=x, y=0.05 + 0.9 * np.exp(-x / 300) + 1.75 * np.exp(-x / 2))
    up = Line(x=x, y=0.2 + 1.3 * (x / 1000) ** 4)
    assert highest((down, up)) == pytest.approx(1.06 * 1.5, abs=0.01)
    assert highest((up,)) is None


def test_the_efficiency_axis_shows_the_usual_efficiencies() -> None:
    """99.0 to 99.8 % after a first cycle of 85 %: the axis resolves tenths of a per cent, and says what is below it."""
    cycle = np.arange(1.0, 101.0)
    efficiency = np.r_[85.0, np.linspace(99.0, 99.8, 99)]
    points = Points(x=cycle, y=efficiency, side="right", name="Si, Coulombic efficiency")
    axis = efficiency_axis((points,))
    assert axis is not None
    assert axis.low is not None
    assert axis.high is not None
    assert 95.0 < axis.low < 97.0
    assert 100.0 <= axis.high < 101.0
    (note,) = hidden_efficiencies((points,), axis)
    assert "cycle 1 " in note
    assert "85.0 %" in note


def test_efficiencies_below_the_axis_are_told_in_one_line() -> None:
    """Two cells with a low first efficiency: one line names both, since two alike lines read as a mistake."""
    cycle = np.arange(1.0, 101.0)
    layers = tuple(
        Points(x=cycle, y=np.r_[first, np.full(99, 99.5)], side="right", name=f"{name}, Coulombic efficiency")
        for name, first in (("Si", 84.62), ("Si/C", 84.34))
    )
    notes = hidden_efficiencies(layers, efficiency_axis(layers))
    assert notes == ("Coulombic efficiencies below the axis: cycle 1 (Si 84.6 %, Si/C 84.3 %).",)


def _tested(**given: object) -> CyclingResult:
    cell = Parameters(cycles=20, retention_percent=80.0, retention_cycle=20, points=30, fine_points=80, noise_volt=0.0)
    settings = Settings(kind=CellKind.HALF, active_mass_mg=1.2, **given)  # type: ignore[arg-type]
    return cycling.analyse(cycling.simulate(cell, np.random.default_rng(1)), settings)


def test_a_cell_without_a_cycle_to_show_is_named_and_not_only_in_the_legend() -> None:
    whole = _tested()
    begun = dataclasses.replace(whole, label="begun", rows=(), curves=())
    for figure in (cycling.FIGURES["cycling performance"], cycling.FIGURES["voltage profile"]):
        with pytest.raises(Refused, match="to show") as told:
            figure((whole, begun))
        assert told.value.where == "begun"


def test_a_single_cell_without_a_complete_cycle_has_no_empty_axes() -> None:
    result = dataclasses.replace(_tested(), label="begun", rows=(), curves=())
    with pytest.raises(Refused, match="there is no complete cycle to show"):
        cycling.FIGURES["cycling performance"]([result])


@pytest.mark.parametrize(
    ("lowest", "low"), [(-1.65, None), (-0.0005, 0.0), (0.01, 0.0), (0.4, 0.0), (0.8, None), (2.8, None)]
)
def test_the_voltage_axis_begins_at_zero_only_near_it(lowest: float, low: float | None) -> None:
    line = Line(x=np.linspace(0.0, 1.0, 50), y=np.linspace(lowest, lowest + 1.0, 50))
    assert bottom([line]) == low


def test_the_highest_capacity_is_below_the_frame(half: CyclingResult) -> None:
    kindless = dataclasses.replace(half, rows=tuple({**row, "coulombic_efficiency": None} for row in half.rows))
    (panel,) = cycling.FIGURES["cycling performance"]([kindless]).panels
    largest = max(float(layer.y.max()) for layer in panel.layers)
    assert panel.y.high == pytest.approx(1.08 * largest)


def test_profiles_of_every_fifth_cycle_are_coloured_by_their_number() -> None:
    figure = cycling.FIGURES["voltage profile"]([_tested(profile_cycles=(1,), profile_every=2)])
    lines = [layer for layer in figure.panels[0].layers if isinstance(layer, Line)]
    assert {line.label for line in lines} - {""} == {f"cycle {n}" for n in (1, *range(2, 21, 2))}
    drawn = drawable(figure).panels[0]
    assert drawn.colour_bar is not None
    assert (drawn.colour_bar.label, drawn.colour_bar.low, drawn.colour_bar.high) == ("Cycle", 1.0, 20.0)


def test_cycles_that_the_author_leaves_out() -> None:
    result = _tested(exclude_cycles=(7, 8, 99))
    rows = {row["cycle"]: row for row in result.rows}
    assert [number for number, row in rows.items() if not row["complete"]] == [7, 8]
    assert rows[9]["coulombic_efficiency"] == pytest.approx(_tested().rows[8]["coulombic_efficiency"])
    texts = {note.code: note.text for note in result.notes}
    assert texts["excluded_cycles"].endswith("cycles 7, 8")
    assert "cycle 99, which the test does not have" in texts["excluded_missing"]
    assert "unfinished_cycle" not in texts
    (panel,) = cycling.FIGURES["cycling performance"]([result]).panels
    shown = [layer.x for layer in panel.layers if isinstance(layer, Points)]
    assert all(not {7.0, 8.0} & set(x.tolist()) for x in shown)


def test_the_initial_efficiency_stands_in_the_panel(half: CyclingResult) -> None:
    (text,) = [one for one in cycling.FIGURES["voltage profile"]([half]).panels[0].layers if isinstance(one, Text)]
    assert text.text == f"ICE = {half.quantities['initial_coulombic_efficiency'].value:.1f} %"


def test_a_text_stands_where_no_curve_is() -> None:
    """A line through the middle of the panel: the text stands aside of it, as near to the middle as it can."""
    x = np.linspace(0.0, 1000.0, 400)
    place = free_place((Line(x=x, y=2.0 * x / 1000.0),))
    assert place is not None
    assert abs(place[0] - 0.5) + abs(place[1] - 0.55) > 0.05
    fractions = np.array([x / 1025.0, 2.0 * x / 1000.0 / 2.12])
    apart = np.abs(fractions - np.array(place)[:, None])
    assert not ((apart[0] < 0.19) & (apart[1] < 0.06)).any()
    crowd = tuple(Line(x=x, y=np.full(400, level)) for level in np.linspace(0.0, 2.0, 60))
    assert free_place(crowd) is None


def test_equal_resistances_of_charge_and_discharge_are_both_seen() -> None:
    pulses = tuple(
        {"pulse_current": current, "rest_voltage": 3.7, "pulse_resistance": 60.0, "diffusion_coefficient": None}
        for current in (1.0, -1.0)
    )
    figure = cycling.FIGURES["pulses"]([dataclasses.replace(_tested(), label="A", pulses=pulses)])
    ring, dot = figure.panels[0].layers
    assert isinstance(ring, Points)
    assert isinstance(dot, Points)
    assert ring.hollow
    assert not dot.hollow
    assert ring.size_pt > 1.5 * dot.size_pt
