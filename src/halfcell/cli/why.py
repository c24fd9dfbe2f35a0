"""Trace a printed number back to its source files: inputs, settings, formula, file hashes, program version."""

from __future__ import annotations

import argparse

from halfcell.cli.common.study_arguments import add_study, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    words = "e.g. S1:Si/Sn-10:ICE, or as three words: 'Table S1' Si/Sn-10 ICE; an item alone (S1) lists its numbers"
    parser.add_argument("number", nargs="+", metavar="NUMBER", help=words)
    parser.add_argument("--all", action="store_true", help="show settings left at their defaults, too")
    add_study(parser)


def run(args: argparse.Namespace) -> int:
    """Print the number's origin, or the numbers of an item."""
    from halfcell.study import Study
    from halfcell.study.items.why import list_numbers

    study = Study.load(args.study)
    listed = list_numbers(study.path.resolve().parent, " ".join(args.number)) if ":" not in args.number[0] else ()
    if listed:
        print_json({"numbers": list(listed)}) if args.json else print("\n".join(listed))
        return 0
    number = study.why(args.number)
    if args.json:
        print_json(number.as_json())
    else:
        print(number.text(all_settings=args.all))
    return 0
