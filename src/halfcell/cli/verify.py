"""Verify an archive of halfcell pack: compute it anew and say of every printed number whether it was reproduced."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from halfcell.cli.common.streams import has_progress_line, print_json
from halfcell.cli.common.study_arguments import Reporter, add_json

EXAMPLES = ("halfcell verify my-study.zip", "halfcell verify my-study.zip --keep computed-anew")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("archive", metavar="ARCHIVE", help="an archive that halfcell pack wrote")
    parser.add_argument(
        "--keep", default="", metavar="FOLDER", help="keep the study that is computed anew in this new folder"
    )
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="number of worker processes (default: one per CPU)"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Verify the archive; status 0 all is proven, 1 something is not, 2 it cannot be read."""
    from halfcell.report.verify.verify import Request, verify
    from halfcell.report.verify.wording import faults, summary

    reporter = Reporter(has_progress_line(sys.stderr) and not args.json)
    request = Request(keep=args.keep, workers=args.workers, on_progress=reporter.show_bar)
    try:
        verdict = verify(Path(args.archive), request)
    finally:
        reporter.clear()
    if args.json:
        print_json(verdict.as_json())
    else:
        print("\n".join(summary(verdict)))
        for line in faults(verdict):
            print(line)
        print("verified: every printed number was reproduced" if verdict.is_proven else "NOT verified, see above")
    return 0 if verdict.is_proven else 1
