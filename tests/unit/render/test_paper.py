"""Figures on paper: live text, equal bytes, exact size, matplotlib left as it was; the data as CSV."""

from __future__ import annotations

import csv
import logging
import re
import warnings
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from gallery import gallery
from halfcell.core.figure import Axis, Figure, Line, Panel, Points, Ticks
from halfcell.render import matplotlib_figure, print_figure
from halfcell.render.offline_page import inline_svg
from halfcell.render.paper import files, theme
from halfcell.render.paper.figure import draw_figure

CHEAP = ("sizes", "layered_cell", "thermogram")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, ...]]:
    """Figures of the gallery that are quick to draw, printed in every format."""
    folder = tmp_path_factory.mktemp("printed")
    return {name: print_figure(gallery()[name], folder / name) for name in CHEAP}


def test_files_and_size(printed: dict[str, tuple[Path, ...]]) -> None:
    for name, paths in printed.items():
        assert [path.suffix for path in paths] == [".svg", ".pdf", ".png", ".csv"]
        figure = gallery()[name]
        with Image.open(paths[2]) as picture:
            assert abs(picture.width / 600 * 25.4 - figure.width_mm) < 0.1
            assert abs(picture.info["dpi"][0] - 600) < 0.1
        width = re.search(r'<svg[^>]* width="([\d.]+)pt"', paths[0].read_text(encoding="utf-8"))
        assert width
        assert float(width.group(1)) == pytest.approx(figure.width_mm / 25.4 * 72, abs=1e-3)


def test_text_is_text_and_marked_up(printed: dict[str, tuple[Path, ...]]) -> None:
    svg = printed["layered_cell"][0].read_text(encoding="utf-8")
    words = "".join(re.findall(r">([^<>\n]+)<", svg))
    assert "SUS rod" in words
    assert "CoSi" in words
    assert "_{" not in words
    assert "Verdana" in svg  # a font to fall back on
    assert (
        b"/FontFile2" in printed["layered_cell"][1].read_bytes()
        or b"/Type42" in printed["layered_cell"][1].read_bytes()
    )


def test_simulated_is_said(printed: dict[str, tuple[Path, ...]]) -> None:
    assert "simulated data" in printed["thermogram"][0].read_text(encoding="utf-8")
    assert "simulated data" not in printed["sizes"][0].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["thermogram"])
def test_a_figure_printed_again_has_equal_bytes(
    name: str, printed: dict[str, tuple[Path, ...]], tmp_path: Path
) -> None:
    again = print_figure(gallery()[name], tmp_path / name)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in printed[name]]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in again)


def test_the_layout_is_rounded() -> None:
    """The solver's last digits depend on addresses in memory: left alone, one drawing in forty differed."""
    with mpl.rc_context(theme.settings()):
        canvas = draw_figure(gallery()["maps"])
    for axes in canvas.axes:
        bounds = axes.get_position(original=True).bounds
        assert bounds == pytest.approx([round(part, 6) for part in bounds], abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(gallery()))
