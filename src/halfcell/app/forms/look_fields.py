"""The look of a figure as fields: caption, page, axes, colours, legend; the same words as in study.toml."""

from __future__ import annotations

from typing import Final, Literal, get_args

from halfcell.app.forms.fields import WORDS, Field, Path, kind_of, shown
from halfcell.core.looks.colours import PALETTES
from halfcell.core.looks.records import Letters, LineStyle, MarkerStyle, Place

PALETTE_HELP: Final = f"a palette ({', '.join(PALETTES)}) or colours in order: blue, #d55e00, ..."
_Row = tuple[str, Path, str, object, str]

_ROWS: Final[tuple[_Row, ...]] = (
    ("Text", ("caption",), "Caption", str, "what the figure shows; the name is put in front of it"),
    ("Page", ("width_mm",), "Width (mm)", float, "90, 140 or 180 fit one, one and a half, two columns"),
    ("Page", ("panel_height_mm",), "Height of a panel (mm)", float, ""),
    ("Page", ("columns",), "Columns of panels", int, ""),
    ("Page", ("letters",), "Letters of panels", Letters, ""),
    ("Page", ("text_pt",), "Size of the text (pt)", float, ""),
    ("Series", ("colours",), "Colours", WORDS, PALETTE_HELP),
    ("Series", ("lines",), "Lines", WORDS, f"one for each series: {', '.join(get_args(LineStyle))}"),
    ("Series", ("markers",), "Markers", WORDS, f"one for each series: {', '.join(get_args(MarkerStyle))}"),
    ("Series", ("line_width",), "Width of lines (pt)", float, ""),
    ("Series", ("marker_size",), "Size of markers (pt)", float, ""),
    ("Series", ("values",), "Values in the panel", bool, "numbers that the analysis writes into the panel"),
    ("Legend", ("legend", "place"), "Place", Place, ""),
    ("Legend", ("legend", "columns"), "Columns", int, ""),
)
_AXIS: Final[tuple[tuple[str, str, object, str], ...]] = (
    ("limits", "Limits", tuple[float | Literal["auto"], float | Literal["auto"]], "0, 2.1 or auto, 2.1"),
    ("scale", "Scale", Literal["linear", "log"], ""),
    ("tick_step", "Distance of ticks", float, ""),
    ("label", "Label", str, ""),
    ("unit", "Unit", str, "converts the drawn values: mA, A g-1, mS cm-1"),
)
_AXES: Final = (("x", "x axis"), ("y", "y axis"))


def look_fields(entry: dict[str, object]) -> dict[str, tuple[Field, ...]]:
    """The fields of a figure's look by group, with what its entry in study.toml says."""
    groups: dict[str, tuple[Field, ...]] = {}
    of_axes = [
        (title, ("axes", axis, key), label, wanted, words)
        for axis, title in _AXES
        for key, label, wanted, words in _AXIS
    ]
    for group, path, label, wanted, words in (*_ROWS, *of_axes):
        groups[group] = (*groups.get(group, ()), _field(entry, path, label, wanted, words))
    return groups


def table_fields(entry: dict[str, object]) -> dict[str, tuple[Field, ...]]:
    """The fields of a table: its caption."""
    path: Path = ("caption",)
    return {"Text": (_field(entry, path, "Caption", str, "what the table shows"),)}


def _field(entry: dict[str, object], path: Path, label: str, wanted: object, words: str) -> Field:
    kind, choices = kind_of(wanted)
    value: object = entry
    for key in path:
        value = value.get(str(key)) if isinstance(value, dict) else None
    return Field(
        path=path,
        label=label,
        help=words,
        kind="area" if path == ("caption",) else "text" if kind == "number" else kind,
        choices=choices,
        value=shown(value),
        wanted=wanted,
    )
