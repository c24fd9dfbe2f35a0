"""A figure as data: panels of layers; only `render` draws it. Texts may have markup: ``CoSi_{2}``, ``mAh g^{-1}``."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from halfcell.core.markup import plain
from halfcell.core.notebook_figures import figure_bundle

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from halfcell.core.looks.records import FigureLook, Letters, MapColours, Place

    Array = NDArray[np.float64]

Marker = Literal["", "circle", "square", "triangle", "diamond", "down", "cross", "plus", "none"]
Dash = Literal["solid", "dash", "dot", "dashdot"]
MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")  # in order of use
DASHES: tuple[Dash, ...] = ("solid", "dash", "dot", "dashdot")
Hatch = Literal["", "lines", "dots", "cross"]
Side = Literal["left", "right"]
Colour = int | str  # an index into the palette (-1 is grey, -2 black), or a hex colour
Align = Literal["left", "center", "right"]
Box = tuple[float, float, float, float]  # left, bottom, width, height as fractions of a panel


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """A line through points. `colour` is an index into the palette (-1 is grey, -2 black), or a hex colour.

    `name` is its name in the data file, if not `label`; a line of a stack is drawn higher than its data by `raised`.
    """

    x: Array
    y: Array
    label: str = ""
    colour: Colour = 0
    dash: Dash = "solid"
    width_pt: float = 1.0
    side: Side = "left"
    step: bool = False
    name: str = ""
    raised: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Points:
    """Markers, with optional error bars (one standard uncertainty, in the units of the axis); `name` as for `Line`."""

    x: Array
    y: Array
    label: str = ""
    colour: Colour = 0
    marker: Marker = "circle"
    hollow: bool = False
    x_error: Array | None = None
    y_error: Array | None = None
    joined: bool = False
    dash: Dash | None = None  # of the line that joins them, solid and 0.7 pt wide if nothing is said
    width_pt: float | None = None
    size_pt: float = 3.0
    side: Side = "left"
    name: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Bars:
    """Bars over named categories (`x` are their positions, `names` the tick labels), stacked on `base` if given."""

    x: Array
    y: Array
    names: tuple[str, ...] = ()
    label: str = ""
    colour: Colour = 0
    y_error: Array | None = None
    base: Array | None = None
    width: float = 0.6
    horizontal: bool = False
    side: Side = "left"
    hatch: Hatch = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Area:
    """The area between two curves over one x (a closed outline without `y_low`); `name` and `raised` as for `Line`."""

    x: Array
    y: Array
    y_low: Array | None = None
    label: str = ""
    colour: Colour = 0
    opacity: float = 0.25
    side: Side = "left"
    name: str = ""
    raised: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Ticks:
    """A row of short vertical ticks at `x`, e.g. the reflections of a phase; `row` 0 is at the top."""

    x: Array
    label: str = ""
    colour: Colour = 0
    row: int = 0
    heights: Array | None = None


@dataclass(frozen=True, kw_only=True)
class Span:
    """A shaded range across the panel, along one axis; with equal ends, a line."""

    start: float
    stop: float
    axis: Literal["x", "y"] = "x"
    label: str = ""
    colour: Colour = -1
    opacity: float = 0.15
    dash: Dash = "dash"


@dataclass(frozen=True, kw_only=True)
class Text:
    """Text in data units, or in fractions of the panel (0..1) with ``fraction``; `box` is a light one behind it."""

    x: float
    y: float
    text: str
    fraction: bool = False
    align: Align = "left"
    colour: Colour = -2
    size_pt: float = 6.5
    rotation_degree: float = 0.0
    bold: bool = False
    box: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """An arrow in data units; `double` makes a dimension line."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str = ""
    colour: Colour = -2
    double: bool = False
    head: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """A closed polygon in data units, for drawings to scale (schematics, particle outlines)."""

    x: Array
    y: Array
    label: str = ""
    fill: str = ""  # a hex colour; empty: not filled
    colour: Colour = -2
    hatch: Hatch = ""
    width_pt: float = 0.6


