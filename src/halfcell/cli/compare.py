"""Compare your result with reported ones: comparison tables and charts."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.study_arguments import add_json
from halfcell.core.errors import InputError, StudyError
from halfcell.core.plugins import did_you_mean
from halfcell.literature.comparison_charts import chart
from halfcell.literature.comparison_table import comparison
from halfcell.literature.reference_list import references
from halfcell.literature.reported_results import (
    bib_entries,
    bib_without_results,
    from_rows,
    has_known_heads,
    keep,
    load,
    read_bib,
    read_csv,
    without_doubles,
)
from halfcell.literature.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.table import Table
    from halfcell.literature.schema import Record

_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.\d{4,9}/\S+$", re.IGNORECASE)

EXAMPLES = (
    "halfcell compare full_cells",
    "halfcell compare my-study",
    "halfcell compare full_cells --own mine.csv --out comparison",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    names = ", ".join(f"{name} ({kind.title})" for name, kind in schemas().items())
    parser.add_argument("name", metavar="COMPARISON", help=f"{names}; or a study: the comparison tables that it has")
    parser.add_argument("--own", metavar="CSV", help="your results: CSV with the columns of the comparison")
    parser.add_argument(
        "--add",
        action="append",
        default=[],
        metavar="FILE",
        help="additional reported results: .csv, .bib, or a document whose tables hold them (repeatable)",
    )
    parser.add_argument("--only", action="store_true", help="leave out the reported results bundled with halfcell")
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="CONDITION",
        help="keep only matching results, e.g. cathode=NCM811 or cycle>=100 (repeatable)",
    )
    parser.add_argument("--out", metavar="STEM", help="write STEM.svg, .pdf, .png, .csv (chart) and STEM_table.csv")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Collect, filter, print and draw; of a study, print its tables."""
    if (Path(args.name) / "study.toml").is_file() or Path(args.name).name == "study.toml":
        return _tables_of_study(args)
    if args.name not in schemas():
        raise InputError(f"unknown comparison {args.name!r}", hint=did_you_mean(args.name, list(schemas())))
    try:
        records = keep(_records(args), args.filter)
    except StudyError as error:
        for problem in error.problems:
            print(f"halfcell: {problem}", file=sys.stderr)
        return 2
    if not records:
        raise InputError("no result matches the filter", args.name, "relax --filter")
    table = comparison(records, args.name)
    listed = references(records, _entries(args.add))
    if args.out:
        _write(records, table, args)
    if args.json:
        shown = [{**r.values, "own": r.own, "doubts": list(r.doubts)} for r in records]
        print(json.dumps({"comparison": args.name, "records": shown, "references": list(listed)}))
    else:
        _show(table)
        print("\n".join(["", "References", *listed]) if listed else "", end="\n" if listed else "")
    return 0


def _tables_of_study(args: argparse.Namespace) -> int:
    """The tables of a study that compare its cells with reported results; what they need is computed.

    Raises
    ------
    InputError
        If the study has none.
    """
    from halfcell.core.vocabulary import technique_name
    from halfcell.study import Study
    from halfcell.study.files.study_files import read_study_files

    study = Study.load(args.name)
    specs = [
        item
        for item in read_study_files(study.path).file.items
        if item.kind == "table" and any(technique_name(part.technique) == "comparison" for part in item.parts)
    ]
    if not specs:
        hint = '[[table]] technique = "comparison", set = { comparison = "full_cells" }'
        raise InputError("the study has no table of a comparison", args.name, hint)
    tables = {spec.name: study.table(spec.id) for spec in specs}
    if args.json:
        print(json.dumps({name: _lines(table) for name, table in tables.items()}, ensure_ascii=False))
        return 0
    for name, table in tables.items():
        print(name)
        _show(table)
    return 0


def _records(args: argparse.Namespace) -> tuple[Record, ...]:
    """Reported results that ship, the user's, then the own ones."""
    records = () if args.only else load(args.name)
    for name in args.add:
        records += _added(Path(name), args.name)
    if args.own:
        records += _added(Path(args.own), args.name, own=True)
    return without_doubles(records)


def _added(path: Path, name: str, *, own: bool = False) -> tuple[Record, ...]:
    """The results in a file: BibTeX, a table with the heads of the comparison, or any document, by its tables.

    Raises
    ------
    InputError
        If the file holds no results, such as a list of DOIs.
    """
    if not path.is_file():
        raise InputError("no such file", str(path))
    if path.suffix == ".bib":
        left = bib_without_results(path, name)
        if left:
            print(f"{path}: {left} entries without results left out", file=sys.stderr)
        return read_bib(path, name)
    if _is_list_of_dois(path):
        hint = "give the results too: a CSV with heads, a document with its tables, or fields in BibTeX entries"
        raise InputError("a list of DOIs holds no results, only which papers they are", str(path), hint)
    if path.suffix in {".csv", ".tsv"} and has_known_heads(path, name):
        return read_csv(path, name, own=own)
    return _of_document(path, name, own=own)


def _of_document(path: Path, name: str, *, own: bool) -> tuple[Record, ...]:
    """The results in the tables of a document, their heads read as by an audit."""
    from halfcell.audit import Settings, audit_file
    from halfcell.cli.common.document_records import rows_of

    report = audit_file(path, Settings(checklist="none", rules=("names",), joint=False))
    rows = [row for row in rows_of(report.facts) if row["comparison"] == name]
    if not rows:
        missing = "; ".join(report.understanding.not_understood[:3])
        hint = f"not understood: {missing}" if missing else "its heads must name an electrode and a result"
        raise InputError(f"no row of its tables is a result of {name}", str(path), hint)
    return from_rows(rows, name, str(path), own=own)


def _is_list_of_dois(path: Path) -> bool:
    """Whether a text holds DOIs and nothing else, or a table in which only DOIs are filled in."""
    if path.suffix not in {".txt", ".csv", ".tsv"}:
        return False
    text = path.read_text(encoding="utf-8-sig", errors="replace")[:65536]
    words = [word for word in re.split(r"[\s,;]+", text) if word and word.lower() not in {"doi", "reference", "url"}]
    return bool(words) and all(_DOI.match(word) for word in words)


def _entries(names: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """The BibTeX entries of the files that were added."""
    return {key: entry for name in names if name.endswith(".bib") for key, entry in bib_entries(Path(name)).items()}


def _lines(table: Table) -> list[list[str]]:
    """The table as plain texts, merged cells left empty."""
    from halfcell.core.markup import plain

    head = [plain(f"{c.label} ({c.unit})" if c.unit else c.label) for c in table.columns]
    return [head] + [[plain(e.text) if e else "" for e in row] for row in table.rows]


def _show(table: Table) -> None:
    """Print the table for people: heads in full, entries up to 30 letters."""
    head, *rows = _lines(table)
    lines = [head, *([text[:30] for text in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(table.columns))]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
    for note in table.notes:
        print(f"note: {note}")


def _write(records: tuple[Record, ...], table: Table, args: argparse.Namespace) -> None:
    """Write the chart in all formats and the table as CSV."""
    import csv
    import io

    from halfcell.core.atomic_files import write_aside
    from halfcell.core.spreadsheet_cells import harmless_row
    from halfcell.render import print_figure

    stem = Path(args.out)
    paths = [*print_figure(chart(records, args.name), stem), stem.with_name(stem.name + "_table.csv")]
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(map(harmless_row, _lines(table)))
    write_aside(paths[-1], buffer.getvalue())
    print("written: " + ", ".join(str(path) for path in paths), file=sys.stderr)
