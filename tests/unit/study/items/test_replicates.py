"""Replicates: means and standard deviations in tables and figures, outliers by Dixon's test, single curves "
"otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.figure import Axis, Bars, Figure, Layer, Line, Panel, Points, Span, Text
from halfcell.core.quantity import Quantity
from halfcell.core.result import Result
from halfcell.core.table import Column, Entry, Table
from halfcell.study.items.replicates.groups import group_notes
from halfcell.study.items.replicates.labels import label_of_all
from halfcell.study.items.replicates.shown_groups import show_groups
from halfcell.study.items.replicates.statistics import mean_quantity, mean_text, outliers
from halfcell.study.items.traced import Traced


def _cell(name: str, group: str, value: float, rows: tuple[dict[str, float], ...] = ()) -> Traced:
    quantity = Quantity(value, "%", 0.1, "propagated", 1)
    return Traced(Result(technique="x", id=name, label=name, quantities={"ice": quantity}, rows=rows), "v", group=group)


CELLS = (_cell("A1", "Si", 82.0), _cell("B1", "", 90.0), _cell("A2", "Si", 84.0), _cell("A3", "Si", 85.0))


def _table(results: list[Result]) -> Table:
    columns = (Column(key="label", label="Materials"), Column(key="ice", label="ICE", unit="%"))
    rows = tuple(
        (Entry(text=one.label), Entry(text=one["ice"].number, quantity=one["ice"], origin=f"{one.id}:ice"))
        for one in results
    )
    return Table(columns=columns, rows=rows)


def test_a_table_has_mean_standard_deviation_and_number_of_cells() -> None:
    """Mean 83.667 and standard deviation (n - 1) 1.528 of 82, 84 and 85."""
    table = show_groups(lambda traced: _table([one.result for one in traced]), CELLS)
    assert isinstance(table, Table)
    assert [[entry.text for entry in row if entry] for row in table.rows] == [
        ["Si (n = 3)", "83.7 ± 1.5"],
        ["B1", "90.0"],
    ]
    mean = table.rows[0][1]
    assert mean is not None
    assert mean.quantity is not None
    assert mean.origin == "A1+A2+A3:ice"
    assert (mean.quantity.value, mean.quantity.std) == (pytest.approx(83.66667), pytest.approx(1.527525))
    assert mean.quantity.kind == "spread over cells"
    assert table.notes[-1] == "Mean ± standard deviation over the n cells of a group."


def _figure(layers: list[Layer]) -> Figure:
    return Figure(panels=(Panel(y=Axis(high=100.0), layers=tuple(layers)),))


def _shown(make: object, cells: tuple[Traced, ...] = CELLS) -> Figure:
    figure = show_groups(lambda traced: _figure([layer for one in traced for layer in make(one.result)]), cells)  # type: ignore[operator]
    assert isinstance(figure, Figure)
    return figure


def test_points_over_cycles_become_means_with_a_band() -> None:
    cycles = np.arange(1.0, 21.0)
    layers = _shown(lambda r: [Points(x=cycles, y=r["ice"].value - cycles, label=r.label)]).panels[0].layers
    assert [type(layer).__name__ for layer in layers] == ["Area", "Points", "Points"]
    assert layers[1].y == pytest.approx(83.66667 - cycles)  # type: ignore[union-attr]
    assert layers[0].y - layers[0].y_low == pytest.approx(np.full(20, 2 * 1.527525))  # type: ignore[union-attr,operator]
    assert [getattr(layer, "label", "") for layer in layers] == ["", "Si", "B1"]


def test_few_points_have_error_bars_and_missing_ones_count() -> None:
    def make(result: Result) -> list[Layer]:
        rates = np.array([1.0, 2.0, 3.0] if result.id == "A2" else [1.0, 2.0])
        return [Points(x=rates, y=np.full(len(rates), result["ice"].value))]

    figure = _shown(make)
    points = figure.panels[0].layers[0]
    assert isinstance(points, Points)
    assert points.y == pytest.approx([83.66667, 83.66667, 84.0])
    assert points.y_error == pytest.approx([1.527525, 1.527525, np.nan], nan_ok=True)
    assert figure.notes[1] == "Of fewer cells where one has no point, such as after its last cycle."


def test_cells_with_other_points_are_not_averaged() -> None:
    """Sweeps in steps of 5 and of 10 mV: a mean over now two, now three pellets jumped from point to point."""

    def make(result: Result) -> list[Layer]:
        volt = np.arange(-100.0, 101.0, 10.0) if result.id == "A2" else np.arange(-50.0, 51.0, 5.0)
        return [Points(x=volt, y=volt * result["ice"].value, label=result.label)]

    figure = _shown(make)
    assert len([layer for layer in figure.panels[0].layers if isinstance(layer, Points)]) == 4
    assert figure.notes == ("Curves of single cells of one group have one colour (Si: n = 3).",)


def test_bars_of_groups_have_error_bars_and_single_ones_keep_theirs() -> None:
    def draw(traced: object) -> Figure:
        results = [one.result for one in traced]  # type: ignore[attr-defined]
        y, errors = np.array([one["ice"].value for one in results]), np.array([one["ice"].std for one in results])
        return _figure([Bars(x=np.arange(float(len(y))), y=y, y_error=errors)])

    bars = show_groups(draw, CELLS).panels[0].layers[0]  # type: ignore[union-attr]
    assert isinstance(bars, Bars)
    assert bars.y == pytest.approx([83.66667, 90.0])
    assert bars.y_error == pytest.approx([1.527525, 0.1])


def test_profiles_are_shown_for_each_cell_in_one_colour_and_texts_of_one_cell_are_left_out() -> None:
    def make(result: Result) -> list[Layer]:
        x = np.linspace(0.0, 10.0 * result["ice"].value, 50)
        return [Line(x=x, y=x**0.5, label=result.label), Text(x=1, y=1, text=f"{result['ice'].number} %")]

    figure = _shown(make)
    lines = [layer for layer in figure.panels[0].layers if isinstance(layer, Line)]
    assert [line.label for line in lines] == ["Si", "", "", "B1"]
    assert [line.name for line in lines[:3]] == ["A1, Si", "A2, Si", "A3, Si"]
    assert [layer.text for layer in figure.panels[0].layers if isinstance(layer, Text)] == ["90.0 %"]
    assert figure.notes == ("Curves of single cells of one group have one colour (Si: n = 3).",)


def test_a_line_across_the_panel_is_the_mean_with_its_standard_deviation() -> None:
    """A Nyquist plot of three pellets said "dashed: resistance before the tail" and had no dashed line."""
    figure = _shown(lambda result: [Span(start=result["ice"].value, stop=result["ice"].value)])
    band, line, single = figure.panels[0].layers
    assert isinstance(band, Span)
    assert isinstance(line, Span)
    assert line.start == line.stop == pytest.approx(83.66667)
    assert (band.start, band.stop) == pytest.approx((83.66667 - 1.527525, 83.66667 + 1.527525))
    assert single.start == 90.0  # type: ignore[union-attr]
    assert figure.notes == ("Mean ± standard deviation over the cells of a group (Si: n = 3).",)


def test_cells_that_were_cycled_at_different_currents_are_not_averaged() -> None:
    slow, fast = ({"c_rate": 0.1},) * 5, ({"c_rate": 1.0},) * 5
    cells = (_cell("A1", "Si", 82.0, slow), _cell("A2", "Si", 60.0, fast))
    table = show_groups(lambda traced: _table([one.result for one in traced]), cells)
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows if row[0]] == ["A1", "A2"]
    (label, note) = group_notes(cells)[0]
    assert (label, note.code) == ("Si", "not_averaged")


def test_digits_of_a_mean() -> None:
    def text(*values: float, decimals: int | None = None) -> str:
        return mean_text(mean_quantity([Quantity(value, "", decimals=decimals) for value in values]))

    assert text(3500.0, 3620.0) == "3560 ± 80" or text(3500.0, 3620.0) == "3560 ± 85"
    assert text(92.11, 92.89, decimals=1) == "92.5 ± 0.6"
    assert text(5.0, 5.0, decimals=0) == "5"
    assert text(0.01234, 0.01310) == "0.01272 ± 0.00054"
    assert text(5.55e-05, 5.69e-05) == "5.620e-05 ± 0.099e-05"


def test_outliers_by_dixons_test() -> None:
    """The example of Dean and Dixon, Anal. Chem. 23 (1951) 636, as in many textbooks: Q = 0.455 is below 0.466."""
    values = [0.189, 0.167, 0.187, 0.183, 0.186, 0.182, 0.181, 0.184, 0.181, 0.177]
    assert outliers(values) == ()
    assert outliers([*values[:1], 0.150, *values[2:]]) == (1,)
    assert outliers([1.0, 9.0]) == ()
    assert outliers([1.0, 1.01, 9.0]) == (2,)
    assert outliers([1.0, 1.1, 9.0, 1.05] * 3 + [50.0]) != ()


def _noted(*notes: str) -> object:
    def make(traced: tuple[Traced, ...]) -> Table:
        results = [one.result for one in traced]
        said = tuple(note.format(label=one.label, cycle=int(one["ice"].value)) for one in results for note in notes)
        return replace(_table(results), notes=tuple(dict.fromkeys(said)))

    return make


def test_a_line_that_does_not_hold_for_all_cells_names_its_cell() -> None:
    """Only the line of the first cell was printed: "Si: retention of cycle 82", also where others ended elsewhere."""
    table = show_groups(_noted("Per gram.", "{label}: retention of cycle {cycle}."), CELLS)  # type: ignore[arg-type]
    assert table.notes[:-1] == (
        "Per gram.",
        "A1: retention of cycle 82.",
        "A2: retention of cycle 84.",
        "A3: retention of cycle 85.",
        "B1: retention of cycle 90.",
    )


def test_a_cell_without_the_quantity_is_not_counted() -> None:
    def make(traced: tuple[Traced, ...]) -> Table:
        table = _table([one.result for one in traced])
        rows = (
            (row[0], Entry(text="-", doubt="no first cycle")) if row[1] and row[1].origin == "A1:ice" else row
            for row in table.rows
        )
        return replace(table, rows=tuple(rows))

    table = show_groups(make, CELLS)  # type: ignore[arg-type]
    assert isinstance(table, Table)
    mean = table.rows[0][1]
    assert mean is not None
    assert (mean.text, mean.origin, mean.doubt) == ("84.5 ± 0.7", "A2+A3:ice", "n = 2; no first cycle")


def test_cells_that_are_not_averaged_say_why() -> None:
    """A table in which one cell has more rows was shown cell by cell without a word."""

    def make(traced: tuple[Traced, ...]) -> Table:
        table = _table([one.result for one in traced])
        more = table.rows if any(one.result.id == "A2" for one in traced) else ()
        return replace(table, rows=(*table.rows, *more))

    table = show_groups(make, CELLS)  # type: ignore[arg-type]
    assert table.notes == ("The cells of Si are shown singly: their tables have other rows.",)
    figure = _shown(lambda one: [Line(x=np.arange(3.0), y=np.arange(3.0))] * (2 if one.id == "A3" else 1))
    assert figure.notes == ("The cells of Si are shown singly: their figures do not show the same things.",)


def test_a_head_that_holds_for_one_cell_only_does_not_stand_above_the_mean() -> None:
    """A mean over cells of 20 and of 18 cycles stood below "retention after 20 cycles", the head of the first cell."""

    def make(traced: tuple[Traced, ...]) -> Table:
        results = [one.result for one in traced]
        table, cycles = _table(results), {int(one["ice"].value) for one in results if one["ice"].value < 90}
        after = f" after {cycles.pop()} cycles" if len(cycles) == 1 else ""
        notes = () if after else tuple(f"{one.label}: after {one['ice'].value:.0f} cycles" for one in results)
        return replace(table, columns=(table.columns[0], Column(key="ice", label=f"Retention{after}")), notes=notes)

    table = show_groups(make, CELLS)  # type: ignore[arg-type]
    assert isinstance(table, Table)
    assert table.columns[1].label == "Retention"
    cycles = {"A1": 82, "B1": 90, "A2": 84, "A3": 85}
    assert table.notes[:4] == tuple(f"{name}: after {count} cycles" for name, count in cycles.items())


def test_numbers_in_different_units_are_not_averaged() -> None:
    """The capacity of a cell without a mass, in mAh, was averaged with those in mAh per gram."""
    first, second = _cell("A1", "Si", 350.0), _cell("A2", "Si", 5.3)
    quantity = replace(second.result.quantities["ice"], unit="mAh")
    second = replace(second, result=replace(second.result, quantities={"ice": quantity}))
    table = show_groups(lambda traced: _table([one.result for one in traced]), (first, second))
    assert [row[0].text for row in table.rows if row[0]] == ["A1", "A2"]  # type: ignore[union-attr]
    ((name, note),) = group_notes((first, second))
    assert (name, note.code) == ("Si", "not_averaged")
    assert "different units (%, mAh)" in note.text


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("Si", "Si", "Si"), "Si"),
        (("35.2 mA g-1", "35.0 mA g-1", "35.6 mA g-1"), "35.3 mA g-1"),
        (("Si: n = 2.2(3)", "Si: n = 2.0(3)"), "group"),
        (("cycle 10", "cycle 10"), "cycle 10"),
        (("0.1C", "0.2C"), "group"),
        ((), ""),
    ],
)
def test_the_legend_has_no_number_of_one_cell(labels: tuple[str, ...], shown: str) -> None:
    """The fitted numbers of the first cell stood in the legend as those of the group."""
    assert label_of_all(labels, "group") == shown


def test_the_name_of_curves_of_single_cells_holds_for_all() -> None:
    figure = _shown(lambda one: [Line(x=np.array([0.0, one["ice"].value]), y=np.zeros(2), label=f"n = {one.id}")])
    assert [layer.label for layer in figure.panels[0].layers if isinstance(layer, Line)] == ["Si", "", "", "n = B1"]


def test_a_curve_that_comes_back_is_not_averaged_with_itself() -> None:
    """Of voltammograms at the same potentials, both branches became one curve of half their currents."""
    x = np.array([0.0, 1.0, 2.0, 1.0, 0.0])
    figure = _shown(lambda one: [Line(x=x, y=one["ice"].value * np.array([0, 1, 1, -1, -1.0]))])
    assert all(len(layer.x) == 5 for layer in figure.panels[0].layers if isinstance(layer, Line))
    assert figure.notes[0].startswith("Curves of single cells")