def test_whole_gallery_without_a_word_and_with_equal_bytes(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        first = [path.read_bytes() for path in print_figure(gallery()[name], tmp_path / "one")]
    assert not caplog.records
    assert first == [path.read_bytes() for path in print_figure(gallery()[name], tmp_path / "two")]


def test_the_users_settings_are_neither_used_nor_changed(tmp_path: Path) -> None:
    figure = gallery()["sizes"]
    plain = print_figure(figure, tmp_path / "a")[0].read_bytes()
    with mpl.rc_context({"font.size": 30.0, "axes.facecolor": "red", "svg.fonttype": "path"}):
        before = dict(mpl.rcParams)
        assert print_figure(figure, tmp_path / "b")[0].read_bytes() == plain
        assert dict(mpl.rcParams) == before


def test_what_matplotlib_says_of_odd_data_is_left_out(tmp_path: Path) -> None:
    """Any warning is an error in the tests: a letter that the font lacks, and a title that leaves no space."""
    axis = Axis(label="样品", unit="x" * 200)
    panel = Panel(x=axis, y=axis, title="样品", layers=(Line(x=np.arange(3.0), y=np.arange(3.0)),))
    assert print_figure(Figure(panels=(panel,) * 6, columns=3), tmp_path / "odd")


def test_other_warnings_reach_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(figure: Figure) -> None:
        warnings.warn("something new", UserWarning, stacklevel=1)
        raise ValueError("stop here")

    monkeypatch.setattr(files, "draw_figure", draw)
    with pytest.warns(UserWarning, match="something new"), pytest.raises(ValueError, match="stop here"):
        files.write(gallery()["sizes"], tmp_path / "new")


def test_csv_is_the_layers(tmp_path: Path) -> None:
    x, y = np.array([0.1, 1 / 3, np.nan]), np.array([1e-300, 2.5, 7.0])
    panel = Panel(
        x=Axis(label="2θ", unit="°"),
        y=Axis(label="Capacity", unit="mAh g^{−1}"),
        right=Axis(label="CE", unit="%"),
        layers=(
            Line(x=x, y=y, label="CoSi_{2}"),
            Points(x=x[:2], y=y[:2], y_error=np.array([0.5, 0.25]), side="right", label="CE"),
            Ticks(x=np.array([28.4]), label="Si"),
        ),
    )
    path = print_figure(Figure(panels=(panel, panel), columns=2, width_mm=180), tmp_path / "data")[3]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:6] == ["2θ", "Capacity", "2θ", "CE", "error of CE", "2θ"]
    assert rows[1][:6] == ["°", "mAh g−1", "°", "%", "%", "°"]
    assert rows[2][:6] == ["a, CoSi2", "a, CoSi2", "a, CE", "a, CE", "a, CE", "a, Si, reflections"]
    assert rows[2][6] == "b, CoSi2"
    assert [float(row[0]) for row in rows[3:5]] == x[:2].tolist()
    assert rows[5][0] == ""
    assert [float(row[1]) for row in rows[3:6]] == y.tolist()
    assert [row[4] for row in rows[3:6]] == ["0.5", "0.25", ""]


def test_maps_have_their_own_matrix(tmp_path: Path) -> None:
    figure = gallery()["maps"]
    written = print_figure(figure, tmp_path / "maps")
    assert [path.name for path in written[4:]] == [f"maps-{letter}-map.csv" for letter in "abcd"]
    with written[4].open(encoding="utf-8-sig", newline="") as file:
        values = np.array(list(csv.reader(file)), dtype=float)
    np.testing.assert_array_equal(values, figure.panels[0].layers[0].values)


def test_a_long_series_is_drawn_fast_and_small(tmp_path: Path) -> None:
    x = np.linspace(0, 1e5, 400_000)
    layer = Line(x=x, y=np.sin(x / 50) + np.random.default_rng(0).normal(size=len(x)))
    svg = print_figure(Figure(panels=(Panel(layers=(layer,)),)), tmp_path / "long")[0]
    assert svg.stat().st_size < 1_500_000


def test_svg_in_a_page_has_ids_of_its_own(printed: dict[str, tuple[Path, ...]]) -> None:
    svg = printed["thermogram"][0].read_text(encoding="utf-8")
    inline = inline_svg(svg, "fig-s1")
    assert inline.startswith("<svg")
    assert "<style" not in inline
    assert "<metadata" not in inline
    ids = re.findall(r'\bid="([^"]+)"', inline)
    assert ids
    assert all(name.startswith("fig-s1-") for name in ids)
    used = re.findall(r'(?:url\(#|href="#)([^")]+)', inline)
    assert used
    assert set(used) <= set(ids)


def test_hollow_symbols_of_the_right_axis_hide_nothing() -> None:
    """A right axis is drawn over the left one: what is filled white there would cover points of the left one."""
    left, right = (Points(x=np.zeros(1), y=np.zeros(1), hollow=True, side=side) for side in ("left", "right"))
    assert theme.marker_look(left)["markerfacecolor"] == "white"
    assert theme.marker_look(right)["markerfacecolor"] == "none"


@pytest.mark.parametrize("name", CHEAP)
def test_ticks_do_not_depend_on_the_settings_of_the_moment_when_it_is_saved(name: str) -> None:
    """A notebook saves `to_matplotlib` under matplotlib's own settings, whose larger text asks for fewer ticks."""
    with mpl.rc_context(theme.settings(gallery()[name].look)):
        drawn = draw_figure(gallery()[name])
        expected = [list(axes.yaxis.get_majorticklocs()) for axes in drawn.axes]
    with mpl.rc_context({"xtick.labelsize": 20.0, "ytick.labelsize": 20.0}):
        kept = matplotlib_figure(gallery()[name])
        assert [list(axes.yaxis.get_majorticklocs()) for axes in kept.axes] == expected
