"""Write the report of a study: HTML, DOCX, PDF, a folder of figures with their data, an RO-Crate."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.study_arguments import add_json, problems_json, tell_problems
from halfcell.core.errors import StudyError

if TYPE_CHECKING:
    from halfcell.core.document import Document

FORMATS = ("html", "docx", "pdf", "figures", "crate")

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
        default=["html", "docx", "pdf", "figures"],
        help="formats to write (default: html docx pdf figures)",
    )
    parser.add_argument("--out", help="output folder (default: out/ in the study)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the formats asked for; status 0 done, 1 some items failed, 2 problems in the study."""
    from halfcell.study import Study

    study = Study.load(args.study)
    try:
        document = study.document()
    except StudyError as error:
        if args.json:
            print(json.dumps({"problems": problems_json(error.problems)}, ensure_ascii=False))
        tell_problems(error.problems)
        print(f"halfcell: {error.what}", file=sys.stderr)
        return 2
    root = study.path.resolve().parent
    written = _write(document, root, Path(args.out) if args.out else root / "out", args.format)
    failed = {item.name: item.failure for item in document.items if item.failure}
    for name, failure in failed.items():
        print(f"{name:<10} failed: {failure}", file=sys.stderr)
    missing = {item.name: dict(item.missing) for item in document.items if item.missing}
    for name, lost in missing.items():
        for label, why in lost.items():
            print(f"{name:<10} missing: {label}: {why}", file=sys.stderr)
    if args.json:
        told = {"written": [str(path) for path in written], "failed": failed, "missing": missing}
        print(json.dumps(told, ensure_ascii=False))
    else:
        for path in written:
            print(path)
    return 1 if failed or missing else 0


def _write(document: Document, root: Path, folder: Path, formats: list[str]) -> list[Path]:
    """The files and folders that were written, in the order of `FORMATS`."""
    from halfcell import report

    if "figures" in formats or "crate" in formats:
        document = report.gather(document, folder)
    pages = [name for name in FORMATS[:3] if name in formats]
    written = list(report.write(document, folder, pages))  # type: ignore[arg-type]
    if "figures" in formats:
        written.append(folder / "figures")
    if "crate" in formats:
        numbers = root / "out" / "numbers.csv"
        written.append(report.write_crate(document, root, folder / "crate", (*written, numbers)))
    return written
