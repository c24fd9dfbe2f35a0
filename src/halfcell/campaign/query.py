"""Ask the tables of a campaign by SQL (DuckDB, extra ``campaign``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.campaign.parts import FILES, Tables
from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require

if TYPE_CHECKING:
    import polars as pl


def query(folder: Path, sql: str) -> pl.DataFrame:
    """The answer to a query over the tables of the campaign in a folder.

    The tables are views of the parquet files; a query can read nothing else, and write nothing.

    Raises
    ------
    InputError
        If there is no campaign, or the query cannot be answered.
    MissingExtra
        If DuckDB is not installed.
    """
    duckdb = require("duckdb", "campaign")
    tables = Tables(folder)
    if not (folder / f"{FILES}.parquet").is_file():
        raise InputError("no campaign in this folder", str(folder), "halfcell campaign FOLDER makes one")
    with duckdb.connect(":memory:") as connection:
        for name, place in _views(tables).items():
            connection.read_parquet(place, union_by_name=True).create_view(name)
        allowed = folder.resolve().as_posix().replace("'", "''")
        connection.execute(f"set allowed_directories = ['{allowed}']")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        try:
            return _answer(connection.execute(sql))
        except duckdb.Error as error:
            known = ", ".join(_views(tables))
            raise InputError(str(error).strip().splitlines()[0], "query", f"the tables are {known}") from error


def _views(tables: Tables) -> dict[str, str]:
    """The tables by name, and where their parquet files are."""
    folder = tables.folder.resolve().as_posix()
    return {FILES: f"{folder}/{FILES}.parquet"} | {name: f"{folder}/{name}/*.parquet" for name in tables.names()}


def _answer(found: Any) -> pl.DataFrame:
    """The rows of an answer; a statement without rows gives an empty table."""
    import polars as pl

    names = [column[0] for column in found.description or ()]
    rows = found.fetchall() if names else []
    return pl.DataFrame({name: [row[place] for row in rows] for place, name in enumerate(names)}, strict=False)
