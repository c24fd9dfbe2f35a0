"""Content that authors bring themselves: pictures, drawings, curves and tables, as study.toml asks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.core.looks.grammar import read_look
from halfcell.core.looks.records import LineStyle, MarkerStyle
from halfcell.core.plugins import did_you_mean
from halfcell.study.files.line_numbers import KeyPath, Lines
from halfcell.study.files.sheets import read_sheet

Problems = list[InputError]

_LENGTH = re.compile(r"\s*([\d.]+(?:e-?\d+)?)\s*(pm|nm|um|µm|μm|mm|cm|m|Å|angstrom)\s*")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_DRAWINGS = (".svg", ".pdf")


@dataclass(frozen=True, kw_only=True)
class BoxSpec:
    """A frame over a picture: left, top, right, bottom as fractions of the shown part, its text and colour."""

    at: tuple[float, float, float, float]
    text: str = ""
    colour: str = "#FFFFFF"


@dataclass(frozen=True, kw_only=True)
class PictureSpec:
    """A picture or a drawing in a panel.

    `crop` is left, top, right, bottom: in pixels, or as fractions if none is above 1. `pixel_size` is the width of a
    pixel (``2.5 nm``); with it a scale bar is drawn, `scale_bar` long or as long as fits, unless it is ``none``.
    `label` is written into the upper left corner. `page` is the page of a PDF.
    """

    image: str = ""
    drawing: str = ""
    crop: tuple[float, float, float, float] | None = None
    pixel_size: str = ""
    scale_bar: str = ""
    label: str = ""
    boxes: tuple[BoxSpec, ...] = ()
    page: int = 1

    @property
    def file(self) -> str:
        """The file of the picture or of the drawing."""
        return self.image or self.drawing


@dataclass(frozen=True, kw_only=True)
class CurveSpec:
    """A curve from two columns of a table, called by their heads; `axis` and `panel` say where it is drawn."""

    file: str
    x: str
    y: str
    y_error: str = ""
    label: str | None = None
    colour: str = ""
    style: Literal["line", "points", "both"] = "line"
    line: LineStyle = "solid"
    marker: MarkerStyle | None = None
    axis: Literal["left", "right"] = "left"
    panel: str = "a"


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """A table from a file: its sheet in a workbook, and the number of its rows that are heads."""

    file: str
    sheet: str = ""
    head_rows: int = 1


@dataclass(frozen=True, kw_only=True)
class StackLayer:
    """A layer of a cell, from above: its name, thickness (``70 um``), role and colour."""

    name: str
    thickness: str = ""
    role: Literal["", "collector", "anode", "cathode", "separator", "electrolyte", "lithium", "spacer"] = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class StackSpec:
    """A cell to be drawn: its form, its layers from above, diameter, pressure, and which end is the positive one.

    With `cell` its diameter, its pressure and its usual layers are those of the table of cells.
    """

    form: Literal["stack", "coin", "pouch", "pressed"] = "stack"
    cell: str = ""
    layers: tuple[StackLayer, ...] = ()
    diameter: str = ""
    pressure: str = ""
    positive: Literal["", "top", "bottom"] = ""


@dataclass(frozen=True, kw_only=True)
class OwnContent:
    """What a part of an item shows from files of its author; empty for a part that a technique makes alone."""

    picture: PictureSpec | None = None
    curves: tuple[CurveSpec, ...] = ()
    table: TableSpec | None = None
    stack: StackSpec | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all files, each once."""
        named = [one.file for one in (self.picture, self.table) if one] + [curve.file for curve in self.curves]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, kw_only=True)
class _OwnOfFigure(PictureSpec):
    curves: tuple[CurveSpec, ...] = ()
    stack: StackSpec | None = None


FIGURE_OWN_KEYS = frozenset(
    {"image", "drawing", "crop", "pixel_size", "scale_bar", "label", "boxes", "page", "curves", "stack"}
)
TABLE_OWN_KEYS = frozenset({"file", "sheet", "head_rows"})


def own_of_figure(values: Mapping[str, object], path: KeyPath, lines: Lines) -> tuple[OwnContent, Problems]:
    """The own content of a figure or of one of its panels, and every mistake in it."""
    if not values:
        return OwnContent(), []
    read, problems = read_look(_OwnOfFigure, values, lambda at: lines.place((*path, *at)))
    problems += _wrong_picture(read, path, lines)
    picture = PictureSpec(**{name: getattr(read, name) for name in PictureSpec.__dataclass_fields__})
    problems += _wrong_layers(read.stack, path, lines)
    return OwnContent(picture=picture if picture.file else None, curves=read.curves, stack=read.stack), problems


