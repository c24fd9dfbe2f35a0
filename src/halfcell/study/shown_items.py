"""Figures and tables of a study as Python objects that show themselves, save themselves and give their data."""

from __future__ import annotations

import csv
import dataclasses
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from halfcell.core.atomic_files import write_aside
from halfcell.core.errors import InputError
from halfcell.core.figure import Figure
from halfcell.core.markup import plain
from halfcell.core.optional_dependencies import require
from halfcell.core.table import Entry, Table

if TYPE_CHECKING:
    import polars as pl

    from halfcell.core.json_values import JsonObject

_PICTURES: Final = ("svg", "pdf", "png", "csv")


@dataclass(frozen=True, kw_only=True, eq=False)
class ShownFigure(Figure):
    """A figure of a study; a notebook shows its picture (and the interactive figure, if it can draw plotly's)."""

    name: str = ""

    def save(self, path: str | Path) -> Path:
        """Write the figure: ``.svg``, ``.pdf``, ``.png`` (600 dpi), ``.html`` (interactive), or ``.csv`` (its data).

        Raises
        ------
        InputError
            If the ending is none of these.
        """
        path = Path(path)
        kind = path.suffix[1:].lower()
        if kind == "html":
            write_aside(path, self.interactive())
        elif kind in _PICTURES:
            write_aside(path, self._drawn(kind))
        else:
            raise InputError(
                f"a figure cannot be written as {kind!r}", str(path), f"use {', '.join(_PICTURES)} or html"
            )
        return path

    def to_matplotlib(self) -> Any:
        """The figure as a ``matplotlib.figure.Figure``, to change it further."""
        from halfcell.render import matplotlib_figure

        return matplotlib_figure(self)

    def to_plotly(self) -> JsonObject:
        """The interactive figure as plotly's ``data``, ``layout`` and ``config``."""
        from halfcell.render import screen_figure

        return screen_figure(self)

    def interactive(self) -> str:
        """The interactive figure as one HTML page that needs no network."""
        from halfcell.render import interactive_page

        return interactive_page(self, self.name or "figure")

    def data(self) -> pl.DataFrame:
        """The data behind the figure: two columns per series, ``Voltage (V) | Si, cycle 1``."""
        import polars as pl

        rows = list(csv.reader(self._drawn("csv").decode("utf-8-sig").splitlines()))
        if len(rows) < 3:
            return pl.DataFrame()
        names = _distinct([_title(*parts) for parts in zip(*rows[:3], strict=True)])
        columns = zip(*rows[3:], strict=True) if rows[3:] else [() for _ in names]
        return pl.DataFrame({name: _values(column) for name, column in zip(names, columns, strict=True)})

    def _drawn(self, kind: str) -> bytes:
        """The figure in one format."""
        from halfcell.render import print_figure

        with tempfile.TemporaryDirectory() as folder:
            paths = print_figure(self, Path(folder) / "figure")
            return next(path for path in paths if path.name == f"figure.{kind}").read_bytes()

    def __repr__(self) -> str:
        """Name and caption."""
        return f"<{self.name or 'figure'}: {plain(self.caption)}>"


@dataclass(frozen=True, kw_only=True)
class ShownTable(Table):
    """A table of a study; a notebook shows it as printed."""

    name: str = ""

    def save(self, path: str | Path) -> Path:
        """Write the table as printed: ``.csv``, ``.html``, ``.tex`` (siunitx); or its numbers: ``.xlsx``, ``.parquet``.

        Raises
        ------
        InputError
            If the ending is none of these.
        """
        path = Path(path)
        kind = path.suffix[1:].lower()
        if kind == "csv":
            from halfcell.study.items.table_csv import table_csv

            write_aside(path, table_csv(self))
        elif kind == "html":
            write_aside(path, self._repr_html_())
        elif kind == "tex":
            from halfcell.exports import siunitx

            write_aside(path, siunitx.table(self))
        elif kind == "parquet":
            self.to_polars().write_parquet(path)
        elif kind == "xlsx":
            _write_xlsx(self, path)
        else:
            raise InputError(f"a table cannot be written as {kind!r}", str(path), "use csv, html, tex, xlsx or parquet")
        return path

    def data(self) -> pl.DataFrame:
        """The same as `to_polars`."""
        return self.to_polars()

    def to_polars(self) -> pl.DataFrame:
        """One column per column of the table, numbers in full; columns ``± ...`` hold the uncertainties there are."""
        import polars as pl

        return pl.DataFrame(self._columns(), strict=False)

    def to_pandas(self) -> Any:
        """The same for pandas (extra ``pandas``)."""
        return require("pandas", "pandas").DataFrame(self._columns())

    def _columns(self) -> dict[str, list[Any]]:
        """Head of each column -> its values."""
        heads = _distinct([_title(plain(column.label), plain(column.unit), "") for column in self.columns])
        found: dict[str, list[Any]] = {}
        for at, head in enumerate(heads):
            entries = [row[at] for row in self.rows]
            numeric = any(entry is not None and entry.quantity is not None for entry in entries)
            found[head] = [_value(entry, numeric=numeric) for entry in entries]
            deviations = [entry.quantity.std if entry is not None and entry.quantity else None for entry in entries]
            if any(deviations):
                found[f"± {head}"] = deviations
        return found


def shown_figure(figure: Figure, name: str) -> ShownFigure:
    """A figure that shows itself."""
    return ShownFigure(name=name, **{item.name: getattr(figure, item.name) for item in dataclasses.fields(Figure)})


def shown_table(table: Table, name: str) -> ShownTable:
    """A table that shows itself."""
    return ShownTable(name=name, **{item.name: getattr(table, item.name) for item in dataclasses.fields(Table)})


def _title(name: str, unit: str, comment: str) -> str:
    words = f"{name} ({unit})" if unit else name
    return f"{words} | {comment}" if comment else words


def _value(entry: Entry | None, *, numeric: bool) -> object:
    """What a table of data has in place of an entry: its number in full, its text; None where it is a dash."""
    if entry is None or (numeric and entry.quantity is None) or (entry.quantity is None and entry.text == "-"):
        return None
    return entry.quantity.value if numeric and entry.quantity is not None else entry.text


def _distinct(names: list[str]) -> list[str]:
    """Names, each once: the second of two gets a number."""
    return [f"{name} #{names[: at + 1].count(name)}" if name in names[:at] else name for at, name in enumerate(names)]


def _values(column: tuple[str, ...]) -> list[Any]:
    """Numbers if all texts are numbers; empty texts are no value."""
    try:
        return [float(text) if text else None for text in column]
    except ValueError:
        return list(column)


def _write_xlsx(table: ShownTable, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    columns = table._columns()
    sheet.append(list(columns))
    for row in zip(*columns.values(), strict=True):
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":  # a text that begins with "=" is no formula of ours
                cell.data_type = "s"
    book.save(path)
