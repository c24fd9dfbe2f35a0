"""Ask the tables of a campaign by SQL: which cells, which cycles, which numbers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_json
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import polars as pl

EXAMPLES = (
    "halfcell query \"select cell, value from quantities where quantity = 'initial_coulombic_efficiency'\"",
    'halfcell query "select cell, cycle from cycles where retention between 0 and 80" --campaign cells --out old.csv',
)
_MOST_ROWS = 200  # printed; all go into a file
_WIDEST = 60  # characters of a printed cell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("sql", help="the query; tables: files, cells, quantities, cycles, notes, numbers ...")
    parser.add_argument(
        "--campaign", default="campaign", metavar="FOLDER", help="folder of the tables (default: campaign/)"
    )
    parser.add_argument("--out", metavar="FILE", help="write the answer (.csv, .parquet) instead of printing it")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Answer the query; status 0."""
    from halfcell.campaign.query import query

    folder = Path(args.campaign)
    inside = folder / "campaign"
    answer = query(inside if (inside / "files.parquet").is_file() else folder, args.sql)
    if args.out:
        _write(answer, Path(args.out))
    elif args.json:
        print_json({"rows": answer.to_dicts()})
    else:
        lines = [answer.columns, *([_text(value) for value in row] for row in answer.head(_MOST_ROWS).iter_rows())]
        widths = [max(len(line[place]) for line in lines) for place in range(len(answer.columns))]
        for line in lines:
            print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
        if len(answer) > _MOST_ROWS:
            print(f"{len(answer) - _MOST_ROWS} more rows (--out FILE writes all)", file=sys.stderr)
    return 0


def _text(value: object) -> str:
    text = "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."


def _write(answer: pl.DataFrame, path: Path) -> None:
    """Write all rows.

    Raises
    ------
    InputError
        If the ending is of no known form.
    """
    import io

    from halfcell.core.atomic_files import write_named

    file = io.BytesIO()
    if path.suffix == ".csv":
        import polars as pl

        from halfcell.core.spreadsheet_cells import harmless

        answer.with_columns(pl.col(pl.String).map_elements(harmless, return_dtype=pl.String)).write_csv(file)
    elif path.suffix == ".parquet":
        answer.write_parquet(file)
    else:
        raise InputError(f"unknown ending {path.suffix!r}", str(path), "use .csv or .parquet")
    print(write_named(path, file.getvalue()))