def _wrong_layers(stack: StackSpec | None, path: KeyPath, lines: Lines) -> Problems:
    """The thicknesses of a drawn cell that are none."""
    where = lines.place((*path, "stack", "layers"))
    wrong = [layer for layer in (stack.layers if stack else ()) if layer.thickness and length(layer.thickness) is None]
    problems = [InputError(f"{layer.thickness!r} is no thickness", where, 'thickness = "70 um"') for layer in wrong]
    if stack and not stack.layers and not stack.cell:
        problems.append(
            InputError("a drawn cell needs layers or a cell", where, 'layers = [{ name = "Cu", thickness = "10 um" }]')
        )
    return problems


def _wrong_picture(read: PictureSpec, path: KeyPath, lines: Lines) -> Problems:
    """What is wrong with the picture of a figure as a whole."""
    found: Problems = []
    if read.image and read.drawing:
        found.append(InputError("image and drawing are both given", lines.place((*path, "drawing")), "one panel each"))
    for key, text in (("pixel_size", read.pixel_size), ("scale_bar", read.scale_bar)):
        if text and text not in {"none", "auto"} and length(text) is None:
            found.append(InputError(f"{key}: {text!r} is no length", lines.place((*path, key)), f'{key} = "50 nm"'))
    if read.scale_bar not in {"", "none"} and not read.pixel_size:
        where = lines.place((*path, "scale_bar"))
        found.append(InputError("a scale bar needs the size of a pixel", where, 'pixel_size = "2.5 nm"'))
    for key, suffixes, other in (("image", _PICTURES, "drawing"), ("drawing", _DRAWINGS, "image")):
        name = getattr(read, key)
        if name and not name.lower().endswith(suffixes):
            also = f"write {other} = {name!r}" if name.lower().endswith((*_PICTURES, *_DRAWINGS)) else ""
            hint = also or f"known: {', '.join(suffixes)}"
            found.append(InputError(f"{key}: {name!r} has another format", lines.place((*path, key)), hint))
    return found


def own_of_table(values: Mapping[str, object], path: KeyPath, lines: Lines) -> tuple[OwnContent, Problems]:
    """The own content of a table, and every mistake in it."""
    if "file" not in values:
        return OwnContent(), []
    table, problems = read_look(TableSpec, values, lambda at: lines.place((*path, *at)))
    return OwnContent(table=table), problems


def missing_files(own: OwnContent, root: Path, path: KeyPath, lines: Lines) -> Problems:
    """The files that do not exist, with the nearest names, and the columns that a curve's table does not have."""
    found: Problems = []
    for name in own.files:
        if not (root / name).is_file():
            key = next((key for key in ("image", "drawing", "file") if _names(own, key, name)), "curves")
            near = [one.relative_to(root).as_posix() for one in sorted((root / name).parent.glob("*")) if one.is_file()]
            found.append(InputError(f"no such file {name!r}", lines.place((*path, key)), did_you_mean(name, near)))
    for number, curve in enumerate(own.curves):
        if (root / curve.file).is_file():
            found += _missing_columns(curve, root, lines.place((*path, "curves", number)))
    return found


def _names(own: OwnContent, key: str, name: str) -> bool:
    return name in {getattr(own.picture, key, ""), getattr(own.table, key, "")}


def _missing_columns(curve: CurveSpec, root: Path, where: str) -> Problems:
    try:
        heads = read_sheet(root / curve.file).heads
    except InputError as error:
        return [error]
    wanted = [name for name in (curve.x, curve.y, curve.y_error) if name]
    return [
        InputError(f"{curve.file} has no column {name!r}", where, did_you_mean(name, heads))
        for name in wanted
        if name not in heads
    ]


def length(text: str) -> tuple[float, str] | None:
    """A length in nanometres and its unit as printed: ``2.5 nm`` -> ``(2.5, "nm")``; None for no length."""
    match = _LENGTH.fullmatch(text)
    if match is None or not float(match[1]):
        return None
    unit = match[2].replace("μ", "u").replace("µ", "u")
    scale = {"pm": 1e-3, "nm": 1.0, "um": 1e3, "mm": 1e6, "cm": 1e7, "m": 1e9, "Å": 0.1, "angstrom": 0.1}[unit]
    return float(match[1]) * scale, unit
