"""Sweeps: refused points stop nothing, files resume, the front is what none beats; processes give the same points."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from halfcell.cli import main
from halfcell.cli.common.twin_sweep import key_of, pack, part_path, unpack
from halfcell.core.errors import InputError, Refused
from halfcell.study.cache.sealed import sealed
from halfcell.study.execute.cluster import Cluster
from halfcell.study.execute.mapped import Work, mapped
from halfcell.twin.cards import load_card
from halfcell.twin.pareto import chart, front
from halfcell.twin.predict import predict
from halfcell.twin.sweep import Point, points_of, sweep, tasks

CARD = load_card("graphite-ncm811")
WORK = Work(name="sweep", function=points_of, key=key_of, pack=pack, unpack=unpack)
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
    whole[:2].write_parquet(part_path(folder, parts[0]))
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
    together = dict(mapped(WORK, parts, workers=2))
    assert str(alone) == str([point for place in range(len(parts)) for point in together[place]])


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_points_and_each_once(tmp_path: Path) -> None:
    """Points go to the store of the cluster; those that are there are not computed again, damaged ones are."""
    distributed = pytest.importorskip("distributed")
    parts = list(tasks(CARD, VARY, [90.0], size=2))
    alone = str([point for part in parts for point in points_of(part)])
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        assert _in_order(dict(mapped(WORK, parts, cluster=Cluster(address)))) == alone
        assert _in_order(dict(mapped(WORK, parts, cluster=Cluster(address, str(tmp_path))))) == alone
        kept = sorted(path for path in (tmp_path / "results").rglob("*") if path.is_file())
        assert len(kept) == len(parts)
        damaged = bytearray(kept[0].read_bytes())
        damaged[-5] ^= 1
        kept[0].write_bytes(damaged)
        other = unpack(kept[1].read_bytes()[65:])
        kept[1].write_bytes(sealed(pack(tuple(replace(point, refused="kept") for point in other))))
        again = dict(mapped(WORK, parts, cluster=Cluster(address, str(tmp_path))))
    (first, second) = (str(list(again[place])) for place in sorted(again))
    assert "refused='kept'" in first + second, "what is in the store is not computed again"
    assert first[1:-1] in alone or second[1:-1] in alone, "what is damaged there is"


def _in_order(made: dict[int, tuple[Point, ...]]) -> str:
    return str([point for place in sorted(made) for point in made[place]])