@dataclass(frozen=True, kw_only=True, eq=False)
class Image:
    """An image: 2-D grey values or (rows, columns, 3) colours 0..1; `extent` is (left, right, bottom, top)."""

    values: Array
    extent: tuple[float, float, float, float]
    palette: MapColours = "grey"
    low: float | None = None
    high: float | None = None
    bar_label: str = ""
    scale_bar: tuple[float, str] | None = None  # length in data units, text
    bar_look: tuple[Place, str] = ("lower left", "white")  # its corner, its colour


Layer = Line | Points | Bars | Area | Ticks | Span | Text | Arrow | Shape | Image


@dataclass(frozen=True, kw_only=True)
class Axis:
    """An axis: label, unit, range and scale. `reverse` puts large values first, `whole` is for counts.

    `tick_step` is the distance of the numbers, `ticks` are positions with their texts; `solidus` writes
    ``label / unit``.
    """

    label: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    log: bool = False
    reverse: bool = False
    hidden: bool = False
    no_numbers: bool = False
    whole: bool = False
    tick_step: float | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    solidus: bool = False

    @property
    def title(self) -> str:
        """The label with its unit in parentheses."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, kw_only=True)
class ColourBar:
    """A colour bar for curves that differ in one number: its title, the values at its ends, its colours from there."""

    label: str
    low: float
    high: float
    colours: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """One pair of axes. `equal` gives both axes one scale (Nyquist, schematics); insets are small panels inside."""

    x: Axis = Axis()
    y: Axis = Axis()
    right: Axis | None = None
    layers: tuple[Layer, ...] = ()
    title: str = ""
    equal: bool = False
    legend: Place = "best"
    legend_columns: int | None = None
    colour_bar: ColourBar | None = None
    x_gap: tuple[float, float] | None = None  # where a broken axis is cut, in drawn units
    y_gap: tuple[float, float] | None = None
    inset: Panel | None = None
    inset_box: Box = (0.55, 0.5, 0.42, 0.42)
    more_insets: tuple[tuple[Panel, Box], ...] = ()
    height_ratio: float = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """Panels in a grid of `columns`, lettered a, b, c if there are several.

    Techniques make figures 90, 140 or 180 mm wide; a journal's style gives these other widths. `look` is what the
    author wants to have otherwise; it is applied when the figure is drawn, and leaves the data as they are.
    `caption` is the text below it; `simulated` makes all outputs say so; `notes` are doubts printed under the figure.
    """

    panels: tuple[Panel, ...]
    caption: str = ""
    width_mm: float = 90
    columns: int = 1
    panel_height_mm: float = 60.0
    letters: bool = True
    share_x: bool = False
    simulated: bool = False
    notes: tuple[str, ...] = ()
    letter_style: Letters | None = None  # a
    look: FigureLook | None = None
    _repr_mimebundle_ = figure_bundle

    def styled(self, look: Mapping[str, object]) -> Figure:
        """The same figure with another look in the words of study.toml: ``figure.styled({"colours": "viridis"})``.

        Raises
        ------
        StudyError
            With every mistake in the look.
        """
        from halfcell.core.looks.grammar import figure_look

        return self.with_look(figure_look(look))

    def with_look(self, look: FigureLook) -> Figure:
        """The same figure with what a look says added to its own.

        Raises
        ------
        StudyError
            If the look names series or panels that the figure does not have.
        """
        from halfcell.core.looks.combine import combined
        from halfcell.core.looks.names import refuse_unknown_names
        from halfcell.core.looks.records import FigureLook

        refuse_unknown_names(look, self.series_names(), len(self.panels))
        return dataclasses.replace(self, look=combined(self.look or FigureLook(), look))

    def series_names(self) -> frozenset[str]:
        """The names of all series, in the legends and in the data file, with and without markup."""
        layers = [layer for panel in self.panels for layer in panel.layers]
        names = {getattr(layer, key, "") for layer in layers for key in ("label", "name")} - {""}
        return frozenset({*names, *map(plain, names)})
