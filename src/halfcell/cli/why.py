"""Tell where one printed number comes from: inputs, settings, formula, files and their hashes, program version."""

from __future__ import annotations

import argparse

from halfcell.cli._study import add_study, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "number", nargs="+", metavar="NUMBER", help="S1:Si/Sn-10:ICE, or three words: 'Table S1' Si/Sn-10 ICE"
    )
    add_study(parser)


def run(args: argparse.Namespace) -> int:
    """Print the number's origin."""
    from halfcell.study import Study

    told = Study.load(args.study).why(args.number)
    if args.json:
        print_json(told.as_json())
    else:
        print(told)
    return 0
