"""Recompute the tables of a document (DOCX, PDF, HTML, text ...) or of a study's report and list what is wrong."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from halfcell.cli.common.streams import has_progress_line, print_json, progress_line
from halfcell.cli.common.study_arguments import add_json
from halfcell.core.errors import InputError
from halfcell.core.printed import Rounding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit import Report, Settings
    from halfcell.audit.batch import Audited

LITTLE = 3  # status: nothing is wrong, but less than half was understood, or nothing could be checked
WRITERS = ("html", "docx", "csv")
OWN = ("si.docx", "review.html")  # what a study writes, the one with the surest tables first

EXAMPLES = (
    "halfcell audit --demo",
    "halfcell audit si.docx --html audit.html",
    "halfcell audit my-study",
    "halfcell audit papers/ --to-records reported.csv",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "document",
        nargs="*",
        help="document, or study folder (its report is audited); several, or a folder of documents: one line for each",
    )
    parser.add_argument(
        "--demo", action="store_true", help="audit the bundled example, an invented document with planted errors"
    )
    parser.add_argument(
        "--rounding",
        choices=get_args(Rounding),
        default="half up",
        help="rounding rule assumed for the document (default: half up)",
    )
    parser.add_argument("--no-strict", action="store_true", help="skip the last-digit check")
    parser.add_argument(
        "--checklist",
        default="battery",
        help="reporting checklist: a name, your own .toml file, or none (default: battery)",
    )
    parser.add_argument("--all", action="store_true", help="print every check, including those that pass")
    parser.add_argument("--rule", action="append", metavar="RULE", help="run only this rule (repeatable)")
    parser.add_argument("--lexicon", default="", metavar="FILE", help="further words of column heads (TOML)")
    parser.add_argument("--explain-heads", action="store_true", help="print how each column head was read, and end")
    _add_outputs(parser)


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    """Declare what is written."""
    parser.add_argument(
        "--to-records",
        metavar="FILE",
        help="write the rows of its tables as reported results, for halfcell compare --add",
    )
    for name in WRITERS:
        parser.add_argument(f"--{name}", metavar="FILE", help=f"write the audit as {name.upper()}")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Audit, print, write; status 1 if something is wrong, 3 if nothing is but little was understood or checked."""
    from halfcell.audit import Settings, audit_file

    settings = Settings(
        rounding=args.rounding,
        strict=not args.no_strict,
        checklist=args.checklist,
        rules=tuple(args.rule or ()),
        lexicon=args.lexicon,
    )
    if _is_batch(args):
        return _batch(args, settings)
    report = audit_file(_document(args), settings, _progress)
    if args.explain_heads:
        from halfcell.report.audit.heads import text

        print(text(report))
        return 0
    for name in WRITERS:
        if getattr(args, name):
            _write(report, name, Path(getattr(args, name)))
    if args.to_records:
        _write_records([report], Path(args.to_records))
    _print(report, args)
    return _status(report)


def _status(report: Report) -> int:
    from halfcell.report.audit.wording import decided

    if any(f.severity != "note" for f in report.alarms):
        return 1
    return LITTLE if report.understanding.is_little or not decided(report) else 0


def _is_batch(args: argparse.Namespace) -> bool:
    """Whether several documents are named, or a folder that is no study."""
    paths = [Path(word) for word in args.document]
    return len(paths) > 1 or (len(paths) == 1 and _is_folder_of_documents(paths[0]))


def _is_folder_of_documents(path: Path) -> bool:
    from halfcell.audit.batch import documents

    if not path.is_dir() or (path / "study.toml").is_file() or (path / "out").is_dir():
        return False
    return bool(documents((path,)))


def _batch(args: argparse.Namespace, settings: Settings) -> int:
    """Audit several documents, one line for each; the highest status of all, 2 for one that cannot be read."""
    from halfcell.audit.batch import audit_all, documents
    from halfcell.core.atomic_files import write_aside
    from halfcell.report.audit.batch import csv_text, html, line
    from halfcell.report.audit.json import as_json

    found = []
    for one in audit_all(documents([Path(word) for word in args.document]), settings):
        found.append(one)
        if not args.json:
            print(_heads_of(one) if args.explain_heads else line(one), flush=True)
    if args.json:
        print_json(
            [as_json(one.report) if one.report else {"document": str(one.path), "error": one.error} for one in found]
        )
    for name, make in (("csv", csv_text), ("html", html)):
        if getattr(args, name):
            write_aside(Path(getattr(args, name)), make(found))
            print(f"written: {getattr(args, name)}", file=sys.stderr)
    if args.to_records:
        _write_records([one.report for one in found if one.report], Path(args.to_records))
    codes = [2 if one.report is None else _status(one.report) for one in found]
    return next((code for code in (1, 2, LITTLE) if code in codes), 0)


def _heads_of(one: Audited) -> str:
    """How each head of one document of several was read, or why the document was not."""
    from halfcell.report.audit.heads import text

    return f"{one.path}: {one.error}" if one.report is None else f"{one.path}\n{text(one.report)}\n"


def _document(args: argparse.Namespace) -> Path:
    """The document: given, bundled, or the report of a study."""
    if args.demo:
        from halfcell.audit import demo

        return demo.PATH
    if not args.document:
        raise InputError("no document given", hint="halfcell audit FILE, or halfcell audit --demo")
    path = Path(args.document[0])
    if path.name == "study.toml":
        path = path.parent
    if not path.is_dir():
        return path
    there = [path / "out" / name for name in OWN if (path / "out" / name).is_file()]
    found = max(there, key=lambda one: one.stat().st_mtime_ns, default=None)  # a run writes the review document alone
    if found is None:
        raise InputError("no report in this folder", str(path), "write one with: halfcell run")
    return found


def _write(report: Report, name: str, path: Path) -> None:
    """Write one file."""
    from halfcell.core.atomic_files import write_aside

    content: bytes | str
    if name == "html":
        from halfcell.report.audit.html import html

        content = html(report)
    elif name == "docx":
        from halfcell.report.audit.docx import docx

        content = docx(report)
    else:
        from halfcell.report.audit.csv import text

        content = text(report)
    write_aside(path, content)
    print(f"written: {path}", file=sys.stderr)


def _write_records(reports: Sequence[Report], path: Path) -> None:
    """Write the rows of all tables as reported results."""
    from halfcell.cli.common.document_records import as_csv, rows_of
    from halfcell.core.atomic_files import write_aside

    rows = [row for report in reports for row in rows_of(report.facts)]
    write_aside(path, as_csv(rows))
    print(f"written: {path} ({len(rows)} reported results)", file=sys.stderr)


def _print(report: Report, args: argparse.Namespace) -> None:
    from halfcell.report.audit.json import as_json
    from halfcell.report.audit.text import text

    if args.json:
        print_json(as_json(report))
    else:
        print(text(report, every=args.all))


def _progress(done: int, total: int, what: str) -> None:
    """A line of progress on standard error, where someone watches."""
    if has_progress_line(sys.stderr) and total > 1:
        text = progress_line(f"{what} {done} of {total}")
        print(text, end="\n" if done == total else "", file=sys.stderr, flush=True)
