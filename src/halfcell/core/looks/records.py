"""The records of a figure's look; what is None or empty is left as the technique made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Limit = float | Literal["auto"]
LineStyle = Literal["solid", "dash", "dot", "dashdot", "none"]
MarkerStyle = Literal["circle", "square", "triangle", "diamond", "down", "cross", "plus", "none"]
Place = Literal[
    "best", "outside", "none",
    "upper left", "upper right", "lower left", "lower right",
    "center left", "center right", "upper center", "lower center",
]  # fmt: skip
MapColours = Literal[
    "grey", "none", "viridis", "cividis", "plasma", "magma", "inferno", "blues", "reds", "greens", "coolwarm"
]  # of an image
Letters = Literal["a", "(a)", "a)", "A", "(A)", "A)", "none"]
PerSeries = tuple[str, ...] | Mapping[str, str]  # one for each series in turn, or by the name of the series


@dataclass(frozen=True, kw_only=True)
class AxisLook:
    """One axis: `limits` (``"auto"`` leaves an end as it is), `scale`, distance of the ticks, label, unit, breaks.

    `unit` converts the drawn values; the data file keeps the unit of the analysis. `broken` leaves out a range of
    values. `series` names the series that go to this axis (for the right axis only).
    """

    limits: tuple[Limit, Limit] | None = None
    scale: Literal["linear", "log"] | None = None
    tick_step: float | None = None
    label: str | None = None
    unit: str | None = None
    reverse: bool | None = None
    numbers: bool | None = None
    broken: tuple[float, float] | None = None
    series: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AxesLook:
    """The axes of a panel."""

    x: AxisLook = AxisLook()
    y: AxisLook = AxisLook()
    right: AxisLook = AxisLook()


@dataclass(frozen=True, kw_only=True)
class LegendLook:
    """The legend: its place and its number of columns."""

    place: Place | None = None
    columns: int | None = None


@dataclass(frozen=True, kw_only=True)
class InsetLook:
    """A part of the panel drawn again inside it: its ranges, and its box as fractions of the panel."""

    x: tuple[float, float] | None = None
    y: tuple[float, float] | None = None
    box: tuple[float, float, float, float] = (0.55, 0.5, 0.42, 0.42)


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """A text, an arrow, a line across the panel, or a shaded range.

    ``{text, at = [x, y]}``, ``{arrow = [x0, y0, x1, y1], text}``, ``{x = 1.2, text}`` (a line; ``y`` likewise),
    ``{x = [1, 2], text}`` (a shaded range). Positions are in the units of the axes as they are drawn; with
    ``fraction = true`` those of a text are fractions of the panel.
    """

    text: str = ""
    at: tuple[float, float] | None = None
    arrow: tuple[float, float, float, float] | None = None
    x: float | tuple[float, float] | None = None
    y: float | tuple[float, float] | None = None
    colour: str = "black"
    size: float | None = None
    align: Literal["left", "center", "right"] = "left"
    fraction: bool = False
    line: LineStyle = "dash"


@dataclass(frozen=True, kw_only=True)
class PanelLook:
    """One panel: axes, colours, lines and markers of the series, legend, title, relative height, inset, annotations.

    `colours` is the name of a palette, a list of colours, or colours by the name of a series; `lines` and `markers`
    likewise, without palettes. `labels` renames series, `hide` leaves series out. `values` says whether numbers that
    the analysis writes into the panel are shown, `colour_bar` whether many similar curves get one.
    """

    axes: AxesLook = AxesLook()
    colours: str | PerSeries = ()
    lines: PerSeries = ()
    markers: PerSeries = ()
    line_width: float | None = None
    marker_size: float | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    legend: LegendLook = LegendLook()
    title: str | None = None
    height: float | None = None
    inset: tuple[InsetLook, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    values: bool | None = None
    colour_bar: bool | None = None


@dataclass(frozen=True, kw_only=True)
class FigureLook(PanelLook):
    """A whole figure: what holds for all its panels, what holds for single ones, and the page.

    `panel` gives the look of single panels by their letter. `widths_mm` are a journal's widths for figures of one,
    one and a half, and two columns. `font` is a family, or several of which the first one installed is used.
    """

    journal: str = ""
    panel: Mapping[str, PanelLook] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    heights: tuple[float, ...] = ()
    letters: Letters | None = None
    font: tuple[str, ...] = ()
    text_pt: float | None = None
    frame_pt: float | None = None
    units: Literal["parentheses", "solidus"] | None = None
    widths_mm: tuple[float, float, float] | None = None
    width_mm: float | None = None
    panel_height_mm: float | None = None
    columns: int | None = None
