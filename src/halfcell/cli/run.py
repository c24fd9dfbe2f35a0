"""Run a study: compute what is out of date and write figures, tables, numbers and the review document."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from halfcell.cli.common.cluster_arguments import add_cluster, cluster_of
from halfcell.cli.common.streams import has_progress_line, print_json
from halfcell.cli.common.study_arguments import (
    Reporter,
    add_study,
    outcome_json,
    split_words,
    tell_open_doubts,
    tell_study_error,
)
from halfcell.core.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from halfcell.core.document import Document
    from halfcell.study.execute.outcome import ItemDone, Outcome

EXAMPLES = ("halfcell run", "halfcell run my-study", "halfcell run my-study S7 'Table S1'", "halfcell run --workers 1")
SUBMISSION = ("si.docx", "si.pdf", "si.tex", "si.xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "items",
        nargs="*",
        metavar="ITEM",
        help="study folder (default: here), then figures or tables to make, e.g. S1 or 'Table S1' (default: all)",
    )
    add_study(parser)
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="number of worker processes (default: one per CPU)"
    )
    add_cluster(parser)
    parser.add_argument("--fresh", action="store_true", help="recompute everything, ignoring stored results")
    parser.add_argument("--no-report", action="store_true", help="do not write the review document")


def run(args: argparse.Namespace) -> int:
    """Run the study; status 0 done, 1 items failed or lack subjects, 2 problems in the study."""
    from halfcell.study import Study

    folder, items = split_words(args.items, args.study)
    study = Study.load(folder)
    reporter = Reporter(has_progress_line(sys.stderr) and not args.json)
    try:
        outcome = study.run(
            items,
            workers=args.workers,
            scheduler=cluster_of(args) or "",
            fresh=args.fresh,
            publish=None if args.no_report else _publish,
            on_progress=None if args.json else reporter,
        )
    except StudyError as error:
        return tell_study_error(error, as_json=args.json)
    finally:
        reporter.clear()
    if args.json:
        print_json(outcome_json(outcome))
    else:
        _summary(outcome)
        _tell_older_submission(study.path.resolve().parent / "out")
    return outcome.exit_status


def _publish(document: Document, folder: Path) -> tuple[Path, ...]:
    """Write the review document."""
    from halfcell import report

    print("writing the review document", file=sys.stderr)
    return report.write_review(document, folder)


def _summary(outcome: Outcome) -> None:
    """What was done, in a few lines; the report's files on standard output."""
    for line in outcome.unmatched:
        print(f"unmatched file: {line}", file=sys.stderr)
    for line in outcome.remarks:
        print(f"remark: {line}", file=sys.stderr)
    if outcome.nothing_changed:
        print(f"nothing to do: all {len(outcome.items)} items are up to date", file=sys.stderr)
    else:
        doubts = sum(note.level == "doubt" for item in outcome.items for _, note in item.notes)
        analyses = "analysis" if outcome.computed == 1 else "analyses"
        parts = [f"{outcome.computed} {analyses} computed", f"{outcome.reused} reused"]
        parts += [f"{doubts} doubt{'s' if doubts > 1 else ''}"] if doubts else []
        parts += [f"{_items(outcome.failed)} failed"] if outcome.failed else []
        parts += [f"{_items(outcome.partial)} incomplete"] if outcome.partial else []
        print(", ".join(parts), file=sys.stderr)
    tell_open_doubts(outcome.open_doubts)
    for path in outcome.published:
        print(path)


def _tell_older_submission(folder: Path) -> None:
    """Name the files of a submission that are older than the review document of this run."""
    review = folder / "review.html"
    if not review.is_file():
        return
    made = review.stat().st_mtime_ns
    older = [name for name in SUBMISSION if (folder / name).is_file() and (folder / name).stat().st_mtime_ns < made]
    if older:
        print(f"older than this run: {', '.join(older)} (write again: halfcell report)", file=sys.stderr)


def _items(items: Sequence[ItemDone]) -> str:
    return f"{len(items)} item{'s' if len(items) != 1 else ''}"
