"""Reported results: the shipped records, their tables and charts, and what a user adds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError, StudyError
from halfcell.core.figure import Points, Text
from halfcell.literature.comparison_charts import chart
from halfcell.literature.comparison_table import comparison
from halfcell.literature.label_places import label_places
from halfcell.literature.reported_results import keep, load, read_bib, read_csv
from halfcell.literature.schema import Record, is_other_quantity, schema, schemas

OWN_CELLS = {"anodes": 20, "full_cells": 19, "solid_state": 59}  # rows of Tables S4, S6, S8


@pytest.mark.parametrize(("name", "count"), OWN_CELLS.items())
def test_every_row_of_the_document_is_a_record(name: str, count: int) -> None:
    assert len(load(name)) == count


def test_printed_digits_are_kept() -> None:
    by_anode = {r.values["anode"]: r for r in load("anodes")}
    assert by_anode["Si-FeSi2-G-C"].values["ice_percent"] == "87.0"
    assert by_anode["Si@TiSi2@NC"].number("capacity_mah_per_g") == 1553.3


def test_a_torque_in_the_pressure_column_is_a_doubt_not_a_number() -> None:
    doubted = [r for r in load("solid_state") if r.doubts]
    assert {r.values["anode"] for r in doubted} == {"Col-Si"}
    assert doubted[0].number("stack_pressure_mpa") is None
    assert "3 N·m" in doubted[0].doubts[0]
    table = comparison(load("solid_state"), "solid_state")
    assert any("3 N·m" in note for note in table.notes)
    place = [column.key for column in table.columns].index("stack_pressure_mpa")
    pressures = {entry.text for row in table.rows if (entry := row[place])}
    assert "-" in pressures
    assert "3 N·m" not in pressures
    assert "N/A" in pressures  # as printed


def test_what_is_of_another_quantity() -> None:
    pressure = next(column for column in schema("solid_state").columns if column.key == "stack_pressure_mpa")
    for text, expected in {"3 N·m": True, "0.5 GPa": False, "75": False, "N/A": False, "high": False}.items():
        assert is_other_quantity(text, pressure) is expected, text


def test_merged_cells_stop_where_a_new_value_begins() -> None:
    records = [r for r in load("solid_state") if r.values["anode"] == "Si@MOF"]
    table = comparison(records, "solid_state")
    loading = [row[3] for row in table.rows]
    assert [(e.text, e.rows) if e else None for e in loading] == [("15.4", 3), None, None, ("20.2", 3), None, None]
    assert table.rows[0][0] is not None
    assert table.rows[0][0].rows == 6


def test_cycle_stands_beside_the_capacity() -> None:
    table = comparison(load("anodes")[:1], "anodes")
    assert [e.text for e in table.rows[0] if e][:4] == ["Si/TiSi_{2} heterostructure", "59.4", "1300", "937 (X=100)"]


def test_own_result_is_this_work_and_survives_filters() -> None:
    own = Record(
        schema="full_cells",
        values={"anode": "Si/C", "cathode": "LFP", "capacity_mah_per_g": "150", "cycle": "50"},
        own=True,
    )
    kept = keep((*load("full_cells"), own), ["cathode=ncm811", "cycle>=100"])
    assert [r.values["anode"] for r in kept] == ["Si@N-ECGB", "Si/a-Sn/CoSi2/G/C", "Si/a-Sn/CoSi2/G/C", "Si/C"]
    assert comparison(kept, "full_cells").rows[-1][-1].text == "This work"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("cathode NCM811", "is not a valid filter"),
        ("cathod=LFP", "no column 'cathod' in full_cells"),
        ("cycle>many", "'many' is not a number"),
    ],
)
def test_a_wrong_filter_says_so(condition: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        keep(load("full_cells"), [condition])


@pytest.mark.parametrize("name", list(schemas()))
def test_charts_show_every_record_that_has_both_values(name: str) -> None:
    records = load(name)
    figure = chart(records, name)
    for panel in figure.panels:
        shown = sum(len(layer.x) for layer in panel.layers if isinstance(layer, Points))
        assert shown == len(records)


@pytest.mark.parametrize("name", list(schemas()))
def test_every_series_looks_like_no_other_and_the_same_in_all_panels(name: str) -> None:
    own = Record(schema=name, values={**load(name)[0].values, "cathode": "NCM811"}, own=True)
    figure = chart([*load(name), own], name)
    looks: dict[str, set[tuple[int, str, bool]]] = {}
    for panel in figure.panels:
        for layer in (layer for layer in panel.layers if isinstance(layer, Points)):
            looks.setdefault(layer.label, set()).add((layer.colour, layer.marker, layer.hollow))
    assert all(len(found) == 1 for found in looks.values())
    assert len({look for found in looks.values() for look in found}) == len(looks)
    legends = [panel for panel in figure.panels if panel.legend != "none"]
    assert {layer.label for panel in legends for layer in panel.layers if isinstance(layer, Points)} == set(looks)


def test_reference_labels_stand_apart() -> None:
    panel = chart(load("full_cells"), "full_cells").panels[0]
    places = [(t.x, t.y) for t in panel.layers if isinstance(t, Text)]
    assert len(places) == len(set(places)) == 19


def test_all_mistakes_of_a_users_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("anode,cathode,retention_percnt,capacity_mah_per_g\n,LFP,1,20\nSi,LFP,1,9000\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_csv(path, "full_cells")
    lines = [str(p) for p in caught.value.problems]
    assert len(lines) == 4
    assert any("mine.csv:2: anode is empty" in line for line in lines)
    assert any("mine.csv:3: capacity_mah_per_g = 9000 is out of range" in line for line in lines)
    assert sum("did you mean 'retention_percent'" in line for line in lines) == 2


def test_bibtex_entries_with_our_fields(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@article{kim2026, title = {A {Si} anode}, doi = {10.1/x}, anode = {Si/C}, cathode = {LFP},\n"
        " capacity_mah_per_g = {141.0}, cycle = 200}\n@book{plain, title = {No cell}}\n",
        encoding="utf-8",
    )
    (record,) = read_bib(path, "full_cells")
    assert record.values == {
        "reference": "kim2026", "doi": "10.1/x", "anode": "Si/C", "cathode": "LFP",
        "capacity_mah_per_g": "141.0", "cycle": "200",
    }  # fmt: skip


def test_semicolons_and_printed_heads(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Materials;ICE (%);Current density (mA g-1);Refs.\nSi/C;88.1;200;[100]\n", encoding="utf-8")
    (record,) = read_csv(path, "anodes")
    assert dict(record.values) == {
        "anode": "Si/C", "ice_percent": "88.1", "current_density_ma_per_g": "200", "reference": "[100]",
    }  # fmt: skip
    assert comparison([record], "anodes").rows[0][-1].text == "[100]"  # type: ignore[union-attr]


def test_another_unit_in_a_printed_head_is_refused(tmp_path: Path) -> None:
    """2 A/g are not 2 mA/g: numbers are kept as printed, so the unit must be that of the column."""
    path = tmp_path / "mine.csv"
    path.write_text("Materials,Current density (A g-1)\nSi/C,2\n", encoding="utf-8")
    with pytest.raises(StudyError, match="unknown column"):
        read_csv(path, "anodes")


def test_a_mere_bibliography_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@article{key, doi = {10.1/x}, title = {Silicon}}", encoding="utf-8")
    with pytest.raises(InputError, match="no entry holds a reported result"):
        read_bib(path, "anodes")


def test_labels_cover_neither_points_nor_each_other() -> None:
    """Thirty points, some of them close together: no label within half a marker of a point or over another label."""
    points = np.random.default_rng(3).random((30, 2))
    words = {tuple(point.tolist()): str(40 + number) for number, point in enumerate(points)}
    spots = np.array(label_places(words, points))
    half = np.array([0.024, 0.0225])
    apart = np.abs(spots[:, None] - points[None])
    assert not ((apart < half + 0.02).all(axis=2)).any()
    mutual = np.abs(spots[:, None] - spots[None]) < 2 * half - 1e-9
    assert mutual.all(axis=2).sum() == len(spots)  # each overlaps itself alone
    assert np.hypot(*(spots - points).T).max() < 0.25


def test_a_filter_can_leave_out_a_reference() -> None:
    records = load("full_cells")
    kept = keep(records, ["reference!=SI"])
    assert {r.values["reference"] for r in records} - {r.values["reference"] for r in kept} == {"SI"}
