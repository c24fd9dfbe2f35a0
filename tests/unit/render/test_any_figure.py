"""Any figure that the record allows can be drawn, on paper and on the screen, without an error or a warning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from halfcell.core.figure import (
    Area,
    Arrow,
    Axis,
    Bars,
    Figure,
    Image,
    Layer,
    Line,
    Panel,
    Points,
    Shape,
    Span,
    Text,
    Ticks,
)
from halfcell.render import print_figure, screen_figure

WORDS = ("", "CoSi2 at 300 mA g-1", "50 % of $x_{i}^{2}$ & <b>", "R_{ct} \\ #1 ~ ^", "β-Sn, 2θ, Å, µm", "{", "a\nb")
LEGENDS: tuple[Literal["best", "outside", "none", "lower left"], ...] = ("best", "outside", "none", "lower left")


def _values(rng: np.random.Generator, count: int) -> np.ndarray:
    """Numbers of any size, some of them missing, negative or equal."""
    scale = 10.0 ** rng.integers(-12, 9)
    values = rng.normal(size=count) * scale * rng.choice([0.0, 1.0], p=[0.1, 0.9])
    values[rng.random(count) < 0.05] = np.nan
    return values


def _layer(rng: np.random.Generator, kind: int, label: str) -> Layer:
    count = int(rng.integers(0, 40))
    x, y = np.sort(_values(rng, count)), _values(rng, count)
    side = "right" if rng.random() < 0.3 else "left"
    low, high = sorted(rng.normal(size=2).tolist())
    colour, coin = int(rng.integers(-2, 12)), bool(rng.integers(2))
    names = ("Si", "CoSi2", "x" * 20)
    makers = (
        lambda: Line(x=x, y=y, label=label, side=side, step=coin, colour=colour),
        lambda: Points(x=x, y=y, label=label, y_error=np.abs(y), x_error=np.abs(x), marker="", colour=colour),
        lambda: Bars(x=np.arange(3.0), y=_values(rng, 3), names=names, horizontal=coin, side=side),
        lambda: Area(x=x, y=y, y_low=None if coin else y - 1, label=label, side=side),
        lambda: Ticks(x=x, label=label, row=int(rng.integers(3)), heights=np.abs(y) if coin else None),
        lambda: Span(start=low, stop=high if coin else low, axis=("x", "y")[rng.integers(2)], label=label),
        lambda: Text(x=low, y=high, text=label, fraction=coin, rotation_degree=30, bold=True),
        lambda: Arrow(x0=low, y0=low, x1=high, y1=high, text=label, double=coin),
        lambda: Shape(x=np.array([0, 1, 1.0]), y=np.array([0, 0, 1.0]), label=label, fill="#aabbcc", hatch="lines"),
        lambda: Image(values=rng.random((5, 7)), extent=(0, 2, 0, 1), bar_label=label, scale_bar=(0.5, "5 nm")),
    )
    return makers[kind]()


def figure_of(seed: int) -> Figure:
    """A figure of one to three panels with any layers, axes and flags."""
    rng = np.random.default_rng(seed)

    def coin() -> bool:
        return bool(rng.integers(2))

    def words() -> str:
        return WORDS[rng.integers(len(WORDS))]

    def axis() -> Axis:
        return Axis(
            label=words(), unit="mAh g-1", log=coin(), reverse=coin(), hidden=rng.random() < 0.3, no_numbers=coin()
        )

    def panel(inset: bool) -> Panel:
        return Panel(
            x=axis(),
            y=axis(),
            right=axis() if coin() else None,
            layers=tuple(_layer(rng, int(rng.integers(10)), words()) for _ in range(rng.integers(6))),
            title=words(),
            equal=rng.random() < 0.3,
            legend=LEGENDS[rng.integers(len(LEGENDS))],
            inset=panel(inset=False) if inset and rng.random() < 0.3 else None,
        )

    panels = tuple(panel(inset=True) for _ in range(rng.integers(1, 4)))
    return Figure(panels=panels, columns=int(rng.integers(1, 3)), share_x=rng.random() < 0.3, simulated=coin())


FIGURES = st.integers(0, 2**32 - 1).map(figure_of)
QUICK = settings(deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@settings(QUICK, max_examples=150)
@given(figure=FIGURES)
def test_on_the_screen(figure: Figure) -> None:
    json.dumps(screen_figure(figure), allow_nan=False)


@settings(QUICK, max_examples=5)
@given(figure=FIGURES)
def test_on_paper(figure: Figure, tmp_path_factory: pytest.TempPathFactory) -> None:
    _print(figure, tmp_path_factory.mktemp("any"))


@pytest.mark.slow
@settings(QUICK, max_examples=80)
@given(figure=FIGURES)
def test_many_on_paper(figure: Figure, tmp_path_factory: pytest.TempPathFactory) -> None:
    _print(figure, tmp_path_factory.mktemp("any"))


def _print(figure: Figure, folder: Path) -> None:
    for path in print_figure(figure, folder / "figure"):
        assert path.stat().st_size > 0
