"""Write the submission (DOCX, PDF, LaTeX, XLSX, figures, RO-Crate) and the review document (HTML) of a study."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_json, tell_open_doubts, tell_study_error
from halfcell.core.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.document import Document
    from halfcell.report import Format
    from halfcell.study.items.deposit import Deposit

PAGES: tuple[Format, ...] = ("html", "docx", "pdf", "latex", "xlsx")
FORMATS = (*PAGES, "figures", "crate", "eln")

EXAMPLES = (
    "halfcell report",
    "halfcell report my-study --format docx pdf",
    "halfcell report my-study --out submission",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "study", nargs="?", default=".", help="study folder or its study.toml (default: current directory)"
    )
    parser.add_argument(
        "--format",
        nargs="+",
        choices=FORMATS,
        default=["html", "docx", "pdf", "xlsx", "figures"],
        help="html is the review document, the others are the submission (default: html docx pdf xlsx figures)",
    )
    parser.add_argument("--out", help="output folder (default: out/ in the study)")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="do not write the submission while items fail, subjects are missing or doubts are open",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the formats asked for; status 0 done, 1 items failed or --strict refused, 2 problems in the study."""
    from halfcell.study import Study
    from halfcell.study.items.deposit import deposit_of_study

    study = Study.load(args.study)
    try:
        deposit = deposit_of_study(study.path)
    except StudyError as error:
        return tell_study_error(error, as_json=args.json)
    told = _troubles(deposit.document)
    refused = args.strict and any(told.values())
    formats = [name for name in args.format if name == "html"] if refused else args.format
    written = _write(deposit, Path(args.out) if args.out else deposit.root / "out", formats)
    _tell(told, refused=refused)
    if args.json:
        print_json({"written": [str(path) for path in written], **told})
    else:
        for path in written:
            print(path)
    return 1 if told["failed"] or told["missing"] or refused else 0


def _troubles(document: Document) -> dict[str, Any]:
    """What is wrong with a document: failed items, missing subjects, doubts that are not accepted."""
    from halfcell.study.items.acceptances import doubts_by_code

    doubts = ((item.name, label, note) for item in document.items for label, note in item.open_notes)
    return {
        "failed": {item.name: item.failure for item in document.items if item.failure},
        "missing": {item.name: dict(item.missing) for item in document.items if item.missing},
        "open_doubts": list(doubts_by_code(doubts)),
    }


def _tell(told: dict[str, Any], *, refused: bool) -> None:
    """Say what is wrong on standard error."""
    for name, failure in told["failed"].items():
        print(f"{name:<10} failed: {failure}", file=sys.stderr)
    for name, lost in told["missing"].items():
        for label, why in lost.items():
            print(f"{name:<10} missing: {label}: {why}", file=sys.stderr)
    tell_open_doubts(told["open_doubts"])
    if refused:
        print("halfcell: the submission was not written (--strict)", file=sys.stderr)
    elif told["open_doubts"]:
        print("open doubts are not printed in the submission; the review document has them", file=sys.stderr)


def _tell_gaps(document: Document) -> None:
    """Name on standard error what a repository will ask for and the study does not say."""
    about = document.publication
    asked = {
        '[publication] license = "CC-BY-4.0"': about.licence,
        '[publication] publisher = "..."': about.publisher,
        '[[author]] name = "..."': document.authors,
    }
    gaps = [words for words, value in asked.items() if not value]
    if gaps:
        print(f"a repository will also ask for: {', '.join(gaps)}", file=sys.stderr)


def _write(deposit: Deposit, folder: Path, formats: Sequence[str]) -> list[Path]:
    """The files and folders that were written, in the order of `FORMATS`."""
    from halfcell import report

    document = deposit.document
    if {"figures", "crate", "eln"} & set(formats):
        document = report.gather(document, folder)
    written = list(report.write(document, folder, [name for name in PAGES if name in formats]))
    reports = tuple(written)
    if "figures" in formats:
        written.append(folder / "figures")
    deposit = replace(deposit, document=document)
    if "crate" in formats:
        written.append(report.write_crate(deposit, folder / "crate", reports))
    if "eln" in formats:
        written.append(report.write_eln(deposit, folder / "study.eln", reports))
    return written
