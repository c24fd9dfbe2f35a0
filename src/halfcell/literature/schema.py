"""The schema of reported results: the columns of each comparison, their units and the values they allow."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.printed import Printed
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import parse

NOTHING = {"", "-", "–", "n/a", "N/A", "none"}


@dataclass(frozen=True, kw_only=True)
class ColumnSpec:
    """One column; a `number` column holds one printed number between `low` and `high`, or nothing."""

    key: str
    label: str
    unit: str = ""
    number: bool = False
    required: bool = False
    low: float | None = None
    high: float | None = None
    hidden: bool = False
    axis: str = ""  # a shorter label for charts
    beside: str = ""  # a column printed in the same cell as "(X=...)"


@dataclass(frozen=True, kw_only=True)
class Schema:
    """One comparison: its columns in order, and in `group` those whose equal neighbours are merged."""

    name: str
    title: str
    caption: str
    records: str
    group: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]

    def column(self, key: str) -> ColumnSpec:
        """Return a column.

        Raises
        ------
        InputError
            If there is no such column; the hint names the closest one.
        """
        for column in self.columns:
            if column.key == key:
                return column
        known = [column.key for column in self.columns]
        raise InputError(f"no column {key!r} in {self.name}", hint=did_you_mean(key, known))


@dataclass(frozen=True, kw_only=True)
class Record:
    """One result as printed; `own` marks your own result; a value in doubt is kept as printed, with its doubt."""

    schema: str
    values: Mapping[str, str]
    place: str = ""
    own: bool = False
    doubts: tuple[str, ...] = ()

    def number(self, key: str) -> float | None:
        """The value of a column as a number; None where nothing, or something else than a number, is printed."""
        try:
            return float(Printed(self.values.get(key, "")).value)
        except InputError:
            return None


@cache
def schemas() -> dict[str, Schema]:
    """Read all schemas."""
    with Path(__file__).with_name("schema.toml").open("rb") as file:
        return {name: _schema(name, spec) for name, spec in tomllib.load(file).items()}


def schema(name: str) -> Schema:
    """Return a schema by name.

    Raises
    ------
    InputError
        If there is none; the hint names the closest one.
    """
    known = schemas()
    if name not in known:
        raise InputError(f"unknown comparison {name!r}", hint=did_you_mean(name, known))
    return known[name]


def _schema(name: str, spec: dict[str, object]) -> Schema:
    columns = spec["column"]
    if not isinstance(columns, dict) or not isinstance(spec["group"], list):
        raise InputError("damaged schema", f"schema.toml: {name}")
    made = []
    for key, given in columns.items():
        words = dict(given)
        words["beside"] = words.pop("with", "")
        made.append(ColumnSpec(key=key, **words))
    return Schema(
        name=name,
        title=str(spec["title"]),
        caption=str(spec["caption"]),
        records=str(spec["records"]),
        group=tuple(spec["group"]),
        columns=tuple(made),
    )


def problems_of(values: Mapping[str, str], kind: Schema, place: str) -> tuple[list[InputError], list[str]]:
    """The errors of a row, and the doubts about it.

    A number column may be empty (``-``, ``N/A``). A text that is no number is kept as printed, with a doubt; so is a
    number of another quantity (``3 N·m`` under MPa), which tables tell below themselves, not in its column. A value out
    of range is an error.
    """
    errors: list[InputError] = []
    doubts: list[str] = []
    known = [column.key for column in kind.columns]
    unknown = [key for key in values if key not in known]
    errors += [InputError(f"unknown column {key!r}", place, did_you_mean(key, known)) for key in unknown]
    for column in kind.columns:
        text = values.get(column.key, "").strip()
        if column.required and text in NOTHING:
            errors.append(InputError(f"{column.key} is empty", place, "every record must name it"))
        elif column.number and text not in NOTHING:
            doubts += _doubt(text, column)
            errors += _out_of_range(text, column, place)
    return errors, doubts


def _doubt(text: str, column: ColumnSpec) -> list[str]:
    try:
        Printed(text)
    except InputError:
        unit = f" in {column.unit}" if column.unit else ""
        where = "told here, not in its column" if is_other_quantity(text, column) else "kept as printed"
        return [f"{column.label}: {text!r} is not a number{unit}; {where}"]
    return []


def is_other_quantity(text: str, column: ColumnSpec) -> bool:
    """Whether a text is a number with a unit of another quantity than its column's, as ``3 N·m`` under MPa."""
    content = read_cell(text) if column.number and column.unit and text not in NOTHING else None
    wanted = parse(column.unit)
    return content is not None and content.unit is not None and wanted is not None and not content.unit.fits(wanted)


def _out_of_range(text: str, column: ColumnSpec, place: str) -> list[InputError]:
    try:
        value = float(Printed(text).value)
    except InputError:
        return []
    too_low = column.low is not None and value < column.low
    too_high = column.high is not None and value > column.high
    if too_low or too_high:
        allowed = f"{'' if column.low is None else column.low} to {'' if column.high is None else column.high}"
        return [InputError(f"{column.key} = {text} is out of range", place, f"allowed: {allowed}".strip())]
    return []
