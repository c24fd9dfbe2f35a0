"""Pack a study into one archive (RO-Crate) for a repository; halfcell verify computes it anew anywhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_json, tell_study_error
from halfcell.core.errors import StudyError

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.report import Format
    from halfcell.report.crate.gaps import Gap
    from halfcell.report.pack.write import Packed
    from halfcell.study.items.deposit import Deposit

FORMATS: tuple[Format, ...] = ("html", "docx", "pdf", "latex", "xlsx")

EXAMPLES = ("halfcell pack", "halfcell pack my-study --out my-study.zip")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "study", nargs="?", default=".", help="study folder or its study.toml (default: current directory)"
    )
    parser.add_argument(
        "--out",
        metavar="ARCHIVE",
        help="the archive (default: the study folder's name with .zip, in the current directory)",
    )
    parser.add_argument(
        "--format",
        nargs="+",
        choices=FORMATS,
        default=["html", "docx", "pdf", "xlsx"],
        help="documents in the archive (default: html docx pdf xlsx)",
    )
    parser.add_argument(
        "--allow-incomplete", action="store_true", help="pack although items fail or lack subjects; the archive says so"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the archive; status 0 done, 1 refused since items fail or are out of date, 2 problems in the study."""
    from halfcell.report.crate.gaps import gaps
    from halfcell.study import Study
    from halfcell.study.items.deposit import deposit_of_study

    study = Study.load(args.study)
    try:
        deposit = deposit_of_study(study.path)
    except StudyError as error:
        return tell_study_error(error, as_json=args.json)
    told, lacking = _troubles(deposit), gaps(deposit.document)
    _tell(told)
    if told["out_of_date"] or (not args.allow_incomplete and (told["failed"] or told["missing"])):
        if args.json:
            print_json({"archive": None, **told})
        print(f"halfcell: nothing was packed ({_remedy(told)})", file=sys.stderr)
        return 1
    packed = _packed(deposit, args)
    _tell_gaps(lacking)
    if args.json:
        print_json(_as_json(packed, lacking) | told)
    else:
        print(packed.path)
        print(f"{packed.files} files, {packed.numbers} printed numbers, {packed.size / 1e6:.1f} MB", file=sys.stderr)
        print(f"sha256 {packed.sha256}", file=sys.stderr)
    return 0


def _packed(deposit: Deposit, args: argparse.Namespace) -> Packed:
    import datetime as dt

    from halfcell.report.pack.write import pack

    path = Path(args.out) if args.out else Path(f"{deposit.root.resolve().name}.zip")
    path = path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")
    formats = [name for name in FORMATS if name in args.format]
    return pack(deposit, path, formats, dt.datetime.now(tz=dt.UTC).date().isoformat())


def _troubles(deposit: Deposit) -> dict[str, dict[str, Any]]:
    """What stands against publishing: items out of date, failed items, missing subjects."""
    from halfcell.study.out_of_date import out_of_date

    document: Document = deposit.document
    return {
        "out_of_date": out_of_date(deposit),
        "failed": {item.name: item.failure for item in document.items if item.failure},
        "missing": {item.name: dict(item.missing) for item in document.items if item.missing},
    }


def _tell(told: dict[str, dict[str, Any]]) -> None:
    alike: dict[str, list[str]] = {}
    for name, reason in told["out_of_date"].items():
        alike.setdefault(reason, []).append(name)
    for reason, names in alike.items():
        print(f"out of date: {', '.join(names)}: {reason}", file=sys.stderr)
    for name, failure in told["failed"].items():
        print(f"{name:<10} failed: {failure}", file=sys.stderr)
    for name, lost in told["missing"].items():
        for label, why in lost.items():
            print(f"{name:<10} missing: {label}: {why}", file=sys.stderr)


def _remedy(told: dict[str, dict[str, Any]]) -> str:
    """What to do about it."""
    if told["out_of_date"]:
        return "hint: look at what changed: halfcell run"
    return "hint: mend these, or pack all the same: --allow-incomplete"


def _tell_gaps(lacking: tuple[Gap, ...]) -> None:
    """Name what a repository will ask for, and where to write it."""
    if lacking:
        print("a repository will also ask for (in study.toml):", file=sys.stderr)
    for gap in lacking:
        print(f"  {gap.what:<28} {gap.where}{'  (required)' if gap.is_needed else ''}", file=sys.stderr)


def _as_json(packed: Packed, lacking: tuple[Gap, ...]) -> dict[str, Any]:
    return {
        "archive": str(packed.path),
        "sha256": packed.sha256,
        "bytes": packed.size,
        "files": packed.files,
        "numbers": packed.numbers,
        "gaps": [{"what": gap.what, "where": gap.where, "required": gap.is_needed} for gap in lacking],
    }
