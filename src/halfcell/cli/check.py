"""Check a study without running it: every problem at once, with its place and a hint."""

from __future__ import annotations

import argparse
import sys

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_study, problems_json, split_words, tell_problems

EXAMPLES = ("halfcell check", "halfcell check my-study", "halfcell check my-study --json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="*", metavar="STUDY", help="study folder or its study.toml (default: here)")
    add_study(parser)


def run(args: argparse.Namespace) -> int:
    """Print the problems; status 0 if there are none, else 1."""
    from halfcell.study import Study
    from halfcell.study.study import examined

    folder, others = split_words(args.folder, args.study)
    study = Study.load(others[0] if others else folder)
    problems, remarks = examined(study)
    if args.json:
        print_json({"problems": problems_json(problems), "remarks": list(remarks)})
        return 1 if problems else 0
    tell_problems(problems)
    for remark in remarks:
        print(f"remark: {remark}", file=sys.stderr)
    count = len(problems)
    above = f" ({len(remarks)} remark{'s' if len(remarks) > 1 else ''} above)" if remarks else ""
    print(f"{count} problem{'s' if count > 1 else ''}" if count else f"No problems found{above}")
    return 1 if problems else 0
