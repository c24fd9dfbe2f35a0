"""Sweeps: refused points stop nothing, files resume, the front is what none beats; processes give the same points."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from halfcell.cli import main
from halfcell.core.errors import InputError, Refused
from halfcell.study.execute.mapped import mapped
from halfcell.twin.cards import load_card
from halfcell.twin.pareto import chart, front
from halfcell.twin.predict import predict
from halfcell.twin.sweep import Point, points_of, sweep, tasks

CARD = load_card("graphite-ncm811")
VARY = {"cell.resistance_ohm": [2.0, 20.0], "anode.charged_content": [0.6, 1.2]}


def test_what_no_cell_is_stops_no_sweep() -> None:
    points = sweep(CARD, VARY, [90.0])
    assert [bool(point.refused) for point in points] == [False, True, False, True]
    assert "end of charge is 1.2" in points[1].refused
    assert np.isnan(points[1].results["mAh/g"])
    assert points[0].results["mAh/g"] > points[2].results["mAh/g"]
    with pytest.raises(InputError, match=r"no value 'anode\.mass'"):
        sweep(CARD, {"anode.mass": [1.0]}, [90.0])


def test_loading_and_np_ratio_change_a_cell_as_a_whole() -> None:
    points = sweep(CARD, {"loading": [1.0, 2.0], "np_ratio": [0.7, 1.0]}, [18.0])
    assert "does not hold the lithium" in points[0].refused
    one, two = points[1].results, points[3].results
    assert two["Wh/kg"] > one["Wh/kg"], "the separator weighs less beside thicker electrodes"
    assert two["mAh/g"] == pytest.approx(one["mAh/g"], rel=0.01)


def _point(current: float, energy: float) -> Point:
    return Point(values={}, results={"mA/g": current, "mAh/g": 1.0, "V": 1.0, "Wh/kg": energy})


def test_the_front_is_what_none_beats() -> None:
    points = [
        _point(*pair) for pair in ((10, 300), (10, 310), (20, 320), (50, 100), (50, 200), (90, 150), (90, np.nan))
    ]
    assert [(p.results["mA/g"], p.results["Wh/kg"]) for p in front(points)] == [(20, 320), (50, 200), (90, 150)]
    figure = chart(points)
    assert "1 points of the sweep are no cells" in figure.caption
    with pytest.raises(Refused, match="no point"):
        front([_point(1, np.nan)])


def test_parts_have_keys_of_their_content() -> None:
    first, second = tasks(CARD, VARY, [90.0], size=2)
    assert first.key != second.key
    assert first.key == next(iter(tasks(CARD, VARY, [90.0], size=2))).key
    changed = CARD.with_values({"cathode.active_mg": 12.0}, "test")
    assert first.key != next(iter(tasks(changed, VARY, [90.0], size=2))).key


def test_a_sweep_goes_on_where_it_was_ended(capsys, tmp_path: Path, monkeypatch) -> None:
    """Parts that are there are not computed again; the whole is the same, and the parts are gone."""
    import halfcell.twin.sweep as module

    out = tmp_path / "s.parquet"
    words = ["twin", "sweep", "graphite-ncm811", "--vary", "loading=0.5:2:4", "--current", "90", "--out", str(out)]
    assert main([*words, "--workers", "1"]) == 0
    whole = pl.read_parquet(out)
    assert whole.columns[:3] == ["loading", "current_ma_per_g", "capacity_mah_per_g"]
    assert whole.height == 4
    assert not out.with_name("s.parquet.parts").exists()
    monkeypatch.setattr(module, "PER_TASK", 2)
    monkeypatch.setattr(module.tasks, "__defaults__", ((), 2))
    parts = list(tasks(CARD, {"loading": [0.5, 1.0, 1.5, 2.0]}, [90.0]))
    folder = out.with_name("s.parquet.parts")
    folder.mkdir()
    whole[:2].write_parquet(folder / f"{parts[0].key}.parquet")
    out.unlink()
    capsys.readouterr()
    assert main([*words, "--workers", "1"]) == 0
    assert "1 of 2 parts from before" in capsys.readouterr().out
    assert pl.read_parquet(out).equals(whole)


def test_the_verb_draws_the_front(capsys, tmp_path: Path) -> None:
    stem = tmp_path / "front.svg"
    words = ["twin", "sweep", "graphite-ncm811", "--vary", "loading=0.5,2,5", "--current", "90", "--current", "540"]
    assert main([*words, "--pareto", str(stem), "--workers", "1"]) == 0
    assert stem.is_file()
    assert "Pareto front" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 6
    alone = predict(CARD, [90.0]).rows[0].capacity
    assert rows[0]["capacity_mah_per_g"] == pytest.approx(alone, rel=0.01)
    assert main([*words, "--out", str(tmp_path / "s.csv")]) == 2
    assert main(["twin", "sweep", "graphite-ncm811", "--vary", "loading=1:2"]) == 2


@pytest.mark.slow
def test_processes_give_the_same_points() -> None:
    parts = list(tasks(CARD, VARY, [90.0], size=2))
    alone = [point for part in parts for point in points_of(part)]
    together = [point for made in mapped(points_of, parts, workers=2) for point in made]
    assert str(alone) == str(together)


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_points() -> None:
    distributed = pytest.importorskip("distributed")
    parts = list(tasks(CARD, VARY, [90.0], size=2))
    alone = [point for part in parts for point in points_of(part)]
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        made = mapped(points_of, parts, address=cluster.scheduler_address)
        assert str([point for points in made for point in points]) == str(alone)
