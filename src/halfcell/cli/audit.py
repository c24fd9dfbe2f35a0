"""Recompute the tables of a document (DOCX, PDF, HTML, text ...) or of a study's report, and say what does not hold."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, get_args

from halfcell.core.printed import Rounding

if TYPE_CHECKING:
    from halfcell.audit import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", help="a .docx, .pdf, .html, .txt, .md, .tex, .csv, .xlsx")
    parser.add_argument(
        "--rounding", choices=get_args(Rounding), default="half up", help="how its numbers were rounded"
    )
    parser.add_argument("--no-strict", action="store_true", help="never hold a number to its last digit")
    parser.add_argument("--all", action="store_true", help="print every check, also those that hold")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def run(args: argparse.Namespace) -> int:
    """Audit, print, write; status 1 where something does not hold."""
    from halfcell.audit import Settings, audit_file

    settings = Settings(rounding=args.rounding, strict=not args.no_strict)
    report = audit_file(args.document, settings, _progress)
    _print(report, args)
    return 1 if any(f.severity == "error" for f in report.alarms) else 0


def _print(report: Report, args: argparse.Namespace) -> None:
    from halfcell.report.audit_text import as_json, text

    if args.json:
        print(json.dumps(as_json(report), ensure_ascii=False))
    else:
        print(text(report, every=args.all))


def _progress(done: int, total: int, what: str) -> None:
    """A line of progress on standard error, where someone watches."""
    if sys.stderr.isatty() and total > 1:
        end = "\n" if done == total else "\r"
        print(f"{what} {done} of {total}", end=end, file=sys.stderr, flush=True)
