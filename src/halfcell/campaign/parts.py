"""The tables of a campaign as parquet files, a part for each few hundred raw files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from halfcell.campaign.raw_file import Rows
from halfcell.core.atomic_files import write_aside

if TYPE_CHECKING:
    import polars as pl

FILES: Final = "files"
"""The table of raw files: which are analysed, in which part their rows are, and what is wrong with the others."""
NUMBERS: Final = "numbers"
"""The table of the printed numbers of studies, whose parts are the studies."""
_LARGEST_PART: Final = 250  # raw files
_MOST_ROWS: Final = 400_000  # of one table of a part


@dataclass(frozen=True)
class Tables:
    """The parquet files of a campaign in a folder: ``files.parquet``, and ``<table>/<part>.parquet``."""

    folder: Path

    def files(self) -> dict[str, dict[str, Any]]:
        """The rows of the table of raw files, by path; empty if there is none, or it is damaged."""
        import polars as pl

        path = self.folder / f"{FILES}.parquet"
        try:
            return {row["file"]: row for row in pl.read_parquet(path).iter_rows(named=True)}
        except (OSError, pl.exceptions.PolarsError):
            return {}

    def write_files(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the table of raw files."""
        write_aside(self.folder / f"{FILES}.parquet", _content(_frame(list(rows))))

    def write_part(self, part: str, rows: Rows) -> None:
        """Write the rows of some raw files, each table into a file of its own."""
        for table, found in rows.items():
            if found:
                write_aside(self.folder / table / f"{part}.parquet", _content(_frame(found)))

    def names(self) -> tuple[str, ...]:
        """The tables that have rows."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.folder.iterdir() if any(path.glob("*.parquet"))))

    def parts(self) -> set[str]:
        """The parts that there are."""
        return {path.stem for path in self.folder.glob("*/*.parquet")}

    def remove_orphans(self, parts: set[str]) -> None:
        """Remove the parts of a run that was killed before it wrote the table of raw files."""
        for path in self.folder.glob("*/*.parquet"):
            if path.parent.name != NUMBERS and path.stem not in parts:
                path.unlink()

    def keep(self, part_of: Mapping[str, str]) -> None:
        """Remove the rows of raw files that are gone or were analysed again; `part_of` is the part of each file."""
        import polars as pl

        for path in sorted(self.folder.glob("*/*.parquet")):
            if path.parent.name == NUMBERS:
                continue
            frame = pl.read_parquet(path)
            kept = frame.filter(pl.col("file").is_in([file for file, part in part_of.items() if part == path.stem]))
            if kept.is_empty():
                path.unlink()
            elif len(kept) < len(frame):
                write_aside(path, _content(kept))


class Part:
    """The rows of the raw files that are not written yet."""

    def __init__(self, name: str) -> None:
        self.name, self.rows, self.files = name, Rows(), list[dict[str, Any]]()

    def add(self, file: dict[str, Any], rows: Rows) -> None:
        """Add a raw file, and the rows that were found in it."""
        self.files.append({**file, "part": self.name})
        for table, found in rows.items():
            self.rows.setdefault(table, []).extend(found)

    @property
    def is_full(self) -> bool:
        """Whether it is time to write it."""
        most = max(map(len, self.rows.values()), default=0)
        return len(self.files) >= _LARGEST_PART or most >= _MOST_ROWS


def _frame(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """A table of rows whose keys may differ; a column of numbers is one of floats, also where they are whole."""
    import polars as pl

    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame({name: _column(name, [row.get(name) for row in rows]) for name in names})


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    """One column; values of several kinds become texts."""
    import polars as pl

    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool} or kinds <= {str}:
        return pl.Series(name, values, dtype=pl.Boolean if kinds == {bool} else pl.String)
    if kinds <= {int} and name in {"result", "rows", "doubts", "cycle", "size", "mtime_ns"}:
        return pl.Series(name, values, dtype=pl.Int64)
    if kinds <= {int, float}:
        return pl.Series(name, [None if value is None else float(value) for value in values], dtype=pl.Float64)
    return pl.Series(name, [None if value is None else str(value) for value in values], dtype=pl.String)


def _content(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file, compression="zstd")
    return file.getvalue()
