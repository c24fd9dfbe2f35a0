"""Figures, tables and measurements in Python: they show, save and give their data; `test_pages` follows the page."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import polars as pl
import pytest

import halfcell
from halfcell.core.errors import InputError, MissingExtra
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry
from halfcell.study.shown_items import ShownTable
from study_runs import study_of


def test_a_figure_shows_itself_saves_itself_and_gives_its_data(drawn, tmp_path: Path) -> None:
    figure = study_of(drawn).figure("S1")
    assert isinstance(figure, halfcell.Figure)
    bundle = figure._repr_mimebundle_()
    assert "<svg" in bundle["image/svg+xml"]
    assert bundle["application/vnd.plotly.v1+json"]["data"]
    for kind, start in (("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE html>")):
        assert figure.save(tmp_path / f"S1.{kind}").read_bytes().startswith(start)
    data = figure.data()
    assert data.shape[1] >= 2
    assert data.to_series(1).drop_nulls().to_list() == [2.0, 3.0, 4.0, 5.0]
    canvas = figure.to_matplotlib()
    assert canvas.axes[0].get_ylabel().startswith("Weight")
    assert repr(figure) == "<S1: Weights of all.>"
    with pytest.raises(InputError, match="cannot be written as 'tif'"):
        figure.save(tmp_path / "S1.tif")


def test_a_table_gives_numbers_with_their_uncertainties(small, tmp_path: Path) -> None:
    table = study_of(small).table("Table S1")
    assert isinstance(table, halfcell.Table)
    frame = table.to_polars()
    weights = next(name for name in frame.columns if name.startswith("Weight") or "mg" in name)
    assert frame[weights].to_list() == [2.0, 4.0, 3.0, 5.0]
    assert frame[f"± {weights}"].to_list() == [0.1] * 4
    for kind in ("csv", "html", "xlsx", "parquet"):
        assert table.save(tmp_path / f"S1.{kind}").stat().st_size > 50
    assert pl.read_parquet(tmp_path / "S1.parquet").equals(frame)


def test_a_measurement_is_a_table(small) -> None:
    run = halfcell.read(small.root / "raw" / "A1.wgt")
    assert run.to_polars()["weight_mg"].to_list() == [1.0, 3.0]
    if importlib.util.find_spec("pandas") is None:
        with pytest.raises(MissingExtra, match=r"halfcell\[pandas\]"):
            run.to_pandas()
    else:
        assert list(run.to_pandas()["weight_mg"]) == [1.0, 3.0]


def test_dashes_are_no_data() -> None:
    columns = (
        Column(key="label", label="Sample"),
        Column(key="ice", label="ICE", unit="%"),
        Column(key="m", label="m"),
    )
    rows = (
        (Entry(text="Si"), Entry(text="-"), Entry(text="1.2", quantity=Quantity(1.234, "mg"))),
        (Entry(text="Sn"), Entry(text="-"), Entry(text="-")),
    )
    frame = ShownTable(columns=columns, rows=rows).to_polars()
    assert frame.columns == ["Sample", "ICE (%)", "m"]
    assert frame.rows() == [("Si", None, 1.234), ("Sn", None, None)]
